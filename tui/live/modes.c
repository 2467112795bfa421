#include "tui/live/modes.h"

#include <stdio.h>
#include <string.h>

/* Every terminal that knows a mode knows it by this number, whatever its terminfo says; one that
 * does not know it ignores it. So curses need not know. */
static const struct {
    unsigned kind;
    const char *on, *off;
} modes[] = {
    /* so that pasted text can be told from keys */
    {.kind = MODE_PASTE, .on = "\033[?2004h", .off = "\033[?2004l"},
    /* presses, drags and the wheel */
    {.kind = MODE_MOUSE, .on = "\033[?1002h", .off = "\033[?1002l"},
    /* ... in the one encoding that has no limit of columns */
    {.kind = MODE_MOUSE, .on = "\033[?1006h", .off = "\033[?1006l"},
};

struct modes_text modes_text(unsigned kinds, bool on) {
    struct modes_text text = {.bytes = 0};
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        size_t at = on ? i : COUNT_OF(modes) - 1 - i;
        if ((modes[at].kind & kinds) != 0) {
            const char *more = on ? modes[at].on : modes[at].off;
            size_t bytes = strlen(more);
            CHECK(text.bytes + bytes < sizeof text.s);
            memcpy(text.s + text.bytes, more, bytes + 1);
            text.bytes += bytes;
        }
    }
    return text;
}

/* The cursor is saved before the alternate screen is left: leaving it puts the cursor where it was
 * saved, also if there was none to leave. */
const char modes_sane[] = "\033\\"                               /* ends a text that goes on */
                          "\0337\033[?1049l\033[?1047l\033[?47l" /* the alternate screen */
                          "\033[?9l\033[?1000l\033[?1001l\033[?1002l\033[?1003l\033[?1004l"
                          "\033[?1005l\033[?1006l\033[?1015l\033[?1016l" /* the mouse, the focus */
                          "\033[?2004l\033[?2026l" /* paste, a picture that is held back */
                          "\033[?1l\033>\033[>4m"  /* keys */
                          "\0337\033[r\0338"       /* the part that scrolls */
                          "\033[4l\033[?6l\033[?7h\033[?25h"
                          "\033(B\017\033[m"; /* letters, colours */
