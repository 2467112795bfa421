/*
 * scenario.c: feeds random input to the scenario loader (libFuzzer), and frees what it accepts.
 */
#include "engine/scenario.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t bytes) {
    static FILE *errors;
    if (errors == NULL) {
        errors = fopen("/dev/null", "w");
    }
    struct scenario *scenario = NULL;
    if (scenario_parse("fuzz.yaml", (const char *)data, bytes, errors, &scenario) == RESULT_OK) {
        scenario_free(scenario);
    }
    return 0;
}
