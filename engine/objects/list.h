/*
 * list.h: container/list of queued buffers: list.List, its elements, the time each came.
 */
#ifndef ENGINE_OBJECTS_LIST_H
#define ENGINE_OBJECTS_LIST_H

#include "engine/objects/heap.h"

enum { LIST_WORDS = 6 }; /* of a list.List */

/* An empty list in words that are all 0. */
void list_init(uintptr_t list);

/* new(list.List); 0 when memory has run out. */
uintptr_t list_make(struct heap *heap);

uint64_t list_length(uintptr_t list);

/* list.PushFront(queued{time.Now(), value}) */
void list_push(struct heap *heap, uintptr_t list, struct value value, uint32_t type,
               uint64_t now_ns);

/* The value at the front; nil if the list is empty. */
struct value list_front(const struct heap *heap, uintptr_t list, uint32_t type);

/* list.Remove(list.Front()), if there is one; or of the back. */
void list_pop(uintptr_t list, bool back);

/* list.PushFront(v), for a v that is a pointer to the block `value`, which is held meanwhile: the
 * element; 0 when memory has run out. What an element holds; the last one. */
uintptr_t list_push_value(struct heap *heap, uintptr_t list, uintptr_t value);
uintptr_t list_value(uintptr_t element);
uintptr_t list_back(uintptr_t list);

void list_move_to_front(uintptr_t list, uintptr_t element);
void list_remove(uintptr_t list, uintptr_t element);

/* Removes the entries that came more than `age_ns` ago; how many. */
uint64_t list_expire(const struct heap *heap, uintptr_t list, uint64_t age_ns, uint64_t now_ns);

#endif
