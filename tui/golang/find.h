/*
 * find.h: looks for steps, however deep they are.
 */
#ifndef TUI_GOLANG_FIND_H
#define TUI_GOLANG_FIND_H

#include "engine/scenario.h"

/* For the functions below. */
bool is_print(const struct step *step);

/* The first step, as they are written, for which `found` says true, however deep; NULL: none. */
const struct step *steps_find(const struct steps *steps, bool (*found)(const struct step *step));

/* Whether `found` says true for one of the steps, or of those in them. */
bool steps_any(const struct steps *steps, bool (*found)(const struct step *step));

/* The same for the steps and the loop of a group. */
bool group_any(const struct goroutine_group *group, bool (*found)(const struct step *step));

#endif
