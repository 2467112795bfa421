/*
 * span.h: span structures and the lists they are on (reference 2.4, 4.1).
 *
 * Structures come from a table in the order of Go's `allspans`; one given back is the first to be
 * used again. All insertions into lists are at the head.
 */
#ifndef ENGINE_MODEL_GO11_SPAN_H
#define ENGINE_MODEL_GO11_SPAN_H

#include "engine/model/go11/heap.h"

/* A structure in state SPAN_UNUSED, on no list, with nothing released and its memory known to be
 * zero. The caller sets all other members, and makes sure that the table has room. */
struct span *go11_span_take(struct memory *m);

/* Gives a structure back; it is on no list. */
void go11_span_give(struct memory *m, struct span *span);

void go11_span_insert(struct memory *m, struct span *span, uint32_t list);
void go11_span_unlink(struct memory *m, struct span *span);

/* Takes the first `count` > 0 blocks off the span's list of free blocks, as runs; returns how many
 * runs. The list must have that many blocks, and `runs` that much room. */
uint32_t go11_span_pop(struct memory *m, struct span *span, uint32_t count, struct block_run *runs);

/* Puts a block at the front of the span's list of free blocks. */
void go11_span_push(struct memory *m, struct span *span, uint32_t block);

/* Puts `count` blocks in front of that list, in ascending order. Each is a bit in `dead`. */
void go11_span_push_swept(struct memory *m, struct span *span, const uint64_t *dead,
                          uint32_t count);

#endif
