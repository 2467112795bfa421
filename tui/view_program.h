/*
 * view_program.h: the goroutine that is chosen, for the panels that show goroutines.
 *
 * Layer: front end, views. May include model, ui and request.
 */
#ifndef TUI_VIEW_PROGRAM_H
#define TUI_VIEW_PROGRAM_H

#include "tui/model.h"
#include "tui/request.h"
#include "tui/ui.h"

/* The chosen goroutine's index; until one is chosen, the first that the scenario lists. */
uint32_t program_chosen(const struct ui *ui, const struct model *model);

/* Chooses the one before or behind. */
struct request program_choose(struct ui *ui, const struct model *model, int by);

#endif
