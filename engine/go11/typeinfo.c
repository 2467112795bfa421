#include "engine/go11/typeinfo.h"

#include "engine/go11/malloc.h"

/* The byte form of an info block: type slots 1..7 (slot 0 is no type), then a slot number for each
 * block. The word form: a key for each block. */
enum { SLOTS = 8, SLOT_BYTES = SLOTS * sizeof(uint64_t) };

static uint8_t *info_bytes(uint64_t address) {
    return (uint8_t *)address + SLOT_BYTES; /* NOLINT */
}

static uintptr_t new_info(struct memory *m, uint64_t bytes) {
    return malloc_block(m, bytes, ALLOC_NO_POINTERS | ALLOC_NO_GC | ALLOC_TOUCHED, TYPE_KEY_NONE);
}

static void start_bytes(struct memory *m, struct span *span, uint32_t block, uint32_t key) {
    const uintptr_t info = new_info(m, SLOT_BYTES + span->blocks);
    if (info == 0) {
        return;
    }
    span->types = TYPES_BYTES;
    span->types_data = info;
    heap_words(info)[1] = key;
    info_bytes(info)[block] = 1;
}

/* An eighth type in one span: a word for each block from now on. The old info block is garbage. */
static void convert_to_words(struct memory *m, struct span *span, uint32_t block, uint32_t key) {
    const uintptr_t info = new_info(m, sizeof(uint64_t) * span->blocks);
    if (info == 0) {
        return;
    }
    for (uint32_t i = 0; i < span->blocks; i++) {
        heap_words(info)[i] = typeinfo_get(m, span, i);
    }
    heap_words(info)[block] = key;
    span->types = TYPES_WORDS;
    span->types_data = info;
}

static void note_byte(struct memory *m, struct span *span, uint32_t block, uint32_t key) {
    uint64_t *slots = heap_words(span->types_data);
    uint8_t slot = 1;
    while (slot < SLOTS && slots[slot] != key && slots[slot] != TYPE_KEY_NONE) {
        slot++;
    }
    if (slot == SLOTS) {
        convert_to_words(m, span, block, key);
        return;
    }
    slots[slot] = key;
    info_bytes(span->types_data)[block] = slot;
}

static void note(struct memory *m, uintptr_t address, uint32_t key) {
    struct span *span = span_of(m, address);
    CHECK(span != NULL);
    const uint32_t block = span_block(m, span, address);
    if (span->class == 0) {
        span->types = TYPES_SINGLE;
        span->types_data = key;
        return;
    }
    switch ((enum types_form)span->types) {
    case TYPES_NONE:
        start_bytes(m, span, block, key);
        break;
    case TYPES_BYTES:
        note_byte(m, span, block, key);
        break;
    case TYPES_WORDS:
        heap_words(span->types_data)[block] = key;
        break;
    case TYPES_SINGLE:
        CHECK(false);
    }
}

void typeinfo_log(struct memory *m, uintptr_t block, uint32_t key) {
    CHECK(m->type_log_count < TYPE_LOG_MAX);
    m->type_log[m->type_log_count++] = (struct type_log_entry){block, key};
    if (m->type_log_count == TYPE_LOG_MAX) {
        typeinfo_flush(m);
    }
}

void typeinfo_flush(struct memory *m) {
    for (uint32_t i = 0; i < m->type_log_count && m->failure == RESULT_OK; i++) {
        note(m, m->type_log[i].block, m->type_log[i].key);
    }
    m->type_log_count = 0;
}

uint32_t typeinfo_get(const struct memory *m, const struct span *span, uint32_t block) {
    (void)m;
    switch ((enum types_form)span->types) {
    case TYPES_NONE:
        return TYPE_KEY_NONE;
    case TYPES_SINGLE:
        return (uint32_t)span->types_data;
    case TYPES_BYTES:
        return (uint32_t)heap_words(span->types_data)[info_bytes(span->types_data)[block]];
    case TYPES_WORDS:
        return (uint32_t)heap_words(span->types_data)[block];
    }
    CHECK(false);
    return TYPE_KEY_NONE;
}

void typeinfo_forget(struct memory *m, struct span *span, uint32_t block) {
    (void)m;
    if (span->types == TYPES_BYTES) {
        info_bytes(span->types_data)[block] = 0;
    } else if (span->types == TYPES_WORDS) {
        heap_words(span->types_data)[block] = TYPE_KEY_NONE;
    }
}
