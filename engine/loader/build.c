#include "engine/loader/build.h"

#include "engine/base/near.h"
#include "engine/base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LETTERS_MAX = 40 };

void build_complain(struct build *b, const struct raw_text *text, const char *format, ...) {
    const struct mark mark = raw_mark(text);
    char message[400] = "";
    if (complaints_full(b->complaints)) {
        complain(b->complaints, mark, "%s", message);
        return;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    complain(b->complaints, mark, "%s", message);
}

void *build_array(struct build *b, uint32_t count, size_t item_bytes) {
    if (count == 0) {
        return NULL;
    }
    void *items = calloc(count, item_bytes);
    b->complaints->no_memory |= items == NULL;
    return items;
}

static bool is_hole(const struct raw_text *text) {
    return memcmp(text->line, "0000000", MARK_DIGITS) == 0;
}

char *build_copy(struct build *b, const struct raw_text *text) {
    char *copy = strdup(text != NULL ? text->text : "");
    b->complaints->no_memory |= copy == NULL;
    return copy;
}

uint64_t build_amount(struct build *b, enum limit limit, const struct raw_text *text,
                      uint64_t otherwise) {
    struct amount amount;
    struct reason why;
    if (text == NULL) {
        return otherwise;
    }
    if (!amount_read(limit, text->text, &amount, &why)) {
        build_complain(b, text, "%s", why.text);
        return otherwise;
    }
    return amount.value;
}

int32_t build_gogc(struct build *b, const struct raw_text *text) {
    int32_t percent = 0;
    struct reason why;
    if (!gogc_read(text->text, &percent, &why)) {
        build_complain(b, text, "%s", why.text);
    }
    return percent;
}

/* Names come from here: the name of the index-th thing. */
typedef const struct raw_text *name_fn(const struct build *b, uint32_t index);

static const struct raw_text *channel_name(const struct build *b, uint32_t index) {
    return b->raw->channels.items[index].name;
}

static const struct raw_text *type_name(const struct build *b, uint32_t index) {
    return b->raw->types.items[index].name;
}

static const struct raw_text *variable_name(const struct build *b, uint32_t index) {
    return b->raw->variables.items[index].name;
}

static const struct raw_text *goroutine_name(const struct build *b, uint32_t index) {
    return b->raw->goroutines.items[index].name;
}

static const struct {
    const char *what;
    name_fn *name_of;
} things[] = {
    [THING_CHANNEL] = {.what = "channel", .name_of = channel_name},
    [THING_TYPE] = {.what = "type", .name_of = type_name},
    [THING_VARIABLE] = {.what = "variable", .name_of = variable_name},
    [THING_GOROUTINE] = {.what = "goroutine", .name_of = goroutine_name},
};

/* `name` is what the text says, or a part of it; `count`: how many such things there are. */
static uint32_t find_name(struct build *b, const struct raw_text *text, const char *name,
                          enum thing thing, uint32_t count) {
    const char *what = things[thing].what;
    struct near near = {.word = name};
    const bool looking = !complaints_full(b->complaints);
    for (uint32_t i = 0; i < count; i++) {
        const struct raw_text *candidate = things[thing].name_of(b, i);
        if (is_hole(candidate)) {
            return SCENARIO_NONE; /* it may be this one: the mistake is told already */
        }
        if (text_equal(candidate->text, name)) {
            return i;
        }
        if (looking) {
            near_consider(&near, candidate->text);
        }
    }
    if (near.best[0] != '\0') {
        build_complain(b, text, "there is no %s '%s'; did you mean '%s'?", what, quote(name).text,
                       near.best);
    } else {
        build_complain(b, text, "there is no %s '%s'; add it to '%ss'", what, quote(name).text,
                       what);
    }
    return SCENARIO_NONE;
}

uint32_t build_channel(struct build *b, const struct raw_text *name) {
    return find_name(b, name, name->text, THING_CHANNEL, b->raw->channels.count);
}

uint32_t build_type(struct build *b, const struct raw_text *name) {
    return find_name(b, name, name->text, THING_TYPE, b->raw->types.count);
}

uint32_t build_variable(struct build *b, const struct raw_text *name) {
    return find_name(b, name, name->text, THING_VARIABLE, b->raw->variables.count);
}

uint32_t build_variable_in(struct build *b, const struct raw_text *text, const char *name) {
    return find_name(b, text, name, THING_VARIABLE, b->raw->variables.count);
}

uint32_t build_element(struct build *b, const struct raw_text *name) {
    bool type = false;
    for (uint32_t i = 0; i < b->raw->types.count; i++) {
        type = type || text_equal(type_name(b, i)->text, name->text);
    }
    return type || strcmp(name->text, "bytes") != 0 ? build_type(b, name) : SCENARIO_NONE;
}

uint32_t build_word(struct build *b, const char *key, const struct raw_text *text,
                    const char *const *words, uint32_t count) {
    struct near near = {.word = text->text};
    char list[100] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (text_equal(words[i], text->text)) {
            return i;
        }
        near_consider(&near, words[i]);
        if (used < sizeof list) {
            used += (size_t)snprintf(list + used, sizeof list - used, "%s'%s'",
                                     used > 0 ? " or " : "", words[i]);
        }
    }
    if (near.best[0] != '\0') {
        build_complain(b, text, "'%s' cannot be '%s'; did you mean '%s'?", key,
                       quote(text->text).text, near.best);
    } else {
        build_complain(b, text, "'%s' cannot be '%s'; write %s", key, quote(text->text).text, list);
    }
    return count;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_name(const char *text) {
    size_t length = 0;
    for (; text[length] != '\0'; length++) {
        const char c = text[length];
        const bool later = (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!is_letter(c) && !(later && length > 0)) {
            return false;
        }
    }
    return length > 0 && length <= NAME_LETTERS_MAX;
}

char *build_name(struct build *b, const struct raw_text *name) {
    if (!is_name(name->text)) {
        build_complain(b, name,
                       "'%s' cannot be a name; write a letter, then letters, digits, _ or -, %d "
                       "at most",
                       quote(name->text).text, NAME_LETTERS_MAX);
    }
    return build_copy(b, name);
}

bool build_is_taken(struct build *b, const char *what, const struct raw_text *name,
                    const struct raw_text *earlier) {
    CHECK(name != NULL);
    CHECK(earlier != NULL);
    const bool taken = !is_hole(earlier) && text_equal(earlier->text, name->text);
    if (taken) {
        build_complain(b, name, "the %s '%s' is here already, in line %u; choose another name",
                       what, quote(name->text).text, raw_mark(earlier).line);
    }
    return taken;
}

char *build_own_name(struct build *b, enum thing thing, uint32_t index) {
    const struct raw_text *name = things[thing].name_of(b, index);
    char *copy = build_name(b, name);
    for (uint32_t i = 0; i < index; i++) {
        if (build_is_taken(b, things[thing].what, name, things[thing].name_of(b, i))) {
            break;
        }
    }
    return copy;
}
