/*
 * cost.h: what work costs on the virtual clock.
 *
 * Figures are picoseconds, measured on the real Go 1.1.2 (the source is named at each in cost.c).
 * They order events and make up pause times. Heap statistics depend on them in no other way.
 */
#ifndef ENGINE_MODEL_GO11_COST_H
#define ENGINE_MODEL_GO11_COST_H

#include "engine/model/go11/heap.h"

struct cost {
    uint64_t alloc_ps;        /* any allocation */
    uint64_t zero_byte_ps;    /* clearing recycled memory */
    uint64_t gc_stop_ps;      /* stopping and starting the world, fixed work of a collection */
    uint64_t mark_block_ps;   /* a block reached */
    uint64_t mark_byte_ps;    /* a byte of it looked at for pointers */
    uint64_t sweep_span_ps;   /* a span looked at */
    uint64_t sweep_block_ps;  /* a dead small block taken back */
    uint64_t sweep_large_ps;  /* a dead large block: its span goes back to the page heap */
    uint64_t release_span_ps; /* madvise of a span */
    uint64_t release_page_ps; /* ... and for each page */
};

extern const struct cost go11_cost;

static inline uint64_t cost_ns(uint64_t ps) {
    return ps / 1000;
}

/* Work of `ps` picoseconds has been done. */
static inline void cost_spend(struct memory *m, uint64_t ps) {
    m->clock->now_ns += cost_ns(ps);
}

#endif
