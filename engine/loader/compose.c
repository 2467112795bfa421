#include "engine/loader/compose.h"

#include "engine/loader/build.h"
#include "engine/loader/check.h"
#include "engine/loader/draw.h"
#include "engine/loader/steps.h"
#include "engine/loader/variables.h"
#include "engine/model/releases.h"

#include <stdlib.h>
#include <string.h>

static void build_channels(struct build *b) {
    struct scenario *s = b->out;
    s->channels = build_array(b, b->raw->channels.count, sizeof *s->channels);
    if (s->channels == NULL) {
        return;
    }
    s->channel_count = b->raw->channels.count;
    for (uint32_t i = 0; i < s->channel_count; i++) {
        const struct raw_channel *raw = &b->raw->channels.items[i];
        s->channels[i].name = build_own_name(b, THING_CHANNEL, i);
        s->channels[i].type = SCENARIO_NONE;
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
        {.texts = &raw->bytes, .kind = FIELD_BYTES, .limit = LIMIT_BYTES},
        {.texts = &raw->string, .kind = FIELD_STRING, .limit = LIMIT_STRING},
        {.texts = &raw->append, .kind = FIELD_APPEND, .limit = LIMIT_APPEND},
        {.texts = &raw->map, .kind = FIELD_MAP, .limit = LIMIT_MAP},
        {.texts = &raw->channel, .kind = FIELD_CHAN, .limit = LIMIT_CHAN},
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
    for (uint32_t i = 0; i < index; i++) {
        if (build_is_taken(b, "field", raw->name, type->fields.items[i].name)) {
            break;
        }
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
        type->name = build_own_name(b, THING_TYPE, i);
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
    group->name = build_own_name(b, THING_GOROUTINE, index);
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

/* An entry with its number in the file: equal times stay in that order. */
struct numbered {
    struct timeline_entry entry;
    uint32_t number;
};

static int compare_times(const void *left, const void *right) {
    const struct numbered *a = left;
    const struct numbered *b = right;
    if (a->entry.at_ns != b->entry.at_ns) {
        return a->entry.at_ns < b->entry.at_ns ? -1 : 1;
    }
    return a->number < b->number ? -1 : a->number > b->number;
}

static void build_timeline(struct build *b) {
    struct scenario *s = b->out;
    const uint32_t count = b->raw->timeline.count;
    s->timeline = build_array(b, count, sizeof *s->timeline);
    struct numbered *entries = build_array(b, count, sizeof *entries);
    if (s->timeline != NULL && entries != NULL) {
        for (uint32_t i = 0; i < count; i++) {
            build_timeline_entry(b, &b->raw->timeline.items[i], &entries[i].entry);
            entries[i].number = i;
        }
        qsort(entries, count, sizeof *entries, compare_times);
        for (uint32_t i = 0; i < count; i++) {
            s->timeline[i] = entries[i].entry;
        }
        s->timeline_count = count;
    }
    free(entries);
}

static void build_title(struct build *b) {
    const struct raw_text *title = b->raw->title;
    if (title->text[strspn(title->text, " \t\n")] == '\0') {
        build_complain(b, title, "'title' is empty; say in a few words what this shows");
    } else if (strchr(title->text, '\n') != NULL) {
        build_complain(b, title, "'title' must be one line; put more into 'about'");
    }
    b->out->title = build_copy(b, title);
}

static void build_model(struct build *b) {
    size_t count;
    const char *const *names = release_names(&count);
    uint32_t chosen = 0;
    if (b->raw->model != NULL) {
        chosen = build_word(b, "model", b->raw->model, names, (uint32_t)count);
    }
    b->out->model = strdup(names[chosen < count ? chosen : 0]);
    b->complaints->no_memory |= b->out->model == NULL;
}

static void build_top(struct build *b) {
    struct scenario *s = b->out;
    const struct raw_scenario *raw = b->raw;
    struct reason why;
    build_title(b);
    build_model(b);
    s->about = build_copy(b, raw->about);
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

enum result scenario_compose(const struct raw_scenario *raw, struct complaints *complaints,
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
