/*
 * main.c: gomemlab's front door: reads the command line and hands over.
 */
#include "engine/base.h"
#include "engine/base/escape.h"
#include "engine/scenario.h"
#include "tui/cli/go.h"
#include "tui/cli/library.h"
#include "tui/cli/parse.h"
#include "tui/cli/run.h"
#include "tui/export/output.h"
#include "tui/live/dashboard.h"
#include "tui/live/dashboard_options.h"
#include "tui/live/reset.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* A standard stream that was closed before we began must not be mistaken for a file we open, and
 * using it must fail: reading what can only be written, and the other way round. */
static void occupy_standard_streams(void) {
    for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
        if (fcntl(stream, F_GETFD) == -1 && errno == EBADF &&
            open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) == -1) {
            _exit(STATUS_FAILED);
        }
    }
}

/* The path for a FILE of the command line; NULL: explained. */
static const char *find_scenario(const char *file, const struct library *library) {
    const char *path = library_find(library, file);
    if (path == NULL) {
        options_unknown_scenario(file, library);
    }
    return path;
}

static int open_dashboard(const struct options *options, const struct library *library) {
    const char *path = library->count > 0 ? library->paths[0] : NULL;
    if (options->file_count > 0) {
        path = find_scenario(options->files[0], library);
    } else if (path == NULL) {
        (void)library_is_open(library);
        fputs("gomemlab: no scenarios found; give a FILE\n", stderr);
    }
    if (path == NULL) {
        return STATUS_USAGE;
    }
    return dashboard_main(&(struct dashboard_options){.scenario_path = path,
                                                      .settings = options->settings,
                                                      .setting_count = options->setting_count,
                                                      .scenario_paths = library->paths,
                                                      .scenario_path_count = library->count,
                                                      .memory = options->memory,
                                                      .color = options->color,
                                                      .glyphs = options->glyphs,
                                                      .mouse = options->mouse,
                                                      .speed = options->speed,
                                                      .paused = options->paused});
}

static int check_files(const struct options *options, const struct library *library) {
    int status = STATUS_OK;
    for (uint32_t i = 0; i < options->file_count; i++) {
        const char *path = find_scenario(options->files[i], library);
        struct scenario *scenario = NULL;
        if (path == NULL || scenario_load(path, stderr, &scenario) != RESULT_OK) {
            status = STATUS_USAGE;
            continue;
        }
        escape_line(stdout, "%s: ok", scenario_path_name(path));
        scenario_free(scenario);
    }
    return status;
}

static int list_scenarios(const struct library *library) {
    int status = library_is_open(library) ? STATUS_OK : STATUS_USAGE;
    for (uint32_t i = 0; i < library->count; i++) {
        struct scenario *scenario = NULL;
        if (scenario_load(library->paths[i], stderr, &scenario) != RESULT_OK) {
            status = STATUS_USAGE;
            continue;
        }
        escape_line(stdout, "%-24s %s", library->names[i], scenario->title);
        scenario_free(scenario);
    }
    return status;
}

static int dispatch(const struct options *options, const struct library *library) {
    const char *path;
    switch (options->command) {
    case CLI_OPEN:
        if (options->reset_terminal) {
            return reset_terminal() ? STATUS_OK : STATUS_FAILED;
        }
        return open_dashboard(options, library);
    case CLI_RUN:
        path = find_scenario(options->files[0], library);
        return path != NULL ? run_main(path, options) : STATUS_USAGE;
    case CLI_GO:
        path = find_scenario(options->files[0], library);
        return path != NULL ? go_main(path, options) : STATUS_USAGE;
    case CLI_CHECK:
        return check_files(options, library);
    case CLI_LIST:
        return list_scenarios(library);
    case CLI_HELP:
    case CLI_COMMAND_COUNT:
        break;
    }
    return STATUS_OK;
}

/* What the program ends with if there was nothing to do. */
static const int statuses[] = {[OPTIONS_GO] = STATUS_OK,
                               [OPTIONS_DONE] = STATUS_OK,
                               [OPTIONS_WRONG] = STATUS_USAGE,
                               [OPTIONS_NO_MEMORY] = STATUS_FAILED};

int main(int argc, char **argv) {
    occupy_standard_streams();
    setlocale(LC_CTYPE, "");
    void (*pipe_before)(int) = signal(SIGPIPE, SIG_IGN); /* a write fails, and that is looked at */
    struct library library;
    struct options options = {0};
    enum options_verdict verdict = OPTIONS_NO_MEMORY;
    if (library_init(&library) == RESULT_OK) {
        verdict = options_parse(argc, argv, &library, &options);
    }
    int status = statuses[verdict];
    if (verdict == OPTIONS_GO) {
        if (options.command == CLI_OPEN) {
            signal(SIGPIPE, pipe_before); /* the dashboard writes to a terminal: it is an end */
        }
        status = dispatch(&options, &library);
    } else if (verdict == OPTIONS_NO_MEMORY) {
        escape_line(stderr, "gomemlab: %s", result_text(RESULT_NO_MEMORY));
    }
    options_done(&options);
    library_done(&library);
    if (!output_end_stdout() && status == STATUS_OK) {
        status = STATUS_FAILED;
    }
    return status;
}
