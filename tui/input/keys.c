#include "tui/input/keys.h"

#include <string.h>

#define CTRL(letter) ((letter) - '@')

/* In the order of the key bar and the help. */
const struct binding bindings[] = {
    {KEYS_MAIN, ACTION_GOGC_TOGGLE, 'g', 0, 0, false, 2, "g", "g", "GOGC",
     "switch GOGC off, or back to what it was"},
    {KEYS_MAIN, ACTION_GOGC_SET, 'G', 0, 0, false, 0, "G", NULL, NULL,
     "set GOGC: a percentage, or off"},
    {KEYS_MAIN, ACTION_GC, 'c', 0, 0, false, 2, "c", "c", "collect",
     "collect garbage: runtime.GC()"},
    {KEYS_MAIN, ACTION_FREE_OS_MEMORY, 'f', 0, 0, false, 2, "f", "f", "free OS mem",
     "give idle memory back: debug.FreeOSMemory()"},
    {KEYS_MAIN, ACTION_QUEUE_GROW, '+', 0, '=', false, 2, "+", "+-", "queue",
     "one more place in the idle queue (chosen channel)"},
    {KEYS_MAIN, ACTION_QUEUE_SHRINK, '-', 0, '_', false, 0, "-", NULL, NULL,
     "one place less; what no longer fits is dropped"},
    {KEYS_MAIN, ACTION_CHANNEL_NEXT, ']', 0, 0, false, 0, "]", NULL, NULL,
     "choose the next channel for + and -"},
    {KEYS_MAIN, ACTION_CHANNEL_PREVIOUS, '[', 0, 0, false, 0, "[", NULL, NULL,
     "choose the channel before"},
    {KEYS_MAIN, ACTION_PAUSE, ' ', 0, 'p', false, 3, "space", "space", "pause",
     "pause virtual time, or let it run"},
    {KEYS_MAIN, ACTION_STEP, '.', 0, 0, false, 8, ".", ".", "step",
     "run one step of the program, then pause"},
    {KEYS_MAIN, ACTION_STEP_MENU, 's', 0, 0, false, 9, "s", "s", "run to",
     "run to the next allocation, collection, scavenge"},
    {KEYS_MAIN, ACTION_SLOWER, '<', 0, ',', false, 7, "<", "<>", "speed", "slower, down to x0.1"},
    {KEYS_MAIN, ACTION_FASTER, '>', 0, 0, false, 0, ">", NULL, NULL, "faster, up to x100,000"},
    {KEYS_MAIN, ACTION_MARK_NEXT, 'n', 0, 0, false, 9, "n", "nN", "mark",
     "go to the next mark of the chart: what happened"},
    {KEYS_MAIN, ACTION_MARK_PREVIOUS, 'N', 0, 0, false, 0, "N", NULL, NULL,
     "go to the mark before"},
    {KEYS_MAIN, ACTION_PANEL_NEXT, INPUT_TAB, 0, 0, false, 10, "Tab", "Tab", "panel",
     "go to the next panel"},
    {KEYS_MAIN, ACTION_PANEL_PREVIOUS, INPUT_BACK_TAB, 0, 0, false, 0, "Shift-Tab", NULL, NULL,
     "go to the panel before"},
    {KEYS_MAIN, ACTION_PANEL, '1', '9', 0, false, 0, "1 to 9", NULL, NULL,
     "go to that panel; again: show it alone, or all"},
    {KEYS_MAIN, ACTION_PANEL_ALONE, INPUT_ENTER, 0, 0, false, 13, "Enter", "Enter", "alone",
     "show the panel alone, or all again"},
    {KEYS_MAIN, ACTION_PANEL_ALL, '0', 0, INPUT_ESCAPE, false, 0, "0", NULL, NULL,
     "show all panels again; also Esc"},
    {KEYS_MAIN, ACTION_UNDO, 'u', 0, 0, false, 8, "u", "uU", "undo",
     "take back the last change, whatever it was"},
    {KEYS_MAIN, ACTION_REDO, 'U', 0, 0, false, 0, "U", NULL, NULL, "do again what was taken back"},
    {KEYS_MAIN, ACTION_RESTART, 'R', 0, 0, false, 12, "R", "R", "restart",
     "start the scenario again from the beginning"},
    {KEYS_MAIN, ACTION_SEED, 'S', 0, 0, false, 0, "S", NULL, NULL, "start again with another seed"},
    {KEYS_MAIN, ACTION_OPEN, 'o', 0, 0, false, 6, "o", "o", "open", "open another scenario"},
    {KEYS_MAIN, ACTION_PALETTE, ':', 0, 0, false, 7, ":", ":", "do anything",
     "find and do anything by typing a part of it"},
    {KEYS_MAIN, ACTION_GLYPHS, 'b', 0, 0, false, 0, "b", NULL, NULL,
     "draw with braille, with blocks, with ASCII"},
    {KEYS_MAIN, ACTION_MOUSE, 'm', 0, 0, false, 0, "m", NULL, NULL,
     "mouse on or off; on: select text with Shift held"},
    {KEYS_MAIN, ACTION_PICTURE, 'P', 0, 0, false, 0, "P", NULL, NULL,
     "save a picture of the screen: an SVG file, here"},
    {KEYS_MAIN, ACTION_REDRAW, CTRL('L'), 0, 0, true, 0, "^L", NULL, NULL,
     "paint the screen again"},
    {KEYS_MAIN, ACTION_HELP, '?', 0, INPUT_F1, false, 1, "?", "?", "help", "this help; also F1"},
    {KEYS_MAIN, ACTION_QUIT, 'q', 0, CTRL('C'), true, 2, "q", "q", "quit", "quit; also ^C"},

    {KEYS_CHART, ACTION_LEFT, INPUT_LEFT, 0, 'h', false, 4, "Left", "<- ->", "cursor",
     "move the time cursor by a column; also h"},
    {KEYS_CHART, ACTION_RIGHT, INPUT_RIGHT, 0, 'l', false, 0, "Right", NULL, NULL,
     "the same to the right; also l"},
    {KEYS_CHART, ACTION_FAR_LEFT, 'H', 0, INPUT_SHIFT_LEFT, false, 0, "H", NULL, NULL,
     "by a tenth of the window; also Shift-Left"},
    {KEYS_CHART, ACTION_FAR_RIGHT, 'L', 0, INPUT_SHIFT_RIGHT, false, 0, "L", NULL, NULL,
     "the same to the right; also Shift-Right"},
    {KEYS_CHART, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL,
     "go back in time by half a window"},
    {KEYS_CHART, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "go on by half a window"},
    {KEYS_CHART, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL,
     "go to the beginning of the run"},
    {KEYS_CHART, ACTION_LAST, INPUT_END, 0, 0, false, 7, "End", "End", "follow",
     "follow the time again, without a cursor"},
    {KEYS_CHART, ACTION_ZOOM_IN, 'z', 0, 0, false, 5, "z", "zZ", "zoom",
     "show less time, around the cursor or now"},
    {KEYS_CHART, ACTION_ZOOM_OUT, 'Z', 0, 0, false, 0, "Z", NULL, NULL, "show more time"},
    {KEYS_CHART, ACTION_CHART_LINES, 't', 0, 0, false, 6, "t", "t", "lines",
     "what the heap consists of, stacked; or lines"},
    {KEYS_CHART, ACTION_CHART_LIST, 'e', 0, 0, false, 7, "e", "e", "choose",
     "choose which series and marks are shown"},
    {KEYS_CHART, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, false, 0, "Esc", NULL, NULL,
     "take the time cursor away"},

    {KEYS_CHART_LIST, ACTION_UP, INPUT_UP, 0, 'k', false, 0, "Up", NULL, NULL, "the line before"},
    {KEYS_CHART_LIST, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL,
     "the next line"},
    {KEYS_CHART_LIST, ACTION_CHOOSE, ' ', 0, INPUT_ENTER, false, 2, "space", "space", "tick",
     "show it, or no longer; also Enter"},
    {KEYS_CHART_LIST, ACTION_CLOSE, INPUT_ESCAPE, 0, 'e', false, 1, "Esc", "Esc", "leave",
     "leave the list; also e"},

    {KEYS_MAP, ACTION_ZOOM_IN, 'z', 0, 0, false, 3, "z", "zZ", "zoom",
     "closer, around the cursor, down to a page a cell"},
    {KEYS_MAP, ACTION_ZOOM_OUT, 'Z', 0, 0, false, 0, "Z", NULL, NULL,
     "farther away, up to the whole arena"},
    {KEYS_MAP, ACTION_LEFT, INPUT_LEFT, 0, 0, false, 4, "Left", "arrows", "cursor",
     "move the cursor, which says what a span is"},
    {KEYS_MAP, ACTION_RIGHT, INPUT_RIGHT, 0, 0, false, 0, "Right", NULL, NULL, "to the right"},
    {KEYS_MAP, ACTION_UP, INPUT_UP, 0, 0, false, 0, "Up", NULL, NULL, "a row up"},
    {KEYS_MAP, ACTION_DOWN, INPUT_DOWN, 0, 0, false, 0, "Down", NULL, NULL, "a row down"},
    {KEYS_MAP, ACTION_SPAN_PREVIOUS, 'H', 0, INPUT_SHIFT_LEFT, false, 8, "H", "HL", "span",
     "to the span before; also Shift-Left"},
    {KEYS_MAP, ACTION_SPAN_NEXT, 'L', 0, INPUT_SHIFT_RIGHT, false, 0, "L", NULL, NULL,
     "to the next span; also Shift-Right"},
    {KEYS_MAP, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a window up"},
    {KEYS_MAP, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a window down"},
    {KEYS_MAP, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL, "the first page"},
    {KEYS_MAP, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL, "the last page"},
    {KEYS_MAP, ACTION_COLORS, 'v', 0, 0, false, 5, "v", "v", "classes",
     "show size classes instead of states, or back"},
    {KEYS_MAP, ACTION_CHOOSE, INPUT_ENTER, 0, 0, false, 2, "Enter", "Enter", "look in",
     "see the objects; of an idle span, when it was freed"},
    {KEYS_MAP, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, false, 0, "Esc", NULL, NULL,
     "back to the present; then: no cursor"},

    {KEYS_CLASSES, ACTION_UP, INPUT_UP, 0, 'k', false, 0, "Up", NULL, NULL, "the class before"},
    {KEYS_CLASSES, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 4, "Down", "Up/Down", "class",
     "the next class"},
    {KEYS_CLASSES, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_CLASSES, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_CLASSES, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL, "the first"},
    {KEYS_CLASSES, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL, "the last"},
    {KEYS_CLASSES, ACTION_SORT, 't', 0, 0, false, 3, "t", "t", "sort",
     "sort by size of block, or by bytes held"},

    {KEYS_STATS, ACTION_UP, INPUT_UP, 0, 'k', false, 6, "Up", "Up", "explain",
     "explain the line before"},
    {KEYS_STATS, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL,
     "explain the next line"},
    {KEYS_STATS, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_STATS, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_STATS, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL, "the first"},
    {KEYS_STATS, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL, "the last"},
    {KEYS_STATS, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, false, 0, "Esc", NULL, NULL, "explain nothing"},

    {KEYS_PROGRAM, ACTION_UP, INPUT_UP, 0, 'k', false, 6, "Up", "arrows", "choose",
     "choose the goroutine, or the cells, above"},
    {KEYS_PROGRAM, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL, "below"},
    {KEYS_PROGRAM, ACTION_LEFT, INPUT_LEFT, 0, 0, false, 0, "Left", NULL, NULL,
     "to the left, where there are many"},
    {KEYS_PROGRAM, ACTION_RIGHT, INPUT_RIGHT, 0, 0, false, 0, "Right", NULL, NULL, "to the right"},
    {KEYS_PROGRAM, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_PROGRAM, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_PROGRAM, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL, "the first"},
    {KEYS_PROGRAM, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL, "the last"},
    {KEYS_PROGRAM, ACTION_CHOOSE, INPUT_ENTER, 0, 0, false, 5, "Enter", "Enter", "go in",
     "into the cell; of one goroutine: to its line"},
    {KEYS_PROGRAM, ACTION_FILTER, 'v', 0, 0, false, 8, "v", "v", "group",
     "show one group only, the next, or all"},
    {KEYS_PROGRAM, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, false, 0, "Esc", NULL, NULL,
     "out again; then: choose none"},

    {KEYS_EVENTS, ACTION_UP, INPUT_UP, 0, 'k', false, 6, "Up", "Up", "why",
     "choose what happened before, and say why"},
    {KEYS_EVENTS, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL,
     "what came after; behind the last, follow"},
    {KEYS_EVENTS, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_EVENTS, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_EVENTS, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL,
     "the first that is remembered"},
    {KEYS_EVENTS, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL,
     "follow the newest again; so does Esc"},
    {KEYS_EVENTS, ACTION_CHOOSE, INPUT_ENTER, 0, 0, false, 5, "Enter", "Enter", "go there",
     "put the time cursor there"},
    {KEYS_EVENTS, ACTION_FILTER, 'v', 0, 0, false, 4, "v", "v", "only",
     "show one kind only: GCs, scavenges, growth, yours"},
    {KEYS_EVENTS, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, false, 0, "Esc", NULL, NULL,
     "leave the choice"},

    {KEYS_GCLOG, ACTION_UP, INPUT_UP, 0, 'k', false, 6, "Up", "Up", "choose",
     "the collection before"},
    {KEYS_GCLOG, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL,
     "the next one; behind the last, follow"},
    {KEYS_GCLOG, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_GCLOG, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_GCLOG, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL,
     "the first that is remembered"},
    {KEYS_GCLOG, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL,
     "follow the newest again; so does Esc"},
    {KEYS_GCLOG, ACTION_CHOOSE, INPUT_ENTER, 0, 0, false, 5, "Enter", "Enter", "go there",
     "put the time cursor there"},
    {KEYS_GCLOG, ACTION_EXPLAIN, 'e', 0, 0, false, 4, "e", "e", "explain", "explain the columns"},
    {KEYS_GCLOG, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, false, 0, "Esc", NULL, NULL,
     "leave the explanation, or the choice"},

    {KEYS_SOURCE, ACTION_UP, INPUT_UP, 0, 'k', false, 7, "Up", "Up", "scroll", "a line up"},
    {KEYS_SOURCE, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL, "a line down"},
    {KEYS_SOURCE, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_SOURCE, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_SOURCE, ACTION_FIRST, INPUT_HOME, 0, 0, false, 6, "Home", "Home", "follow",
     "follow the running line again"},
    {KEYS_SOURCE, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL, "the end"},
    {KEYS_SOURCE, ACTION_LEFT, INPUT_LEFT, 0, 0, false, 5, "Left", "Left", "goroutine",
     "follow the goroutine before"},
    {KEYS_SOURCE, ACTION_RIGHT, INPUT_RIGHT, 0, 0, false, 0, "Right", NULL, NULL,
     "follow the next goroutine"},

    {KEYS_OBJECT, ACTION_UP, INPUT_UP, 0, 'k', false, 5, "Up", "arrows", "choose",
     "the line above: what keeps it, what it holds"},
    {KEYS_OBJECT, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL, "the line below"},
    {KEYS_OBJECT, ACTION_LEFT, INPUT_LEFT, 0, 0, false, 0, "Left", NULL, NULL,
     "look at the object before, by address"},
    {KEYS_OBJECT, ACTION_RIGHT, INPUT_RIGHT, 0, 0, false, 0, "Right", NULL, NULL,
     "look at the next object"},
    {KEYS_OBJECT, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_OBJECT, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_OBJECT, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL, "the root"},
    {KEYS_OBJECT, ACTION_LAST, INPUT_END, 0, 0, false, 0, "End", NULL, NULL, "the last line"},
    {KEYS_OBJECT, ACTION_CHOOSE, INPUT_ENTER, 0, 0, false, 2, "Enter", "Enter", "go there",
     "look at what the chosen line leads to"},
    {KEYS_OBJECT, ACTION_BACK, INPUT_BACKSPACE, 0, 0, false, 3, "Bksp", "Bksp", "back",
     "look again at the object before that"},
    {KEYS_OBJECT, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, false, 4, "Esc", "Esc", "map",
     "back to the heap map"},

    {KEYS_STEP, ACTION_STEP, '.', 0, 's', false, 2, ".", ".", "step",
     "run one step of the program"},
    {KEYS_STEP, ACTION_STEP_ALLOCATION, 'a', 0, 0, false, 3, "a", "a", "allocation",
     "run to the next allocation"},
    {KEYS_STEP, ACTION_STEP_GC, 'g', 0, 0, false, 4, "g", "g", "collection",
     "run to the next collection"},
    {KEYS_STEP, ACTION_STEP_SCAVENGE, 'v', 0, 0, false, 5, "v", "v", "scavenge",
     "run to the next scavenge"},
    {KEYS_STEP, ACTION_CLOSE, INPUT_ESCAPE, 0, 'q', true, 1, "Esc", "Esc", "leave", "stay here"},

    {KEYS_LIST, ACTION_UP, INPUT_UP, 0, 'k', false, 0, "Up", NULL, NULL, "the line before"},
    {KEYS_LIST, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL, "the next line"},
    {KEYS_LIST, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 4, "PgUp", "PgUp", "page up",
     "a page up"},
    {KEYS_LIST, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 3, "PgDn", "PgDn", "page down",
     "a page down"},
    {KEYS_LIST, ACTION_FIRST, INPUT_HOME, 0, 'g', false, 0, "Home", NULL, NULL, "the first"},
    {KEYS_LIST, ACTION_LAST, INPUT_END, 0, 'G', false, 0, "End", NULL, NULL, "the last"},
    {KEYS_LIST, ACTION_CHOOSE, INPUT_ENTER, 0, 'o', false, 2, "Enter", "Enter", "open",
     "open the scenario"},
    {KEYS_LIST, ACTION_CLOSE, INPUT_ESCAPE, 0, 'q', true, 1, "Esc", "Esc", "leave",
     "back, leaving all as it is"},

    {KEYS_READER, ACTION_UP, INPUT_UP, 0, 'k', false, 0, "Up", NULL, NULL, "a line up"},
    {KEYS_READER, ACTION_DOWN, INPUT_DOWN, 0, 'j', false, 0, "Down", NULL, NULL, "a line down"},
    {KEYS_READER, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 3, "PgUp", "PgUp", "page up",
     "a page up"},
    {KEYS_READER, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, ' ', false, 2, "PgDn", "PgDn", "page down",
     "a page down"},
    {KEYS_READER, ACTION_FIRST, INPUT_HOME, 0, 0, false, 0, "Home", NULL, NULL, "the beginning"},
    {KEYS_READER, ACTION_CLOSE, INPUT_ESCAPE, 0, '?', true, 1, "Esc", "Esc", "close",
     "close; so does any key that does not scroll"},

    {KEYS_PROMPT, ACTION_UP, INPUT_UP, 0, 0, false, 5, "Up", "Up", "before", "the line before"},
    {KEYS_PROMPT, ACTION_DOWN, INPUT_DOWN, 0, 0, false, 4, "Down", "Down", "next", "the next line"},
    {KEYS_PROMPT, ACTION_PAGE_UP, INPUT_PAGE_UP, 0, 0, false, 0, "PgUp", NULL, NULL, "a page up"},
    {KEYS_PROMPT, ACTION_PAGE_DOWN, INPUT_PAGE_DOWN, 0, 0, false, 0, "PgDn", NULL, NULL,
     "a page down"},
    {KEYS_PROMPT, ACTION_COMPLETE, INPUT_TAB, 0, 0, false, 3, "Tab", "Tab", "complete",
     "type the rest of the chosen line"},
    {KEYS_PROMPT, ACTION_CHOOSE, INPUT_ENTER, 0, 0, false, 2, "Enter", "Enter", "do it",
     "do the chosen line"},
    {KEYS_PROMPT, ACTION_CLOSE, INPUT_ESCAPE, 0, 0, true, 1, "Esc", "Esc", "leave",
     "back, doing nothing"},
};

const size_t binding_count = COUNT_OF(bindings);

const struct binding *binding_find(enum key_context context, int key) {
    for (size_t i = 0; i < binding_count; i++) {
        const struct binding *b = &bindings[i];
        int last = b->last != 0 ? b->last : b->first;
        bool is_key = (key >= b->first && key <= last) || (b->other != 0 && key == b->other);
        if (b->context == context && is_key) {
            return b;
        }
    }
    return NULL;
}

const char *key_context_title(enum key_context context) {
    static const char *const titles[KEYS_CONTEXT_COUNT] = {
        [KEYS_MAIN] = "Everywhere",
        [KEYS_CHART] = "In the chart",
        [KEYS_CHART_LIST] = "In the chart's list of what is shown",
        [KEYS_MAP] = "In the heap map",
        [KEYS_CLASSES] = "In the size classes",
        [KEYS_STATS] = "In MemStats",
        [KEYS_PROGRAM] = "In the program",
        [KEYS_EVENTS] = "In the events",
        [KEYS_GCLOG] = "In the log of collections",
        [KEYS_SOURCE] = "In the source",
        [KEYS_OBJECT] = "In an object",
        [KEYS_STEP] = "After s: run to",
        [KEYS_LIST] = "In the list of scenarios",
        [KEYS_READER] = "In this help and in messages",
        [KEYS_PROMPT] = "After :, beside typing",
    };
    CHECK((unsigned)context < KEYS_CONTEXT_COUNT);
    return titles[context];
}

void keys_name(int key, char *out, size_t bytes) {
    static const struct {
        int key;
        const char *name;
    } names[] = {
        {INPUT_ESCAPE, "Esc"},
        {INPUT_ENTER, "Enter"},
        {INPUT_TAB, "Tab"},
        {INPUT_UP, "Up"},
        {INPUT_DOWN, "Down"},
        {INPUT_LEFT, "Left"},
        {INPUT_RIGHT, "Right"},
        {INPUT_PAGE_UP, "PgUp"},
        {INPUT_PAGE_DOWN, "PgDn"},
        {INPUT_HOME, "Home"},
        {INPUT_END, "End"},
        {INPUT_BACK_TAB, "Shift-Tab"},
        {INPUT_BACKSPACE, "Bksp"},
        {INPUT_F1, "F1"},
        {' ', "space"},
        {INPUT_SHIFT_LEFT, "Shift-Left"},
        {INPUT_SHIFT_RIGHT, "Shift-Right"},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].key == key) {
            snprintf(out, bytes, "%s", names[i].name);
            return;
        }
    }
    if (key > 0 && key < ' ') {
        snprintf(out, bytes, "^%c", key + '@');
    } else if (key > ' ' && key < 127) {
        snprintf(out, bytes, "%c", key);
    } else {
        snprintf(out, bytes, "U+%04X", (unsigned)key);
    }
}

void keys_print_man(FILE *out) {
    for (int context = 0; context < KEYS_CONTEXT_COUNT; context++) {
        fprintf(out, ".Pp\n%s:\n.Bl -tag -width Shift-Tab -compact\n",
                key_context_title((enum key_context)context));
        for (size_t i = 0; i < binding_count; i++) {
            if ((int)bindings[i].context == context) {
                /* A lone period or one in front is special to roff. */
                bool dot = bindings[i].name[0] == '.';
                fprintf(out, ".It Ic %s%s\n%s\n", dot ? "\\&" : "", bindings[i].name,
                        bindings[i].help);
            }
        }
        fprintf(out, ".El\n");
    }
}

void keys_print_text(FILE *out) {
    for (int context = 0; context < KEYS_CONTEXT_COUNT; context++) {
        fprintf(out, "%s%s\n", context == 0 ? "" : "\n",
                key_context_title((enum key_context)context));
        for (size_t i = 0; i < binding_count; i++) {
            if ((int)bindings[i].context == context) {
                fprintf(out, "  %-10s %s\n", bindings[i].name, bindings[i].help);
            }
        }
    }
}
