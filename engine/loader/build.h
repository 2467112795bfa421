/*
 * build.h: reads one text of a file: an amount, a word, a name, the name of something.
 *
 * What reads more than one text stands above: draw.h, print.h, steps.h, variables.h, compose.h.
 */
#ifndef ENGINE_LOADER_BUILD_H
#define ENGINE_LOADER_BUILD_H

#include "engine/base.h"
#include "engine/loader/errors.h"
#include "engine/loader/schema.h"
#include "engine/loader/units.h"
#include "engine/scenario.h"

/* A file that is being read: every reader and check works on this. */
struct build {
    const struct raw_scenario *raw;
    struct scenario *out;
    struct complaints *complaints;
};

/* Complains at the place of a text. */
__attribute__((format(printf, 3, 4))) void
build_complain(struct build *b, const struct raw_text *text, const char *format, ...);

/* What the text says, to be free()d; "" for NULL. NULL if there is no memory, which is noted. */
char *build_copy(struct build *b, const struct raw_text *text);

/* `count` zeroed items, to be free()d; NULL if count is 0, or there is no memory, which is noted.
 */
void *build_array(struct build *b, uint32_t count, size_t item_bytes);

/* The value of a key that may be left out. `otherwise` if it is, and after a complaint. */
uint64_t build_amount(struct build *b, enum limit limit, const struct raw_text *text,
                      uint64_t otherwise);

/* Percent, or SCENARIO_GOGC_OFF; 0 after a complaint. */
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

/* What has names. */
enum thing { THING_CHANNEL, THING_TYPE, THING_VARIABLE, THING_GOROUTINE };

/* A copy of a name, as of build_copy(). Complains if it cannot be one. */
char *build_name(struct build *b, const struct raw_text *name);

/* Whether `earlier`, which stands before it in the file, has taken the name. Complains; `what` is
 * the word for what has such names. */
bool build_is_taken(struct build *b, const char *what, const struct raw_text *name,
                    const struct raw_text *earlier);

/* The name of the index-th thing, as of build_name(). Complains, too, if one before it has it. */
char *build_own_name(struct build *b, enum thing thing, uint32_t index);

/* The index of the word the text is; `count` after a complaint that `key` takes one of these. */
uint32_t build_word(struct build *b, const char *key, const struct raw_text *text,
                    const char *const *words, uint32_t count);

#endif
