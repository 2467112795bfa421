#include "tui/live/term.h"

#include "tui/cells/palette.h"
#include "tui/live/handback.h"
#include "tui/live/keyboard.h"
#include "tui/live/modes.h"
#include "tui/live/stderr_hold.h"

#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* What is drawn at most of a window that is larger. */
enum { COLS_MAX = 1000, ROWS_MAX = 500, COLS_UNKNOWN = 80, ROWS_UNKNOWN = 24 };

static struct {
    bool open;
    SCREEN *screen;
    int colors;  /* 0, 8, 16, 256 */
    bool direct; /* its numbers of colours, from 8 on, are red, green and blue themselves */
    bool mouse;  /* it reports its mouse, but for while we are suspended */
    attr_t attributes[STYLE_COUNT];
    short pairs[STYLE_COUNT];
    short pairs_on[STYLE_COUNT][STYLE_COUNT]; /* by style and the one behind it; 0: not made yet */
    int pair_count;
    int foreground;       /* the terminal's own colour of text */
    struct cellbuf shown; /* what the terminal shows */
    bool shown_is_valid;
    char last_words[HANDBACK_BYTES_MAX]; /* what gives it back, while that is put together */
    size_t last_word_bytes;
} term;

/* ---- finding out ---------------------------------------------------------------------------- */

static bool has_text(const char *text) {
    return text != NULL && text != (char *)-1;
}

/* Whether a number of a colour is not that of a colour of a palette but red, green and blue
 * themselves; below 8 it is a palette's in any case. */
static bool is_direct(void) {
    return tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || has_text(tigetstr("RGB"));
}

/* Of numbers that are red, green and blue, only those of 8 bits each are understood. */
static int colors_known(void) {
    const int has = tigetnum("colors");
    return is_direct() && has != 1 << 24 ? 8 : has;
}

static int colors_of(enum color_mode mode) {
    const int has = colors_known();
    int wanted = 0;
    switch (mode) {
    case COLOR_AUTO: {
        const char *no_color = getenv("NO_COLOR");
        wanted = no_color != NULL && no_color[0] != '\0' ? 0 : has;
        break;
    }
    case COLOR_ALWAYS:
        wanted = has;
        break;
    case COLOR_NEVER:
        break;
    case COLOR_8:
        wanted = 8;
        break;
    case COLOR_16:
        wanted = 16;
        break;
    case COLOR_256:
        wanted = 256;
        break;
    }
    int colors = wanted < has ? wanted : has;
    return colors >= 256 ? 256 : colors >= 16 ? 16 : colors >= 8 ? 8 : 0;
}

static enum glyph_mode glyphs_of(enum glyph_mode mode) {
    bool utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (mode == GLYPHS_AUTO) {
        /* The console of Linux has no braille in its font. */
        const char *name = getenv("TERM");
        bool console = name != NULL && strncmp(name, "linux", 5) == 0;
        return !utf8 ? GLYPHS_ASCII : console ? GLYPHS_BLOCK : GLYPHS_BRAILLE;
    }
    if (mode != GLYPHS_ASCII && !utf8 && setlocale(LC_CTYPE, "C.UTF-8") == NULL) {
        return GLYPHS_ASCII;
    }
    return mode;
}

/* The name of a usual kind of terminal that is known here. */
static const char *other_name(void) {
    static const char *const names[] = {"xterm-256color", "xterm", "ansi", "vt100"};
    size_t i = 0;
    for (int error; i + 1 < COUNT_OF(names); i++) {
        if (setupterm(names[i], STDOUT_FILENO, &error) == OK) {
            del_curterm(cur_term);
            break;
        }
    }
    return names[i];
}

/* Whether it can be shown as it is. */
static bool is_plain(const char *name) {
    for (const char *at = name; *at != '\0'; at++) {
        if (*at <= ' ' || *at > '~') {
            return false;
        }
    }
    return strlen(name) < 64;
}

/* What `error` tells of a call of curses that failed; NULL: nothing. Curses does not keep why, but
 * goes on to the next file, or asks what else the terminal might be. */
static const char *trouble_of(int error) {
    static const int troubles[] = {ENOMEM, EMFILE, ENFILE, EIO, EACCES};
    for (size_t i = 0; i < COUNT_OF(troubles); i++) {
        if (error == troubles[i]) {
            return strerror(error);
        }
    }
    return NULL;
}

static void refuse(struct term_refusal *refusal, const char *what, int error) {
    const char *trouble = trouble_of(error);
    snprintf(refusal->reason, sizeof refusal->reason, trouble != NULL ? "%s: %s" : "%s", what,
             trouble);
}

/* Whether the terminal can do what curses needs; leaves terminfo loaded if so. */
static bool is_capable(struct term_refusal *refusal) {
    const char *name = getenv("TERM");
    const char *shown = name != NULL && is_plain(name) ? name : "...";
    char *reason = refusal->reason;
    int error;
    errno = 0;
    *refusal = (struct term_refusal){.other_name = NULL};
    if (!isatty(STDIN_FILENO)) {
        refuse(refusal, "standard input is not a terminal", errno);
        return false;
    }
    if (!isatty(STDOUT_FILENO)) {
        refuse(refusal, "standard output is not a terminal", errno);
        return false;
    }
    if (name == NULL || name[0] == '\0') {
        snprintf(reason, sizeof refusal->reason, "TERM is not set");
    } else if (setupterm(NULL, STDOUT_FILENO, &error) != OK) {
        const char *trouble = trouble_of(errno);
        if (trouble != NULL) {
            snprintf(reason, sizeof refusal->reason, "what TERM=%s means cannot be read: %s", shown,
                     trouble);
            return false;
        }
        snprintf(reason, sizeof refusal->reason, "the terminal type TERM=%s is not known here",
                 shown);
    } else if (!has_text(tigetstr("cup"))) {
        snprintf(reason, sizeof refusal->reason,
                 "a terminal of type TERM=%s cannot move its cursor", shown);
        del_curterm(cur_term);
    } else {
        return true;
    }
    refusal->other_name = other_name();
    return false;
}

/* ---- giving back ---------------------------------------------------------------------------- */

static int add_last_word(int byte) {
    if (term.last_word_bytes < sizeof term.last_words) {
        term.last_words[term.last_word_bytes++] = (char)byte;
    }
    return byte;
}

static bool can_report_mouse(void) {
    return has_text(tigetstr("kmous"));
}

/* Most descriptions say nothing of pasted text. What moves its cursor with control sequences
 * ignores those that it does not know; others would show them. */
static bool can_mark_paste(void) {
    const char *text = tigetstr("cup");
    return has_text(text) && strncmp(text, "\033[", 2) == 0;
}

static unsigned modes_known(void) {
    return (can_mark_paste() ? MODE_PASTE : 0U) | (can_report_mouse() ? MODE_MOUSE : 0U);
}

static unsigned modes_in_use(void) {
    return modes_known() & (term.mouse ? ~0U : ~(unsigned)MODE_MOUSE);
}

static void add_capability(const char *text) {
    if (has_text(text)) {
        tputs(text, 1, add_last_word);
    }
}

/* Without an alternate screen to leave (the console of Linux), the picture stays and the shell goes
 * on in the last row, which must be empty for it. */
static void add_last_row(int rows) {
    const char *move_to = tigetstr("cup");
    if (!has_text(tigetstr("rmcup")) && has_text(move_to)) {
        add_capability(tparm(move_to, rows - 1, 0, 0, 0, 0, 0, 0, 0, 0));
        add_capability(tigetstr("el"));
    }
}

/* What any end writes, made while there is time for it. */
static void prepare_handback(int rows) {
    static const char *const names[] = {"sgr0", "op", "rmkx", "cnorm", "rmcup"};
    const struct modes_text off = modes_text(modes_known(), false);
    term.last_word_bytes = 0;
    for (size_t i = 0; i < off.bytes; i++) {
        add_last_word(off.s[i]);
    }
    add_last_row(rows);
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        add_capability(tigetstr(names[i]));
    }
    handback_prepare(term.last_words, term.last_word_bytes);
}

/* ---- opening and closing -------------------------------------------------------------------- */

/* The number of a style's colour as this terminal has it. */
static int color_of(enum style style) {
    const int16_t number = palette[style].color_256;
    if (term.colors < 256) {
        return palette[style].color_8;
    }
    return term.direct && number != PALETTE_DEFAULT ? (int)palette_rgb(number) : number;
}

/* The colour pair of a style on the colour of `back`, made when it is first needed. Without
 * colours, or if no pair is left: the pair of the style alone. */
static short pair_on(enum style style, enum style back) {
    short *pair = &term.pairs_on[style][back];
    bool has_colors = term.colors > 0 && color_of(back) != PALETTE_DEFAULT;
    if (*pair == 0 && has_colors && term.pair_count < COLOR_PAIRS && term.pair_count < INT16_MAX) {
        int color = color_of(style) == PALETTE_DEFAULT ? term.foreground : color_of(style);
        init_extended_pair(term.pair_count, color, color_of(back));
        *pair = (short)term.pair_count++;
    }
    return *pair != 0 ? *pair : term.pairs[style];
}

static void prepare_styles(void) {
    bool colored = term.colors > 0 && start_color() == OK;
    bool own_default = colored && use_default_colors() == OK;
    term.foreground = own_default ? -1 : COLOR_WHITE;
    term.pair_count = STYLE_COUNT + 1;
    memset(term.pairs_on, 0, sizeof term.pairs_on);
    for (int i = 0; i < STYLE_COUNT; i++) {
        const struct palette_entry *entry = &palette[i];
        attr_t attributes = 0;
        attributes |= (entry->flags & PALETTE_BOLD) != 0 ? A_BOLD : 0;
        attributes |= (entry->flags & PALETTE_REVERSE) != 0 ? A_REVERSE : 0;
        attributes |= (entry->flags & PALETTE_UNDERLINE) != 0 ? A_UNDERLINE : 0;
        int color = color_of((enum style)i);
        short pair = 0;
        if (colored && color != PALETTE_DEFAULT) {
            pair = (short)(i + 1);
            init_extended_pair(pair, color, own_default ? -1 : COLOR_BLACK);
        }
        term.attributes[i] = attributes;
        term.pairs[i] = pair;
    }
}

/* ^S would stop the terminal, and the program would hang when it writes. */
static void forget_flow_control(void) {
    struct termios now;
    if (tcgetattr(STDIN_FILENO, &now) == 0) {
        now.c_iflag &= ~(tcflag_t)IXON;
        tcsetattr(STDIN_FILENO, TCSANOW, &now);
        def_prog_mode();
    }
}

static void learn_key(const char *name, int key) {
    const char *text = tigetstr(name);
    if (has_text(text)) {
        keyboard_learn(text, key);
    }
}

/* Keys that the terminal's description names. Most are understood anyway. */
static void learn_keys(void) {
    static const struct {
        const char *name;
        int key;
    } keys[] = {
        {.name = "kcuu1", .key = INPUT_UP},
        {.name = "kcud1", .key = INPUT_DOWN},
        {.name = "kcub1", .key = INPUT_LEFT},
        {.name = "kcuf1", .key = INPUT_RIGHT},
        {.name = "khome", .key = INPUT_HOME},
        {.name = "kfnd", .key = INPUT_HOME},
        {.name = "kend", .key = INPUT_END},
        {.name = "kslt", .key = INPUT_END},
        {.name = "kpp", .key = INPUT_PAGE_UP},
        {.name = "knp", .key = INPUT_PAGE_DOWN},
        {.name = "kich1", .key = INPUT_INSERT},
        {.name = "kdch1", .key = INPUT_DELETE},
        {.name = "kb2", .key = INPUT_MIDDLE},
        {.name = "kcbt", .key = INPUT_BACK_TAB},
        {.name = "kbs", .key = INPUT_BACKSPACE},
        {.name = "kent", .key = INPUT_ENTER},
        {.name = "kLFT", .key = INPUT_SHIFT_LEFT},
        {.name = "kRIT", .key = INPUT_SHIFT_RIGHT},
        {.name = "kri", .key = INPUT_SHIFT | INPUT_UP},
        {.name = "kind", .key = INPUT_SHIFT | INPUT_DOWN},
    };
    enum { FUNCTION_KEYS = 12 };
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        learn_key(keys[i].name, keys[i].key);
    }
    for (int i = 0; i < FUNCTION_KEYS; i++) {
        char name[8];
        snprintf(name, sizeof name, "kf%d", i + 1);
        learn_key(name, INPUT_F1 + i);
    }
}

/* Curses only writes: it would take the sequences apart that it does not know, and let typing stop
 * it from painting. With keypad() it has the terminal send what its description says. False: the
 * terminal does not take the modes; errno says why. */
static bool prepare_input(void) {
    if (cbreak() != OK) { /* keys would come with Enter only */
        return false;
    }
    noecho();
    nonl();
    forget_flow_control();
    typeahead(-1);
    keypad(stdscr, TRUE);
    curs_set(0);
    keyboard_open(getenv("ESCDELAY"));
    learn_keys();
    return true;
}

/* Written past curses, which knows nothing of it; nothing of curses may be pending then. */
static void tell_modes(unsigned kinds, bool on) {
    const struct modes_text text = modes_text(kinds, on);
    fflush(stdout);
    (void)!write(STDOUT_FILENO, text.s, text.bytes);
}

bool term_use_mouse(bool on) {
    if (on != term.mouse && can_report_mouse()) {
        tell_modes(MODE_MOUSE, on);
        term.mouse = on;
    }
    return term.mouse;
}

/* Curses would make a screen of any size, also one that there is no memory for: it goes by these
 * variables before it asks the terminal. */
static void tell_curses_size(int cols, int rows) {
    char text[16];
    snprintf(text, sizeof text, "%d", cols);
    setenv("COLUMNS", text, 1);
    snprintf(text, sizeof text, "%d", rows);
    setenv("LINES", text, 1);
}

bool term_open(enum color_mode color, struct term_refusal *refusal) {
    CHECK(!term.open);
    setlocale(LC_CTYPE, "");
    if (!is_capable(refusal)) {
        return false;
    }
    struct termios before;
    if (tcgetattr(STDIN_FILENO, &before) != 0) {
        refuse(refusal, "the modes of the terminal cannot be read", errno);
        del_curterm(cur_term);
        return false;
    }
    term.colors = colors_of(color);
    term.direct = is_direct();
    int cols, rows;
    term_size(&cols, &rows);
    prepare_handback(rows);
    del_curterm(cur_term); /* newterm() loads its own */
    tell_curses_size(cols, rows);
    stderr_hold();
    handback_arm(&before);
    (void)atexit(handback_now); /* curses calls exit() where it has no memory for a colour */
    errno = 0;
    term.screen = newterm(NULL, stdout, stdin);
    if (term.screen == NULL || !prepare_input()) {
        const int error = errno;
        handback_now();
        refuse(refusal, "the terminal cannot be set up", error);
        return false;
    }
    term.open = true;
    prepare_styles();
    tell_modes(modes_in_use(), true);
    return true; /* the first term_resize() is due now */
}

void term_close(void) {
    if (!term.open) {
        return;
    }
    handback_now();
    term.open = false; /* no delscreen(): it crashes after curses ran out of memory somewhere */
    cellbuf_done(&term.shown);
}

enum glyph_mode term_use_glyphs(enum glyph_mode glyphs) {
    return glyphs_of(glyphs);
}

/* What the environment says; 0: nothing of use. */
static int size_by_name(const char *name) {
    const char *text = getenv(name);
    long size = text != NULL ? strtol(text, NULL, 10) : 0;
    return size <= 0 ? 0 : size < COLS_MAX ? (int)size : COLS_MAX;
}

static int first_size(int reported, int named, int unknown, int most) {
    int size = reported > 0 ? reported : named > 0 ? named : unknown;
    return size < most ? size : most;
}

void term_size(int *cols, int *rows) {
    struct winsize size = {0};
    (void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size); /* not known: 0 */
    *cols = first_size(size.ws_col, size_by_name("COLUMNS"), COLS_UNKNOWN, COLS_MAX);
    *rows = first_size(size.ws_row, size_by_name("LINES"), ROWS_UNKNOWN, ROWS_MAX);
}

enum result term_resize(int cols, int rows) {
    const bool resized = resizeterm(rows, cols) == OK;
    prepare_handback(rows);
    term.shown_is_valid = false;
    if (!resized || cellbuf_resize(&term.shown, cols, rows) != RESULT_OK) {
        cellbuf_done(&term.shown); /* curses would draw on windows that are half resized */
        return RESULT_NO_MEMORY;
    }
    return RESULT_OK;
}

void term_forget(void) {
    term.shown_is_valid = false;
    clearok(curscr, TRUE);
}

/* ---- output --------------------------------------------------------------------------------- */

static void show_cell(int x, int y, const struct cell *cell) {
    wchar_t text[2] = {(wchar_t)cell->rune, L'\0'};
    cchar_t shown;
    CHECK(cell->style < STYLE_COUNT && cell->back < STYLE_COUNT);
    short pair =
        cell->back != STYLE_NORMAL ? pair_on(cell->style, cell->back) : term.pairs[cell->style];
    setcchar(&shown, text, term.attributes[cell->style], pair, NULL);
    mvadd_wch(y, x, &shown);
}

/* A blank looks the same in every style that is neither reversed nor underlined. It takes the style
 * of the cell before, so that no change of style must be written. */
static struct cell cheap_cell(const struct cell *cell, const struct cell *before) {
    enum { GROUNDS = PALETTE_REVERSE | PALETTE_UNDERLINE };
    bool blank = cell->rune == ' ' && cell->back == STYLE_NORMAL;
    bool plain = ((palette[cell->style].flags | palette[before->style].flags) & GROUNDS) == 0;
    struct cell cheap = *cell;
    cheap.style = blank && plain ? before->style : cell->style;
    return cheap;
}

/* Estimate of the bytes for a changed cell: its rune, a cursor move unless the last changed cell is
 * just before it, and its colours unless they are the same. */
static uint32_t cost_of(const struct cell *cell, const struct cell *last, bool behind_last) {
    enum { MOVE_BYTES = 6, COLOR_BYTES = 14 };
    char rune[4];
    bool same = cell->style == last->style && cell->back == last->back;
    return (uint32_t)rune_bytes(cell->rune, rune) + (behind_last ? 0 : MOVE_BYTES) +
           (same ? 0 : COLOR_BYTES);
}

uint32_t term_draw(const struct cellbuf *frame) {
    if (frame->cols != term.shown.cols || frame->rows != term.shown.rows) {
        return 0; /* no memory for term.shown, or the frame has an old size */
    }
    bool changed = !term.shown_is_valid;
    uint32_t cost = 0;
    size_t last = SIZE_MAX - 1;
    size_t count = (size_t)frame->cols * (size_t)frame->rows;
    struct cell before = {.style = STYLE_NORMAL};
    for (size_t i = 0; i < count; i++) {
        const struct cell cell = cheap_cell(&frame->cells[i], &before);
        struct cell *shown = &term.shown.cells[i];
        before = cell;
        if (term.shown_is_valid && cell.rune == shown->rune && cell.style == shown->style &&
            cell.back == shown->back) {
            continue;
        }
        show_cell((int)(i % (size_t)frame->cols), (int)(i / (size_t)frame->cols), &cell);
        cost += cost_of(&cell, &term.shown.cells[last < count ? last : i], last + 1 == i);
        *shown = cell;
        last = i;
        changed = true;
    }
    term.shown_is_valid = true;
    if (changed) {
        refresh();
    }
    return cost;
}

/* Ends curses' hold of the screen, until the next refresh(). */
static void leave_screen(void) {
    if (!has_text(tigetstr("rmcup"))) {
        move(LINES - 1, 0);
        clrtoeol();
        refresh();
    }
    endwin();
}

void term_suspend(void) {
    tell_modes(modes_in_use(), false);
    leave_screen();
    handback_lend();
}

void term_resume(void) {
    handback_take();
    term_forget();
    refresh();
    curs_set(0);
    tell_modes(modes_in_use(), true);
    keyboard_forget();
}
