#include "tui/cli/go.h"

#include "engine/base.h"
#include "engine/base/escape.h"
#include "engine/scenario.h"
#include "tui/cli/conflicts.h"
#include "tui/cli/run.h"
#include "tui/export/output.h"
#include "tui/golang/gosource.h"

#include <stdio.h>

int go_main(const char *path, const struct options *options) {
    struct scenario *scenario = NULL;
    if (!conflicts_none(path, options)) {
        return STATUS_USAGE;
    }
    if (scenario_load(path, stderr, &scenario) != RESULT_OK) {
        return STATUS_USAGE;
    }
    struct output output;
    bool whole = output_open(&output, "-");
    if (whole) {
        const enum result result = gosource_print(output.file, scenario);
        if (result != RESULT_OK) {
            escape_line(stderr, "gomemlab: %s: %s", scenario_path_name(path), result_text(result));
        }
        whole = result == RESULT_OK && output_end_record(&output);
        whole = output_close(&output, whole) && whole;
    }
    scenario_free(scenario);
    return whole ? STATUS_OK : STATUS_FAILED;
}
