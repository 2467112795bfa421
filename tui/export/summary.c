#include "tui/export/summary.h"

#include "engine/base/escape.h"

#include <inttypes.h>
#include <string.h>

/* The statistics that tell most, in the order of MemStats. */
static bool is_shown(const char *field) {
    static const char *const shown[] = {"heap_alloc",    "heap_sys", "heap_idle", "heap_inuse",
                                        "heap_released", "next_gc",  "num_gc",    "pause_total_ns",
                                        "mallocs",       "frees",    "sys"};
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        if (strcmp(shown[i], field) == 0) {
            return true;
        }
    }
    return false;
}

static void print_row(FILE *out, const char *name, uint64_t value, enum unit unit) {
    static const uint64_t kilo = 1000, mega = 1000000;
    if (unit == UNIT_BYTES) {
        /* Tenths of a megabyte, rounded. */
        uint64_t tenths = (value + mega / 20) / (mega / 10);
        fprintf(out, "  %-14s %10" PRIu64 ".%" PRIu64 " MB\n", name, tenths / 10, tenths % 10);
    } else if (unit == UNIT_NS) {
        uint64_t micros = (value + kilo / 2) / kilo;
        fprintf(out, "  %-14s %8" PRIu64 ".%03" PRIu64 " ms\n", name, micros / kilo, micros % kilo);
    } else {
        fprintf(out, "  %-14s %12" PRIu64 "\n", name, value);
    }
}

void summary_print(FILE *out, const struct scenario *scenario, const struct snapshot *s) {
    escape_write(out, scenario->title);
    fputc('\n', out);
    fprintf(out, "after %" PRIu64 ".%03" PRIu64 " s, %s, GOGC=", s->now_ns / NS_PER_SECOND,
            s->now_ns / NS_PER_MS % 1000, scenario->model);
    if (s->gogc < 0) {
        fputs("off\n\n", out);
    } else {
        fprintf(out, "%" PRId32 "\n\n", s->gogc);
    }
    for (uint32_t i = 0; i < MEMSTATS_COUNT; i++) {
        const struct memstats_entry *entry = &memstats_entries[i];
        if (is_shown(entry->field)) {
            print_row(out, entry->name, memstats_value(&s->stats, entry), entry->unit);
        }
    }
    fputc('\n', out);
#define X(field, unit, text) print_row(out, #field, s->counts.field, unit);
    PROGRAM_COUNTS(X)
#undef X
    if (s->memory == MEMORY_REAL && s->rss_bytes > 0) { /* 0: the kernel did not say */
        print_row(out, "rss", s->rss_bytes, UNIT_BYTES);
    }
}
