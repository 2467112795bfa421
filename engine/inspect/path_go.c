/* What is in the blocks of Go's own types: lists, maps, timers, captured variables. */
#include "engine/inspect/path_names.h"

bool path_go_field(const struct workload *w, uint32_t key, uint32_t index, struct go_field *out) {
    const struct {
        uint32_t type;
        struct go_field field;
    } fields[] = {
        {w->map_type, {".count", "int", 0, VALUE_NUMBER}},
        {w->map_type, {".buckets", "*bucket", 3, VALUE_POINTER}},
        {w->map_type, {".oldbuckets", "*bucket", 4, VALUE_POINTER}},
        {w->map_type, {".nevacuate", "int", 5, VALUE_NUMBER}},
        {w->element_type, {".next", "*list.Element", 0, VALUE_POINTER}},
        {w->element_type, {".prev", "*list.Element", 1, VALUE_POINTER}},
        {w->element_type, {".list", "*list.List", 2, VALUE_POINTER}},
        {w->element_type, {".Value", "interface{}", 4, VALUE_POINTER}},
        {w->list_type, {".root.next", "*list.Element", 0, VALUE_POINTER}},
        {w->list_type, {".root.prev", "*list.Element", 1, VALUE_POINTER}},
        {w->list_type, {".len", "int", 5, VALUE_NUMBER}},
        {w->lru_type, {".entries", "map", 0, VALUE_POINTER}},
        {w->lru_type, {".order.root.next", "*list.Element", 1, VALUE_POINTER}},
        {w->lru_type, {".order.root.prev", "*list.Element", 2, VALUE_POINTER}},
        {w->lru_type, {".order.len", "int", 6, VALUE_NUMBER}},
        {w->slice_item_type, {".key", "int", 0, VALUE_NUMBER}},
        {w->slice_item_type, {".value", "[]byte", 1, VALUE_SLICE}},
        {w->pointer_item_type, {".key", "int", 0, VALUE_NUMBER}},
        {w->pointer_item_type, {".value", "pointer", 1, VALUE_POINTER}},
        {w->boxed_slice_type, {".when", "time.Time", 0, VALUE_NUMBER}},
        {w->boxed_slice_type, {".slice", "[]byte", 3, VALUE_SLICE}},
        {w->boxed_pointer_type, {".when", "time.Time", 0, VALUE_NUMBER}},
        {w->boxed_pointer_type, {".object", "pointer", 3, VALUE_POINTER}},
        {w->timer_type, {".C", "chan", 0, VALUE_POINTER}},
        {w->timer_type, {".arg", "interface{}", 6, VALUE_POINTER}},
        {w->slice_type, {", captured", "[]byte", 0, VALUE_SLICE}},
        {w->pointer_type, {", captured", "pointer", 0, VALUE_POINTER}},
    };
    for (size_t i = 0; i < COUNT_OF(fields); i++) {
        if (key == type_key(fields[i].type, KIND_ONE) && index-- == 0) {
            *out = fields[i].field;
            return true;
        }
    }
    return false;
}
