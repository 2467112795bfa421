/*
 * typeinfo.h: which type each block has (reference 5.6).
 *
 * New typed blocks are logged; when the log is full, or a collection starts, their types are noted
 * beside their spans: in the span of a large block, else in an info block that is itself a block of
 * the heap, with a byte or a word for each block of the span. BITS_TYPED says which blocks have a
 * noted type; a block that dies loses it.
 * Noting a type may allocate an info block, which never collects (block.h).
 */
#ifndef ENGINE_MODEL_GO11_TYPEINFO_H
#define ENGINE_MODEL_GO11_TYPEINFO_H

#include "engine/model/go11/heap.h"

/* Notes all logged types. */
void go11_typeinfo_flush(struct memory *m);

/* Logs a new block's type; notes the whole log if it is full now. */
void go11_typeinfo_log(struct memory *m, uintptr_t block, uint32_t key);

/* The same for a block whose type its span already has: that can be noted at once (the caller
 * does), but takes a place in the log. */
static inline void typeinfo_count(struct memory *m) {
    if (++m->type_log_fill == TYPE_LOG_MAX) {
        go11_typeinfo_flush(m);
    }
}

/* The noted key of a block; TYPE_KEY_NONE if there is none. */
uint32_t go11_typeinfo_get(const struct memory *m, struct span *span, uint32_t block);

#endif
