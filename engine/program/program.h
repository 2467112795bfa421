/*
 * program.h: a scenario's steps as a flat list of operations.
 *
 * Nested steps become jumps, so that a goroutine's place is one number.
 */
#ifndef ENGINE_PROGRAM_PROGRAM_H
#define ENGINE_PROGRAM_PROGRAM_H

#include "engine/base.h"
#include "engine/scenario.h"

/* Operations beside the steps themselves (numbered from STEP_KIND_COUNT on). */
enum {
    OP_JUMP = STEP_KIND_COUNT, /* go on at `target` */
    OP_REPEAT_END,             /* once more from `target`, unless done */
    OP_RANGE_END,              /* the same of a range */
    OP_ROUND,                  /* a round of the loop begins */
    OP_SAMPLE,                 /* main's own reading of MemStats, where no step does it */
    OP_LIST,                   /* q := new(list.List) */
    OP_FOREVER,                /* select {} */
    OP_WORKER,                 /* a round of one of the runtime's workers */
    OP_END,                    /* the goroutine is done */
    OP_COUNT
};

struct goroutine;
struct op;
struct workload;

/* Carries an operation out; the one that the goroutine stands at then. */
typedef const struct op *op_fn(struct workload *w, struct goroutine *g, const struct op *op);

struct op {
    op_fn *run;              /* what it does; filled in by step_link() */
    const struct step *step; /* NULL for operations no step stands for */
    uint32_t code;           /* enum step_kind or OP_ */
    uint32_t target;         /* where to jump; for CHANCE and IF: to the else branch */
    uint16_t depth;          /* REPEAT, RANGE and their ends: which counter */
    bool silent;             /* it neither allocates nor blocks nor leaves a record */
    uint32_t group;        /* whose it is; the number of groups: the sampler's, or an idle main's */
    const uint32_t *cases; /* SELECT: where each case goes on; owned by the program */
};

/* Groups of one goroutine that no scenario names; added to the number of the scenario's groups. */
enum program_group { GROUP_SAMPLER, GROUP_WORKERS, GROUPS_MORE };

enum { PROGRAM_OPS_MAX = 1 << 24 };

struct program {
    struct op *ops;
    uint32_t count;
    uint32_t *starts;           /* by group: its first operation */
    bool *asides;               /* by group: it needs struct aside */
    uint32_t *waits;            /* by group: at how many channels one may wait at a time */
    uint32_t *cases;            /* storage for op.cases */
    struct step *sampler_steps; /* of a goroutine that does nothing but sample */
    /* Its first operation if no step prints; else that of a main that has no group and waits. */
    uint32_t sampler_start;
    uint32_t worker_start; /* where the runtime's workers stand */
    bool has_sampler;      /* no step prints */
    uint32_t main_group;   /* index; SCENARIO_NONE: main only samples */
    bool imports_debug;
};

/* Compiles; RESULT_NO_MEMORY. The scenario must outlive the program. */
MUST_USE enum result program_open(struct program *program, const struct scenario *scenario);
void program_close(struct program *program);

#endif
