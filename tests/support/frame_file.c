#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/frame_file.h"

enum { PATH_BYTES = 160 };

void frame_text(const struct cellbuf *frame, char out[FRAME_TEXT_BYTES]) {
    for (int y = 0; y < frame->rows; y++) {
        int end = frame->cols;
        while (end > 0 && cellbuf_at(frame, end - 1, y)->rune == ' ') {
            end--;
        }
        for (int x = 0; x < end; x++) {
            out += rune_bytes(cellbuf_at(frame, x, y)->rune, out);
        }
        *out++ = '\n';
    }
    *out = '\0';
}

static void read_picture(const char *path, char *out) {
    FILE *file = fopen(path, "r");
    size_t bytes = file != NULL ? fread(out, 1, FRAME_TEXT_BYTES - 1, file) : 0;
    out[bytes] = '\0';
    if (file != NULL) {
        fclose(file);
    }
}

static void write_picture(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* Prints the first line in which they differ. */
static void print_difference(const char *path, const char *want, const char *got) {
    for (int line = 1; *want != '\0' || *got != '\0'; line++) {
        size_t want_bytes = strcspn(want, "\n");
        size_t got_bytes = strcspn(got, "\n");
        if (want_bytes != got_bytes || memcmp(want, got, got_bytes) != 0) {
            print_error("%s:%d\n  want %.*s\n  got  %.*s\n", path, line, (int)want_bytes, want,
                        (int)got_bytes, got);
            return;
        }
        want += want_bytes + (want[want_bytes] != '\0');
        got += got_bytes + (got[got_bytes] != '\0');
    }
}

bool frame_is_as_pictured(const char *name, const struct cellbuf *frame) {
    static char got[FRAME_TEXT_BYTES];
    static char want[FRAME_TEXT_BYTES];
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "tests/frames/%s.txt", name);
    frame_text(frame, got);
    read_picture(path, want);
    if (strcmp(got, want) == 0) {
        return true;
    }
    if (getenv("UPDATE_FRAMES") != NULL) {
        write_picture(path, got);
        return true;
    }
    print_difference(path, want, got);
    return false;
}
