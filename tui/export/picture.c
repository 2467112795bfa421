#include "tui/export/picture.h"

#include "engine/base/escape.h"
#include "tui/cells/format.h"
#include "tui/export/svg.h"
#include "tui/export/whole_file.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { NUMBERS_MAX = 1000, TITLE_BYTES = 1024, BASE_BYTES = 65 };

/* Of the scenario's file what is fit for the name of another: up to the dot, safe characters. */
static void write_base(const char *path, char *base, size_t room) {
    const char *slash = strrchr(path, '/');
    const char *from = slash != NULL ? slash + 1 : path;
    size_t used = 0;
    /* a name that is none, <stdin>, is called stdin */
    from += from[0] == '<';
    for (struct escape e = {.at = from, .end = from + strcspn(from, ".>")}; escape_next(&e);) {
        const bool safe = escape_is_safe(e.before);
        if (used + (safe ? e.count : 1) >= room) {
            break;
        }
        memcpy(base + used, safe ? e.shown : "_", safe ? e.count : 1);
        used += safe ? e.count : 1;
    }
    base[used] = '\0';
}

/* "gomemlab-garbage-04m32s" and, from the second on, "-2". No colons: not every system has them. */
static void write_name(const struct picture_of *of, int number, char name[PICTURE_NAME_BYTES]) {
    char base[BASE_BYTES];
    const uint64_t seconds = of->at_ns / NS_PER_SECOND;
    char hours[24] = "", more[16] = "";
    write_base(of->scenario_path, base, sizeof base);
    if (seconds >= 3600) {
        snprintf(hours, sizeof hours, "%" PRIu64 "h", seconds / 3600);
    }
    if (number > 1) {
        snprintf(more, sizeof more, "-%d", number);
    }
    snprintf(name, PICTURE_NAME_BYTES, "gomemlab-%s-%s%02um%02us%s.svg", base, hours,
             (unsigned)(seconds / 60 % 60), (unsigned)(seconds % 60), more);
}

/* Writes the picture into a file of that name. False: errno says why; EEXIST: it is taken. */
static bool save_as(const char *name, const struct cellbuf *frame, const char *title) {
    struct whole_file whole;
    if (!whole_file_open_fresh(&whole, name)) {
        return false;
    }
    svg_write(frame, title, whole.file);
    if (whole_file_close(&whole) && whole_file_publish(&whole)) {
        whole_file_leave(&whole);
        return true;
    }
    whole_file_remove(&whole);
    return false;
}

bool picture_save(const struct cellbuf *frame, const struct picture_of *of,
                  char name[PICTURE_NAME_BYTES]) {
    char title[TITLE_BYTES];
    bool saved = false;
    snprintf(title, sizeof title, "gomemlab: %s, at %s", of->title, format_clock(of->at_ns).s);
    errno = EEXIST;
    for (int number = 1; number < NUMBERS_MAX && !saved && errno == EEXIST; number++) {
        write_name(of, number, name);
        saved = save_as(name, frame, title);
    }
    return saved;
}
