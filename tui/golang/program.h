/*
 * program.h: what the parts of gosource know in common of the program they write.
 *
 * Names of helpers are NULL until something needs them; they are written when all else is.
 */
#ifndef TUI_GOLANG_PROGRAM_H
#define TUI_GOLANG_PROGRAM_H

#include "tui/golang/scope.h"
#include "tui/golang/writer.h"

enum { ELEMENTS_MAX = SCENARIO_TYPES_MAX + 1 };

/* By what they work on: 0 for []byte, else the type's index + 1. */
struct go_helpers {
    const char *queued[ELEMENTS_MAX];     /* type queued struct */
    const char *resize[ELEMENTS_MAX];     /* func resize(c chan T, n int) chan T */
    const char *pool_bytes[ELEMENTS_MAX]; /* func poolBytes(pool []T) int */
    const char *new[ELEMENTS_MAX];        /* func newT() *T */
    const char *tree[ELEMENTS_MAX];       /* func makeTree(depth int) *T */
    const char *list[ELEMENTS_MAX];       /* func makeList(length int) *T */
    const char *hold[ELEMENTS_MAX];       /* func hold(b T, d time.Duration) */
    const char *graph[ELEMENTS_MAX];      /* func makeGraph(length int) *T */
    bool fill[ELEMENTS_MAX], reset[ELEMENTS_MAX];
    const char *text; /* an array strings are cut from */
};

struct go_program {
    struct go_writer w;
    const struct scenario *scenario;
    struct go_helpers helpers;
    uint32_t main_group, print_group;          /* SCENARIO_NONE: no group is, or prints */
    bool counts_makes;                         /* because they are printed */
    const char **channels, **pools, **buffers; /* names; pools and makeBuffers by group */
    bool *channels_used, *pools_used;          /* Go wants no variable that nobody looks at */
    const char **types;
    const char **variables, **caches; /* names of the program's variables, of the types of lrus */
};

/* What a goroutine's statements need to know while they are written. */
struct go_goroutine {
    const struct goroutine_group *group;
    uint32_t index;             /* of the group */
    bool typed;                 /* b is not a []byte */
    bool offset;                /* its slots begin at `offset` */
    bool prints;                /* MemStats, or the numbers about objects */
    bool slept;                 /* counts what it has slept */
    bool ticks;                 /* counts its prints, those it leaves out too */
    bool declared[SCOPE_COUNT]; /* in the blocks around */
    bool may_be_nil;            /* b, somewhere */
    bool nilable;               /* b, where the program is being written */
    bool timeline;              /* to be written behind the next sleep */
};

static inline uint32_t element_of(uint32_t type) {
    return type == SCENARIO_NONE ? 0 : type + 1;
}

/* The name of a variable of main's; from then on it counts as used. */
const char *program_pool(struct go_program *p, uint32_t group);
const char *program_channel(struct go_program *p, uint32_t channel);

/* []byte, or *T. */
struct go_text program_element(const struct go_program *p, uint32_t type);

/* newT() */
struct go_text program_new(struct go_program *p, uint32_t type);

/* What a field of a type is called in Go. */
struct go_text program_field(const struct go_program *p, uint32_t type, uint32_t field);

/* A call that makes what the group makes. */
struct go_text program_make(struct go_program *p, uint32_t group);

/* The name of a helper; from then on it is needed. */
const char *program_queued(struct go_program *p, uint32_t type);
const char *program_hold(struct go_program *p, uint32_t type);
const char *program_resize(struct go_program *p, uint32_t type);
const char *program_pool_bytes(struct go_program *p, uint32_t type);

/* Types first, then makeBuffer() and the like, then helpers. */
void program_types(struct go_program *p);

/* Everything a goroutine does, into the body of a function that is open. */
void program_goroutine(struct go_program *p, struct go_goroutine *g);

/* Statements, in the block that is open. `loop`: what comes behind them and sees what they declare;
 * NULL. */
void program_steps(struct go_program *p, struct go_goroutine *g, const struct steps *steps,
                   const struct steps *loop);

/* Names what the program's variables are called; writes them, and the types of caches. */
void program_name_variables(struct go_program *p);
void program_variables(struct go_program *p);

/* What draws from zipf's distributions and from histograms, as far as something does. */
void program_distributions(struct go_program *p);

/* store, load, append, delete, shift, and drop of a variable. `into`: what b is assigned with. */
void program_variable_step(struct go_program *p, struct go_goroutine *g, const struct step *step,
                           const char *into);

/* The number of entries in a variable. */
struct go_text program_length(const struct go_program *p, uint32_t variable);

/* pool[j], or b. */
struct go_text program_what(struct go_program *p, const struct go_goroutine *g,
                            enum step_what what);

/* Statements of a block of their own, which is open. */
void program_block(struct go_program *p, struct go_goroutine *g, const struct steps *steps);

/* A select. `full`: the list is known to have an entry. */
void program_select(struct go_program *p, struct go_goroutine *g, const struct step *step,
                    bool full);

/* i in main, j elsewhere: the talk's names. */
const char *program_slot_variable(const struct go_goroutine *g);

/* What main has for printing, and the line of the columns' names. */
void program_header(struct go_program *p);

/* ReadMemStats and Printf of these numbers. */
void program_print(struct go_program *p, const struct print_list *list);

/* What the timeline asks for once the sampling goroutine has slept long enough; with `start`, what
 * it asks for before anything runs. `period_ns`: of the only sleep, 0 if there are more. */
void program_timeline(struct go_program *p, bool start, uint64_t period_ns);

/* Whether the timeline needs to count its entries. */
bool program_timeline_counts(const struct go_program *p, uint64_t period_ns);

/* Whether what it makes may be nil: a list or a graph of no objects. */
bool program_makes_nil(const struct goroutine_group *group);

/* The time of the goroutine's only sleep, one per round; 0: it is not as simple as that. */
uint64_t program_period(const struct goroutine_group *group);

#endif
