#include "engine/model/go11/typeinfo.h"

#include "engine/model/go11/block.h"
#include "engine/model/go11/settle.h"

/* The byte form of an info block: type slots 1..7 (slot 0 is no type), then a slot number for each
 * block, which is written only when the span gets a second type: until then span->key says it. The
 * word form: a key for each block. */
enum { SLOTS = 8, SLOT_BYTES = SLOTS * sizeof(uint64_t) };

/* All noted types of a span are this one, or differ; an open run of the span learns of it. */
static void set_key(struct memory *m, struct span *span, uint32_t key) {
    span->key = (uint16_t)key;
    struct cache_list *list = &m->cache[span->class];
    if (span->class > 0 && list->span == span_index(m, span)) {
        list->key = span->key;
        cache_set_kind(m, list, CACHE_KIND_NONE);
    }
}

static uint8_t *info_bytes(uint64_t address) {
    return (uint8_t *)address + SLOT_BYTES; /* NOLINT */
}

static uintptr_t new_info(struct memory *m, uint64_t bytes) {
    return go11_block_alloc(m, bytes, ALLOC_NO_POINTERS | ALLOC_NO_GC | ALLOC_TOUCHED);
}

/* False: out of memory. */
static bool start_bytes(struct memory *m, struct span *span, uint32_t key) {
    const uintptr_t info = new_info(m, SLOT_BYTES + span->blocks);
    if (info == 0) {
        return false;
    }
    span->types = TYPES_BYTES;
    span->types_data = info;
    set_key(m, span, key);
    heap_words(info)[1] = key;
    return true;
}

/* A second type in one span. */
static void tell_apart(struct memory *m, struct span *span) {
    const uint64_t *typed = span_bits(m, span, BITS_TYPED);
    for (uint32_t i = 0; i < span->blocks; i++) {
        info_bytes(span->types_data)[i] = bit_get(typed, i);
    }
    set_key(m, span, TYPE_KEY_NONE);
}

/* An eighth type in one span: a word for each block from now on. The old info block is garbage. */
static bool convert_to_words(struct memory *m, struct span *span) {
    const uintptr_t info = new_info(m, sizeof(uint64_t) * span->blocks);
    if (info == 0) {
        return false;
    }
    for (uint32_t i = 0; i < span->blocks; i++) {
        heap_words(info)[i] = go11_typeinfo_get(m, span, i);
    }
    span->types = TYPES_WORDS;
    span->types_data = info;
    return true;
}

static bool note_byte(struct memory *m, struct span *span, uint32_t block, uint32_t key) {
    if (span->key == key) {
        return true;
    }
    if (span->key != TYPE_KEY_NONE) {
        tell_apart(m, span);
    }
    uint64_t *slots = heap_words(span->types_data);
    uint8_t slot = 1;
    while (slot < SLOTS && slots[slot] != key && slots[slot] != TYPE_KEY_NONE) {
        slot++;
    }
    if (slot == SLOTS) {
        if (!convert_to_words(m, span)) {
            return false;
        }
        heap_words(span->types_data)[block] = key;
        return true;
    }
    slots[slot] = key;
    info_bytes(span->types_data)[block] = slot;
    return true;
}

/* Notes the type of a small block. False: out of memory. */
static bool note_small(struct memory *m, struct span *span, uint32_t block, uint32_t key) {
    switch ((enum types_form)span->types) {
    case TYPES_NONE:
        return start_bytes(m, span, key);
    case TYPES_BYTES:
        return note_byte(m, span, block, key);
    case TYPES_WORDS:
        heap_words(span->types_data)[block] = key;
        return true;
    case TYPES_SINGLE:
        break;
    }
    CHECK(false);
    return false;
}

static void note(struct memory *m, struct span *span, uint32_t block, uint32_t key) {
    if (span->class == 0) {
        span->types = TYPES_SINGLE;
        span->types_data = key;
        span->key = (uint16_t)key;
    } else if ((span->key != key || span->types == TYPES_NONE) &&
               !note_small(m, span, block, key)) {
        return;
    }
    bit_set(span_bits(m, span, BITS_TYPED), block);
}

void go11_typeinfo_log(struct memory *m, uintptr_t block, uint32_t key) {
    CHECK(m->type_log_count < TYPE_LOG_MAX);
    struct span *span = span_of(m, block);
    if (span->class > 0 && span->types == TYPES_NONE && span->key == TYPE_KEY_NONE) {
        set_key(m, span,
                key); /* what it will be when the log is noted: other types must be logged */
    }
    m->type_log[m->type_log_count++] = (struct type_log_entry){block, key};
    typeinfo_count(m);
}

void go11_typeinfo_flush(struct memory *m) {
    go11_settle_all(m);
    struct span *span = NULL;
    uintptr_t start = 0;
    uint64_t extent = 0; /* entries that follow each other are mostly of one span */
    for (uint32_t i = 0; i < m->type_log_count && m->failure == RESULT_OK; i++) {
        const struct type_log_entry *entry = &m->type_log[i];
        if (entry->block - start >= extent) {
            span = span_of(m, entry->block);
            CHECK(span != NULL);
            start = page_address(m, span->page_first);
            extent = (uint64_t)span->pages * PAGE_BYTES;
        }
        note(m, span, span_block(span, entry->block), entry->key);
    }
    m->type_log_count = m->type_log_fill = 0;
}

uint32_t go11_typeinfo_get(const struct memory *m, struct span *span, uint32_t block) {
    if (!bit_get(span_bits(m, span, BITS_TYPED), block) || span->types == TYPES_NONE) {
        return TYPE_KEY_NONE;
    }
    if (span->key != TYPE_KEY_NONE) {
        return span->key;
    }
    const uint64_t *info = heap_words(span->types_data);
    if (span->types == TYPES_WORDS) {
        return (uint32_t)info[block];
    }
    CHECK(span->types == TYPES_BYTES);
    return (uint32_t)info[info_bytes(span->types_data)[block]];
}
