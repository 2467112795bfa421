#include "tui/cli/parse.h"

#include "engine/base/escape.h"
#include "engine/base/near.h"
#include "tui/cli/option_specs.h"

#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILES_MANY = 1 << 20 };

struct command_spec {
    const char *name;
    const char *arguments; /* as the usage line has them */
    uint32_t files_min, files_max;
    const char *text;
};

static const struct command_spec commands[CLI_COMMAND_COUNT] = {
    [CLI_OPEN] = {.name = "open",
                  .arguments = "[OPTION]... [FILE]",
                  .files_max = 1,
                  .text = "show a scenario live; without FILE, the first of the list"},
    [CLI_RUN] = {.name = "run",
                 .arguments = "[OPTION]... FILE",
                 .files_min = 1,
                 .files_max = 1,
                 .text = "run a scenario without a screen: CSV, NDJSON, or a summary"},
    [CLI_GO] = {.name = "go",
                .arguments = "FILE",
                .files_min = 1,
                .files_max = 1,
                .text = "print the Go program that a scenario stands for"},
    [CLI_CHECK] = {.name = "check",
                   .arguments = "FILE...",
                   .files_min = 1,
                   .files_max = FILES_MANY,
                   .text = "look for mistakes in scenario files"},
    [CLI_LIST] = {.name = "list", .arguments = "", .text = "list the scenarios that have a name"},
    [CLI_HELP] = {.name = "help",
                  .arguments = "[COMMAND]",
                  .files_max = 1,
                  .text = "explain gomemlab, or one command of it"},
};

/* Starts a message on stderr about a command line that will not do. */
static void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
static void complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    fputs("gomemlab: ", stderr);
    escape_line_list(stderr, format, arguments);
    va_end(arguments);
}

enum { SPEC_BASE = 256 }; /* getopt's value of option_specs[0]; below: letters */

static void print_option(const struct option_spec *spec) {
    char left[32];
    snprintf(left, sizeof left, "--%s%s%s", spec->name, spec->argument != NULL ? "=" : "",
             spec->argument != NULL ? spec->argument : "");
    printf("  %-18s %s\n", left, spec->text);
}

/* The options that belong to exactly this set of commands. */
static void print_options_of(unsigned set) {
    for (size_t i = 0; i < option_spec_count; i++) {
        if (option_specs[i].commands == set) {
            print_option(&option_specs[i]);
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
        for (size_t i = 0; i < option_spec_count; i++) {
            const struct option_spec *spec = &option_specs[i];
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
    escape_line(stderr, "Try 'gomemlab %s%s--help'.",
                options->named ? commands[options->command].name : "", options->named ? " " : "");
}

/* getopt did not know the option `word` ("--evry=1s", "-x", "-version"). */
static void explain_unknown_option(const char *word) {
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(word, "="), word);
    const bool file = strchr(word, '=') == NULL && strchr(word, '.') != NULL;
    if (word[1] != '-' && (file || access(word, F_OK) == 0)) {
        complain("unknown option '%s'; a file of that name is './%s'", word, word);
        return;
    }
    struct near near = {.word = name + strspn(name, "-")};
    for (size_t i = 0; i < option_spec_count; i++) {
        near_consider(&near, option_specs[i].name);
    }
    near_consider(&near, "help");
    near_consider(&near, "version");
    if (near.best[0] != '\0') {
        complain("unknown option '%s'; did you mean '--%s'?", name, near.best);
    } else {
        complain("unknown option '%s'", name);
    }
}

/* One option as getopt gives it, from the word `word` of the command line. */
static enum options_verdict take_option(struct options *options, int value, const char *word) {
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
        const struct option_spec *spec = &option_specs[optopt - SPEC_BASE];
        complain("--%s needs a value: --%s=%s", spec->name, spec->name, spec->argument);
        return OPTIONS_WRONG;
    }
    const bool is_long = strncmp(word, "--", 2) == 0;
    if (value < SPEC_BASE && is_long && optopt != 0) {
        complain("%.*s takes no value", (int)strcspn(word, "="), word);
        return OPTIONS_WRONG;
    }
    if (value < SPEC_BASE) {
        explain_unknown_option(word);
        return OPTIONS_WRONG;
    }
    const struct option_spec *spec = &option_specs[value - SPEC_BASE];
    if ((spec->commands & (1U << options->command)) == 0) {
        complain("--%s is an option of 'gomemlab %s', not of '%s'", spec->name,
                 (spec->commands & FOR_RUN) != 0 ? "run" : "open", commands[options->command].name);
        return OPTIONS_WRONG;
    }
    options->given |= 1U << (value - SPEC_BASE);
    const struct given given = {.option = spec->name, .value = optarg};
    return spec->apply(options, &given) ? OPTIONS_GO : OPTIONS_WRONG;
}

static enum options_verdict take_options(int argc, char **argv, struct options *options) {
    struct option longs[OPTION_SPECS_MAX + 3] = {{"help", no_argument, NULL, 'h'},
                                                 {"version", no_argument, NULL, 'V'}};
    for (size_t i = 0; i < option_spec_count; i++) {
        longs[i + 2] =
            (struct option){option_specs[i].name,
                            option_specs[i].argument != NULL ? required_argument : no_argument,
                            NULL, SPEC_BASE + (int)i};
    }
    opterr = 0;
    optind = 1;
    enum options_verdict verdict = OPTIONS_GO;
    while (verdict == OPTIONS_GO) {
        /* '-': words come in their order, a FILE as 1; so this is the one that is looked at, in
         * whatever letter of it getopt may be. */
        const char *word = argv[optind];
        const int value = getopt_long(argc, argv, "-:hV", longs, NULL);
        if (value == -1) {
            break;
        }
        if (value == 1) {
            options->files[options->file_count++] = optarg;
        } else {
            verdict = take_option(options, value, word);
        }
    }
    for (int i = optind; verdict == OPTIONS_GO && i < argc; i++) {
        options->files[options->file_count++] = argv[i];
    }
    return verdict;
}

/* ---- the configuration file ----------------------------------------------------------------- */

/* Of a file that is being read: which line a setting had; 0: none. */
struct config_reader {
    struct options *options;
    int lines[OPTION_SPECS_MAX];
};

static bool explain_unknown_key(const struct config_line *line) {
    struct near near = {.word = line->key};
    for (size_t i = 0; i < option_spec_count; i++) {
        if (option_specs[i].value != NULL) {
            near_consider(&near, option_specs[i].name);
        }
    }
    const bool found = near.best[0] != '\0';
    escape_line(stderr, "%s:%d:%d: error: unknown setting '%s'%s%s%s", line->path, line->line,
                line->key_column, line->key, found ? "; did you mean '" : "", near.best,
                found ? "'?" : "");
    return false;
}

/* A value counts unless the command line has one; it must be right in any case. */
static bool take_setting(void *owner, const struct config_line *line) {
    struct config_reader *reader = owner;
    size_t i = 0;
    while (i < option_spec_count &&
           (option_specs[i].value == NULL || strcmp(option_specs[i].name, line->key) != 0)) {
        i++;
    }
    if (i == option_spec_count) {
        return explain_unknown_key(line);
    }
    if (reader->lines[i] != 0) {
        escape_line(stderr, "%s:%d:%d: error: '%s' is set a second time, after line %d", line->path,
                    line->line, line->key_column, line->key, reader->lines[i]);
        return false;
    }
    reader->lines[i] = line->line;
    struct options unused = *reader->options;
    bool overruled = (reader->options->given & 1U << i) != 0;
    const struct given given = {.option = option_specs[i].name, .value = line->value, .line = line};
    return option_specs[i].apply(overruled ? &unused : reader->options, &given);
}

static void print_config(const struct options *options, const char *path, bool found) {
    puts(
        "# The settings of gomemlab's dashboard as they are now, in the form of its configuration\n"
        "# file. An option of the command line, --color=never for 'color', overrules a line here.");
    escape_line(stdout, found ? "# Read: %s" : "# Not there: %s", path != NULL ? path : "no file");
    for (size_t i = 0; i < option_spec_count; i++) {
        if (option_specs[i].value != NULL) {
            printf("\n# %s\n%s = %s\n", option_specs[i].text, option_specs[i].name,
                   option_specs[i].value(options).s);
        }
    }
}

/* Lets the configuration fill in what the command line has left open. */
static enum options_verdict configure(struct options *options) {
    if (options->config != NULL && options->no_config) {
        complain("--config and --no-config exclude each other");
        return OPTIONS_WRONG;
    }
    char *own = NULL;
    if (options->config == NULL && !options->no_config && config_default_path(&own) != RESULT_OK) {
        return OPTIONS_NO_MEMORY;
    }
    const char *path = options->config != NULL ? options->config : own;
    struct config_reader reader = {.options = options};
    bool found = false;
    bool good = path == NULL || config_read(path, own != NULL, &found, take_setting, &reader);
    if (good && options->print_config) {
        print_config(options, path, found);
    }
    free(own);
    return !good ? OPTIONS_WRONG : options->print_config ? OPTIONS_DONE : OPTIONS_GO;
}

static enum cli_command command_named(const char *name) {
    int command = 0;
    CHECK(name != NULL);
    while (command < CLI_COMMAND_COUNT && strcmp(commands[command].name, name) != 0) {
        command++;
    }
    return (enum cli_command)command;
}

/* "right" is not there, but "right.yml" is. */
static bool is_short_for_file(const char *file) {
    static const char *const suffixes[] = {".yaml", ".yml"};
    for (size_t i = 0; i < COUNT_OF(suffixes); i++) {
        char path[256];
        const int length = snprintf(path, sizeof path, "%s%s", file, suffixes[i]);
        if (length > 0 && (size_t)length < sizeof path && access(path, F_OK) == 0) {
            complain("there is no file or scenario '%s'; did you mean '%s'?", file, path);
            return true;
        }
    }
    return false;
}

void options_unknown_scenario(const char *file, const struct library *library) {
    struct near near = {.word = file};
    if (is_short_for_file(file)) {
        return;
    }
    (void)library_is_open(library);
    library_suggest(library, &near);
    if (near.best[0] != '\0') {
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
    struct near near = {.word = word};
    for (int i = 0; i < CLI_COMMAND_COUNT; i++) {
        near_consider(&near, commands[i].name);
    }
    library_suggest(library, &near);
    if (near.best[0] != '\0') {
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
    struct near near = {.word = options->files[0]};
    for (int i = 0; i < CLI_COMMAND_COUNT; i++) {
        near_consider(&near, commands[i].name);
    }
    if (near.best[0] != '\0') {
        complain("there is no command '%s'; did you mean '%s'?", near.word, near.best);
    } else {
        complain("there is no command '%s'", near.word);
    }
    return OPTIONS_WRONG;
}

enum options_verdict options_parse(int argc, char **argv, const struct library *library,
                                   struct options *options) {
    *options = (struct options){.memory = MEMORY_REAL, .mouse = true, .speed = 1};
    options->files = calloc((size_t)argc + 1, sizeof *options->files);
    options->settings = calloc((size_t)argc + 1, sizeof *options->settings);
    if (options->files == NULL || options->settings == NULL) {
        return OPTIONS_NO_MEMORY;
    }
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
    } else if (verdict == OPTIONS_GO && options->command == CLI_OPEN && !options->reset_terminal) {
        verdict = configure(options);
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
