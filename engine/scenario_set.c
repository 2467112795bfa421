#include "engine/scenario.h"

enum result scenario_set(struct scenario *scenario, const char *setting, FILE *errors) {
    (void)scenario;
    fprintf(errors, "--set %s: error: not understood\n", setting);
    return RESULT_BAD_INPUT;
}
