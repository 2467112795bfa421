/*
 * program.h: what the parts of gosource know in common of the program they write.
 *
 * Names of helpers are NULL until something needs them; they are written when all else is.
 */
#ifndef TUI_GOLANG_PROGRAM_H
#define TUI_GOLANG_PROGRAM_H

#include "engine/scenario.h"
#include "tui/golang/writer.h"

/* What each goroutine has: b, the number of the slot, k. */
enum go_variable { SCOPE_B, SCOPE_SLOT, SCOPE_KEY, SCOPE_COUNT };

enum { ELEMENTS_MAX = SCENARIO_TYPES_MAX + 1 };

/* Names of helper functions and types, one for each kind of element: [0] for []byte, [i + 1] for
 * type i. */
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

#endif
