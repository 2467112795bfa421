#include "engine/model/go11/settle.h"

void go11_settle_count(struct memory *m, struct cache_list *list, uint32_t taken) {
    const uint64_t bytes = (uint64_t)taken * list->block_bytes;
    list->count = (uint16_t)(list->count - taken);
    list->count_min = list->count < list->count_min ? list->count : list->count_min;
    m->cache_bytes -= bytes;
    m->class_counts[list->class].mallocs += taken;
    m->local.mallocs += taken;
    m->local.heap_objects += taken;
    m->local.heap_alloc += bytes;
    m->local.alloc += bytes;
    m->local.total_alloc += bytes;
}

void go11_settle(struct memory *m, struct cache_list *list) {
    cache_set_kind(m, list, CACHE_KIND_NONE);
    const uint64_t taken = list->settled & ~list->free;
    if (taken == 0) {
        return;
    }
    struct span *span = span_at_index(m, list->span);
    uint64_t *bits = span_bits(m, span, (enum block_bits)0) + list->word;
    const size_t kind = span_kind_words(span);
    CHECK((bits[BITS_ALLOCATED * kind] & taken) == 0);
    bits[BITS_ALLOCATED * kind] |= taken;
    bits[BITS_NO_POINTERS * kind] |= list->plain;
    bits[BITS_TYPED * kind] |= list->typed;
    list->settled = list->free;
    list->plain = list->typed = 0;
    go11_settle_count(m, list, bit_count(taken));
}

void go11_settle_all(struct memory *m) {
    _Static_assert(CLASSES <= 64, "a bit for each");
    for (uint64_t touched = m->cache_touched; touched != 0; touched &= touched - 1) {
        go11_settle(m, &m->cache[__builtin_ctzll(touched)]);
    }
    m->cache_touched = 0;
}
