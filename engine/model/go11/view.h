/*
 * view.h: pictures of the heap: cells of pages, single spans, what is alive.
 */
#ifndef ENGINE_MODEL_GO11_VIEW_H
#define ENGINE_MODEL_GO11_VIEW_H

#include "engine/model/go11/heap.h"

/* Marks without collecting; the garbage figures below are those of the last call. */
void go11_view_oracle(struct memory *m);

void go11_view_heap_map(struct memory *m, uint32_t page_first, uint32_t pages_per_cell,
                        uint32_t count, struct map_cell *cells);
bool go11_view_span_at(struct memory *m, uint32_t page, struct span_view *out);
/* What the runtime itself holds: the roots that mark.c has beside the program's. */
void go11_view_runtime_roots(const struct memory *m, void (*found)(void *context, uintptr_t root),
                             void *context);

/* Where an address of the real runtime's heap is here; 0: beyond this heap. */
uintptr_t go11_view_real_address(const struct memory *m, uint64_t address);

/* The block around an address; false: there is none. */
bool go11_view_block_at(struct memory *m, uintptr_t address, struct block_view *out);

uint32_t go11_view_span_blocks(struct memory *m, uint32_t page, uint32_t count, uint8_t *states);
void go11_view_size_classes(struct memory *m, struct class_view *out);

#endif
