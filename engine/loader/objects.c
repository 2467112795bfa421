#include "engine/loader/objects.h"

#include "engine/loader/statements.h"
#include "engine/loader/waits.h"

#include <inttypes.h>
#include <stdio.h>

/* Counts stop at the largest number there is, which is far beyond what is allowed. */
static uint64_t add(uint64_t a, uint64_t b) {
    uint64_t sum;
    return __builtin_add_overflow(a, b, &sum) ? UINT64_MAX : sum;
}

static uint64_t multiply(uint64_t a, uint64_t b) {
    uint64_t product;
    return __builtin_mul_overflow(a, b, &product) ? UINT64_MAX : product;
}

static uint64_t larger(uint64_t a, uint64_t b) {
    return a > b ? a : b;
}

/* "1099511627775 objects; 100000000 are the most" */
struct excess {
    char text[80];
};

static struct excess excess(uint64_t count) {
    struct excess out;
    snprintf(out.text, sizeof out.text, "%s%" PRIu64 " objects; %d are the most",
             count == UINT64_MAX ? "more than " : "", count, OBJECTS_MAX);
    return out;
}

/* Goes through the types along those pointers that are made with the object. */
struct objects {
    struct build *b;
    enum { UNSEEN, OPEN, DONE } states[SCENARIO_TYPES_MAX];
    uint64_t counts[SCENARIO_TYPES_MAX]; /* how many objects a new one is; DONE only */
    const struct goroutine_group *group; /* whose steps are looked at */
};

/* Where a field names the type of what is made with it. */
static const struct raw_text *type_text(const struct raw_field *raw) {
    return raw->pointer != NULL ? raw->pointer : raw->slice != NULL ? raw->slice : raw->interface;
}

/* Whether a new object makes others for the field. */
static bool makes_objects(const struct field *field) {
    const bool one = field->kind == FIELD_POINTER || field->kind == FIELD_INTERFACE;
    return field->type != SCENARIO_NONE &&
           (one ? !field->nil : field->kind == FIELD_SLICE && field->amount.high > 0);
}

static uint64_t count_type(struct objects *objects, uint32_t type);

static uint64_t count_field(struct objects *objects, const struct field *field,
                            const struct raw_field *raw) {
    const bool slice = field->kind == FIELD_SLICE;
    if (makes_objects(field) && objects->states[field->type] == OPEN) {
        build_complain(objects->b, type_text(raw),
                       "so a new '%s' makes another, and that another, without end; add '%s'",
                       quote(objects->b->out->types[field->type].name).text,
                       slice ? "length: 0" : "nil: true");
        return 0;
    }
    if (makes_objects(field)) {
        const uint64_t each = count_type(objects, field->type);
        return slice ? add(1, multiply(each, field->amount.high)) : each;
    }
    switch (field->kind) {
    case FIELD_MAP:
        return add(1, field->amount.high);
    case FIELD_BYTES:
    case FIELD_STRING:
    case FIELD_APPEND:
    case FIELD_CHAN:
        return 1;
    case FIELD_INT:
    case FIELD_POINTER:
    case FIELD_SLICE:
    case FIELD_INTERFACE:
    case FIELD_KIND_COUNT:
        break;
    }
    return 0;
}

/* How many objects a new one of the type is, with all that its fields make. */
static uint64_t count_type(struct objects *objects, uint32_t type) {
    const struct object_type *t = &objects->b->out->types[type];
    if (objects->states[type] == DONE) {
        return objects->counts[type];
    }
    objects->states[type] = OPEN;
    uint64_t count = 1;
    for (uint32_t i = 0; i < t->field_count; i++) {
        const struct raw_field *raw = &objects->b->raw->types.items[type].fields.items[i];
        count = add(count, count_field(objects, &t->fields[i], raw));
    }
    objects->states[type] = DONE;
    objects->counts[type] = count;
    return count;
}

static uint64_t count_nodes(const struct make_spec *make) {
    switch (make->kind) {
    case MAKE_BYTES:
    case MAKE_NEW:
        break;
    case MAKE_TREE:
        return (UINT64_C(1) << (make->depth + 1)) - 1;
    case MAKE_LIST:
    case MAKE_GRAPH:
        return make->length.high;
    }
    return 1;
}

/* How many objects one make makes. */
static uint64_t count_make(const struct objects *objects, const struct make_spec *make) {
    return make->type == SCENARIO_NONE ? 1
                                       : multiply(count_nodes(make), objects->counts[make->type]);
}

static void check_make(const struct objects *objects, uint32_t index) {
    struct build *b = objects->b;
    const struct make_spec *make = &b->out->goroutines[index].make;
    const struct raw_make *raw = b->raw->goroutines.items[index].make;
    const uint64_t count = count_make(objects, make);
    if (count <= OBJECTS_MAX) {
        return;
    }
    const char *name = b->out->types[make->type].name;
    if (make->kind == MAKE_NEW) {
        build_complain(b, raw->one,
                       "one '%s' with all it points to is %s; add 'nil: true' to some pointers",
                       quote(name).text, excess(count).text);
    } else {
        build_complain(b, raw->place,
                       "so many of '%s' with all they point to are %s; make fewer, or add 'nil: "
                       "true' to some pointers",
                       quote(name).text, excess(count).text);
    }
}

static uint64_t count_steps(const struct objects *objects, const struct steps *steps,
                            const struct raw_steps *raw);

/* Of append to a field. */
static uint64_t count_append(const struct objects *objects, const struct step *step) {
    if (step->field == SCENARIO_NONE) {
        return 1;
    }
    const struct object_type *type = &objects->b->out->types[objects->group->type];
    const struct field *field = &type->fields[step->field];
    return field->kind == FIELD_SLICE && field->type != SCENARIO_NONE
               ? add(1, objects->counts[field->type])
               : 1;
}

/* How many objects the step itself makes. What `make` makes is complained about there. */
static uint64_t count_step_alone(const struct objects *objects, const struct step *step,
                                 const struct raw_step *raw) {
    const struct facts facts = statement_of(step->kind)->facts;
    uint64_t count = 0;
    if (facts.makes && objects->group->has_make) {
        count = count_make(objects, &objects->group->make);
        return count <= OBJECTS_MAX ? count : 0;
    }
    if (step->kind == STEP_FILL && objects->group->type != SCENARIO_NONE) {
        count = objects->counts[objects->group->type] - 1;
    } else if (step->kind == STEP_APPEND) {
        count = count_append(objects, step);
    } else if (step->kind == STEP_PUSH || step->kind == STEP_STORE || step->kind == STEP_HOLD) {
        count = 1;
    }
    if (count > OBJECTS_MAX) {
        build_complain(objects->b, raw->texts[step->kind],
                       "this makes %s; add 'nil: true' to some pointers", excess(count).text);
        count = 0;
    }
    return count;
}

static uint64_t count_repeat(const struct objects *objects, const struct step *step,
                             const struct raw_step *raw) {
    const uint64_t once = count_steps(objects, &step->then, raw_inner(raw));
    if (step->kind != STEP_REPEAT || steps_wait(&step->then)) {
        return once;
    }
    const uint64_t all = multiply(once, step->amount);
    if (all > OBJECTS_MAX) {
        build_complain(objects->b, raw->texts[step->kind],
                       "this makes %s; repeat it less often, or add '- sleep: 1ms' to it",
                       excess(all).text);
        return 0;
    }
    return all;
}

/* How many objects the step makes, and those in it, before it waits. */
static uint64_t count_step(const struct objects *objects, const struct step *step,
                           const struct raw_step *raw) {
    uint64_t inside = larger(count_repeat(objects, step, raw),
                             count_steps(objects, &step->otherwise, &raw->otherwise));
    for (uint32_t i = 0; i < step->case_count; i++) {
        const struct raw_steps *then = &raw->select.items[i].then;
        inside = larger(inside, count_steps(objects, &step->cases[i].then, then));
    }
    return add(count_step_alone(objects, step, raw), inside);
}

static uint64_t count_steps(const struct objects *objects, const struct steps *steps,
                            const struct raw_steps *raw) {
    uint64_t count = 0;
    for (uint32_t i = 0; i < steps->count; i++) {
        CHECK(i < raw->count);
        count = add(count, count_step(objects, &steps->items[i], &raw->items[i]));
    }
    return count;
}

void check_objects(struct build *b) {
    struct objects objects = {.b = b};
    for (uint32_t i = 0; i < b->out->type_count; i++) {
        (void)count_type(&objects, i); /* told where it is made */
    }
    for (uint32_t i = 0; i < b->out->goroutine_count; i++) {
        const struct raw_goroutine *raw = &b->raw->goroutines.items[i];
        objects.group = &b->out->goroutines[i];
        check_make(&objects, i);
        (void)count_steps(&objects, &objects.group->steps, &raw->steps);
        (void)count_steps(&objects, &objects.group->loop, &raw->loop);
    }
}
