#include "tui/export/alive.h"

#include "engine/base/escape.h"
#include "engine/base/near.h"
#include "engine/base/number.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_SHOWN = 24, INDENT_MAX = 12 };

uint64_t alive_example(const struct snapshot *now) {
    return now->arena_start + 0x123400;
}

/* The largest number stands for no address. */
static bool is_address(const char *what, uint64_t *address) {
    return number_read_hex(what, address) && *address != UINT64_MAX;
}

bool alive_is_good(const struct scenario *scenario, const struct snapshot *now, const char *what) {
    struct near near = {.word = what};
    uint64_t address;
    if (strcmp(what, "largest") == 0 || is_address(what, &address)) {
        return true;
    }
    near_consider(&near, "largest");
    for (uint32_t i = 0; i < scenario->type_count; i++) {
        if (strcmp(scenario->types[i].name, what) == 0) {
            return true;
        }
        near_consider(&near, scenario->types[i].name);
    }
    const bool found = near.best[0] != '\0';
    escape_line(stderr,
                "gomemlab: --keeps-alive: '%s' is no address (0x%" PRIx64
                "), no type of this scenario, and not 'largest'%s%s%s",
                what, alive_example(now), found ? "; did you mean '" : "", near.best,
                found ? "'?" : "");
    return false;
}

enum result alive_find(const struct engine *engine, const char *what, uint64_t *address) {
    if (is_address(what, address)) {
        return RESULT_OK;
    }
    return engine_find_object(engine, strcmp(what, "largest") == 0 ? NULL : what, address);
}

static void print_step(FILE *out, const struct path_step *step, uint32_t depth) {
    const int indent = (int)(depth < INDENT_MAX ? depth : INDENT_MAX) * 2 + 2;
    fprintf(out, "%*s%-*s  0x%" PRIx64 "  %-16s %10" PRIu64 " bytes\n", indent, "", 44 - indent,
            step->name, step->address, step->type, step->bytes);
}

static void print_steps(FILE *out, const struct path_step *steps, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (count > STEPS_SHOWN && i == STEPS_SHOWN - 2) {
            fprintf(out, "    ... %" PRIu32 " more\n", count - STEPS_SHOWN + 1);
            i = count - 2;
        } else {
            print_step(out, &steps[i], i);
        }
    }
}

enum result alive_print(FILE *out, const struct engine *engine, const char *what) {
    uint64_t address;
    uint32_t count = 0;
    enum result result = alive_find(engine, what, &address);
    if (result == RESULT_OK && address != 0) {
        result = engine_path_to(engine, address, NULL, 0, &count);
    }
    if (result != RESULT_OK) {
        return result;
    }
    if (count == 0) {
        escape_line(out, "Nothing keeps %s alive: no object that can be reached.", what);
        return RESULT_OK;
    }
    struct path_step *steps = calloc(count, sizeof *steps);
    if (steps == NULL) {
        return RESULT_NO_MEMORY;
    }
    result = engine_path_to(engine, address, steps, count, &count);
    if (result == RESULT_OK) {
        escape_line(out, "What keeps %s alive:", what);
        print_steps(out, steps, count);
    }
    free(steps);
    return result;
}
