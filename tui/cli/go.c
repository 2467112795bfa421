#include "tui/cli/go.h"

#include "engine/scenario.h"
#include "tui/cli/run.h"
#include "tui/export/output.h"
#include "tui/golang/gosource.h"

int go_main(const char *path) {
    struct scenario *scenario = NULL;
    if (scenario_load(path, stderr, &scenario) != RESULT_OK) {
        return STATUS_USAGE;
    }
    struct output output;
    bool whole = output_open(&output, "-");
    if (whole) {
        gosource_print(output.file, scenario);
        whole = output_end_record(&output);
        whole = output_close(&output, whole) && whole;
    }
    scenario_free(scenario);
    return whole ? STATUS_OK : STATUS_FAILED;
}
