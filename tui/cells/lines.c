#include "tui/cells/lines.h"

#include <string.h>

enum { LABEL_COLS = 8, PIECE_BYTES = 512 };

size_t lines_break(const char *text, int cols) {
    size_t bytes = 0, blank = 0;
    int column = 0;
    for (const char *at = text; *at != '\0' && *at != '\n'; column++) {
        if (column == cols) {
            return blank > bytes / 2 ? blank : bytes;
        }
        if (*at == ' ') {
            blank = bytes;
        }
        (void)text_rune(&at);
        bytes = (size_t)(at - text);
    }
    return bytes;
}

static int draw_paragraph(const struct pen *pen, int x, int y, const char *text, size_t bytes) {
    int cols = pen->clip.cols - x;
    const char *end = text + bytes;
    do {
        size_t piece = lines_break(text, cols > 0 ? cols : 1);
        pen_textf(pen, x, y++, STYLE_NORMAL, "%.*s",
                  (int)(piece < PIECE_BYTES ? piece : PIECE_BYTES), text);
        text += piece;
        while (text < end && *text == ' ') {
            text++;
        }
    } while (text < end);
    return y;
}

int lines_paragraphs(const struct pen *pen, int y, const char *text) {
    bool labelled = strchr(text, '\t') != NULL;
    while (*text != '\0') {
        size_t bytes = strcspn(text, "\n");
        size_t label = strcspn(text, "\t\n");
        const char *behind = text + bytes + (text[bytes] == '\n');
        if (text[label] == '\t') {
            pen_textf(pen, 0, y, STYLE_TITLE, "%.*s", (int)label, text);
            bytes -= label + 1;
            text += label + 1;
        }
        y = draw_paragraph(pen, labelled ? LABEL_COLS : 0, y, text, bytes);
        text = behind;
    }
    return y;
}

int lines_count(int cols, const char *text) {
    struct pen nowhere = {.clip = {.cols = cols}};
    return lines_paragraphs(&nowhere, 0, text);
}
