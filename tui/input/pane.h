/*
 * pane.h: a panel on the screen: which view it is, whose run it shows, and what it remembers.
 *
 * One view can stand on the screen several times: a pane is one of these. Panes know each other
 * only through what struct ui holds for all of them (the time cursor) or for all of one run.
 */
#ifndef TUI_INPUT_PANE_H
#define TUI_INPUT_PANE_H

#include "engine/base.h"

/* Where panes stand in a window that shows all. Several of one area and column are tabs of it. */
enum area {
    AREA_TOP_LEFT,
    AREA_TOP_RIGHT,
    AREA_MIDDLE_LEFT,
    AREA_MIDDLE_RIGHT,
    AREA_MIDDLE_END, /* in wide windows; else its panes are in the area before */
    AREA_BOTTOM,
    AREA_COUNT
};

/* What each view remembers, a struct for each that does. */
struct pane_chart {
    uint64_t cell_ns; /* what a cell of the time axis spans; 0: chosen by itself */
    bool held;        /* the window begins at from_ns; otherwise it follows the time */
    uint64_t from_ns;
    bool lines;                             /* overlaid lines; otherwise a stack */
    uint16_t series_flipped, marks_flipped; /* shown or not, other than at first */
    bool list_open;                         /* to choose from what is shown */
    int list_at;
};

struct pane_map {
    uint32_t pages_per_cell; /* a power of two; 0: as many as show the whole arena */
    uint32_t page_first;     /* is in the first row shown */
    bool cursor_on;
    uint32_t cursor; /* a page */
    bool follows;    /* wherever it is put, the window goes there */
    bool by_class;   /* colours tell size classes, not states */
};

struct pane_classes {
    bool by_bytes;   /* sorted by what they hold, not by size */
    bool chosen_on;  /* a class has been chosen; else it is the first */
    uint32_t chosen; /* class */
};

/* Goroutines [first, end). */
struct pane_range {
    uint32_t first, end;
};

enum { PANE_RANGES = 8 };

struct pane_program {
    uint32_t depth; /* how often one has gone in; 0: all goroutines are shown, else ranges[depth] */
    struct pane_range ranges[PANE_RANGES];
};

struct pane_stats {
    bool chosen_on; /* line `chosen` is explained; it is remembered when not */
    uint32_t chosen;
};

/* A list of what happened: where the choice stands; !on: at the newest, or at the time cursor. */
struct pane_events {
    bool on;
    uint64_t chosen; /* number of a journal's entry */
    unsigned about;  /* the classes that are shown; 0: all */
};

struct pane_gclog {
    bool on;
    uint64_t chosen;
    bool explains; /* the columns */
};

struct pane_source {
    bool scrolled; /* it does not follow the running line but begins at line `top` */
    int top;
};

struct pane {
    int view;        /* enum view_id */
    uint32_t seat;   /* the run it shows: an index of struct seats, and of ui->seats */
    enum area area;  /* where it stands, ... */
    uint32_t column; /* ... in which column of an area that is split */
    uint64_t raised; /* of several tabs, the one raised last is in front */
    union {          /* by view; an object's panel remembers nothing of its own */
        struct pane_chart chart;
        struct pane_map map;
        struct pane_classes classes;
        struct pane_program program;
        struct pane_stats stats;
        struct pane_events events;
        struct pane_gclog gclog;
        struct pane_source source;
    };
};

#endif
