/* What is in the blocks of Go's own types: lists, maps, timers, captured variables. */
#include "engine/inspect/path_names.h"

bool path_go_field(const struct workload *w, uint32_t key, uint32_t index, struct go_field *out) {
    const struct go_layout *layouts = w->heap.library->layouts;
    if (index >= GO_FIELDS_MAX) {
        return false;
    }
    for (uint32_t i = 0; i < GO_TYPE_COUNT; i++) {
        if (key == type_key(w->heap.go[i], KIND_ONE)) {
            *out = layouts[i].fields[index];
            return out->name != NULL;
        }
    }
    return false;
}
