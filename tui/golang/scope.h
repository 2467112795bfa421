/*
 * scope.h: where a Go programmer would declare b, j and k.
 *
 * In the engine a goroutine has one b, one picked slot and one key for ever. In Go a variable is
 * declared where it gets its value, in the innermost block that does; only one whose value is used
 * before the same block has set it has to be declared outside.
 */
#ifndef TUI_GOLANG_SCOPE_H
#define TUI_GOLANG_SCOPE_H

#include "engine/scenario.h"
#include "tui/golang/program.h"
#include "tui/golang/statements.h"

/* What the step itself does with the variable. `typed`: b is not a []byte. */
enum go_role scope_role(const struct step *step, enum go_variable variable, bool typed);

/* Whether each part of the steps that uses the variable sets it before. */
bool scope_is_own(const struct steps *steps, enum go_variable variable, bool typed);

/* Whether a step of this very block is what sets it first. Only where scope_is_own(). */
bool scope_sets(const struct steps *steps, enum go_variable variable, bool typed);

/* Whether the step is a range whose block has a variable of its own: b, and k of a map. */
bool scope_range_has_own(const struct step *step, enum go_variable variable);

struct go_mentions {
    uint32_t all, uses;
};

/* In the steps from number `first` on, and all that is in them. */
struct go_mentions scope_mentions(const struct steps *steps, uint32_t first,
                                  enum go_variable variable, bool typed);

#endif
