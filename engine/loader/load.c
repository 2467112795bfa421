/* Reading a scenario: its bytes (read.c), its form (walk.h), its meaning (compose.h). */
#include "engine/base/escape.h"
#include "engine/loader/compose.h"
#include "engine/loader/errors.h"
#include "engine/loader/schema.h"
#include "engine/loader/verify.h"
#include "engine/loader/walk.h"
#include "engine/scenario.h"

#include <stdlib.h>
#include <string.h>

/* The walk's document, loaded; cyaml_free() ends it. */
static enum result load_raw(const char *document, size_t bytes, const cyaml_config_t *config,
                            struct complaints *complaints, struct raw_scenario **raw) {
    const cyaml_err_t error = cyaml_load_data((const uint8_t *)document, bytes, config,
                                              &schema_scenario, (cyaml_data_t **)raw, NULL);
    if (error == CYAML_ERR_OOM || error == CYAML_ERR_LIBYAML_PARSER ||
        error == CYAML_ERR_LIBYAML_PARSER_INIT) {
        return RESULT_NO_MEMORY; /* all else that libyaml could say, the walk has said */
    }
    if (error != CYAML_OK) {
        complain(complaints, (struct mark){1, 1}, "this cannot be read: %s; please report it",
                 cyaml_strerror(error));
        return RESULT_BAD_INPUT;
    }
    return RESULT_OK;
}

static enum result build_raw(const char *document, size_t bytes, struct complaints *complaints,
                             struct scenario *out) {
    const cyaml_config_t config = {.mem_fn = cyaml_mem, .flags = CYAML_CFG_NO_ALIAS};
    struct raw_scenario *raw = NULL;
    enum result result = load_raw(document, bytes, &config, complaints, &raw);
    if (result == RESULT_OK) {
        result = scenario_compose(raw, complaints, out);
        cyaml_free(&config, &schema_scenario, raw, 0);
    }
    return result;
}

static void explain_no_memory(const char *path, FILE *errors) {
    escape_line(errors, "%s:1:1: error: %s; end other programs and try again", path,
                result_text(RESULT_NO_MEMORY));
}

enum result scenario_parse(const char *path, const char *text, size_t bytes, FILE *errors,
                           struct scenario **out) {
    CHECK(text != NULL);
    struct complaints complaints = {0};
    char *document = NULL;
    size_t document_bytes = 0;
    struct scenario *scenario = calloc(1, sizeof *scenario);
    enum result result = scenario == NULL
                             ? RESULT_NO_MEMORY
                             : scenario_walk(text, bytes, &complaints, &document, &document_bytes);
    if (result == RESULT_OK && !complaints_full(&complaints)) {
        result = build_raw(document, document_bytes, &complaints, scenario);
    }
    free(document);
    if (result == RESULT_OK && complaints.count > 0) {
        result = RESULT_BAD_INPUT;
    }
    if (result == RESULT_NO_MEMORY) {
        explain_no_memory(path, errors);
    } else {
        complaints_print(&complaints, path, errors);
    }
    complaints_done(&complaints);
    if (result != RESULT_OK) {
        scenario_free(scenario);
        return result;
    }
    CHECK_SLOW(scenario_keeps_promises(scenario));
    *out = scenario;
    return RESULT_OK;
}

enum result scenario_load(const char *path, FILE *errors, struct scenario **out) {
    CHECK(out != NULL);
    char *text = NULL;
    size_t bytes = 0;
    enum result result = scenario_read(path, errors, &text, &bytes);
    if (result == RESULT_OK) {
        result = scenario_parse(scenario_path_name(path), text, bytes, errors, out);
    }
    free(text);
    return result;
}
