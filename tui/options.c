#include "tui/options.h"

#include "engine/scenario.h"
#include "tui/format.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILES_MANY = 1 << 20 };

struct command_spec {
    const char *name;
    const char *arguments; /* as the usage line has them */
    uint32_t files_min, files_max;
    const char *text;
};

static const struct command_spec commands[CLI_COMMAND_COUNT] = {
    [CLI_OPEN] = {"open", "[OPTION]... [FILE]", 0, 1,
                  "show a scenario live; without FILE, the first of the list"},
    [CLI_RUN] = {"run", "[OPTION]... FILE", 1, 1,
                 "run a scenario without a screen: CSV, NDJSON, or a summary"},
    [CLI_GO] = {"go", "FILE", 1, 1, "print the Go program that a scenario stands for"},
    [CLI_CHECK] = {"check", "FILE...", 1, FILES_MANY, "look for mistakes in scenario files"},
    [CLI_LIST] = {"list", "", 0, 0, "list the scenarios that have a name"},
    [CLI_HELP] = {"help", "[COMMAND]", 0, 1, "explain gomemlab, or one command of it"},
};

struct option_spec {
    const char *name;
    const char *argument; /* NULL: it takes none */
    unsigned commands;    /* set of 1 << CLI_... */
    bool (*apply)(struct options *options, const char *argument);
    const char *text;
};

/* Starts a message on stderr about a command line that will not do. */
static void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("gomemlab: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

static bool apply_duration(const char *option, const char *argument, uint64_t *ns) {
    if (!scenario_parse_duration(argument, ns)) {
        complain("--%s: '%s' is not a time; write it like 15m, 90s, 1.5s or 250ms", option,
                 argument);
        return false;
    }
    if (*ns == 0 || *ns > UINT64_MAX / 4) {
        complain("--%s: '%s' is out of range", option, argument);
        return false;
    }
    return true;
}

static bool apply_for(struct options *options, const char *argument) {
    return apply_duration("for", argument, &options->for_ns);
}

static bool apply_every(struct options *options, const char *argument) {
    return apply_duration("every", argument, &options->every_ns);
}

static bool apply_csv(struct options *options, const char *argument) {
    options->csv = argument;
    return true;
}

static bool apply_ndjson(struct options *options, const char *argument) {
    options->ndjson = argument;
    return true;
}

static bool apply_gctrace(struct options *options, const char *argument) {
    (void)argument;
    options->gctrace = true;
    return true;
}

static bool apply_set(struct options *options, const char *argument) {
    options->settings[options->setting_count++] = argument;
    return true;
}

/* A word and what it stands for. */
struct choice {
    const char *word;
    int value;
};

/* Finds `argument` among the `count` choices; a wrong one is explained. */
static const struct choice *choose(const char *option, const char *argument,
                                   const struct choice *choices, size_t count) {
    struct suggestion near = {.word = argument};
    for (size_t i = 0; i < count; i++) {
        if (strcmp(choices[i].word, argument) == 0) {
            return &choices[i];
        }
        suggest_consider(&near, choices[i].word);
    }
    fprintf(stderr, "gomemlab: --%s: '%s' is none of", option, argument);
    for (size_t i = 0; i < count; i++) {
        fprintf(stderr, "%s %s", i > 0 ? "," : "", choices[i].word);
    }
    if (near.best != NULL) {
        fprintf(stderr, "; did you mean '%s'?", near.best);
    }
    fputc('\n', stderr);
    return NULL;
}

static bool apply_memory(struct options *options, const char *argument) {
    static const struct choice modes[] = {{"real", MEMORY_REAL}, {"accounted", MEMORY_ACCOUNTED}};
    const struct choice *mode = choose("memory", argument, modes, COUNT_OF(modes));
    options->memory = mode != NULL ? (enum memory_mode)mode->value : MEMORY_REAL;
    return mode != NULL;
}

static bool apply_color(struct options *options, const char *argument) {
    static const struct choice modes[] = {{"auto", COLOR_AUTO},   {"always", COLOR_ALWAYS},
                                          {"never", COLOR_NEVER}, {"8", COLOR_8},
                                          {"16", COLOR_16},       {"256", COLOR_256}};
    const struct choice *mode = choose("color", argument, modes, COUNT_OF(modes));
    options->color = mode != NULL ? (enum color_mode)mode->value : COLOR_AUTO;
    return mode != NULL;
}

static bool apply_glyphs(struct options *options, const char *argument) {
    static const struct choice modes[] = {{"auto", GLYPHS_AUTO},
                                          {"ascii", GLYPHS_ASCII},
                                          {"block", GLYPHS_BLOCK},
                                          {"braille", GLYPHS_BRAILLE}};
    const struct choice *mode = choose("glyphs", argument, modes, COUNT_OF(modes));
    options->glyphs = mode != NULL ? (enum glyph_mode)mode->value : GLYPHS_AUTO;
    return mode != NULL;
}

static bool apply_mouse(struct options *options, const char *argument) {
    static const struct choice modes[] = {{"on", true}, {"off", false}};
    const struct choice *mode = choose("mouse", argument, modes, COUNT_OF(modes));
    options->mouse = mode != NULL && mode->value;
    return mode != NULL;
}

static bool apply_speed(struct options *options, const char *argument) {
    if (!format_parse_speed(argument, &options->speed)) {
        complain("--speed: '%s' is not a number from 0.1 to 100000", argument);
        return false;
    }
    return true;
}

static bool apply_paused(struct options *options, const char *argument) {
    (void)argument;
    options->paused = true;
    return true;
}

enum {
    FOR_OPEN = 1 << CLI_OPEN,
    FOR_RUN = 1 << CLI_RUN,
};

static const struct option_spec specs[] = {
    {"for", "T", FOR_RUN, apply_for,
     "stop after this much virtual time; default: the scenario's duration"},
    {"every", "T", FOR_RUN, apply_every,
     "a sample every so often; default: as the program samples"},
    {"csv", "F", FOR_RUN, apply_csv, "write samples as CSV to the file F, - for stdout"},
    {"ndjson", "F", FOR_RUN, apply_ndjson,
     "write samples and events as JSON lines to F, - for stdout"},
    {"gctrace", NULL, FOR_RUN, apply_gctrace, "a line per collection on stderr, as GOGCTRACE=1"},
    {"set", "KEY=VALUE", FOR_OPEN | FOR_RUN, apply_set,
     "change gogc, seed, noise, duration, every, NAME.capacity, .count or .slots"},
    {"memory", "MODE", FOR_OPEN | FOR_RUN, apply_memory,
     "real: the heap is real memory; accounted: buffers are only counted"},
    {"speed", "X", FOR_OPEN, apply_speed, "virtual seconds per second, 0.1 to 100000"},
    {"paused", NULL, FOR_OPEN, apply_paused, "start paused"},
    {"color", "MODE", FOR_OPEN, apply_color, "auto, always, never, 8, 16 or 256"},
    {"glyphs", "MODE", FOR_OPEN, apply_glyphs, "auto, ascii, block or braille"},
    {"mouse", "on|off", FOR_OPEN, apply_mouse, "off: the terminal keeps its mouse, to select text"},
};

enum { SPEC_BASE = 256 }; /* getopt's value of specs[0]; below: letters */

static void print_option(const struct option_spec *spec) {
    char left[32];
    snprintf(left, sizeof left, "--%s%s%s", spec->name, spec->argument != NULL ? "=" : "",
             spec->argument != NULL ? spec->argument : "");
    printf("  %-18s %s\n", left, spec->text);
}

/* The options that belong to exactly this set of commands. */
static void print_options_of(unsigned set) {
    for (size_t i = 0; i < COUNT_OF(specs); i++) {
        if (specs[i].commands == set) {
            print_option(&specs[i]);
        }
    }
}

static void print_command_help(enum cli_command command) {
    const struct command_spec *spec = &commands[command];
    printf("Usage: gomemlab %s%s%s\n\n%s: %s.\n", spec->name, spec->arguments[0] != '\0' ? " " : "",
           spec->arguments, spec->name, spec->text);
    if (command == CLI_OPEN || command == CLI_RUN) {
        puts("FILE is a path, or the name of a scenario that `gomemlab list` shows.\n\nOptions:");
        print_options_of(command == CLI_OPEN ? FOR_OPEN : FOR_RUN);
        print_options_of(FOR_OPEN | FOR_RUN);
    }
}

void options_print_man(FILE *out) {
    static const struct {
        unsigned set;
        const char *title;
    } groups[] = {
        {FOR_OPEN | FOR_RUN, "Of open and run"}, {FOR_RUN, "Of run"}, {FOR_OPEN, "Of open"}};
    for (size_t g = 0; g < COUNT_OF(groups); g++) {
        fprintf(out, ".Pp\n%s:\n.Bl -tag -width Ds -compact\n", groups[g].title);
        for (size_t i = 0; i < COUNT_OF(specs); i++) {
            const struct option_spec *spec = &specs[i];
            if (spec->commands == groups[g].set && spec->argument != NULL) {
                fprintf(out, ".It Fl Fl %s Ns = Ns Ar %s\n%s\n", spec->name, spec->argument,
                        spec->text);
            } else if (spec->commands == groups[g].set) {
                fprintf(out, ".It Fl Fl %s\n%s\n", spec->name, spec->text);
            }
        }
        fputs(".El\n", out);
    }
}

static void print_help(void) {
    puts("gomemlab: a laboratory for Go's memory in a terminal\n\nCommands:");
    for (int i = 0; i < CLI_COMMAND_COUNT; i++) {
        char left[40];
        snprintf(left, sizeof left, "%s %s", commands[i].name, commands[i].arguments);
        printf("  gomemlab %-24s %s\n", left, commands[i].text);
    }
    puts("Without a command: open. FILE is a path, or a name that `gomemlab list` shows.\n\n"
         "Options of open and run:");
    print_options_of(FOR_OPEN | FOR_RUN);
    puts("Options of run:");
    print_options_of(FOR_RUN);
    puts("Options of open:");
    print_options_of(FOR_OPEN);
    puts("Anywhere:\n"
         "  --help             explain, and exit; also -h\n"
         "  --version          print the version, and exit; also -V\n\n"
         "Exit status: 0 all went well, 1 something failed, 2 bad usage or a bad scenario.\n"
         "See gomemlab(1) and, for scenario files, gomemlab-scenario(5).");
}

static void point_to_help(const struct options *options) {
    fprintf(stderr, "Try 'gomemlab %s%s--help'.\n",
            options->named ? commands[options->command].name : "", options->named ? " " : "");
}

/* getopt did not know the option `given` ("--evry=1s", "-x"). */
static void explain_unknown_option(const char *given) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(given, "="), given);
    struct suggestion near = {.word = name + strspn(name, "-")};
    for (size_t i = 0; i < COUNT_OF(specs); i++) {
        suggest_consider(&near, specs[i].name);
    }
    suggest_consider(&near, "help");
    suggest_consider(&near, "version");
    if (near.best != NULL) {
        complain("unknown option '%s'; did you mean '--%s'?", name, near.best);
    } else {
        complain("unknown option '%s'", name);
    }
}

/* One option as getopt gives it. */
static enum options_verdict take_option(struct options *options, int value, char **argv) {
    if (value == 'h') {
        if (options->named) {
            print_command_help(options->command);
        } else {
            print_help();
        }
        return OPTIONS_DONE;
    }
    if (value == 'V') {
        printf("gomemlab %s\n", library_version);
        return OPTIONS_DONE;
    }
    if (value == ':') {
        const struct option_spec *spec = &specs[optopt - SPEC_BASE];
        complain("--%s needs a value: --%s=%s", spec->name, spec->name, spec->argument);
        return OPTIONS_WRONG;
    }
    if (value < SPEC_BASE && optopt >= SPEC_BASE) {
        complain("--%s takes no value", specs[optopt - SPEC_BASE].name);
        return OPTIONS_WRONG;
    }
    if (value < SPEC_BASE) {
        explain_unknown_option(argv[optind - 1]);
        return OPTIONS_WRONG;
    }
    const struct option_spec *spec = &specs[value - SPEC_BASE];
    if ((spec->commands & (1U << options->command)) == 0) {
        complain("--%s is an option of 'gomemlab %s', not of '%s'", spec->name,
                 (spec->commands & FOR_RUN) != 0 ? "run" : "open", commands[options->command].name);
        return OPTIONS_WRONG;
    }
    return spec->apply(options, optarg) ? OPTIONS_GO : OPTIONS_WRONG;
}

static enum options_verdict take_options(int argc, char **argv, struct options *options) {
    struct option longs[COUNT_OF(specs) + 3] = {{"help", no_argument, NULL, 'h'},
                                                {"version", no_argument, NULL, 'V'}};
    for (size_t i = 0; i < COUNT_OF(specs); i++) {
        longs[i + 2] = (struct option){specs[i].name,
                                       specs[i].argument != NULL ? required_argument : no_argument,
                                       NULL, SPEC_BASE + (int)i};
    }
    opterr = 0;
    optind = 1;
    enum options_verdict verdict = OPTIONS_GO;
    for (int value; verdict == OPTIONS_GO;) {
        value = getopt_long(argc, argv, ":hV", longs, NULL);
        if (value == -1) {
            break;
        }
        verdict = take_option(options, value, argv);
    }
    for (int i = optind; verdict == OPTIONS_GO && i < argc; i++) {
        options->files[options->file_count++] = argv[i];
    }
    return verdict;
}

static enum cli_command command_named(const char *name) {
    int command = 0;
    while (command < CLI_COMMAND_COUNT && strcmp(commands[command].name, name) != 0) {
        command++;
    }
    return (enum cli_command)command;
}

void options_unknown_scenario(const char *file, const struct library *library) {
    struct suggestion near = {.word = file};
    library_suggest(library, &near);
    if (near.best != NULL) {
        complain("there is no file or scenario '%s'; did you mean '%s'?", file, near.best);
    } else {
        complain("there is no file or scenario '%s'; 'gomemlab list' shows the scenarios", file);
    }
}

/* The first word is no command. Fine if it is a scenario. */
static bool first_word_is_fine(const char *word, const struct library *library) {
    if (word[0] == '-' || library_find(library, word) != NULL) {
        return true;
    }
    struct suggestion near = {.word = word};
    for (int i = 0; i < CLI_COMMAND_COUNT; i++) {
        suggest_consider(&near, commands[i].name);
    }
    library_suggest(library, &near);
    if (near.best != NULL) {
        complain("'%s' is neither a command nor a scenario; did you mean '%s'?", word, near.best);
    } else {
        complain("'%s' is neither a command nor a scenario", word);
    }
    fputs("Try 'gomemlab --help'.\n", stderr);
    return false;
}

static bool file_count_is_fine(const struct options *options) {
    const struct command_spec *spec = &commands[options->command];
    if (options->file_count < spec->files_min) {
        complain("%s needs a FILE", spec->name);
    } else if (options->file_count > spec->files_max) {
        complain("%s: one word too many: '%s'", spec->name, options->files[spec->files_max]);
    } else if (options->command == CLI_OPEN && options->file_count > 0 &&
               command_named(options->files[0]) != CLI_COMMAND_COUNT) {
        complain("a command comes first: gomemlab %s ...", options->files[0]);
    } else if (options->csv != NULL && options->ndjson != NULL &&
               strcmp(options->csv, options->ndjson) == 0) {
        complain("--csv and --ndjson cannot both write to '%s'", options->csv);
    } else {
        return true;
    }
    return false;
}

static enum options_verdict explain(const struct options *options) {
    if (options->file_count == 0) {
        print_help();
        return OPTIONS_DONE;
    }
    enum cli_command command = command_named(options->files[0]);
    if (command != CLI_COMMAND_COUNT) {
        print_command_help(command);
        return OPTIONS_DONE;
    }
    struct suggestion near = {.word = options->files[0]};
    for (int i = 0; i < CLI_COMMAND_COUNT; i++) {
        suggest_consider(&near, commands[i].name);
    }
    if (near.best != NULL) {
        complain("there is no command '%s'; did you mean '%s'?", near.word, near.best);
    } else {
        complain("there is no command '%s'", near.word);
    }
    return OPTIONS_WRONG;
}

enum options_verdict options_parse(int argc, char **argv, const struct library *library,
                                   struct options *options) {
    *options = (struct options){.memory = MEMORY_REAL, .mouse = true};
    options->files = calloc((size_t)argc + 1, sizeof *options->files);
    options->settings = calloc((size_t)argc + 1, sizeof *options->settings);
    CHECK(options->files != NULL && options->settings != NULL);
    enum cli_command command = argc > 1 ? command_named(argv[1]) : CLI_OPEN;
    if (command == CLI_COMMAND_COUNT && !first_word_is_fine(argv[1], library)) {
        return OPTIONS_WRONG;
    }
    options->named = argc > 1 && command != CLI_COMMAND_COUNT;
    options->command = options->named ? command : CLI_OPEN;
    int skipped = options->named ? 1 : 0;
    enum options_verdict verdict = take_options(argc - skipped, argv + skipped, options);
    if (verdict == OPTIONS_GO && !file_count_is_fine(options)) {
        verdict = OPTIONS_WRONG;
    }
    if (verdict == OPTIONS_WRONG) {
        point_to_help(options);
    } else if (verdict == OPTIONS_GO && options->command == CLI_HELP) {
        verdict = explain(options);
    }
    return verdict;
}

void options_done(struct options *options) {
    free(options->files);
    free(options->settings);
    *options = (struct options){0};
}
