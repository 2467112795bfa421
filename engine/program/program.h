/*
 * program.h: a scenario's steps as a flat list of operations.
 *
 * Nested steps become jumps, so a goroutine's position is one number.
 */
#ifndef ENGINE_PROGRAM_PROGRAM_H
#define ENGINE_PROGRAM_PROGRAM_H

#include "engine/base.h"
#include "engine/scenario.h"

/* Operations beside the steps themselves (numbered from STEP_KIND_COUNT on). */
enum {
    OP_JUMP = STEP_KIND_COUNT, /* go on at `target` */
    OP_REPEAT_END,             /* once more from `target`, unless done */
    OP_RANGE_END,              /* the same for a range */
    OP_ROUND,                  /* a round of the loop begins */
    OP_SAMPLE,                 /* the sampler reads MemStats and prints them */
    OP_LIST,                   /* q := new(list.List) */
    OP_FOREVER,                /* select {} */
    OP_WORKER,                 /* a round of one of the runtime's workers */
    OP_END,                    /* the goroutine ends */
    OP_COUNT
};

struct goroutine;
struct op;
struct workload;

/* Runs one operation of a goroutine. Returns the operation that comes next. */
typedef const struct op *op_fn(struct workload *w, struct goroutine *g, const struct op *op);

struct op {
    op_fn *run;              /* set by step_link() */
    const struct step *step; /* NULL: it comes from no step */
    uint32_t code;           /* enum step_kind or OP_ */
    uint32_t target;         /* index of the operation to jump to; CHANCE, IF: the else branch */
    uint16_t depth;          /* REPEAT, RANGE and their ends: which counter */
    bool silent;             /* it neither allocates nor blocks nor leaves a record */
    uint32_t group;          /* of its goroutines: the scenario's, or as enum program_group says */
    const uint32_t *cases;   /* SELECT: where each case goes on; owned by the program */
};

/* Groups that no scenario names. Their numbers follow those of the scenario's groups. SAMPLER: the
 * sampler, or a main that only waits. WORKERS: the goroutines of the release's runtime. */
enum program_group { GROUP_SAMPLER, GROUP_WORKERS, GROUPS_MORE };

enum { PROGRAM_OPS_MAX = 1 << 24 };

struct program {
    struct op *ops;
    uint32_t count;
    uint32_t *starts;           /* by group: its first operation */
    bool *asides;               /* by group: it needs struct aside */
    uint32_t *waits;            /* by group: the most channels a goroutine waits at at a time */
    uint32_t *cases;            /* storage for op.cases */
    struct step *sampler_steps; /* of the goroutine that only samples */
    /* The sampler's first operation if no step prints; otherwise that of a main that has no group
     * and only waits. */
    uint32_t sampler_start;
    uint32_t worker_start; /* the only operation of the runtime's workers */
    bool has_sampler;      /* no step prints */
    uint32_t main_group;   /* index; SCENARIO_NONE: main only samples or waits */
    bool imports_debug;    /* the Go program imports runtime/debug */
};

/* Compiles a scenario, which must outlive the program. To be ended with program_close().
 * RESULT_NO_MEMORY, also for more than PROGRAM_OPS_MAX operations: nothing is left to free. */
MUST_USE enum result program_open(struct program *program, const struct scenario *scenario);
void program_close(struct program *program);

#endif
