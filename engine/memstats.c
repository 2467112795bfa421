#include "engine/memstats.h"

#include <string.h>

const struct memstats_entry memstats_entries[MEMSTATS_COUNT] = {
#define X(field, name, unit, text)                                                                 \
    [MEMSTATS_##field] = {#field, name, text, offsetof(struct memstats, field), unit},
    MEMSTATS(X)
#undef X
};

uint64_t memstats_value(const struct memstats *stats, const struct memstats_entry *entry) {
    uint64_t value;
    memcpy(&value, (const char *)stats + entry->offset, sizeof value);
    return value;
}
