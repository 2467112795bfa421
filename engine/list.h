/*
 * list.h: container/list of queued buffers: list.List, its elements, the time each came.
 *
 * Layer: engine.
 */
#ifndef ENGINE_LIST_H
#define ENGINE_LIST_H

#include "engine/workload.h"

/* new(list.List); 0 when memory has run out. */
uintptr_t list_make(struct workload *w);

uint64_t list_length(uintptr_t list);

/* list.PushFront(queued{time.Now(), value}) */
void list_push(struct workload *w, uintptr_t list, struct value value, uint32_t type);

/* The value at the front; nil if the list is empty. */
struct value list_front(const struct workload *w, uintptr_t list, uint32_t type);

/* list.Remove(list.Front()), if there is one. */
void list_pop(uintptr_t list);

/* Removes the entries that came more than `age_ns` ago; how many. */
uint64_t list_expire(const struct workload *w, uintptr_t list, uint64_t age_ns);

#endif
