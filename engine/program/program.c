#include "engine/program/program.h"

#include <stdlib.h>
#include <string.h>

/* How many entries some steps need at most. */
struct extent {
    uint32_t ops, cases;
};

static void add_steps(const struct steps *steps, struct extent *size);

static void add_step(const struct step *step, struct extent *size) {
    size->ops += 2; /* itself and a jump */
    add_steps(&step->then, size);
    add_steps(&step->otherwise, size);
    size->cases += step->case_count;
    for (uint32_t i = 0; i < step->case_count; i++) {
        size->ops++;
        add_steps(&step->cases[i].then, size);
    }
}

static void add_steps(const struct steps *steps, struct extent *size) {
    for (uint32_t i = 0; i < steps->count; i++) {
        add_step(&steps->items[i], size);
    }
}

struct compiler {
    struct program *program;
    uint32_t group;
    uint32_t cases_used;
    uint16_t depth; /* of repeats */
};

static uint32_t emit(struct compiler *c, uint32_t code, const struct step *step) {
    struct program *p = c->program;
    p->ops[p->count] = (struct op){.step = step, .code = code, .group = c->group};
    return p->count++;
}

static void compile(struct compiler *c, const struct steps *steps);

static void compile_branches(struct compiler *c, const struct step *step) {
    struct program *p = c->program;
    const uint32_t test = emit(c, step->kind, step);
    compile(c, &step->then);
    if (step->otherwise.count == 0) {
        p->ops[test].target = p->count;
        return;
    }
    const uint32_t jump = emit(c, OP_JUMP, NULL);
    p->ops[test].target = p->count;
    compile(c, &step->otherwise);
    p->ops[jump].target = p->count;
}

/* A repeat, or a range over what is in a variable. */
static void compile_repeat(struct compiler *c, const struct step *step) {
    struct program *p = c->program;
    CHECK(c->depth < SCENARIO_NESTING_MAX);
    const uint32_t begin = emit(c, step->kind, step);
    p->ops[begin].depth = c->depth++;
    compile(c, &step->then);
    const uint32_t end = emit(c, step->kind == STEP_RANGE ? OP_RANGE_END : OP_REPEAT_END, step);
    p->ops[end].depth = --c->depth;
    p->ops[end].target = begin + 1;
    p->ops[begin].target = p->count; /* where to go if there is nothing to repeat */
}

static void compile_select(struct compiler *c, const struct step *step) {
    struct program *p = c->program;
    const uint32_t select = emit(c, STEP_SELECT, step);
    uint32_t *cases = p->cases + c->cases_used;
    c->cases_used += step->case_count;
    p->ops[select].cases = cases;
    uint32_t last_jump = SCENARIO_NONE;
    for (uint32_t i = 0; i < step->case_count; i++) {
        cases[i] = p->count;
        compile(c, &step->cases[i].then);
        const uint32_t jump = emit(c, OP_JUMP, NULL);
        p->ops[jump].target = last_jump; /* a chain, closed below */
        last_jump = jump;
    }
    while (last_jump != SCENARIO_NONE) {
        const uint32_t previous = p->ops[last_jump].target;
        p->ops[last_jump].target = p->count;
        last_jump = previous;
    }
}

enum {
    SILENT = 1, /* it neither allocates nor blocks nor leaves a record */
    LEAN = 2,   /* it needs no struct aside */
    WAITS = 4,  /* it may wait at a channel; a select at one for each case */
    DEBUG = 8   /* it is a call of runtime/debug */
};

/* How each statement is compiled, and the traits of each operation. A statement without a row
 * becomes a single operation without traits. */
static const struct kind {
    void (*compile)(struct compiler *c, const struct step *step); /* NULL: into one operation */
    uint8_t traits;
} kinds[OP_COUNT] = {
    [STEP_MAKE] = {.traits = LEAN},
    [STEP_PICK] = {.traits = SILENT | LEAN},
    [STEP_PUT] = {.traits = SILENT | LEAN},
    [STEP_DROP] = {.traits = SILENT | LEAN},
    [STEP_SLEEP] = {.traits = LEAN},
    [STEP_CHANCE] = {compile_branches, SILENT | LEAN},
    [STEP_IF] = {compile_branches, SILENT},
    [STEP_REPEAT] = {compile_repeat, SILENT},
    [STEP_RANGE] = {compile_repeat, 0},
    [STEP_SEND] = {.traits = WAITS},
    [STEP_RECEIVE] = {.traits = WAITS},
    [STEP_SELECT] = {compile_select, WAITS},
    [STEP_POP] = {.traits = SILENT},
    [STEP_KEY] = {.traits = SILENT},
    [STEP_RESET] = {.traits = SILENT | LEAN},
    [STEP_FILL] = {.traits = LEAN},
    [STEP_GOGC] = {.traits = LEAN | DEBUG},
    [STEP_GC] = {.traits = LEAN},
    [STEP_FREE_OS_MEMORY] = {.traits = LEAN | DEBUG},
    [OP_JUMP] = {.traits = SILENT | LEAN},
    [OP_REPEAT_END] = {.traits = SILENT},
    [OP_ROUND] = {.traits = SILENT | LEAN},
    [OP_FOREVER] = {.traits = LEAN},
    [OP_WORKER] = {.traits = LEAN},
    [OP_END] = {.traits = LEAN},
};

static void compile(struct compiler *c, const struct steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        CHECK(step->kind < STEP_KIND_COUNT);
        if (kinds[step->kind].compile != NULL) {
            kinds[step->kind].compile(c, step);
        } else {
            emit(c, step->kind, step);
        }
    }
}

/* Applies the traits of an operation to it, to its group and to the program. */
static void note_traits(struct program *p, struct op *op) {
    const uint8_t traits = kinds[op->code].traits;
    const struct step *step = op->step;
    const bool makes = step != NULL && step->what == WHAT_VARIABLE; /* dropping a map makes one */
    op->silent = (traits & SILENT) != 0 && !makes;
    p->asides[op->group] |= (traits & LEAN) == 0;
    p->imports_debug |= (traits & DEBUG) != 0;
    if ((traits & WAITS) != 0) {
        CHECK(step != NULL); /* only statements wait */
        const uint32_t waits = step->case_count > 0 ? step->case_count : 1;
        p->waits[op->group] = waits > p->waits[op->group] ? waits : p->waits[op->group];
    }
}

static void compile_group(struct compiler *c, const struct goroutine_group *group) {
    if (group->has_list) {
        emit(c, OP_LIST, NULL);
    }
    compile(c, &group->steps);
    if (group->loop.count > 0) {
        const uint32_t round = emit(c, OP_ROUND, NULL);
        compile(c, &group->loop);
        const uint32_t jump = emit(c, OP_JUMP, NULL);
        c->program->ops[jump].target = round;
    }
    emit(c, OP_END, NULL);
}

/* for { time.Sleep(every); runtime.ReadMemStats(&m); fmt.Printf(...) } */
static void compile_sampler(struct compiler *c, uint64_t every_ns) {
    struct program *p = c->program;
    p->sampler_steps[0] =
        (struct step){.kind = STEP_SLEEP, .sleep = {.low = every_ns, .high = every_ns, .unit = 1}};
    p->sampler_start = emit(c, STEP_SLEEP, &p->sampler_steps[0]);
    emit(c, OP_SAMPLE, NULL);
    const uint32_t jump = emit(c, OP_JUMP, NULL);
    p->ops[jump].target = p->sampler_start;
}

static bool allocate(struct program *p, const struct scenario *s) {
    struct extent size = {0};
    p->main_group = SCENARIO_NONE;
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        add_steps(&s->goroutines[i].steps, &size);
        add_steps(&s->goroutines[i].loop, &size);
        if (strcmp(s->goroutines[i].name, "main") == 0) {
            p->main_group = i;
        }
    }
    enum { OPS_PER_GROUP = 4, MORE_OPS = 4 };
    const uint32_t groups = s->goroutine_count;
    const uint64_t ops = size.ops + (uint64_t)OPS_PER_GROUP * groups + MORE_OPS;
    if (ops >= PROGRAM_OPS_MAX) {
        return false;
    }
    p->ops = calloc(ops, sizeof *p->ops);
    p->cases = calloc(size.cases + 1, sizeof *p->cases);
    p->asides = calloc(groups + GROUPS_MORE, sizeof *p->asides);
    p->waits = calloc(groups + GROUPS_MORE, sizeof *p->waits);
    p->starts = calloc(groups, sizeof *p->starts);
    p->sampler_steps = calloc(1, sizeof *p->sampler_steps);
    return p->ops != NULL && p->cases != NULL && p->asides != NULL && p->waits != NULL &&
           p->starts != NULL && p->sampler_steps != NULL;
}

enum result program_open(struct program *program, const struct scenario *scenario) {
    *program = (struct program){0};
    if (!allocate(program, scenario)) {
        program_close(program);
        return RESULT_NO_MEMORY;
    }
    struct compiler compiler = {.program = program};
    for (uint32_t i = 0; i < scenario->goroutine_count; i++) {
        program->starts[i] = program->count;
        compiler.group = i;
        compile_group(&compiler, &scenario->goroutines[i]);
    }
    compiler.group = scenario->goroutine_count + GROUP_SAMPLER;
    program->has_sampler = !scenario_samples_itself(scenario);
    if (program->has_sampler) {
        compile_sampler(&compiler, scenario->every_ns);
    } else if (program->main_group == SCENARIO_NONE) {
        program->sampler_start = emit(&compiler, OP_FOREVER, NULL);
    }
    compiler.group = scenario->goroutine_count + GROUP_WORKERS;
    program->worker_start = emit(&compiler, OP_WORKER, NULL);
    for (uint32_t i = 0; i < program->count; i++) {
        note_traits(program, &program->ops[i]);
    }
    for (uint32_t i = 0; i < scenario->timeline_count; i++) {
        const enum timeline_kind kind = scenario->timeline[i].kind;
        program->imports_debug |= kind == TIMELINE_GOGC || kind == TIMELINE_FREE_OS_MEMORY;
    }
    return RESULT_OK;
}

void program_close(struct program *program) {
    free(program->ops);
    free(program->cases);
    free(program->asides);
    free(program->waits);
    free(program->starts);
    free(program->sampler_steps);
    *program = (struct program){0};
}
