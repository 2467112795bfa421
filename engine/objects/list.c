#include "engine/objects/list.h"

#include "engine/objects/object.h"

/* struct Element { next, prev *Element; list *List; Value interface{} } */
enum { E_NEXT, E_PREV, E_LIST, E_VALUE_TYPE, E_VALUE, E_WORDS };

/* struct List { root Element; len int }: root.next is the front, root.prev the back. */
enum { L_LENGTH = E_WORDS, L_WORDS };
_Static_assert((int)L_WORDS == (int)LIST_WORDS, "a list.List has so many words");

/* struct queued { when time.Time; what []byte or *T }; time.Time is three words. */
enum { Q_WHEN, Q_WHAT = 3 };

void list_init(uintptr_t list) {
    heap_words(list)[E_NEXT] = list;
    heap_words(list)[E_PREV] = list;
}

uintptr_t list_make(struct heap *heap) {
    const uintptr_t list =
        heap_alloc(heap, L_WORDS * WORD_BYTES, 0, type_key(heap->go[GO_LIST], KIND_ONE));
    if (list != 0) {
        list_init(list);
    }
    return list;
}

uint64_t list_length(uintptr_t list) {
    return heap_words(list)[L_LENGTH];
}

static void insert_front(uintptr_t list, uintptr_t element) {
    uint64_t *words = heap_words(element);
    const uint64_t front = heap_words(list)[E_NEXT];
    words[E_NEXT] = front;
    words[E_PREV] = list;
    words[E_LIST] = list;
    heap_words(list)[E_NEXT] = element;
    heap_words(front)[E_PREV] = element;
    heap_words(list)[L_LENGTH]++;
}

uintptr_t list_push_value(struct heap *heap, uintptr_t list, uintptr_t value) {
    heap_hold(heap, value);
    const uintptr_t element =
        heap_alloc(heap, E_WORDS * WORD_BYTES, 0, type_key(heap->go[GO_ELEMENT], KIND_ONE));
    heap_let_go(heap);
    if (element != 0) {
        heap_words(element)[E_VALUE] = value;
        insert_front(list, element);
    }
    return element;
}

uintptr_t list_value(uintptr_t element) {
    return heap_words(element)[E_VALUE];
}

uintptr_t list_back(uintptr_t list) {
    return heap_words(list)[E_PREV];
}

void list_push(struct heap *heap, uintptr_t list, struct value value, uint32_t type,
               uint64_t now_ns) {
    const uint32_t boxed =
        type == SCENARIO_NONE ? heap->go[GO_BOXED_SLICE] : heap->go[GO_BOXED_POINTER];
    const uint64_t bytes = Q_WHAT * WORD_BYTES + element_bytes(type);
    heap_hold(heap, value.address);
    const uintptr_t queued = heap_alloc(heap, bytes, 0, type_key(boxed, KIND_ONE));
    if (queued != 0) {
        heap_words(queued)[Q_WHEN] = now_ns;
        object_store(queued + Q_WHAT * WORD_BYTES, type, value);
        (void)list_push_value(heap, list, queued); /* the memory knows if it has run out */
    }
    heap_let_go(heap);
}

struct value list_front(const struct heap *heap, uintptr_t list, uint32_t type) {
    if (list_length(list) == 0) {
        return (struct value){0};
    }
    const uintptr_t element = heap_words(list)[E_NEXT];
    const uintptr_t queued = heap_words(element)[E_VALUE];
    return object_load(heap, queued + Q_WHAT * WORD_BYTES, type);
}

void list_remove(uintptr_t list, uintptr_t element) {
    uint64_t *words = heap_words(element);
    heap_words(words[E_PREV])[E_NEXT] = words[E_NEXT];
    heap_words(words[E_NEXT])[E_PREV] = words[E_PREV];
    words[E_NEXT] = words[E_PREV] = words[E_LIST] = 0;
    heap_words(list)[L_LENGTH]--;
}

void list_move_to_front(uintptr_t list, uintptr_t element) {
    if (heap_words(list)[E_NEXT] != element) {
        list_remove(list, element);
        insert_front(list, element);
    }
}

void list_pop(uintptr_t list, bool back) {
    if (list_length(list) > 0) {
        list_remove(list, heap_words(list)[back ? E_PREV : E_NEXT]);
    }
}

uint64_t list_expire(const struct heap *heap, uintptr_t list, uint64_t age_ns, uint64_t now_ns) {
    uint64_t removed = 0;
    uintptr_t element = heap_words(list)[E_NEXT];
    for (uint64_t turn = 0; element != list && heap_goes_on(heap, turn); turn++) {
        const uintptr_t next = heap_words(element)[E_NEXT];
        const uint64_t when = heap_words(heap_words(element)[E_VALUE])[Q_WHEN];
        if (now_ns - when > age_ns) {
            list_remove(list, element);
            heap_words(element)[E_VALUE] = 0;
            removed++;
        }
        element = next;
    }
    return removed;
}
