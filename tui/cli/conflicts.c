#include "tui/cli/conflicts.h"

#include "engine/base/escape.h"
#include "tui/cli/config.h"
#include "tui/export/place.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file in its part: read, written under its name, or written as it is: a standard stream. */
struct part {
    const char *what; /* "--csv" */
    const char *path; /* NULL: not taken */
    int stream;       /* what it is where the path is "-" */
    bool known;       /* `place` is */
    struct place place;
};

enum { SCENARIO, CONFIG, CSV, NDJSON, STDOUT, STDERR, PARTS };

/* Finds out what it is. What cannot be found cannot be opened either, which will be told then.
 * False: no memory; explained. */
static bool look(struct part *part) {
    if (part->path != NULL) {
        part->known = strcmp(part->path, "-") == 0 ? place_of_descriptor(part->stream, &part->place)
                                                   : place_find(part->path, &part->place);
        if (!part->known && errno == ENOMEM) {
            escape_line(stderr, "gomemlab: %s: %s", part->path, result_text(RESULT_NO_MEMORY));
            return false;
        }
    }
    return true;
}

static bool is_same(const struct part *a, const struct part *b) {
    return a->known && b->known && place_is_same(&a->place, &b->place);
}

/* Both go there, and nobody misses it. */
static bool is_null_device(const struct part *part) {
    struct stat null;
    return S_ISCHR(part->place.info.st_mode) && stat("/dev/null", &null) == 0 &&
           part->place.info.st_rdev == null.st_rdev;
}

/* A terminal or a pipe can be read and written; of a file, one end loses. */
static bool is_file(const struct part *part) {
    return !part->place.exists || S_ISREG(part->place.info.st_mode);
}

static bool spares(const struct part *output, const struct part *other) {
    if (!is_same(output, other) || !is_file(output)) {
        return true;
    }
    const bool a = strcmp(output->path, "-") != 0, b = strcmp(other->path, "-") != 0;
    escape_line(stderr,
                "gomemlab: %s%s%s%s is %s%s%s%s, which would be lost; write to another file",
                output->what, a ? " '" : "", a ? output->path : "", a ? "'" : "", other->what,
                b ? " '" : "", b ? other->path : "", b ? "'" : "");
    return false;
}

static bool judge(const struct part parts[PARTS]) {
    const struct part *csv = &parts[CSV], *ndjson = &parts[NDJSON];
    for (int i = CSV; i <= STDOUT; i++) {
        if (!spares(&parts[i], &parts[SCENARIO]) || !spares(&parts[i], &parts[CONFIG])) {
            return false;
        }
    }
    /* "-" is a stream of ours, which may well go where stderr does. */
    for (int i = CSV; i <= NDJSON; i++) {
        if (!parts[i].place.passing && !spares(&parts[i], &parts[STDERR])) {
            return false;
        }
    }
    if (is_same(csv, ndjson) && (!is_null_device(csv) || strcmp(csv->path, "-") == 0)) {
        escape_line(stderr, "gomemlab: --csv and --ndjson cannot both write to '%s'", csv->path);
        return false;
    }
    return true;
}

bool conflicts_none(const char *path, const struct options *options) {
    char *config = NULL;
    bool good = config_default_path(&config) == RESULT_OK;
    if (!good) {
        escape_line(stderr, "gomemlab: %s", result_text(RESULT_NO_MEMORY));
    }
    const bool prints = options->csv == NULL && options->ndjson == NULL;
    struct part parts[PARTS] = {
        [SCENARIO] = {.what = "the scenario", .path = path, .stream = STDIN_FILENO},
        [CONFIG] = {.what = "the configuration", .path = config},
        [CSV] = {.what = "--csv", .path = options->csv, .stream = STDOUT_FILENO},
        [NDJSON] = {.what = "--ndjson", .path = options->ndjson, .stream = STDOUT_FILENO},
        [STDOUT] = {.what = "standard output",
                    .path = prints ? "-" : NULL,
                    .stream = STDOUT_FILENO},
        [STDERR] = {.what = "standard error", .path = "-", .stream = STDERR_FILENO},
    };
    for (int i = 0; good && i < PARTS; i++) {
        good = look(&parts[i]);
    }
    good = good && judge(parts);
    for (int i = 0; i < PARTS; i++) {
        place_done(&parts[i].place);
    }
    free(config);
    return good;
}
