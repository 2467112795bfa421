#include "engine/loader/keys.h"

#include "engine/base/near.h"
#include "engine/base/text.h"

#include <stdio.h>

/* A list of words for a message; what does not fit is left out. */
struct words {
    char text[320];
    size_t used;
};

static void words_add(struct words *words, const char *before, const char *word,
                      const char *after) {
    if (words->used < sizeof words->text) {
        char *at = words->text + words->used;
        const size_t room = sizeof words->text - words->used;
        const char *comma = words->used > 0 ? ", " : "";
        words->used += (size_t)snprintf(at, room, "%s%s%s%s", comma, before, word, after);
    }
}

void keys_init(struct keys *keys, const cyaml_schema_field_t *fields, struct mark start) {
    *keys = (struct keys){.fields = fields, .start = start};
    while (fields[keys->count].key != NULL) {
        keys->count++;
    }
    CHECK(keys->count <= KEYS_MAX);
}

static bool is_place(const cyaml_schema_field_t *field) {
    return text_equal(field->key, PLACE_KEY);
}

static uint32_t find_key(const struct keys *keys, const char *name) {
    for (uint32_t i = 0; i < keys->count; i++) {
        if (!is_place(&keys->fields[i]) && text_equal(keys->fields[i].key, name)) {
            return i;
        }
    }
    return keys->count;
}

/* Where the key stands; line 0: nowhere. Needs a key of the schema. */
static struct mark mark_of(const struct keys *keys, const char *name) {
    const uint32_t index = find_key(keys, name);
    CHECK(index < keys->count);
    return keys->marks[index];
}

/* A key of which only a blank is missing: "-name", "slots:20". keys->count: that is not it. */
static uint32_t refuse_joined(struct keys *keys, struct complaints *complaints, struct mark mark,
                              const char *name) {
    char word[NEAR_LETTERS_MAX + 1];
    const bool dash = name[0] == '-';
    const size_t letters = strcspn(name + (dash ? 1 : 0), ":");
    const bool joined = dash || name[letters] == ':';
    snprintf(word, sizeof word, "%.*s", (int)(letters < sizeof word ? letters : 0),
             name + (dash ? 1 : 0));
    const uint32_t index = joined ? find_key(keys, word) : keys->count;
    if (index == keys->count) {
        return index;
    }
    if (dash) {
        complain(complaints, mark, "the '-' needs a blank behind it; write '- %s: ...'", word);
        return index;
    }
    mark.column += (uint32_t)letters + 1;
    complain_cause(complaints, mark,
                   "the colon behind '%s' needs a blank behind it; write '%s: ...'", word, word);
    return keys->count; /* what should be its value is a part of it */
}

/* The key that was probably meant; keys->count: none. */
static uint32_t refuse_key(struct keys *keys, struct complaints *complaints, struct mark mark,
                           const char *name) {
    const uint32_t joined = refuse_joined(keys, complaints, mark, name);
    if (joined != keys->count) {
        return joined;
    }
    struct near near = {.word = name};
    struct words all = {.used = 0};
    if (complaints_full(complaints)) {
        complain(complaints, mark, "unknown key");
        keys->doubtful = true;
        return keys->count;
    }
    for (uint32_t i = 0; i < keys->count; i++) {
        if (!is_place(&keys->fields[i])) {
            near_consider(&near, keys->fields[i].key);
            words_add(&all, "", keys->fields[i].key, "");
        }
    }
    if (near.best[0] != '\0') {
        complain(complaints, mark, "unknown key '%s'; did you mean '%s'?", quote(name).text,
                 near.best);
        return find_key(keys, near.best);
    }
    complain(complaints, mark, "unknown key '%s'; the keys here are: %s", quote(name).text,
             all.text);
    keys->doubtful = true;
    return keys->count;
}

uint32_t keys_accept(struct keys *keys, struct complaints *complaints, struct mark mark,
                     const char *name) {
    const uint32_t known = find_key(keys, name);
    const bool guessed = known == keys->count;
    const uint32_t index = guessed ? refuse_key(keys, complaints, mark, name) : known;
    if (index == keys->count) {
        return index;
    }
    if (keys->marks[index].line != 0) {
        if (!guessed && !keys->guessed[index]) {
            complain(complaints, mark, "the key '%s' is here already, in line %u; keep one of them",
                     name, keys->marks[index].line);
        }
        return keys->count;
    }
    keys->marks[index] = mark;
    keys->guessed[index] = guessed;
    return index;
}

bool keys_is_hole(const struct keys *keys, uint32_t index) {
    CHECK(index < keys->count);
    const cyaml_schema_field_t *field = &keys->fields[index];
    return keys->marks[index].line == 0 && !is_place(field) && schema_is_needed(field);
}

static bool is_modifier(const struct variant *variant, const char *key) {
    for (size_t i = 0; i < COUNT_OF(variant->modifiers); i++) {
        if (variant->modifiers[i] != NULL && text_equal(variant->modifiers[i], key)) {
            return true;
        }
    }
    return false;
}

/* The variant whose verb stands first; NULL: there is no verb. Complains about all other verbs. */
static const struct variant *choose_variant(const struct keys *keys,
                                            const struct variants *variants,
                                            struct complaints *complaints) {
    const struct variant *chosen = NULL;
    struct mark first = {UINT32_MAX, 0};
    for (uint32_t i = 0; i < variants->count; i++) {
        const struct mark mark = mark_of(keys, variants->items[i].verb);
        const bool earlier =
            mark.line < first.line || (mark.line == first.line && mark.column < first.column);
        if (mark.line != 0 && earlier) {
            chosen = &variants->items[i];
            first = mark;
        }
    }
    for (uint32_t i = 0; i < variants->count && chosen != NULL; i++) {
        const struct variant *other = &variants->items[i];
        const struct mark mark = mark_of(keys, other->verb);
        if (mark.line != 0 && other != chosen) {
            complain(complaints, mark, "%s has either '%s' or '%s'; make two of it, or remove one",
                     variants->what, chosen->verb, other->verb);
        }
    }
    return chosen;
}

/* Complains about a key that is a modifier of other verbs than the chosen one. Any other key
 * belongs to the mapping. */
static void refuse_modifier(const struct keys *keys, const struct variants *variants,
                            const struct variant *chosen, uint32_t index,
                            struct complaints *complaints) {
    const char *key = keys->fields[index].key;
    struct words verbs = {.used = 0};
    for (uint32_t i = 0; i < variants->count; i++) {
        if (is_modifier(&variants->items[i], key)) {
            words_add(&verbs, "'", variants->items[i].verb, "'");
        }
    }
    if (verbs.used > 0) {
        complain(complaints, keys->marks[index], "'%s' does not belong to '%s'; it goes with %s",
                 key, chosen->verb, verbs.text);
    }
}

static void refuse_nothing(const struct keys *keys, const struct variants *variants,
                           struct complaints *complaints) {
    struct words verbs = {.used = 0};
    for (uint32_t i = 0; i < variants->count; i++) {
        words_add(&verbs, "", variants->items[i].verb, "");
    }
    complain(complaints, keys->start, "%s says nothing; give it one of: %s", variants->what,
             verbs.text);
}

/* Exactly one verb, and what belongs to it. */
static void check_variant(const struct keys *keys, const struct variants *variants,
                          struct complaints *complaints) {
    const struct variant *chosen = choose_variant(keys, variants, complaints);
    if (chosen == NULL) {
        if (!keys->doubtful) {
            refuse_nothing(keys, variants, complaints);
        }
        return;
    }
    for (uint32_t i = 0; i < keys->count; i++) {
        if (keys->marks[i].line != 0 && !is_modifier(chosen, keys->fields[i].key)) {
            refuse_modifier(keys, variants, chosen, i, complaints);
        }
    }
    const char *needed = chosen->needs_first ? chosen->modifiers[0] : NULL;
    if (needed != NULL && mark_of(keys, needed).line == 0 && !keys->doubtful) {
        complain(complaints, mark_of(keys, chosen->verb),
                 "'%s' needs '%s' beside it; add '%s: ...'", chosen->verb, needed, needed);
    }
}

void keys_check(const struct keys *keys, struct complaints *complaints) {
    const struct variants *variants = schema_variants(keys->fields);
    for (uint32_t i = 0; i < keys->count; i++) {
        if (keys_is_hole(keys, i)) {
            complain(complaints, keys->start, "the key '%s' is missing; add '%s: ...'",
                     keys->fields[i].key, keys->fields[i].key);
        }
    }
    if (variants != NULL) {
        check_variant(keys, variants, complaints);
    }
}
