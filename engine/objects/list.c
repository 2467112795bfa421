#include "engine/objects/list.h"

#include "engine/objects/object.h"

/* struct Element { next, prev *Element; list *List; Value interface{} } */
enum { E_NEXT, E_PREV, E_LIST, E_VALUE_TYPE, E_VALUE, E_WORDS };

/* struct List { root Element; len int }: the root's next is the front, its prev the back. */
enum { L_LENGTH = E_WORDS, L_WORDS };
_Static_assert((int)L_WORDS == (int)LIST_WORDS, "a list.List has so many words");

/* struct queued { when time.Time; what []byte or *T }; time.Time is three words. */
enum { Q_WHEN, Q_WHAT = 3 };

void list_init(uintptr_t list) {
    workload_words(list)[E_NEXT] = list;
    workload_words(list)[E_PREV] = list;
}

uintptr_t list_make(struct workload *w) {
    const uintptr_t list =
        w->model->alloc(w->memory, L_WORDS * WORD_BYTES, 0, type_key(w->list_type, KIND_ONE));
    if (list != 0) {
        list_init(list);
    }
    return list;
}

uint64_t list_length(uintptr_t list) {
    return workload_words(list)[L_LENGTH];
}

static void insert_front(uintptr_t list, uintptr_t element) {
    uint64_t *words = workload_words(element);
    const uint64_t front = workload_words(list)[E_NEXT];
    words[E_NEXT] = front;
    words[E_PREV] = list;
    words[E_LIST] = list;
    workload_words(list)[E_NEXT] = element;
    workload_words(front)[E_PREV] = element;
    workload_words(list)[L_LENGTH]++;
}

uintptr_t list_push_value(struct workload *w, uintptr_t list, uintptr_t value) {
    workload_hold(w, value);
    const uintptr_t element =
        w->model->alloc(w->memory, E_WORDS * WORD_BYTES, 0, type_key(w->element_type, KIND_ONE));
    workload_let_go(w);
    if (element != 0) {
        workload_words(element)[E_VALUE] = value;
        insert_front(list, element);
    }
    return element;
}

uintptr_t list_value(uintptr_t element) {
    return workload_words(element)[E_VALUE];
}

uintptr_t list_back(uintptr_t list) {
    return workload_words(list)[E_PREV];
}

void list_push(struct workload *w, uintptr_t list, struct value value, uint32_t type) {
    const uint32_t boxed = type == SCENARIO_NONE ? w->boxed_slice_type : w->boxed_pointer_type;
    const uint64_t bytes = Q_WHAT * WORD_BYTES + element_bytes(type);
    workload_hold(w, value.address);
    const uintptr_t queued = w->model->alloc(w->memory, bytes, 0, type_key(boxed, KIND_ONE));
    if (queued != 0) {
        workload_words(queued)[Q_WHEN] = w->clock.now_ns;
        object_store(queued + Q_WHAT * WORD_BYTES, type, value);
        (void)list_push_value(w, list, queued);
    }
    workload_let_go(w);
}

struct value list_front(const struct workload *w, uintptr_t list, uint32_t type) {
    if (list_length(list) == 0) {
        return (struct value){0};
    }
    const uintptr_t element = workload_words(list)[E_NEXT];
    const uintptr_t queued = workload_words(element)[E_VALUE];
    return object_load(w, queued + Q_WHAT * WORD_BYTES, type);
}

void list_remove(uintptr_t list, uintptr_t element) {
    uint64_t *words = workload_words(element);
    workload_words(words[E_PREV])[E_NEXT] = words[E_NEXT];
    workload_words(words[E_NEXT])[E_PREV] = words[E_PREV];
    words[E_NEXT] = words[E_PREV] = words[E_LIST] = 0;
    workload_words(list)[L_LENGTH]--;
}

void list_move_to_front(uintptr_t list, uintptr_t element) {
    if (workload_words(list)[E_NEXT] != element) {
        list_remove(list, element);
        insert_front(list, element);
    }
}

void list_pop(uintptr_t list, bool back) {
    if (list_length(list) > 0) {
        list_remove(list, workload_words(list)[back ? E_PREV : E_NEXT]);
    }
}

uint64_t list_expire(const struct workload *w, uintptr_t list, uint64_t age_ns) {
    uint64_t removed = 0;
    uintptr_t element = workload_words(list)[E_NEXT];
    while (element != list) {
        const uintptr_t next = workload_words(element)[E_NEXT];
        const uint64_t when = workload_words(workload_words(element)[E_VALUE])[Q_WHEN];
        if (w->clock.now_ns - when > age_ns) {
            list_remove(list, element);
            workload_words(element)[E_VALUE] = 0;
            removed++;
        }
        element = next;
    }
    return removed;
}
