/*
 * app.h: the dashboard as two pure functions: a key in, a request out; a model in, cells out.
 *
 * Neither knows a terminal, a clock or an engine. Whoever calls app_key() carries out the request;
 * app_render() reads the model and the state, and writes nothing but the cells.
 *
 * Layer: front end, app. May include views, keys and engine.h (for struct command).
 */
#ifndef TUI_APP_H
#define TUI_APP_H

#include "tui/layout.h"

enum request_kind {
    REQUEST_NONE,
    REQUEST_QUIT,
    REQUEST_COMMAND, /* .command, to the engine */
    REQUEST_RUN_TO,  /* .breaks: run to the first of these, then pause */
    REQUEST_RESTART,
    REQUEST_CHOICES, /* the picker is open: fill in ui->choices */
    REQUEST_OPEN,    /* scenario number .choice */
    REQUEST_REDRAW   /* paint everything again */
};

struct request {
    enum request_kind kind;
    struct command command;
    unsigned breaks;
    uint32_t choice;
};

/* The state at the start, for a terminal of that size. */
void app_init(struct ui *ui, enum glyph_mode glyphs, int cols, int rows);

/* To be called when the model shows another run: what referred to the old one is forgotten. */
void app_new_run(struct ui *ui, const struct model *model);

/* Carries out what concerns only the dashboard itself; the rest is the caller's. */
struct request app_key(struct ui *ui, const struct model *model, int key);

/* A line for the user, shown until the next key. */
void app_say(struct ui *ui, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Opens a box with lines of text. */
void app_show_message(struct ui *ui, const char *title, const char *text);

/* Draws everything. `out` must be ui->cols x ui->rows. */
void app_render(const struct model *model, const struct ui *ui, struct cellbuf *out);

#endif
