/*
 * keys.h: every key, what it does and what it is called; one table.
 *
 * The table drives dispatch, the key bar, the help screen and the man page. A key is a Unicode
 * code point or one of enum input.
 */
#ifndef TUI_INPUT_KEYS_H
#define TUI_INPUT_KEYS_H

#include "engine/base.h"

#include <stdio.h>

enum input {
    INPUT_ESCAPE = 27,
    INPUT_ENTER = '\r',
    INPUT_TAB = '\t',
    INPUT_BACKSPACE = 127,
    INPUT_UP = 0x110000, /* behind the last code point */
    INPUT_DOWN,
    INPUT_LEFT,
    INPUT_RIGHT,
    INPUT_PAGE_UP,
    INPUT_PAGE_DOWN,
    INPUT_HOME,
    INPUT_END,
    INPUT_INSERT,
    INPUT_DELETE,
    INPUT_MIDDLE, /* the 5 of a keypad whose other keys are arrows */
    INPUT_F1,
    INPUT_F_LAST = INPUT_F1 + 34,
    INPUT_BYTE = 0x120000, /* + a byte that begins no character */

    /* Held together with any of these. Shift of a letter is the capital letter, Ctrl of a letter
     * its control character. */
    INPUT_SHIFT = 1 << 24,
    INPUT_ALT = 1 << 25,
    INPUT_CTRL = 1 << 26,
    INPUT_SUPER = 1 << 27,

    INPUT_BACK_TAB = INPUT_SHIFT | INPUT_TAB,
    INPUT_SHIFT_LEFT = INPUT_SHIFT | INPUT_LEFT,
    INPUT_SHIFT_RIGHT = INPUT_SHIFT | INPUT_RIGHT
};

enum mouse_kind { MOUSE_CLICK, MOUSE_DRAG, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };

/* What the mouse did, and over which cell: of the window, or of a view's inside. */
struct mouse {
    enum mouse_kind kind;
    int x, y;
};

enum typed_kind { TYPED_NOTHING, TYPED_KEY, TYPED_MOUSE, TYPED_PASTE };

/* What somebody did at the terminal. */
struct typed {
    enum typed_kind kind;
    int key; /* KEY; PASTE: a character of the text, 0 where it begins */
    struct mouse mouse;
};

/* A key means one thing in each context. While an overlay is open, only its context counts.
 * Otherwise the context of the focused view comes first, and then the main one. */
enum key_context {
    KEYS_MAIN,
    KEYS_CHART,
    KEYS_CHART_LIST,
    KEYS_MAP,
    KEYS_CLASSES,
    KEYS_STATS,
    KEYS_PROGRAM,
    KEYS_EVENTS,
    KEYS_GCLOG,
    KEYS_SOURCE,
    KEYS_OBJECT,
    KEYS_STEP, /* the first of an overlay */
    KEYS_LIST,
    KEYS_READER,
    KEYS_PROMPT,
    KEYS_CONTEXT_COUNT
};

enum action {
    ACTION_NONE,
    ACTION_GOGC_TOGGLE,
    ACTION_GOGC_SET,
    ACTION_GC,
    ACTION_FREE_OS_MEMORY,
    ACTION_QUEUE_GROW,
    ACTION_QUEUE_SHRINK,
    ACTION_CHANNEL_NEXT,
    ACTION_CHANNEL_PREVIOUS,
    ACTION_PAUSE,
    ACTION_STEP,
    ACTION_STEP_MENU,
    ACTION_STEP_ALLOCATION,
    ACTION_STEP_GC,
    ACTION_STEP_SCAVENGE,
    ACTION_SLOWER,
    ACTION_FASTER,
    ACTION_RESTART,
    ACTION_OPEN,
    ACTION_PALETTE,
    ACTION_UNDO,
    ACTION_REDO,
    ACTION_SEED,
    ACTION_COMPLETE,
    ACTION_PANEL,
    ACTION_PANEL_NEXT,
    ACTION_PANEL_PREVIOUS,
    ACTION_PANEL_ALL,
    ACTION_PANEL_ALONE,
    ACTION_ZOOM_IN,
    ACTION_ZOOM_OUT,
    ACTION_FAR_LEFT,
    ACTION_FAR_RIGHT,
    ACTION_MARK_NEXT,
    ACTION_MARK_PREVIOUS,
    ACTION_CHART_LINES,
    ACTION_CHART_LIST,
    ACTION_COLORS,
    ACTION_SPAN_PREVIOUS,
    ACTION_SPAN_NEXT,
    ACTION_SORT,
    ACTION_GLYPHS,
    ACTION_MOUSE,
    ACTION_PICTURE,
    ACTION_REDRAW,
    ACTION_HELP,
    ACTION_QUIT,
    ACTION_UP,
    ACTION_DOWN,
    ACTION_LEFT,
    ACTION_RIGHT,
    ACTION_PAGE_UP,
    ACTION_PAGE_DOWN,
    ACTION_FIRST,
    ACTION_LAST,
    ACTION_CHOOSE,
    ACTION_EXPLAIN,
    ACTION_FILTER,
    ACTION_BACK,
    ACTION_CLOSE,
    ACTION_COUNT
};

struct binding {
    enum key_context context;
    enum action action;
    int first, last;  /* this key, or any of a range of keys; last == 0: one key */
    int other;        /* does the same; 0: none */
    bool anywhere;    /* works in a window that is too small to show anything */
    int bar_rank;     /* 1: the last to leave the key bar when it gets narrow; 0: never there */
    const char *name; /* of the key, for a person */
    const char *bar_name, *bar_label; /* in the key bar; may stand for two bindings */
    const char *help;
};

extern const struct binding bindings[];
extern const size_t binding_count;

/* The binding of a key there; NULL: none. */
const struct binding *binding_find(enum key_context context, int key);

/* The title of a context's keys in the help. */
const char *key_context_title(enum key_context context);

enum { KEY_NAME_BYTES = 48 };

/* What to call a key that has no binding: "x", "^X", "F5", "Alt-x". `out` has room for
 * KEY_NAME_BYTES. */
void keys_name(int key, char *out, size_t bytes);

/* The table as mdoc, for the man page, and as plain text. */
void keys_print_man(FILE *out);
void keys_print_text(FILE *out);

#endif
