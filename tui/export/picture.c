#include "tui/export/picture.h"

#include "tui/cells/format.h"
#include "tui/export/svg.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NUMBERS_MAX = 1000, TITLE_BYTES = 160 };

/* "gomemlab-garbage-04m32s" and, from the second on, "-2". No colons: not every system has them. */
static void write_name(const struct picture_of *of, int number, char name[PICTURE_NAME_BYTES]) {
    const char *slash = strrchr(of->scenario_path, '/');
    const char *base = slash != NULL ? slash + 1 : of->scenario_path;
    const uint64_t seconds = of->at_ns / NS_PER_SECOND;
    char hours[24] = "", more[16] = "";
    if (seconds >= 3600) {
        snprintf(hours, sizeof hours, "%" PRIu64 "h", seconds / 3600);
    }
    if (number > 1) {
        snprintf(more, sizeof more, "-%d", number);
    }
    snprintf(name, PICTURE_NAME_BYTES, "gomemlab-%.*s-%s%02um%02us%s.svg",
             (int)(strcspn(base, ".") < 64 ? strcspn(base, ".") : 64), base, hours,
             (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60), more);
}

static FILE *open_new(const struct picture_of *of, char name[PICTURE_NAME_BYTES]) {
    FILE *file = NULL;
    errno = EEXIST;
    for (int number = 1; number < NUMBERS_MAX && file == NULL && errno == EEXIST; number++) {
        write_name(of, number, name);
        file = fopen(name, "wx");
    }
    return file;
}

bool picture_save(const struct cellbuf *frame, const struct picture_of *of,
                  char name[PICTURE_NAME_BYTES]) {
    char title[TITLE_BYTES];
    FILE *file = open_new(of, name);
    if (file == NULL) {
        return false;
    }
    snprintf(title, sizeof title, "gomemlab: %.100s, at %s", of->title, format_clock(of->at_ns).s);
    svg_write(frame, title, file);
    bool failed = ferror(file) != 0;
    failed = fclose(file) != 0 || failed;
    if (failed) {
        int why = errno;
        (void)remove(name);
        errno = why;
    }
    return !failed;
}
