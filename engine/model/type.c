#include "engine/model/type.h"

uint32_t type_add(struct type_table *table, const char *name, uint32_t bytes, uint64_t pointers) {
    CHECK(bytes % WORD_BYTES == 0);
    CHECK(bytes / WORD_BYTES <= TYPE_WORDS_MAX);
    if (table->count == 0) {
        table->count = 1; /* index 0 is no type */
    }
    CHECK(table->count < TYPES_MAX);
    table->types[table->count] = (struct type){name, bytes, pointers};
    return table->count++;
}
