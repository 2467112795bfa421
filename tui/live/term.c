#include "tui/live/term.h"

#include "tui/cells/palette.h"
#include "tui/live/keyboard.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

enum { RESTORE_BYTES_MAX = 256, CRASH_STACK_BYTES = 64 * 1024 };

/* Reports of presses, drags and the wheel, in the encoding that has no limit of columns (SGR).
 * terminfo tells whether there is a mouse, but often names an older encoding. So these are written
 * and read past curses. */
static const char mouse_on[] = "\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1002l";
/* Pasted text comes between marks, so that it can be told from keys. */
static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

static struct {
    volatile sig_atomic_t open;
    SCREEN *screen;
    int colors; /* 0, 8, 16, 256 */
    bool mouse; /* the terminal reports its mouse, except while it is suspended */
    bool paste; /* it marks pasted text, likewise */
    attr_t attributes[STYLE_COUNT];
    short pairs[STYLE_COUNT];
    short pairs_on[STYLE_COUNT][STYLE_COUNT]; /* by style and the one behind it; 0: not made yet */
    int pair_count;
    short foreground;     /* the terminal's own colour of text */
    struct cellbuf shown; /* what the terminal shows */
    bool shown_is_valid;
    struct termios termios; /* as term_open() found it */
    char restore[RESTORE_BYTES_MAX];
    size_t restore_bytes;
    int stderr_real; /* the real stderr while it is diverted to a file; -1: it is not */
    FILE *stderr_file;
} term = {.stderr_real = -1};

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* ---- finding out ---------------------------------------------------------------------------- */

static int colors_of(enum color_mode mode) {
    const int has = tigetnum("colors");
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

/* Whether the terminal can do what curses needs; leaves terminfo loaded if so. */
static bool is_capable(const char **reason) {
    static char text[128];
    const char *name = getenv("TERM");
    *reason = text;
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        snprintf(text, sizeof text, "%s is not a terminal",
                 isatty(STDIN_FILENO) ? "standard output" : "standard input");
        return false;
    }
    if (name == NULL || name[0] == '\0') {
        snprintf(text, sizeof text, "TERM is not set");
        return false;
    }
    int error;
    if (setupterm(NULL, STDOUT_FILENO, &error) != OK) {
        snprintf(text, sizeof text, "the terminal type TERM=%.40s is not known here", name);
        return false;
    }
    const char *move = tigetstr("cup");
    if (move == NULL || move == (char *)-1) {
        snprintf(text, sizeof text, "a terminal of type TERM=%.40s cannot move its cursor", name);
        return false;
    }
    return true;
}

/* ---- giving back ---------------------------------------------------------------------------- */

static int keep_restore_byte(int byte) {
    if (term.restore_bytes < sizeof term.restore) {
        term.restore[term.restore_bytes++] = (char)byte;
    }
    return byte;
}

static bool can_report_mouse(void) {
    const char *text = tigetstr("kmous");
    return text != NULL && text != (char *)-1;
}

/* Most descriptions say nothing of pasted text. What moves its cursor with control sequences
 * ignores those that it does not know; others would show them. */
static bool can_mark_paste(void) {
    const char *text = tigetstr("cup");
    return text != NULL && text != (char *)-1 && strncmp(text, "\033[", 2) == 0;
}

/* Stores the bytes that a crash must write: terminfo cannot be asked in a signal handler. */
static void prepare_restore(void) {
    static const char *const names[] = {"sgr0", "op", "rmkx", "cnorm", "rmcup"};
    term.restore_bytes = 0;
    for (const char *at = mouse_off; can_report_mouse() && *at != '\0'; at++) {
        keep_restore_byte(*at);
    }
    for (const char *at = paste_off; can_mark_paste() && *at != '\0'; at++) {
        keep_restore_byte(*at);
    }
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const char *text = tigetstr(names[i]);
        if (text != NULL && text != (char *)-1) {
            tputs(text, 1, keep_restore_byte);
        }
    }
}

/* Text on stderr would spoil the screen and be lost with it. */
static void divert_stderr(void) {
    term.stderr_real = -1;
    if (!isatty(STDERR_FILENO)) {
        return;
    }
    term.stderr_file = tmpfile();
    if (term.stderr_file == NULL) {
        return;
    }
    term.stderr_real = dup(STDERR_FILENO);
    if (term.stderr_real < 0 || dup2(fileno(term.stderr_file), STDERR_FILENO) < 0) {
        fclose(term.stderr_file);
        close(term.stderr_real);
        term.stderr_real = -1;
    }
}

/* Runs in a signal handler, too: only async-signal-safe calls. */
static void replay_stderr(void) {
    char text[512];
    if (term.stderr_real < 0) {
        return;
    }
    lseek(STDERR_FILENO, 0, SEEK_SET);
    for (ssize_t bytes; (bytes = read(STDERR_FILENO, text, sizeof text)) > 0;) {
        (void)!write(term.stderr_real, text, (size_t)bytes);
    }
    dup2(term.stderr_real, STDERR_FILENO);
}

static void on_crash(int number) {
    if (term.open) {
        term.open = 0;
        (void)!write(STDOUT_FILENO, term.restore, term.restore_bytes);
        tcsetattr(STDIN_FILENO, TCSANOW, &term.termios);
        replay_stderr();
    }
    signal(number, SIG_DFL);
    raise(number);
}

static void catch_crashes(void) {
    static char stack[CRASH_STACK_BYTES];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | SA_NODEFER};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < COUNT_OF(crash_signals); i++) {
        sigaction(crash_signals[i], &action, NULL);
    }
}

/* ---- opening and closing -------------------------------------------------------------------- */

static int16_t color_of(enum style style) {
    return term.colors >= 256 ? palette[style].color_256 : palette[style].color_8;
}

/* The colour pair of a style on the colour of `back`, made when it is first needed. Without
 * colours, or if no pair is left: the pair of the style alone. */
static short pair_on(enum style style, enum style back) {
    short *pair = &term.pairs_on[style][back];
    bool has_colors = term.colors > 0 && color_of(back) != PALETTE_DEFAULT;
    if (*pair == 0 && has_colors && term.pair_count < COLOR_PAIRS && term.pair_count < INT16_MAX) {
        int16_t color = color_of(style) == PALETTE_DEFAULT ? term.foreground : color_of(style);
        init_pair((short)term.pair_count, color, color_of(back));
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
        int16_t color = color_of((enum style)i);
        short pair = 0;
        if (colored && color != PALETTE_DEFAULT) {
            pair = (short)(i + 1);
            init_pair(pair, color, own_default ? -1 : COLOR_BLACK);
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
        const char *text = tigetstr(keys[i].name);
        if (text != NULL && text != (char *)-1) {
            keyboard_learn(text, keys[i].key);
        }
    }
    for (int i = 0; i < FUNCTION_KEYS; i++) {
        char name[8];
        snprintf(name, sizeof name, "kf%d", i + 1);
        const char *text = tigetstr(name);
        if (text != NULL && text != (char *)-1) {
            keyboard_learn(text, INPUT_F1 + i);
        }
    }
}

/* Curses only writes: it would take the sequences apart that it does not know, and let typing stop
 * it from painting. With keypad() it has the terminal send what its description says. */
static void prepare_input(void) {
    cbreak();
    noecho();
    nonl();
    forget_flow_control();
    typeahead(-1);
    keypad(stdscr, TRUE);
    curs_set(0);
    keyboard_open(getenv("ESCDELAY"));
    learn_keys();
}

/* Leaves curses. Without an alternate screen (on the console of Linux) the picture stays and the
 * shell goes on in the last row, which is cleared for it. */
static void leave_screen(void) {
    const char *back = tigetstr("rmcup");
    if (back == NULL || back == (char *)-1) {
        move(LINES - 1, 0);
        clrtoeol();
        refresh();
    }
    endwin();
}

/* Written past curses, so stdout is flushed first. */
static void tell(const char *text) {
    fflush(stdout);
    (void)!write(STDOUT_FILENO, text, strlen(text));
}

static void tell_mouse(bool on) {
    if (term.mouse) {
        tell(on ? mouse_on : mouse_off);
    }
}

static void tell_paste(bool on) {
    if (term.paste) {
        tell(on ? paste_on : paste_off);
    }
}

bool term_use_mouse(bool on) {
    if (on != term.mouse && can_report_mouse()) {
        term.mouse = true;
        tell_mouse(on);
        term.mouse = on;
    }
    return term.mouse;
}

bool term_open(enum color_mode color, const char **reason) {
    CHECK(!term.open);
    setlocale(LC_CTYPE, "");
    if (!is_capable(reason)) {
        return false;
    }
    term.colors = colors_of(color);
    tcgetattr(STDIN_FILENO, &term.termios);
    prepare_restore();
    divert_stderr();
    del_curterm(cur_term); /* newterm() loads its own */
    term.screen = newterm(NULL, stdout, stdin);
    if (term.screen == NULL) {
        replay_stderr();
        *reason = "the terminal cannot be set up";
        return false;
    }
    catch_crashes();
    term.open = 1;
    prepare_input();
    term.paste = can_mark_paste();
    tell_paste(true);
    prepare_styles();
    int cols, rows;
    term_size(&cols, &rows);
    term_resize(cols, rows);
    return true;
}

void term_close(void) {
    if (!term.open) {
        return;
    }
    tell_mouse(false);
    tell_paste(false);
    leave_screen();
    term.open = 0;
    replay_stderr();
    if (term.stderr_real >= 0) {
        close(term.stderr_real);
        fclose(term.stderr_file);
        term.stderr_real = -1;
    }
    delscreen(term.screen);
    cellbuf_done(&term.shown);
}

enum glyph_mode term_use_glyphs(enum glyph_mode glyphs) {
    return glyphs_of(glyphs);
}

void term_size(int *cols, int *rows) {
    struct winsize size;
    *cols = COLS;
    *rows = LINES;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0) {
        *cols = size.ws_col;
        *rows = size.ws_row;
    }
}

void term_resize(int cols, int rows) {
    resizeterm(rows, cols);
    term.shown_is_valid = false;
    if (cellbuf_resize(&term.shown, cols, rows) != RESULT_OK) {
        cellbuf_done(&term.shown);
    }
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

void term_suspend(void) {
    tell_mouse(false);
    tell_paste(false);
    leave_screen();
}

void term_resume(void) {
    term_forget();
    refresh();
    curs_set(0);
    tell_paste(true);
    tell_mouse(true);
    keyboard_forget();
}
