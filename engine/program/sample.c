#include "engine/program/sample.h"

void sample_counts(const struct workload *w, struct program_counts *out) {
    *out = w->counts;
    for (uint32_t i = 0; i < w->scenario->goroutine_count; i++) {
        out->pool_bytes += w->pools[i].bytes;
    }
}

/* Prints one line. What fmt.Printf allocates depends on the numbers, so the release gets them. */
static void print_sample(struct workload *w, const struct sample *s, uint64_t ticks,
                         const struct print_list *print) {
    const uint64_t columns[] = {
#define X(name, value) value,
        PRINT_COLUMNS(X)
#undef X
    };
    uint64_t line[PRINT_NUMBERS_MAX];
    for (uint32_t i = 0; i < print->count; i++) {
        line[i] = print->numbers[i] == PRINT_TICK ? ticks : columns[print->numbers[i]];
    }
    w->heap.library->print(w->heap.memory, line, print->count);
}

void sample_take(struct workload *w, const struct aside *aside, const struct print_list *print) {
    struct sample *sample = records_new_sample(w->records);
    if (sample == NULL) {
        return;
    }
    sample->at_ns = w->clock.now_ns;
    sample->slept_ns = aside->slept_ns;
    sample->rss_bytes = 0;
    w->heap.ops->read_stats(w->heap.memory, &sample->stats);
    sample_counts(w, &sample->counts);
    print_sample(w, sample, aside->ticks, print);
}
