/*
 * variables.h: the program's variables, and fields of what a goroutine has.
 */
#ifndef ENGINE_LOADER_VARIABLES_H
#define ENGINE_LOADER_VARIABLES_H

#include "engine/loader/build.h"
#include "engine/scenario.h"

/* All variables. */
void build_variables(struct build *b);

/* A variable, or b.FIELD or slot.FIELD, whose field is found when the types are known. */
void build_place(struct build *b, const struct raw_text *text, struct step *step);

/* Whether the step can work on its variable, or field, which is found now. Complains. */
void check_place(struct build *b, const struct goroutine_group *group, struct step *step,
                 const struct raw_step *raw);

#endif
