/*
 * list.h: Go's container/list, and a queue of buffers in it, each with the time it was pushed.
 */
#ifndef ENGINE_OBJECTS_LIST_H
#define ENGINE_OBJECTS_LIST_H

#include "engine/objects/heap.h"

enum { LIST_WORDS = 6 }; /* size of a list.List */

/* Makes an empty list.List at `list`; its words must be 0. */
void list_init(uintptr_t list);

/* new(list.List); 0 when memory has run out. */
uintptr_t list_make(struct heap *heap);

uint64_t list_length(uintptr_t list);

/* list.PushFront(queued{time.Now(), value}). A root must keep the list. */
void list_push(struct heap *heap, uintptr_t list, struct value value, uint32_t type,
               uint64_t now_ns);

/* The queued value at the front; nil if the list is empty. */
struct value list_front(const struct heap *heap, uintptr_t list, uint32_t type);

/* list.Remove(list.Front()), or of list.Back(). Does nothing if the list is empty. */
void list_pop(uintptr_t list, bool back);

/* list.PushFront(v), where v points to the block `value`. Holds the block meanwhile. Returns the
 * new element; 0 when memory has run out. */
uintptr_t list_push_value(struct heap *heap, uintptr_t list, uintptr_t value);

/* The block that an element's value points to. */
uintptr_t list_value(uintptr_t element);

/* The last element; the list must not be empty. */
uintptr_t list_back(uintptr_t list);

void list_move_to_front(uintptr_t list, uintptr_t element);
void list_remove(uintptr_t list, uintptr_t element);

/* Removes the values pushed more than `age_ns` ago. Returns how many it removed. */
uint64_t list_expire(const struct heap *heap, uintptr_t list, uint64_t age_ns, uint64_t now_ns);

#endif
