/* What is in the blocks of Go's own types: lists, maps, timers, captured variables. */
#include "engine/inspect/path_names.h"

bool path_go_field(const struct workload *w, uint32_t key, uint32_t index, struct go_field *out) {
    const struct {
        uint32_t type;
        struct go_field field;
    } fields[] = {
        {w->heap.go.map, {".count", "int", 0, VALUE_NUMBER}},
        {w->heap.go.map, {".buckets", "*bucket", 3, VALUE_POINTER}},
        {w->heap.go.map, {".oldbuckets", "*bucket", 4, VALUE_POINTER}},
        {w->heap.go.map, {".nevacuate", "int", 5, VALUE_NUMBER}},
        {w->heap.go.element, {".next", "*list.Element", 0, VALUE_POINTER}},
        {w->heap.go.element, {".prev", "*list.Element", 1, VALUE_POINTER}},
        {w->heap.go.element, {".list", "*list.List", 2, VALUE_POINTER}},
        {w->heap.go.element, {".Value", "interface{}", 4, VALUE_POINTER}},
        {w->heap.go.list, {".root.next", "*list.Element", 0, VALUE_POINTER}},
        {w->heap.go.list, {".root.prev", "*list.Element", 1, VALUE_POINTER}},
        {w->heap.go.list, {".len", "int", 5, VALUE_NUMBER}},
        {w->heap.go.lru, {".entries", "map", 0, VALUE_POINTER}},
        {w->heap.go.lru, {".order.root.next", "*list.Element", 1, VALUE_POINTER}},
        {w->heap.go.lru, {".order.root.prev", "*list.Element", 2, VALUE_POINTER}},
        {w->heap.go.lru, {".order.len", "int", 6, VALUE_NUMBER}},
        {w->heap.go.slice_item, {".key", "int", 0, VALUE_NUMBER}},
        {w->heap.go.slice_item, {".value", "[]byte", 1, VALUE_SLICE}},
        {w->heap.go.pointer_item, {".key", "int", 0, VALUE_NUMBER}},
        {w->heap.go.pointer_item, {".value", "pointer", 1, VALUE_POINTER}},
        {w->heap.go.boxed_slice, {".when", "time.Time", 0, VALUE_NUMBER}},
        {w->heap.go.boxed_slice, {".slice", "[]byte", 3, VALUE_SLICE}},
        {w->heap.go.boxed_pointer, {".when", "time.Time", 0, VALUE_NUMBER}},
        {w->heap.go.boxed_pointer, {".object", "pointer", 3, VALUE_POINTER}},
        {w->heap.go.timer, {".C", "chan", 0, VALUE_POINTER}},
        {w->heap.go.timer, {".arg", "interface{}", 6, VALUE_POINTER}},
        {w->heap.go.slice, {", captured", "[]byte", 0, VALUE_SLICE}},
        {w->heap.go.pointer, {", captured", "pointer", 0, VALUE_POINTER}},
    };
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (key == type_key(fields[i].type, KIND_ONE) && index-- == 0) {
            *out = fields[i].field;
            return true;
        }
    }
    return false;
}
