#include "engine/program/program.h"

#include <stdlib.h>
#include <string.h>

/* How much room the operations of some steps take. */
struct size {
    uint32_t ops, cases;
    bool debug; /* something of runtime/debug is used */
};

static void measure(const struct steps *steps, struct size *size);

static void measure_step(const struct step *step, struct size *size) {
    size->ops += 2; /* itself and a jump */
    size->debug |= step->kind == STEP_GOGC || step->kind == STEP_FREE_OS_MEMORY;
    measure(&step->then, size);
    measure(&step->otherwise, size);
    size->cases += step->case_count;
    for (uint32_t i = 0; i < step->case_count; i++) {
        size->ops++;
        measure(&step->cases[i].then, size);
    }
}

static void measure(const struct steps *steps, struct size *size) {
    for (uint32_t i = 0; i < steps->count; i++) {
        measure_step(&steps->items[i], size);
    }
}

struct compiler {
    struct program *program;
    uint32_t group;
    uint32_t cases_used;
    uint16_t depth; /* of repeats */
};

/* Silent: see struct op. Lean: of a goroutine's state, what every goroutine has is enough. */
enum { SILENT = 1, LEAN = 2 };
static const uint8_t traits[OP_COUNT] = {
    [STEP_MAKE] = LEAN,
    [STEP_PICK] = SILENT | LEAN,
    [STEP_PUT] = SILENT | LEAN,
    [STEP_DROP] = SILENT | LEAN,
    [STEP_SLEEP] = LEAN,
    [STEP_CHANCE] = SILENT | LEAN,
    [STEP_IF] = SILENT,
    [STEP_REPEAT] = SILENT,
    [STEP_POP] = SILENT,
    [STEP_KEY] = SILENT,
    [STEP_RESET] = SILENT | LEAN,
    [STEP_FILL] = LEAN,
    [STEP_GOGC] = LEAN,
    [STEP_GC] = LEAN,
    [STEP_FREE_OS_MEMORY] = LEAN,
    [OP_JUMP] = SILENT | LEAN,
    [OP_REPEAT_END] = SILENT,
    [OP_ROUND] = SILENT | LEAN,
    [OP_FOREVER] = LEAN,
    [OP_BACKGROUND] = LEAN,
    [OP_END] = LEAN,
};

/* At how many channels an operation may wait. */
static uint32_t count_waits(uint32_t code, const struct step *step) {
    return code == STEP_SEND || code == STEP_RECEIVE ? 1
           : code == STEP_SELECT                     ? step->case_count
                                                     : 0;
}

static uint32_t emit(struct compiler *c, uint32_t code, const struct step *step) {
    struct program *p = c->program;
    const bool makes = step != NULL && step->what == WHAT_VARIABLE; /* dropping a map makes one */
    p->ops[p->count] = (struct op){
        .step = step,
        .code = code,
        .silent = (traits[code] & SILENT) != 0 && !makes,
        .group = c->group,
    };
    p->asides[c->group] |= (traits[code] & LEAN) == 0;
    const uint32_t waits = count_waits(code, step);
    p->waits[c->group] = waits > p->waits[c->group] ? waits : p->waits[c->group];
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

static void compile(struct compiler *c, const struct steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        switch (step->kind) {
        case STEP_CHANCE:
        case STEP_IF:
            compile_branches(c, step);
            break;
        case STEP_REPEAT:
        case STEP_RANGE:
            compile_repeat(c, step);
            break;
        case STEP_SELECT:
            compile_select(c, step);
            break;
        case STEP_MAKE:
        case STEP_GET:
        case STEP_PICK:
        case STEP_GIVE:
        case STEP_PUT:
        case STEP_DROP:
        case STEP_SLEEP:
        case STEP_SEND:
        case STEP_RECEIVE:
        case STEP_PUSH:
        case STEP_POP:
        case STEP_EXPIRE:
        case STEP_KEY:
        case STEP_STORE:
        case STEP_LOAD:
        case STEP_APPEND:
        case STEP_DELETE:
        case STEP_SHIFT:
        case STEP_HOLD:
        case STEP_RESET:
        case STEP_FILL:
        case STEP_GOGC:
        case STEP_GC:
        case STEP_FREE_OS_MEMORY:
        case STEP_PRINT:
            emit(c, step->kind, step);
            break;
        case STEP_KIND_COUNT:
            CHECK(false);
        }
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
    struct size size = {0};
    p->main_group = SCENARIO_NONE;
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        measure(&s->goroutines[i].steps, &size);
        measure(&s->goroutines[i].loop, &size);
        if (strcmp(s->goroutines[i].name, "main") == 0) {
            p->main_group = i;
        }
    }
    enum { OPS_PER_GROUP = 4, MORE_OPS = 4 };
    const uint32_t groups = s->goroutine_count;
    p->imports_debug = size.debug;
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
    compiler.group = scenario->goroutine_count + GROUP_BACKGROUND;
    program->background_start = emit(&compiler, OP_BACKGROUND, NULL);
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
