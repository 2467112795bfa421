#include "tui/input/keys.h"

#define CTRL(letter) ((letter) - '@')

/* In the order of the key bar and the help. By hand: a field a line would be a thousand lines. */
/* clang-format off */
const struct binding bindings[] = {
    {.context = KEYS_MAIN, .action = ACTION_GOGC_TOGGLE, .first = 'g', .bar_rank = 2, .name = "g",
     .bar_name = "g", .bar_label = "GOGC", .help = "switch GOGC off, or back to what it was"},
    {.context = KEYS_MAIN, .action = ACTION_GOGC_SET, .first = 'G', .name = "G",
     .help = "set GOGC: a percentage, or off"},
    {.context = KEYS_MAIN, .action = ACTION_GC, .first = 'c', .bar_rank = 2, .name = "c",
     .bar_name = "c", .bar_label = "collect", .help = "collect garbage: runtime.GC()"},
    {.context = KEYS_MAIN, .action = ACTION_FREE_OS_MEMORY, .first = 'f', .bar_rank = 2,
     .name = "f", .bar_name = "f", .bar_label = "free OS mem",
     .help = "give idle memory back: debug.FreeOSMemory()"},
    {.context = KEYS_MAIN, .action = ACTION_QUEUE_GROW, .first = '+', .other = '=', .bar_rank = 2,
     .name = "+", .bar_name = "+-", .bar_label = "queue",
     .help = "one more place in the idle queue (chosen channel)"},
    {.context = KEYS_MAIN, .action = ACTION_QUEUE_SHRINK, .first = '-', .other = '_', .name = "-",
     .help = "one place less; what no longer fits is dropped"},
    {.context = KEYS_MAIN, .action = ACTION_CHANNEL_NEXT, .first = ']', .name = "]",
     .help = "choose the next channel for + and -"},
    {.context = KEYS_MAIN, .action = ACTION_CHANNEL_PREVIOUS, .first = '[', .name = "[",
     .help = "choose the channel before"},
    {.context = KEYS_MAIN, .action = ACTION_PAUSE, .first = ' ', .other = 'p', .bar_rank = 3,
     .name = "space", .bar_name = "space", .bar_label = "pause",
     .help = "pause virtual time, or let it run"},
    {.context = KEYS_MAIN, .action = ACTION_STEP, .first = '.', .bar_rank = 8, .name = ".",
     .bar_name = ".", .bar_label = "step", .help = "run one step of the program, then pause"},
    {.context = KEYS_MAIN, .action = ACTION_STEP_MENU, .first = 's', .bar_rank = 9, .name = "s",
     .bar_name = "s", .bar_label = "run to",
     .help = "run to the next allocation, collection, scavenge"},
    {.context = KEYS_MAIN, .action = ACTION_SLOWER, .first = '<', .other = ',', .bar_rank = 7,
     .name = "<", .bar_name = "<>", .bar_label = "speed", .help = "slower, down to x0.1"},
    {.context = KEYS_MAIN, .action = ACTION_FASTER, .first = '>', .name = ">",
     .help = "faster, up to x100,000"},
    {.context = KEYS_MAIN, .action = ACTION_MARK_NEXT, .first = 'n', .bar_rank = 9, .name = "n",
     .bar_name = "nN", .bar_label = "mark",
     .help = "go to the next mark of the chart: what happened"},
    {.context = KEYS_MAIN, .action = ACTION_MARK_PREVIOUS, .first = 'N', .name = "N",
     .help = "go to the mark before"},
    {.context = KEYS_MAIN, .action = ACTION_PANEL_NEXT, .first = INPUT_TAB, .bar_rank = 10,
     .name = "Tab", .bar_name = "Tab", .bar_label = "panel", .help = "go to the next panel"},
    {.context = KEYS_MAIN, .action = ACTION_PANEL_PREVIOUS, .first = INPUT_BACK_TAB,
     .name = "Shift-Tab", .help = "go to the panel before"},
    {.context = KEYS_MAIN, .action = ACTION_PANEL, .first = '1', .last = '9', .name = "1 to 9",
     .help = "go to that panel; again: show it alone, or all"},
    {.context = KEYS_MAIN, .action = ACTION_PANEL_ALONE, .first = INPUT_ENTER, .bar_rank = 13,
     .name = "Enter", .bar_name = "Enter", .bar_label = "alone",
     .help = "show the panel alone, or all again"},
    {.context = KEYS_MAIN, .action = ACTION_PANEL_ALL, .first = '0', .other = INPUT_ESCAPE,
     .name = "0", .help = "show all panels again; also Esc"},
    {.context = KEYS_MAIN, .action = ACTION_UNDO, .first = 'u', .bar_rank = 8, .name = "u",
     .bar_name = "uU", .bar_label = "undo", .help = "take back the last change, whatever it was"},
    {.context = KEYS_MAIN, .action = ACTION_REDO, .first = 'U', .name = "U",
     .help = "do again what was taken back"},
    {.context = KEYS_MAIN, .action = ACTION_RESTART, .first = 'R', .bar_rank = 12, .name = "R",
     .bar_name = "R", .bar_label = "restart",
     .help = "start the scenario again from the beginning"},
    {.context = KEYS_MAIN, .action = ACTION_SEED, .first = 'S', .name = "S",
     .help = "start again with another seed"},
    {.context = KEYS_MAIN, .action = ACTION_OPEN, .first = 'o', .bar_rank = 6, .name = "o",
     .bar_name = "o", .bar_label = "open", .help = "open another scenario"},
    {.context = KEYS_MAIN, .action = ACTION_PALETTE, .first = ':', .bar_rank = 7, .name = ":",
     .bar_name = ":", .bar_label = "do anything",
     .help = "find and do anything by typing a part of it"},
    {.context = KEYS_MAIN, .action = ACTION_GLYPHS, .first = 'b', .name = "b",
     .help = "draw with braille, with blocks, with ASCII"},
    {.context = KEYS_MAIN, .action = ACTION_MOUSE, .first = 'm', .name = "m",
     .help = "mouse on or off; on: select text with Shift held"},
    {.context = KEYS_MAIN, .action = ACTION_PICTURE, .first = 'P', .name = "P",
     .help = "save a picture of the screen: an SVG file, here"},
    {.context = KEYS_MAIN, .action = ACTION_REDRAW, .first = CTRL('L'), .anywhere = true,
     .name = "^L", .help = "paint the screen again"},
    {.context = KEYS_MAIN, .action = ACTION_HELP, .first = '?', .other = INPUT_F1, .bar_rank = 1,
     .name = "?", .bar_name = "?", .bar_label = "help", .help = "this help; also F1"},
    {.context = KEYS_MAIN, .action = ACTION_QUIT, .first = 'q', .other = CTRL('C'),
     .anywhere = true, .bar_rank = 2, .name = "q", .bar_name = "q", .bar_label = "quit",
     .help = "quit; also ^C"},

    {.context = KEYS_CHART, .action = ACTION_LEFT, .first = INPUT_LEFT, .other = 'h',
     .bar_rank = 4, .name = "Left", .bar_name = "<- ->", .bar_label = "cursor",
     .help = "move the time cursor by a column; also h"},
    {.context = KEYS_CHART, .action = ACTION_RIGHT, .first = INPUT_RIGHT, .other = 'l',
     .name = "Right", .help = "the same to the right; also l"},
    {.context = KEYS_CHART, .action = ACTION_FAR_LEFT, .first = 'H', .other = INPUT_SHIFT_LEFT,
     .name = "H", .help = "by a tenth of the window; also Shift-Left"},
    {.context = KEYS_CHART, .action = ACTION_FAR_RIGHT, .first = 'L', .other = INPUT_SHIFT_RIGHT,
     .name = "L", .help = "the same to the right; also Shift-Right"},
    {.context = KEYS_CHART, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "go back in time by half a window"},
    {.context = KEYS_CHART, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "go on by half a window"},
    {.context = KEYS_CHART, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "go to the beginning of the run"},
    {.context = KEYS_CHART, .action = ACTION_LAST, .first = INPUT_END, .bar_rank = 7,
     .name = "End", .bar_name = "End", .bar_label = "follow",
     .help = "follow the time again, without a cursor"},
    {.context = KEYS_CHART, .action = ACTION_ZOOM_IN, .first = 'z', .bar_rank = 5, .name = "z",
     .bar_name = "zZ", .bar_label = "zoom", .help = "show less time, around the cursor or now"},
    {.context = KEYS_CHART, .action = ACTION_ZOOM_OUT, .first = 'Z', .name = "Z",
     .help = "show more time"},
    {.context = KEYS_CHART, .action = ACTION_CHART_LINES, .first = 't', .bar_rank = 6, .name = "t",
     .bar_name = "t", .bar_label = "lines",
     .help = "what the heap consists of, stacked; or lines"},
    {.context = KEYS_CHART, .action = ACTION_CHART_LIST, .first = 'e', .bar_rank = 7, .name = "e",
     .bar_name = "e", .bar_label = "choose", .help = "choose which series and marks are shown"},
    {.context = KEYS_CHART, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .name = "Esc",
     .help = "take the time cursor away"},

    {.context = KEYS_CHART_LIST, .action = ACTION_UP, .first = INPUT_UP, .other = 'k',
     .name = "Up", .help = "the line before"},
    {.context = KEYS_CHART_LIST, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "the next line"},
    {.context = KEYS_CHART_LIST, .action = ACTION_CHOOSE, .first = ' ', .other = INPUT_ENTER,
     .bar_rank = 2, .name = "space", .bar_name = "space", .bar_label = "tick",
     .help = "show it, or no longer; also Enter"},
    {.context = KEYS_CHART_LIST, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .other = 'e',
     .bar_rank = 1, .name = "Esc", .bar_name = "Esc", .bar_label = "leave",
     .help = "leave the list; also e"},

    {.context = KEYS_MAP, .action = ACTION_ZOOM_IN, .first = 'z', .bar_rank = 3, .name = "z",
     .bar_name = "zZ", .bar_label = "zoom",
     .help = "closer, around the cursor, down to a page a cell"},
    {.context = KEYS_MAP, .action = ACTION_ZOOM_OUT, .first = 'Z', .name = "Z",
     .help = "farther away, up to the whole arena"},
    {.context = KEYS_MAP, .action = ACTION_LEFT, .first = INPUT_LEFT, .bar_rank = 4,
     .name = "Left", .bar_name = "arrows", .bar_label = "cursor",
     .help = "move the cursor, which says what a span is"},
    {.context = KEYS_MAP, .action = ACTION_RIGHT, .first = INPUT_RIGHT, .name = "Right",
     .help = "to the right"},
    {.context = KEYS_MAP, .action = ACTION_UP, .first = INPUT_UP, .name = "Up",
     .help = "a row up"},
    {.context = KEYS_MAP, .action = ACTION_DOWN, .first = INPUT_DOWN, .name = "Down",
     .help = "a row down"},
    {.context = KEYS_MAP, .action = ACTION_SPAN_PREVIOUS, .first = 'H', .other = INPUT_SHIFT_LEFT,
     .bar_rank = 8, .name = "H", .bar_name = "HL", .bar_label = "span",
     .help = "to the span before; also Shift-Left"},
    {.context = KEYS_MAP, .action = ACTION_SPAN_NEXT, .first = 'L', .other = INPUT_SHIFT_RIGHT,
     .name = "L", .help = "to the next span; also Shift-Right"},
    {.context = KEYS_MAP, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a window up"},
    {.context = KEYS_MAP, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a window down"},
    {.context = KEYS_MAP, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the first page"},
    {.context = KEYS_MAP, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "the last page"},
    {.context = KEYS_MAP, .action = ACTION_COLORS, .first = 'v', .bar_rank = 5, .name = "v",
     .bar_name = "v", .bar_label = "classes",
     .help = "show size classes instead of states, or back"},
    {.context = KEYS_MAP, .action = ACTION_CHOOSE, .first = INPUT_ENTER, .bar_rank = 2,
     .name = "Enter", .bar_name = "Enter", .bar_label = "look in",
     .help = "see the objects; of an idle span, when it was freed"},
    {.context = KEYS_MAP, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .name = "Esc",
     .help = "back to the present; then: no cursor"},

    {.context = KEYS_CLASSES, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .name = "Up",
     .help = "the class before"},
    {.context = KEYS_CLASSES, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .bar_rank = 4, .name = "Down", .bar_name = "Up/Down", .bar_label = "class",
     .help = "the next class"},
    {.context = KEYS_CLASSES, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_CLASSES, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_CLASSES, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the first"},
    {.context = KEYS_CLASSES, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "the last"},
    {.context = KEYS_CLASSES, .action = ACTION_SORT, .first = 't', .bar_rank = 3, .name = "t",
     .bar_name = "t", .bar_label = "sort", .help = "sort by size of block, or by bytes held"},

    {.context = KEYS_STATS, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .bar_rank = 6,
     .name = "Up", .bar_name = "Up", .bar_label = "explain", .help = "explain the line before"},
    {.context = KEYS_STATS, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "explain the next line"},
    {.context = KEYS_STATS, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_STATS, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_STATS, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the first"},
    {.context = KEYS_STATS, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "the last"},
    {.context = KEYS_STATS, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .name = "Esc",
     .help = "explain nothing"},

    {.context = KEYS_PROGRAM, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .bar_rank = 6,
     .name = "Up", .bar_name = "arrows", .bar_label = "choose",
     .help = "choose the goroutine, or the cells, above"},
    {.context = KEYS_PROGRAM, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "below"},
    {.context = KEYS_PROGRAM, .action = ACTION_LEFT, .first = INPUT_LEFT, .name = "Left",
     .help = "to the left, where there are many"},
    {.context = KEYS_PROGRAM, .action = ACTION_RIGHT, .first = INPUT_RIGHT, .name = "Right",
     .help = "to the right"},
    {.context = KEYS_PROGRAM, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_PROGRAM, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_PROGRAM, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the first"},
    {.context = KEYS_PROGRAM, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "the last"},
    {.context = KEYS_PROGRAM, .action = ACTION_CHOOSE, .first = INPUT_ENTER, .bar_rank = 5,
     .name = "Enter", .bar_name = "Enter", .bar_label = "go in",
     .help = "into the cell; of one goroutine: to its line"},
    {.context = KEYS_PROGRAM, .action = ACTION_FILTER, .first = 'v', .bar_rank = 8, .name = "v",
     .bar_name = "v", .bar_label = "group", .help = "show one group only, the next, or all"},
    {.context = KEYS_PROGRAM, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .name = "Esc",
     .help = "out again; then: choose none"},

    {.context = KEYS_EVENTS, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .bar_rank = 6,
     .name = "Up", .bar_name = "Up", .bar_label = "why",
     .help = "choose what happened before, and say why"},
    {.context = KEYS_EVENTS, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "what came after; behind the last, follow"},
    {.context = KEYS_EVENTS, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_EVENTS, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_EVENTS, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the first that is remembered"},
    {.context = KEYS_EVENTS, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "follow the newest again; so does Esc"},
    {.context = KEYS_EVENTS, .action = ACTION_CHOOSE, .first = INPUT_ENTER, .bar_rank = 5,
     .name = "Enter", .bar_name = "Enter", .bar_label = "go there",
     .help = "put the time cursor there"},
    {.context = KEYS_EVENTS, .action = ACTION_FILTER, .first = 'v', .bar_rank = 4, .name = "v",
     .bar_name = "v", .bar_label = "only",
     .help = "show one kind only: GCs, scavenges, growth, yours"},
    {.context = KEYS_EVENTS, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .name = "Esc",
     .help = "leave the choice"},

    {.context = KEYS_GCLOG, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .bar_rank = 6,
     .name = "Up", .bar_name = "Up", .bar_label = "choose", .help = "the collection before"},
    {.context = KEYS_GCLOG, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "the next one; behind the last, follow"},
    {.context = KEYS_GCLOG, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_GCLOG, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_GCLOG, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the first that is remembered"},
    {.context = KEYS_GCLOG, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "follow the newest again; so does Esc"},
    {.context = KEYS_GCLOG, .action = ACTION_CHOOSE, .first = INPUT_ENTER, .bar_rank = 5,
     .name = "Enter", .bar_name = "Enter", .bar_label = "go there",
     .help = "put the time cursor there"},
    {.context = KEYS_GCLOG, .action = ACTION_EXPLAIN, .first = 'e', .bar_rank = 4, .name = "e",
     .bar_name = "e", .bar_label = "explain", .help = "explain the columns"},
    {.context = KEYS_GCLOG, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .name = "Esc",
     .help = "leave the explanation, or the choice"},

    {.context = KEYS_SOURCE, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .bar_rank = 7,
     .name = "Up", .bar_name = "Up", .bar_label = "scroll", .help = "a line up"},
    {.context = KEYS_SOURCE, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "a line down"},
    {.context = KEYS_SOURCE, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_SOURCE, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_SOURCE, .action = ACTION_FIRST, .first = INPUT_HOME, .bar_rank = 6,
     .name = "Home", .bar_name = "Home", .bar_label = "follow",
     .help = "follow the running line again"},
    {.context = KEYS_SOURCE, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "the end"},
    {.context = KEYS_SOURCE, .action = ACTION_LEFT, .first = INPUT_LEFT, .bar_rank = 5,
     .name = "Left", .bar_name = "Left", .bar_label = "goroutine",
     .help = "follow the goroutine before"},
    {.context = KEYS_SOURCE, .action = ACTION_RIGHT, .first = INPUT_RIGHT, .name = "Right",
     .help = "follow the next goroutine"},

    {.context = KEYS_OBJECT, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .bar_rank = 5,
     .name = "Up", .bar_name = "arrows", .bar_label = "choose",
     .help = "the line above: what keeps it, what it holds"},
    {.context = KEYS_OBJECT, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "the line below"},
    {.context = KEYS_OBJECT, .action = ACTION_LEFT, .first = INPUT_LEFT, .name = "Left",
     .help = "look at the object before, by address"},
    {.context = KEYS_OBJECT, .action = ACTION_RIGHT, .first = INPUT_RIGHT, .name = "Right",
     .help = "look at the next object"},
    {.context = KEYS_OBJECT, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_OBJECT, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_OBJECT, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the root"},
    {.context = KEYS_OBJECT, .action = ACTION_LAST, .first = INPUT_END, .name = "End",
     .help = "the last line"},
    {.context = KEYS_OBJECT, .action = ACTION_CHOOSE, .first = INPUT_ENTER, .bar_rank = 2,
     .name = "Enter", .bar_name = "Enter", .bar_label = "go there",
     .help = "look at what the chosen line leads to"},
    {.context = KEYS_OBJECT, .action = ACTION_BACK, .first = INPUT_BACKSPACE, .bar_rank = 3,
     .name = "Bksp", .bar_name = "Bksp", .bar_label = "back",
     .help = "look again at the object before that"},
    {.context = KEYS_OBJECT, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .bar_rank = 4,
     .name = "Esc", .bar_name = "Esc", .bar_label = "map", .help = "back to the heap map"},

    {.context = KEYS_STEP, .action = ACTION_STEP, .first = '.', .other = 's', .bar_rank = 2,
     .name = ".", .bar_name = ".", .bar_label = "step", .help = "run one step of the program"},
    {.context = KEYS_STEP, .action = ACTION_STEP_ALLOCATION, .first = 'a', .bar_rank = 3,
     .name = "a", .bar_name = "a", .bar_label = "allocation",
     .help = "run to the next allocation"},
    {.context = KEYS_STEP, .action = ACTION_STEP_GC, .first = 'g', .bar_rank = 4, .name = "g",
     .bar_name = "g", .bar_label = "collection", .help = "run to the next collection"},
    {.context = KEYS_STEP, .action = ACTION_STEP_SCAVENGE, .first = 'v', .bar_rank = 5,
     .name = "v", .bar_name = "v", .bar_label = "scavenge", .help = "run to the next scavenge"},
    {.context = KEYS_STEP, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .other = 'q',
     .anywhere = true, .bar_rank = 1, .name = "Esc", .bar_name = "Esc", .bar_label = "leave",
     .help = "stay here"},

    {.context = KEYS_LIST, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .name = "Up",
     .help = "the line before"},
    {.context = KEYS_LIST, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "the next line"},
    {.context = KEYS_LIST, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .bar_rank = 4,
     .name = "PgUp", .bar_name = "PgUp", .bar_label = "page up", .help = "a page up"},
    {.context = KEYS_LIST, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .bar_rank = 3,
     .name = "PgDn", .bar_name = "PgDn", .bar_label = "page down", .help = "a page down"},
    {.context = KEYS_LIST, .action = ACTION_FIRST, .first = INPUT_HOME, .other = 'g',
     .name = "Home", .help = "the first"},
    {.context = KEYS_LIST, .action = ACTION_LAST, .first = INPUT_END, .other = 'G', .name = "End",
     .help = "the last"},
    {.context = KEYS_LIST, .action = ACTION_CHOOSE, .first = INPUT_ENTER, .other = 'o',
     .bar_rank = 2, .name = "Enter", .bar_name = "Enter", .bar_label = "open",
     .help = "open the scenario"},
    {.context = KEYS_LIST, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .other = 'q',
     .anywhere = true, .bar_rank = 1, .name = "Esc", .bar_name = "Esc", .bar_label = "leave",
     .help = "back, leaving all as it is"},

    {.context = KEYS_READER, .action = ACTION_UP, .first = INPUT_UP, .other = 'k', .name = "Up",
     .help = "a line up"},
    {.context = KEYS_READER, .action = ACTION_DOWN, .first = INPUT_DOWN, .other = 'j',
     .name = "Down", .help = "a line down"},
    {.context = KEYS_READER, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .bar_rank = 3,
     .name = "PgUp", .bar_name = "PgUp", .bar_label = "page up", .help = "a page up"},
    {.context = KEYS_READER, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .other = ' ',
     .bar_rank = 2, .name = "PgDn", .bar_name = "PgDn", .bar_label = "page down",
     .help = "a page down"},
    {.context = KEYS_READER, .action = ACTION_FIRST, .first = INPUT_HOME, .name = "Home",
     .help = "the beginning"},
    {.context = KEYS_READER, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .other = '?',
     .anywhere = true, .bar_rank = 1, .name = "Esc", .bar_name = "Esc", .bar_label = "close",
     .help = "close; so does any key that does not scroll"},

    {.context = KEYS_PROMPT, .action = ACTION_UP, .first = INPUT_UP, .bar_rank = 5, .name = "Up",
     .bar_name = "Up", .bar_label = "before", .help = "the line before"},
    {.context = KEYS_PROMPT, .action = ACTION_DOWN, .first = INPUT_DOWN, .bar_rank = 4,
     .name = "Down", .bar_name = "Down", .bar_label = "next", .help = "the next line"},
    {.context = KEYS_PROMPT, .action = ACTION_PAGE_UP, .first = INPUT_PAGE_UP, .name = "PgUp",
     .help = "a page up"},
    {.context = KEYS_PROMPT, .action = ACTION_PAGE_DOWN, .first = INPUT_PAGE_DOWN, .name = "PgDn",
     .help = "a page down"},
    {.context = KEYS_PROMPT, .action = ACTION_COMPLETE, .first = INPUT_TAB, .bar_rank = 3,
     .name = "Tab", .bar_name = "Tab", .bar_label = "complete",
     .help = "type the rest of the chosen line"},
    {.context = KEYS_PROMPT, .action = ACTION_CHOOSE, .first = INPUT_ENTER, .bar_rank = 2,
     .name = "Enter", .bar_name = "Enter", .bar_label = "do it", .help = "do the chosen line"},
    {.context = KEYS_PROMPT, .action = ACTION_CLOSE, .first = INPUT_ESCAPE, .anywhere = true,
     .bar_rank = 1, .name = "Esc", .bar_name = "Esc", .bar_label = "leave",
     .help = "back, doing nothing"},
};
/* clang-format on */

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

/* A key with nothing else held. */
static void name_plain(int key, char *out, size_t bytes) {
    static const struct {
        int key;
        const char *name;
    } names[] = {
        {.key = INPUT_ESCAPE, .name = "Esc"},     {.key = INPUT_ENTER, .name = "Enter"},
        {.key = INPUT_TAB, .name = "Tab"},        {.key = INPUT_UP, .name = "Up"},
        {.key = INPUT_DOWN, .name = "Down"},      {.key = INPUT_LEFT, .name = "Left"},
        {.key = INPUT_RIGHT, .name = "Right"},    {.key = INPUT_PAGE_UP, .name = "PgUp"},
        {.key = INPUT_PAGE_DOWN, .name = "PgDn"}, {.key = INPUT_HOME, .name = "Home"},
        {.key = INPUT_END, .name = "End"},        {.key = INPUT_INSERT, .name = "Ins"},
        {.key = INPUT_DELETE, .name = "Del"},     {.key = INPUT_MIDDLE, .name = "keypad 5"},
        {.key = INPUT_BACKSPACE, .name = "Bksp"}, {.key = ' ', .name = "space"},
    };
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].key == key) {
            snprintf(out, bytes, "%s", names[i].name);
            return;
        }
    }
    if (key >= INPUT_F1 && key <= INPUT_F_LAST) {
        snprintf(out, bytes, "F%d", key - INPUT_F1 + 1);
    } else if (key >= INPUT_BYTE && key <= INPUT_BYTE + 0xff) {
        snprintf(out, bytes, "byte %02X", (unsigned)(key - INPUT_BYTE));
    } else if (key >= 0 && key < ' ') {
        snprintf(out, bytes, "^%c", key + '@');
    } else if (key > ' ' && key < 127) {
        snprintf(out, bytes, "%c", key);
    } else {
        snprintf(out, bytes, "U+%04X", (unsigned)key);
    }
}

void keys_name(int key, char *out, size_t bytes) {
    static const struct {
        int held;
        const char *name;
    } all[] = {
        {.held = INPUT_SUPER, .name = "Super-"},
        {.held = INPUT_CTRL, .name = "Ctrl-"},
        {.held = INPUT_ALT, .name = "Alt-"},
        {.held = INPUT_SHIFT, .name = "Shift-"},
    };
    size_t at = 0;
    for (size_t i = 0; i < COUNT_OF(all); i++) {
        if ((key & all[i].held) != 0 && at < bytes) {
            at += (size_t)snprintf(out + at, bytes - at, "%s", all[i].name);
            key &= ~all[i].held;
        }
    }
    if (at < bytes) {
        name_plain(key, out + at, bytes - at);
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
