/*
 * scenario_build.h: from a file's texts to a scenario: values read, names resolved.
 *
 * Layer: engine's edge. May include base, scenario, scenario_errors, scenario_schema,
 * scenario_units.
 */
#ifndef ENGINE_LOADER_BUILD_H
#define ENGINE_LOADER_BUILD_H

#include "engine/base.h"
#include "engine/loader/errors.h"
#include "engine/loader/schema.h"
#include "engine/loader/units.h"
#include "engine/scenario.h"

/* What all functions here and in scenario_steps.c, scenario_check.c work on. */
struct build {
    const struct raw_scenario *raw;
    struct scenario *out;
    struct complaints *complaints;
};

/* Fills `out`, which is all zero, and complains about all mistakes of meaning. After a complaint
 * the scenario is good for scenario_free() only. RESULT_NO_MEMORY leaves it the same way. */
MUST_USE enum result scenario_build(const struct raw_scenario *raw, struct complaints *complaints,
                                    struct scenario *out);

/* The steps of one list, `depth` blocks deep; in scenario_steps.c. A step whose meaning is not
 * known, after a complaint, has the kind STEP_KIND_COUNT. False: too deep, no steps. */
bool build_steps(struct build *b, const struct raw_steps *raw, uint32_t depth, struct steps *out);

/* What becomes step.then: no step has both. */
static inline const struct raw_steps *build_inner(const struct raw_step *raw) {
    return raw->then.count > 0 ? &raw->then : &raw->steps;
}

/* Complains at the place of a text. */
__attribute__((format(printf, 3, 4))) void
build_complain(struct build *b, const struct raw_text *text, const char *format, ...);

/* `count` zeroed items, to be free()d; NULL if count is 0, or there is no memory, which is noted.
 */
void *build_array(struct build *b, uint32_t count, size_t item_bytes);

/* The value of a key that need not be there; `otherwise` then, and after a complaint. */
uint64_t build_amount(struct build *b, enum limit limit, const struct raw_text *text,
                      uint64_t otherwise);

/* One text, which may be a distribution, or two for [low, high]. False after a complaint, and if
 * there is none: zero. */
bool build_range(struct build *b, enum limit limit, const struct raw_texts *texts,
                 struct range *out);

/* Whether a text is meant to be a distribution; reads one: as build_range(), which calls this. */
bool build_is_distribution(const char *text);
bool build_distribution(struct build *b, enum limit limit, const struct raw_text *text,
                        struct range *out);

int32_t build_gogc(struct build *b, const struct raw_text *text);

/* The index of the channel, type or variable with this name; SCENARIO_NONE after a complaint. */
uint32_t build_channel(struct build *b, const struct raw_text *name);
uint32_t build_type(struct build *b, const struct raw_text *name);
uint32_t build_variable(struct build *b, const struct raw_text *name);

/* The same for a name that is a part of a text. */
uint32_t build_variable_in(struct build *b, const struct raw_text *text, const char *name);

/* What a variable holds: a type's index; SCENARIO_NONE for `bytes`, a []byte, and after a
 * complaint.
 */
uint32_t build_element(struct build *b, const struct raw_text *name);

/* All of them, in scenario_variables.c; a name, looked at and copied. */
void build_variables(struct build *b);
char *build_variable_name(struct build *b, uint32_t index);

/* A variable, or b.FIELD or slot.FIELD, whose field is found when the types are known. */
void build_place(struct build *b, const struct raw_text *text, struct step *step);

/* The numbers of a print, from "memstats", "objects" or names of columns; in scenario_print.c. */
struct print_list build_print(struct build *b, const struct raw_text *value);

/* The index of the word the text is; `count` after a complaint that `key` takes one of these. */
uint32_t build_word(struct build *b, const char *key, const struct raw_text *text,
                    const char *const *words, uint32_t count);

#endif
