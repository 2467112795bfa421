/*
 * ui.h: the state of the dashboard that is not the program's: what is shown, how fast, which
 * question is open.
 *
 * Layer: front end, model. May include base and mode only.
 */
#ifndef TUI_UI_H
#define TUI_UI_H

#include "engine/base.h"
#include "tui/mode.h"

enum overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_STEP,
    OVERLAY_PICKER,
    OVERLAY_GOGC,   /* asks for a number */
    OVERLAY_MESSAGE /* a text that is too long for the status line */
};

/* A line of the scenario picker. */
struct choice {
    const char *path;
    char title[96]; /* or what is wrong with it */
    bool bad;
};

enum { UI_PROMPT_BYTES = 12, UI_STATUS_BYTES = 160, UI_MESSAGE_BYTES = 4096 };

struct ui {
    int cols, rows;
    enum glyph_mode glyphs; /* not GLYPHS_AUTO */
    enum overlay overlay;
    int panel;         /* shown alone: 1, 2, ...; 0: all, if there is room */
    uint32_t channel;  /* the one that + and - resize */
    int32_t gogc_last; /* what a toggle goes back to */
    uint64_t span_ns;  /* of the chart's time axis; 0: chosen by itself */
    bool paused;
    double speed;     /* virtual seconds per real second */
    double reached;   /* what the engine really does; 0: it keeps up */
    unsigned seeking; /* BREAK_ bits: running as fast as it goes, to the first of these */
    int scroll;       /* of help and message: the first line shown */
    uint32_t chosen;
    const struct choice *choices;
    uint32_t choice_count;
    char prompt[UI_PROMPT_BYTES];   /* what was typed so far */
    char status[UI_STATUS_BYTES];   /* shown until the next key; "": none */
    char message[UI_MESSAGE_BYTES]; /* lines */
    const char *message_title;      /* static */
};

/* The speeds that < and > go through. */
double ui_speed_next(double speed, int direction);

/* The chart's window [*from_ns, *from_ns + span), for a run that is at now_ns. */
uint64_t ui_chart_span(const struct ui *ui, uint64_t now_ns, uint64_t duration_ns);
uint64_t ui_chart_from(uint64_t span_ns, uint64_t now_ns);

/* The next shorter (-1) or longer (+1) span of the ladder. */
uint64_t ui_span_next(uint64_t span_ns, int direction);

#endif
