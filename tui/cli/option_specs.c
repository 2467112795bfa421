#include "tui/cli/option_specs.h"

#include "engine/base/escape.h"
#include "engine/base/near.h"
#include "engine/scenario.h"

#include <stdio.h>
#include <string.h>

/* Starts a message about the value of an option, wherever it was given. */
static void blame(const struct given *given) {
    const struct config_line *line = given->line;
    if (line != NULL) {
        escape_print(stderr, "%s:%d:%d: error: %s: ", line->path, line->line, line->value_column,
                     given->option);
    } else {
        escape_print(stderr, "gomemlab: --%s: ", given->option);
    }
}

static bool apply_duration(const struct given *given, uint64_t *ns) {
    if (!scenario_parse_duration(given->value, ns)) {
        blame(given);
        escape_line(stderr, "'%s' is not a time; write it like 15m, 90s, 1.5s or 250ms",
                    given->value);
        return false;
    }
    if (*ns == 0 || *ns > UINT64_MAX / 4) {
        blame(given);
        escape_line(stderr, "'%s' is out of range", given->value);
        return false;
    }
    return true;
}

static bool apply_for(struct options *options, const struct given *given) {
    return apply_duration(given, &options->for_ns);
}

static bool apply_every(struct options *options, const struct given *given) {
    return apply_duration(given, &options->every_ns);
}

/* A file's name; it is opened later. */
static bool apply_file(const struct given *given, const char **path) {
    if (given->value[0] == '\0') {
        blame(given);
        fputs("the name of a file is missing\n", stderr);
        return false;
    }
    *path = given->value;
    return true;
}

static bool apply_csv(struct options *options, const struct given *given) {
    return apply_file(given, &options->csv);
}

static bool apply_ndjson(struct options *options, const struct given *given) {
    return apply_file(given, &options->ndjson);
}

static bool apply_gctrace(struct options *options, const struct given *given) {
    (void)given;
    options->gctrace = true;
    return true;
}

static bool apply_keeps_alive(struct options *options, const struct given *given) {
    options->keeps_alive = given->value;
    return true;
}

static bool apply_set(struct options *options, const struct given *given) {
    options->settings[options->setting_count++] = given->value;
    return true;
}

/* A word and what it stands for. */
struct option_word {
    const char *word;
    int value;
};

/* Finds `argument` among the `count` choices; a wrong one is explained. */
static const struct option_word *choose(const struct given *given,
                                        const struct option_word *choices, size_t count) {
    struct near near = {.word = given->value};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(choices[i].word, given->value) == 0) {
            return &choices[i];
        }
        near_consider(&near, choices[i].word);
    }
    blame(given);
    escape_print(stderr, "'%s' is none of", given->value);
    for (size_t i = 0; i < count; i++) {
        escape_print(stderr, "%s %s", i > 0 ? "," : "", choices[i].word);
    }
    if (near.best[0] != '\0') {
        escape_print(stderr, "; did you mean '%s'?", near.best);
    }
    fputc('\n', stderr);
    return NULL;
}

static const struct option_word memory_choices[] = {
    {.word = "real", .value = MEMORY_REAL}, {.word = "accounted", .value = MEMORY_ACCOUNTED}};

static bool apply_memory(struct options *options, const struct given *given) {
    const struct option_word *mode = choose(given, memory_choices, COUNT_OF(memory_choices));
    options->memory = mode != NULL ? (enum memory_mode)mode->value : MEMORY_REAL;
    return mode != NULL;
}

static const struct option_word color_choices[] = {
    {.word = "auto", .value = COLOR_AUTO},   {.word = "always", .value = COLOR_ALWAYS},
    {.word = "never", .value = COLOR_NEVER}, {.word = "8", .value = COLOR_8},
    {.word = "16", .value = COLOR_16},       {.word = "256", .value = COLOR_256}};

static bool apply_color(struct options *options, const struct given *given) {
    const struct option_word *mode = choose(given, color_choices, COUNT_OF(color_choices));
    options->color = mode != NULL ? (enum color_mode)mode->value : COLOR_AUTO;
    return mode != NULL;
}

static const struct option_word glyphs_choices[] = {{.word = "auto", .value = GLYPHS_AUTO},
                                                    {.word = "ascii", .value = GLYPHS_ASCII},
                                                    {.word = "block", .value = GLYPHS_BLOCK},
                                                    {.word = "braille", .value = GLYPHS_BRAILLE}};

static bool apply_glyphs(struct options *options, const struct given *given) {
    const struct option_word *mode = choose(given, glyphs_choices, COUNT_OF(glyphs_choices));
    options->glyphs = mode != NULL ? (enum glyph_mode)mode->value : GLYPHS_AUTO;
    return mode != NULL;
}

static const struct option_word mouse_choices[] = {{"on", true}, {"off", false}};

static bool apply_mouse(struct options *options, const struct given *given) {
    const struct option_word *mode = choose(given, mouse_choices, COUNT_OF(mouse_choices));
    options->mouse = mode != NULL && mode->value;
    return mode != NULL;
}

static bool apply_speed(struct options *options, const struct given *given) {
    if (!format_parse_speed(given->value, &options->speed)) {
        blame(given);
        escape_line(stderr, "'%s' is not a number from 0.1 to 100000", given->value);
        return false;
    }
    return true;
}

/* The word for a value. */
static struct text word_of(int value, const struct option_word *choices, size_t count) {
    struct text text = {""};
    for (size_t i = 0; i < count; i++) {
        if (choices[i].value == value) {
            snprintf(text.s, sizeof text.s, "%s", choices[i].word);
        }
    }
    return text;
}

static struct text value_memory(const struct options *options) {
    return word_of((int)options->memory, memory_choices, COUNT_OF(memory_choices));
}

static struct text value_color(const struct options *options) {
    return word_of((int)options->color, color_choices, COUNT_OF(color_choices));
}

static struct text value_glyphs(const struct options *options) {
    return word_of((int)options->glyphs, glyphs_choices, COUNT_OF(glyphs_choices));
}

static struct text value_mouse(const struct options *options) {
    return word_of(options->mouse, mouse_choices, COUNT_OF(mouse_choices));
}

static struct text value_speed(const struct options *options) {
    struct text text;
    snprintf(text.s, sizeof text.s, "%.15g", options->speed);
    return text;
}

static bool apply_config(struct options *options, const struct given *given) {
    return apply_file(given, &options->config);
}

static bool apply_no_config(struct options *options, const struct given *given) {
    (void)given;
    options->no_config = true;
    return true;
}

static bool apply_print_config(struct options *options, const struct given *given) {
    (void)given;
    options->print_config = true;
    return true;
}

static bool apply_reset_terminal(struct options *options, const struct given *given) {
    (void)given;
    options->reset_terminal = true;
    return true;
}

static bool apply_paused(struct options *options, const struct given *given) {
    (void)given;
    options->paused = true;
    return true;
}

const struct option_spec option_specs[] = {
    {.name = "for",
     .argument = "T",
     .commands = FOR_RUN,
     .apply = apply_for,
     .text = "stop after this much virtual time; default: the scenario's duration"},
    {.name = "every",
     .argument = "T",
     .commands = FOR_RUN,
     .apply = apply_every,
     .text = "a sample every so often; default: as the program samples"},
    {.name = "csv",
     .argument = "F",
     .commands = FOR_RUN,
     .apply = apply_csv,
     .text = "write samples as CSV to the file F, - for stdout"},
    {.name = "ndjson",
     .argument = "F",
     .commands = FOR_RUN,
     .apply = apply_ndjson,
     .text = "write samples and events as JSON lines to F, - for stdout"},
    {.name = "gctrace",
     .commands = FOR_RUN,
     .apply = apply_gctrace,
     .text = "a line per collection on stderr, as GOGCTRACE=1"},
    {.name = "keeps-alive",
     .argument = "WHAT",
     .commands = FOR_RUN,
     .apply = apply_keeps_alive,
     .text = "at the end, what keeps it alive: an address, a type's name, or largest"},
    {.name = "set",
     .argument = "KEY=VALUE",
     .commands = FOR_OPEN | FOR_RUN,
     .apply = apply_set,
     .text = "change gogc, seed, noise, duration, every, NAME.capacity, .count or .slots"},
    {.name = "memory",
     .argument = "MODE",
     .commands = FOR_OPEN | FOR_RUN,
     .apply = apply_memory,
     .text = "real: the heap is real memory; accounted: buffers are only counted",
     .value = value_memory},
    {.name = "speed",
     .argument = "X",
     .commands = FOR_OPEN,
     .apply = apply_speed,
     .text = "virtual seconds per second, 0.1 to 100000",
     .value = value_speed},
    {.name = "paused", .commands = FOR_OPEN, .apply = apply_paused, .text = "start paused"},
    {.name = "color",
     .argument = "MODE",
     .commands = FOR_OPEN,
     .apply = apply_color,
     .text = "auto, always, never, 8, 16 or 256",
     .value = value_color},
    {.name = "glyphs",
     .argument = "MODE",
     .commands = FOR_OPEN,
     .apply = apply_glyphs,
     .text = "auto, ascii, block or braille",
     .value = value_glyphs},
    {.name = "mouse",
     .argument = "on|off",
     .commands = FOR_OPEN,
     .apply = apply_mouse,
     .text = "off: the terminal keeps its mouse, to select text",
     .value = value_mouse},
    {.name = "config",
     .argument = "FILE",
     .commands = FOR_OPEN,
     .apply = apply_config,
     .text = "read FILE instead of the user's configuration"},
    {.name = "no-config",
     .commands = FOR_OPEN,
     .apply = apply_no_config,
     .text = "read no configuration file"},
    {.name = "print-config",
     .commands = FOR_OPEN,
     .apply = apply_print_config,
     .text = "print the settings, in the form of such a file, and exit"},
    {.name = "reset-terminal",
     .commands = FOR_OPEN,
     .apply = apply_reset_terminal,
     .text = "make the terminal usable again after the dashboard was killed, and exit"},
};

const size_t option_spec_count = COUNT_OF(option_specs);
_Static_assert(COUNT_OF(option_specs) <= OPTION_SPECS_MAX, "struct options.given has a bit each");
