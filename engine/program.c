#include "engine/program.h"

#include <stdlib.h>
#include <string.h>

/* How much room the operations of some steps take. */
struct size {
    uint32_t ops, cases, cases_max;
    bool debug; /* something of runtime/debug is used */
};

static void measure(const struct steps *steps, struct size *size);

static void measure_step(const struct step *step, struct size *size) {
    size->ops += 2; /* itself and a jump */
    size->debug |= step->kind == STEP_GOGC || step->kind == STEP_FREE_OS_MEMORY;
    measure(&step->then, size);
    measure(&step->otherwise, size);
    size->cases += step->case_count;
    if (step->case_count > size->cases_max) {
        size->cases_max = step->case_count;
    }
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
    [STEP_RESET] = SILENT | LEAN,
    [STEP_FILL] = LEAN,
    [STEP_GOGC] = LEAN,
    [STEP_GC] = LEAN,
    [STEP_FREE_OS_MEMORY] = LEAN,
    [OP_JUMP] = SILENT | LEAN,
    [OP_REPEAT_END] = SILENT,
    [OP_ROUND] = SILENT | LEAN,
    [OP_FOREVER] = LEAN,
    [OP_END] = LEAN,
};

static uint32_t emit(struct compiler *c, uint32_t code, const struct step *step) {
    struct program *p = c->program;
    p->ops[p->count] = (struct op){
        .step = step,
        .code = code,
        .silent = (traits[code] & SILENT) != 0,
        .group = c->group,
    };
    p->asides[c->group] |= (traits[code] & LEAN) == 0;
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

static void compile_repeat(struct compiler *c, const struct step *step) {
    struct program *p = c->program;
    CHECK(c->depth < SCENARIO_NESTING_MAX);
    const uint32_t begin = emit(c, STEP_REPEAT, step);
    p->ops[begin].depth = c->depth++;
    compile(c, &step->then);
    const uint32_t end = emit(c, OP_REPEAT_END, step);
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

/* What is known about the kind of things a group or a channel handles. */
struct kinds {
    const struct scenario *scenario;
    bool *group_known, *channel_known;
    bool changed;
    uint32_t conflict; /* a channel; SCENARIO_NONE */
};

static void meet(struct program *p, struct kinds *k, uint32_t group, uint32_t channel) {
    if (k->group_known[group] && !k->channel_known[channel]) {
        k->channel_known[channel] = true;
        p->channel_types[channel] = p->types[group];
        k->changed = true;
    } else if (!k->group_known[group] && k->channel_known[channel]) {
        k->group_known[group] = true;
        p->types[group] = p->channel_types[channel];
        k->changed = true;
    } else if (p->types[group] != p->channel_types[channel]) {
        k->conflict = channel;
    }
}

static void meet_steps(struct program *p, struct kinds *k, uint32_t group,
                       const struct steps *steps) {
    for (uint32_t i = 0; i < steps->count; i++) {
        const struct step *step = &steps->items[i];
        if (step->kind == STEP_GET || step->kind == STEP_GIVE || step->kind == STEP_SEND ||
            step->kind == STEP_RECEIVE) {
            meet(p, k, group, step->channel);
        }
        meet_steps(p, k, group, &step->then);
        meet_steps(p, k, group, &step->otherwise);
        for (uint32_t j = 0; j < step->case_count; j++) {
            const struct select_case *which = &step->cases[j];
            if (which->kind == CASE_SEND || which->kind == CASE_RECEIVE) {
                meet(p, k, group, which->channel);
            }
            meet_steps(p, k, group, &which->then);
        }
    }
}

/* Spreads from the groups that make things, through channels, to those that do not. */
static void find_kinds(struct program *p, struct kinds *k) {
    const struct scenario *s = k->scenario;
    for (uint32_t i = 0; i < s->goroutine_count; i++) {
        const struct goroutine_group *group = &s->goroutines[i];
        const bool bytes = group->make.kind == MAKE_BYTES;
        k->group_known[i] = group->has_make;
        p->types[i] = group->has_make && !bytes ? group->make.type : SCENARIO_NONE;
    }
    do {
        k->changed = false;
        for (uint32_t i = 0; i < s->goroutine_count; i++) {
            meet_steps(p, k, i, &s->goroutines[i].steps);
            meet_steps(p, k, i, &s->goroutines[i].loop);
        }
    } while (k->changed && k->conflict == SCENARIO_NONE);
}

static bool allocate(struct program *p, const struct scenario *s, struct kinds *k) {
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
    p->cases_max = size.cases_max;
    const uint64_t ops = size.ops + (uint64_t)OPS_PER_GROUP * groups + MORE_OPS;
    if (ops >= PROGRAM_OPS_MAX) {
        return false;
    }
    p->ops = calloc(ops, sizeof *p->ops);
    p->cases = calloc(size.cases + 1, sizeof *p->cases);
    p->asides = calloc(groups + GROUPS_MORE, sizeof *p->asides);
    p->starts = calloc(groups, sizeof *p->starts);
    p->types = calloc(groups, sizeof *p->types);
    p->channel_types = calloc(s->channel_count + 1, sizeof *p->channel_types);
    p->sampler_steps = calloc(1, sizeof *p->sampler_steps);
    k->group_known = calloc(groups, sizeof *k->group_known);
    k->channel_known = calloc(s->channel_count + 1, sizeof *k->channel_known);
    return p->ops != NULL && p->cases != NULL && p->asides != NULL && p->starts != NULL &&
           p->types != NULL && p->channel_types != NULL && p->sampler_steps != NULL &&
           k->group_known != NULL && k->channel_known != NULL;
}

enum result program_open(struct program *program, const struct scenario *scenario,
                         uint32_t *channel) {
    *program = (struct program){0};
    struct kinds kinds = {.scenario = scenario, .conflict = SCENARIO_NONE};
    enum result result = RESULT_NO_MEMORY;
    if (allocate(program, scenario, &kinds)) {
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
        program->background_start = emit(&compiler, OP_FOREVER, NULL);
        for (uint32_t i = 0; i < scenario->timeline_count; i++) {
            const enum timeline_kind kind = scenario->timeline[i].kind;
            program->imports_debug |= kind == TIMELINE_GOGC || kind == TIMELINE_FREE_OS_MEMORY;
        }
        for (uint32_t i = 0; i < scenario->channel_count; i++) {
            program->channel_types[i] = SCENARIO_NONE;
        }
        find_kinds(program, &kinds);
        result = kinds.conflict == SCENARIO_NONE ? RESULT_OK : RESULT_BAD_INPUT;
    }
    *channel = kinds.conflict;
    free(kinds.group_known);
    free(kinds.channel_known);
    if (result != RESULT_OK) {
        program_close(program);
    }
    return result;
}

void program_close(struct program *program) {
    free(program->ops);
    free(program->cases);
    free(program->asides);
    free(program->starts);
    free(program->types);
    free(program->channel_types);
    free(program->sampler_steps);
    *program = (struct program){0};
}
