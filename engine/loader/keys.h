/*
 * keys.h: the keys of one mapping: known, there once, complete, fitting together.
 */
#ifndef ENGINE_LOADER_KEYS_H
#define ENGINE_LOADER_KEYS_H

#include "engine/base.h"
#include "engine/loader/errors.h"
#include "engine/loader/schema.h"

enum { KEYS_MAX = 64 };

/* What has been seen of one mapping; by index into its fields. */
struct keys {
    const cyaml_schema_field_t *fields;
    uint32_t count;
    struct mark start;
    struct mark marks[KEYS_MAX]; /* of the keys; line 0: not seen */
    bool guessed[KEYS_MAX];      /* it was spelt otherwise */
    bool doubtful;               /* some key was not understood */
};

void keys_init(struct keys *keys, const cyaml_schema_field_t *fields, struct mark start);

/* The index of the field that a key is, or was probably meant to be; keys->count if its value is
 * to be passed over: it is unknown, or a second one. Complains where needed. */
uint32_t keys_accept(struct keys *keys, struct complaints *complaints, struct mark mark,
                     const char *name);

/* At the end of the mapping: complains about missing keys, and those that do not go together. */
void keys_check(const struct keys *keys, struct complaints *complaints);

/* Whether the key is missing though the file must have it. */
bool keys_is_hole(const struct keys *keys, uint32_t index);

#endif
