/*
 * app.h: the dashboard as functions: a key or a click in, a request out; records in, cells out.
 *
 * They know no terminal, no clock and no engine. The caller of app_key() and app_mouse() carries
 * out the request they return. app_render() reads the records and the state, and writes nothing but
 * the cells.
 */
#ifndef TUI_SCREEN_APP_H
#define TUI_SCREEN_APP_H

#include "tui/screen/layout.h"

/* The state at the start, for a terminal of that size: one pane for each view, all of seat 0. */
void app_init(struct ui *ui, enum glyph_mode glyphs, int cols, int rows);

/* Call it when a seat shows another run: forgets all that refers to the old one. */
void app_new_run(struct ui *ui, uint32_t seat, const struct record *record);

/* Carries out what concerns only the state of the screen, and returns what is left for the caller
 * to do. `seats` has a record for each seat that a pane shows. */
struct request app_key(struct ui *ui, const struct seats *seats, int key);
struct request app_mouse(struct ui *ui, const struct seats *seats, const struct mouse *mouse);

/* Takes a character of pasted text, or 0, with which each paste begins. Only a line that is being
 * typed takes it: a text is not meant as keys. */
void app_paste(struct ui *ui, int rune);

/* Opens a box with lines of text. `text` is copied as far as there is room; `title` is static. */
void app_show_message(struct ui *ui, const char *title, const char *text);

/* Draws everything. `out` must be ui->cols x ui->rows. */
void app_render(const struct seats *seats, const struct ui *ui, struct cellbuf *out);

#endif
