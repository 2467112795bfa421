#include "engine/loader/build.h"

#include "engine/base/near.h"
#include "engine/loader/check.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LETTERS_MAX = 40 };

void build_complain(struct build *b, const struct raw_text *text, const char *format, ...) {
    const struct mark mark = raw_mark(text);
    char message[400];
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
    return raw_mark(text).line == 0;
}

static char *copy_text(struct build *b, const struct raw_text *text) {
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

bool build_range(struct build *b, enum limit limit, const struct raw_texts *texts,
                 struct range *out) {
    CHECK(texts->count <= 2);
    struct amount ends[2] = {{0, 1}, {0, 1}};
    struct reason why;
    bool good = texts->count > 0;
    if (texts->count == 1 && build_is_distribution(texts->items[0]->text)) {
        good = build_distribution(b, limit, texts->items[0], out);
        *out = good ? *out : (struct range){.unit = 1};
        return good;
    }
    for (uint32_t i = 0; i < texts->count; i++) {
        const struct raw_text *text = texts->items[i];
        if (!amount_read(limit, text->text, &ends[i], &why)) {
            build_complain(b, text, "%s", why.text);
            good = false;
        }
    }
    if (texts->count == 1) {
        ends[1] = ends[0];
    }
    if (good && ends[0].value > ends[1].value) {
        build_complain(b, texts->items[0],
                       "the least, '%s', is more than the most, '%s'; exchange them",
                       quote(texts->items[0]->text).text, quote(texts->items[1]->text).text);
        good = false;
    }
    *out = good ? amount_range(limit, ends[0], ends[1]) : (struct range){.unit = 1};
    return good;
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

/* `name` is what the text says, or a part of it. */
static uint32_t find_name(struct build *b, const struct raw_text *text, const char *name,
                          const char *what, name_fn *name_of, uint32_t count) {
    struct near near = {.word = name};
    for (uint32_t i = 0; i < count; i++) {
        const struct raw_text *candidate = name_of(b, i);
        if (is_hole(candidate)) {
            return SCENARIO_NONE; /* it may be this one: the mistake is told already */
        }
        if (strcmp(candidate->text, name) == 0) {
            return i;
        }
        near_consider(&near, candidate->text);
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
    return find_name(b, name, name->text, "channel", channel_name, b->raw->channels.count);
}

uint32_t build_type(struct build *b, const struct raw_text *name) {
    return find_name(b, name, name->text, "type", type_name, b->raw->types.count);
}

uint32_t build_variable(struct build *b, const struct raw_text *name) {
    return find_name(b, name, name->text, "variable", variable_name, b->raw->variables.count);
}

uint32_t build_variable_in(struct build *b, const struct raw_text *text, const char *name) {
    return find_name(b, text, name, "variable", variable_name, b->raw->variables.count);
}

uint32_t build_element(struct build *b, const struct raw_text *name) {
    bool type = false;
    for (uint32_t i = 0; i < b->raw->types.count; i++) {
        type = type || strcmp(type_name(b, i)->text, name->text) == 0;
    }
    return type || strcmp(name->text, "bytes") != 0 ? build_type(b, name) : SCENARIO_NONE;
}

uint32_t build_word(struct build *b, const char *key, const struct raw_text *text,
                    const char *const *words, uint32_t count) {
    struct near near = {.word = text->text};
    char list[100] = "";
    size_t used = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (strcmp(words[i], text->text) == 0) {
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

static char *build_name(struct build *b, const struct raw_text *name) {
    if (!is_name(name->text)) {
        build_complain(b, name,
                       "'%s' cannot be a name; write a letter, then letters, digits, _ or -, %d "
                       "at most",
                       quote(name->text).text, NAME_LETTERS_MAX);
    }
    return copy_text(b, name);
}

/* Whether `earlier`, which stands before it in the file, has taken the name. Complains. */
static bool is_taken(struct build *b, const char *what, const struct raw_text *name,
                     const struct raw_text *earlier) {
    CHECK(name != NULL);
    CHECK(earlier != NULL);
    const bool taken = !is_hole(earlier) && strcmp(earlier->text, name->text) == 0;
    if (taken) {
        build_complain(b, name, "the %s '%s' is here already, in line %u; choose another name",
                       what, quote(name->text).text, raw_mark(earlier).line);
    }
    return taken;
}

static void check_name(struct build *b, const char *what, name_fn *name_of, uint32_t index) {
    for (uint32_t i = 0; i < index && !is_taken(b, what, name_of(b, index), name_of(b, i)); i++) {
    }
}

char *build_variable_name(struct build *b, uint32_t index) {
    check_name(b, "variable", variable_name, index);
    return build_name(b, variable_name(b, index));
}

static void build_channels(struct build *b) {
    struct scenario *s = b->out;
    s->channels = build_array(b, b->raw->channels.count, sizeof *s->channels);
    if (s->channels == NULL) {
        return;
    }
    s->channel_count = b->raw->channels.count;
    for (uint32_t i = 0; i < s->channel_count; i++) {
        const struct raw_channel *raw = &b->raw->channels.items[i];
        s->channels[i].name = build_name(b, raw->name);
        s->channels[i].type = SCENARIO_NONE;
        check_name(b, "channel", channel_name, i);
        s->channels[i].capacity = (uint32_t)build_amount(b, LIMIT_CAPACITY, raw->capacity, 0);
    }
}

/* The kinds of fields that have an amount. */
static void build_amounts(struct build *b, const struct raw_field *raw, struct field *field) {
    const struct {
        const struct raw_texts *texts;
        enum field_kind kind;
        enum limit limit;
    } kinds[] = {
        {&raw->bytes, FIELD_BYTES, LIMIT_BYTES},    {&raw->string, FIELD_STRING, LIMIT_STRING},
        {&raw->append, FIELD_APPEND, LIMIT_APPEND}, {&raw->map, FIELD_MAP, LIMIT_MAP},
        {&raw->channel, FIELD_CHAN, LIMIT_CHAN},
    };
    for (size_t i = 0; i < COUNT_OF(kinds); i++) {
        if (kinds[i].texts->count > 0) {
            field->kind = kinds[i].kind;
            build_range(b, kinds[i].limit, kinds[i].texts, &field->amount);
        }
    }
}

static void build_field(struct build *b, const struct raw_type *type, uint32_t index,
                        struct field *field) {
    static const char *const flags[] = {"true", "false"};
    const struct raw_field *raw = &type->fields.items[index];
    field->name = build_name(b, raw->name);
    for (uint32_t i = 0; i < index && !is_taken(b, "field", raw->name, type->fields.items[i].name);
         i++) {
    }
    field->type = SCENARIO_NONE;
    field->kind = FIELD_INT;
    if (raw->integer != NULL) {
        build_word(b, "int", raw->integer, flags, 1);
    }
    build_amounts(b, raw, field);
    if (raw->pointer != NULL) {
        field->kind = FIELD_POINTER;
        field->type = build_type(b, raw->pointer);
    } else if (raw->interface != NULL) {
        field->kind = FIELD_INTERFACE;
        field->type = build_type(b, raw->interface);
    } else if (raw->slice != NULL) {
        field->kind = FIELD_SLICE;
        field->type = build_type(b, raw->slice);
        build_range(b, LIMIT_LENGTH, &raw->length, &field->amount);
    }
    field->nil = raw->nil != NULL && build_word(b, "nil", raw->nil, flags, 2) != 1;
}

static void build_types(struct build *b) {
    struct scenario *s = b->out;
    s->types = build_array(b, b->raw->types.count, sizeof *s->types);
    if (s->types == NULL) {
        return;
    }
    s->type_count = b->raw->types.count;
    for (uint32_t i = 0; i < s->type_count; i++) {
        const struct raw_type *raw = &b->raw->types.items[i];
        struct object_type *type = &s->types[i];
        type->name = build_name(b, raw->name);
        check_name(b, "type", type_name, i);
        type->fields = build_array(b, raw->fields.count, sizeof *type->fields);
        type->field_count = type->fields != NULL ? raw->fields.count : 0;
        for (uint32_t j = 0; j < type->field_count; j++) {
            build_field(b, raw, j, &type->fields[j]);
        }
    }
}

static struct make_spec build_make(struct build *b, const struct raw_make *raw) {
    struct make_spec make = {.kind = MAKE_BYTES, .type = SCENARIO_NONE};
    if (raw->bytes.count > 0) {
        static const char *const flags[] = {"true", "false"};
        build_range(b, LIMIT_BYTES, &raw->bytes, &make.bytes);
        make.inlined = raw->inlined != NULL && build_word(b, "inline", raw->inlined, flags, 2) != 1;
    } else if (raw->one != NULL) {
        make.kind = MAKE_NEW;
        make.type = build_type(b, raw->one);
    } else if (raw->tree != NULL) {
        make.kind = MAKE_TREE;
        make.type = build_type(b, raw->tree);
        make.depth = (uint32_t)build_amount(b, LIMIT_DEPTH, raw->depth, 0);
    } else if (raw->list != NULL) {
        make.kind = MAKE_LIST;
        make.type = build_type(b, raw->list);
        build_range(b, LIMIT_LENGTH, &raw->length, &make.length);
    } else if (raw->graph != NULL) {
        make.kind = MAKE_GRAPH;
        make.type = build_type(b, raw->graph);
        build_range(b, LIMIT_LENGTH, &raw->length, &make.length);
    }
    return make;
}

static void build_goroutine(struct build *b, uint32_t index, struct goroutine_group *group) {
    const struct raw_goroutine *raw = &b->raw->goroutines.items[index];
    group->name = build_name(b, raw->name);
    check_name(b, "goroutine", goroutine_name, index);
    group->line = raw_mark(raw->place).line;
    group->count = (uint32_t)build_amount(b, LIMIT_COUNT, raw->count, 1);
    group->slots = (uint32_t)build_amount(b, LIMIT_SLOTS, raw->slots, 0);
    group->has_make = raw->make != NULL;
    group->make.type = SCENARIO_NONE;
    group->type = SCENARIO_NONE;
    if (raw->make != NULL) {
        group->make = build_make(b, raw->make);
    }
    build_steps(b, &raw->steps, 0, &group->steps);
    build_steps(b, &raw->loop, 0, &group->loop);
}

static void build_goroutines(struct build *b) {
    struct scenario *s = b->out;
    s->goroutines = build_array(b, b->raw->goroutines.count, sizeof *s->goroutines);
    if (s->goroutines == NULL) {
        return;
    }
    s->goroutine_count = b->raw->goroutines.count;
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        build_goroutine(b, i, &s->goroutines[i]);
    }
}

static void build_timeline_entry(struct build *b, const struct raw_timeline_entry *raw,
                                 struct timeline_entry *entry) {
    static const char *const actions[] = {"gc", "free-os-memory"};
    static const enum timeline_kind kinds[] = {TIMELINE_GC, TIMELINE_FREE_OS_MEMORY};
    entry->at_ns = build_amount(b, LIMIT_AT, raw->at, 0);
    entry->line = raw_mark(raw->place).line;
    entry->channel = SCENARIO_NONE;
    if (raw->action != NULL) {
        const uint32_t action = build_word(b, "do", raw->action, actions, COUNT_OF(actions));
        entry->kind = action < COUNT_OF(actions) ? kinds[action] : TIMELINE_GC;
    } else if (raw->gogc != NULL) {
        entry->kind = TIMELINE_GOGC;
        entry->value = build_gogc(b, raw->gogc);
    } else if (raw->resize != NULL) {
        entry->kind = TIMELINE_RESIZE;
        entry->channel = build_channel(b, raw->resize);
        entry->value = (int64_t)build_amount(b, LIMIT_TO, raw->to, 0);
    }
}

/* Sorts by time what stands in file order; equal times stay in that order. */
static void merge_sort(struct timeline_entry *items, struct timeline_entry *spare, uint32_t count) {
    if (count < 2) {
        return;
    }
    const uint32_t half = count / 2;
    merge_sort(items, spare, half);
    merge_sort(items + half, spare, count - half);
    memcpy(spare, items, half * sizeof *items);
    uint32_t left = 0, right = half;
    for (uint32_t i = 0; left < half; i++) {
        const bool later = right == count || spare[left].at_ns <= items[right].at_ns;
        items[i] = later ? spare[left++] : items[right++];
    }
}

static void build_timeline(struct build *b) {
    struct scenario *s = b->out;
    const uint32_t count = b->raw->timeline.count;
    s->timeline = build_array(b, count, sizeof *s->timeline);
    struct timeline_entry *spare = build_array(b, count, sizeof *spare);
    if (s->timeline != NULL && spare != NULL) {
        s->timeline_count = count;
        for (uint32_t i = 0; i < count; i++) {
            build_timeline_entry(b, &b->raw->timeline.items[i], &s->timeline[i]);
        }
        merge_sort(s->timeline, spare, count);
    }
    free(spare);
}

static void build_title(struct build *b) {
    const struct raw_text *title = b->raw->title;
    if (title->text[strspn(title->text, " \t\n")] == '\0') {
        build_complain(b, title, "'title' is empty; say in a few words what this shows");
    } else if (strchr(title->text, '\n') != NULL) {
        build_complain(b, title, "'title' must be one line; put more into 'about'");
    }
    b->out->title = copy_text(b, title);
}

static void build_model(struct build *b) {
    static const char *const models[] = {"go1.1"};
    if (b->raw->model != NULL) {
        build_word(b, "model", b->raw->model, models, COUNT_OF(models));
    }
    b->out->model = strdup(models[0]);
    b->complaints->no_memory |= b->out->model == NULL;
}

static void build_top(struct build *b) {
    struct scenario *s = b->out;
    const struct raw_scenario *raw = b->raw;
    struct reason why;
    build_title(b);
    build_model(b);
    s->about = copy_text(b, raw->about);
    s->gogc_given = raw->gogc != NULL;
    s->gogc = raw->gogc != NULL ? build_gogc(b, raw->gogc) : 100;
    s->seed = 1; /* math/rand's own default */
    if (raw->seed != NULL && !seed_read("seed", raw->seed->text, &s->seed, &why)) {
        build_complain(b, raw->seed, "%s", why.text);
    }
    s->noise = 1;
    if (raw->noise != NULL && !seed_read("noise", raw->noise->text, &s->noise, &why)) {
        build_complain(b, raw->noise, "%s", why.text);
    }
    s->duration_ns = build_amount(b, LIMIT_DURATION, raw->duration, 15 * 60 * NS_PER_SECOND);
    s->every_ns = build_amount(b, LIMIT_EVERY, raw->every, NS_PER_SECOND);
}

enum result scenario_build(const struct raw_scenario *raw, struct complaints *complaints,
                           struct scenario *out) {
    CHECK(raw != NULL);
    CHECK(out->goroutines == NULL);
    struct build b = {.raw = raw, .out = out, .complaints = complaints};
    build_top(&b);
    build_channels(&b);
    build_types(&b);
    build_variables(&b);
    build_goroutines(&b);
    build_timeline(&b);
    if (!complaints->no_memory) {
        scenario_check(&b);
    }
    return complaints->no_memory ? RESULT_NO_MEMORY : RESULT_OK;
}
