#include "engine/inspect/path.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/inspect/path_names.h"
#include "engine/program/roots.h"

/* A block that has been reached, and from where. */
struct node {
    uintptr_t block;
    uint32_t parent; /* NONE: from a root */
    uint32_t word;   /* of the parent that points here; the number of the root */
};

/* A pointer to the block that is looked for. */
struct keeper {
    uintptr_t block; /* that it stands in; 0: it is a root */
    uint32_t node;   /* of that block; NONE: it is a root, or cannot be reached */
    uint32_t word;   /* of the block; the number of the root */
};

struct search {
    const struct workload *w;
    struct node *nodes; /* in the order they were reached */
    uint32_t count, room;
    uint32_t *table; /* by address: the number of a node; NONE */
    uint32_t table_size;
    uint32_t roots; /* passed, in this pass over them */
    bool locals;    /* the pass takes those of goroutines and of the runtime, else the others */
    bool no_memory;
    /* The block whose sources are looked for; target_bytes == 0: there is none. */
    uintptr_t target;
    uint64_t target_bytes;
    struct keeper sources[KEEPERS_SOURCES];
    uint32_t source_count; /* of which the first are noted */
    bool stopped;          /* it was given up */
};

static uint32_t slot_of(const struct search *s, uintptr_t block) {
    const uint64_t hash = ((uint64_t)block >> 3) * UINT64_C(0x9e3779b97f4a7c15);
    uint32_t slot = (uint32_t)(hash >> 32) & (s->table_size - 1);
    while (s->table[slot] != NONE && s->nodes[s->table[slot]].block != block) {
        slot = (slot + 1) & (s->table_size - 1);
    }
    return slot;
}

/* Twice as large; the table is at most half full. */
static bool grow(struct search *s) {
    const uint32_t room = s->room == 0 ? 1024 : s->room * 2;
    struct node *nodes = realloc(s->nodes, room * sizeof *nodes);
    uint32_t *table = malloc((size_t)room * 2 * sizeof *table);
    if (nodes != NULL) {
        s->nodes = nodes;
    }
    if (nodes == NULL || table == NULL || room >= NONE / 4) {
        free(table);
        return false;
    }
    free(s->table);
    s->table = table;
    s->room = room;
    s->table_size = room * 2;
    memset(table, 0xff, (size_t)s->table_size * sizeof *table);
    for (uint32_t i = 0; i < s->count; i++) {
        s->table[slot_of(s, s->nodes[i].block)] = i;
    }
    return true;
}

/* Notes a pointer if it leads to the block that is looked for. */
static void note_source(struct search *s, uintptr_t address, uintptr_t from, uint32_t node,
                        uint32_t word) {
    if (address - s->target < s->target_bytes) {
        if (s->source_count < KEEPERS_SOURCES) {
            s->sources[s->source_count] = (struct keeper){from, node, word};
        }
        s->source_count++;
    }
}

static void reach(struct search *s, uintptr_t address, uint32_t parent, uint32_t word) {
    struct block_view block;
    if (s->no_memory || !s->w->heap.ops->block_at(s->w->heap.memory, address, &block)) {
        return;
    }
    note_source(s, address, parent == NONE ? 0 : s->nodes[parent].block, parent, word);
    if (s->count == s->room && !grow(s)) {
        s->no_memory = true;
        return;
    }
    const uint32_t slot = slot_of(s, block.start);
    if (s->table[slot] == NONE) {
        s->table[slot] = s->count;
        s->nodes[s->count++] = (struct node){block.start, parent, word};
    }
}

static void reach_root(void *context, const struct root *root) {
    struct search *s = context;
    if (s->locals == (root->kind > ROOT_HOLD)) {
        reach(s, root->address, NONE, s->roots);
    }
    s->roots++;
}

/* Calls `found` for each word of the block that the collector would follow. */
static inline void each_pointer(struct search *s, const struct block_view *block, uint32_t node,
                                void (*found)(struct search *s, const struct block_view *block,
                                              uint32_t node, uint32_t word)) {
    const uint32_t count = (uint32_t)(block->bytes / WORD_BYTES);
    if (block->no_pointers) {
        return;
    }
    if (block->key == TYPE_KEY_NONE) {
        for (uint32_t i = 0; i < count; i++) {
            found(s, block, node, i);
        }
        return;
    }
    const uint32_t header = s->w->heap.library->channel_header_bytes / WORD_BYTES;
    const uint32_t first = type_key_kind(block->key) == KIND_CHANNEL ? header : 0;
    const uint32_t end = type_key_kind(block->key) == KIND_ONE ? block->words : count;
    for (uint32_t at = first; block->pointers != 0 && at + block->words <= end;
         at += block->words) {
        for (uint64_t bits = block->pointers; bits != 0; bits &= bits - 1) {
            found(s, block, node, at + (uint32_t)__builtin_ctzll(bits));
        }
    }
}

static void reach_word(struct search *s, const struct block_view *block, uint32_t node,
                       uint32_t word) {
    reach(s, (uintptr_t)heap_words(block->start)[word], node, word);
}

static bool is_goal(const struct workload *w, const struct path_goal *goal,
                    const struct block_view *block) {
    if (goal->address != 0) {
        return goal->address - block->start < block->bytes;
    }
    return goal->type != SCENARIO_NONE && block->key != TYPE_KEY_NONE &&
           block->key == type_key(w->heap.types[goal->type], KIND_ONE);
}

/* What the search has found so far. */
struct finds {
    uint32_t goal, largest; /* nodes; NONE */
    uint64_t largest_bytes;
};

/* Looks at a node and goes on from it. False: nothing more is wanted. */
static bool visit(struct search *s, uint32_t node, const struct path_goal *goal,
                  struct finds *finds) {
    struct block_view block;
    CHECK(s->w->heap.ops->block_at(s->w->heap.memory, s->nodes[node].block, &block));
    if (finds->goal == NONE && is_goal(s->w, goal, &block)) {
        finds->goal = node;
        if (s->target_bytes == 0) {
            return false;
        }
    }
    if (block.bytes > finds->largest_bytes) {
        finds->largest = node;
        finds->largest_bytes = block.bytes;
    }
    each_pointer(s, &block, node, reach_word);
    s->stopped = s->stopped || !heap_goes_on(&s->w->heap, node);
    return !s->stopped;
}

/* The node of the block that is asked for; NONE: it was not reached. What variables, pools and
 * channels keep is explained by them; what only goroutines have for the moment comes after that. */
static uint32_t search(struct search *s, const struct path_goal *goal) {
    const bool wants_largest = goal->address == 0 && goal->type == SCENARIO_NONE;
    struct finds finds = {NONE, NONE, 0};
    bool goes_on = true;
    uint32_t i = 0;
    for (int pass = 0; pass < 2 && goes_on; pass++) {
        s->locals = pass == 1;
        s->roots = 0;
        roots_each(s->w, reach_root, s);
        while (i < s->count && !s->no_memory && goes_on) {
            goes_on = visit(s, i++, goal, &finds);
        }
    }
    return s->no_memory ? NONE : wants_largest ? finds.largest : finds.goal;
}

/* Finds the root with the number `left`. */
struct finding {
    uint32_t left;
    struct root root;
};

static void find_root(void *context, const struct root *root) {
    struct finding *finding = context;
    if (finding->left-- == 0) {
        finding->root = *root;
    }
}

static struct root root_at(const struct workload *w, uint32_t number) {
    struct finding finding = {.left = number};
    roots_each(w, find_root, &finding);
    return finding.root;
}

static void name_root(const struct workload *w, uint32_t number, struct path_step *step) {
    const struct root root = root_at(w, number);
    path_root_name(w, &root, step->name);
    step->by_chance = path_root_by_chance(w, &root, &step->word);
    step->word = step->by_chance ? step->word : 0;
}

/* The way to a node, backwards; how long it is. */
static uint32_t way_to(const struct search *s, uint32_t node, uint32_t *way, uint32_t room) {
    uint32_t length = 0;
    for (; node != NONE; node = s->nodes[node].parent) {
        if (length < room) {
            way[length] = node;
        }
        length++;
    }
    return length;
}

/* What the way to a node tells of it. Buckets do not know whose they are; above them, or the
 * buckets they overflow from, is the map. */
static struct object_hint hint_of(const struct search *s, uint32_t node) {
    struct object_hint hint = {0, SCENARIO_NONE};
    bool typed = false, mapped = false;
    uint32_t word = s->nodes[node].word;
    for (uint32_t at = s->nodes[node].parent; at != NONE; at = s->nodes[at].parent) {
        struct block_view block;
        CHECK(s->w->heap.ops->block_at(s->w->heap.memory, s->nodes[at].block, &block));
        if (!mapped && block.key == type_key(s->w->heap.go[GO_MAP], KIND_ONE)) {
            hint.map = block.address;
        }
        mapped = mapped || block.key != TYPE_KEY_NONE;
        typed = typed || path_word_type(s->w, &block, word, &hint.type);
        word = s->nodes[at].word;
        if (typed && mapped) {
            return hint;
        }
    }
    if (!typed) {
        const struct root root = root_at(s->w, word);
        hint.type = path_root_type(s->w, &root);
    }
    return hint;
}

static void describe(const struct search *s, uint32_t node, struct path_step *step) {
    struct block_view block, parent;
    const struct object_hint hint = hint_of(s, node);
    struct edge edge = {
        .word = s->nodes[node].word,
        .map = hint.map != 0 ? s->w->heap.ops->real_address(s->w->heap.memory, hint.map) : 0,
        .type = hint.type,
    };
    *step = (struct path_step){.name = ""};
    CHECK(s->w->heap.ops->block_at(s->w->heap.memory, s->nodes[node].block, &block));
    step->address = block.address;
    step->bytes = block.bytes;
    if (s->nodes[node].parent == NONE) {
        name_root(s->w, s->nodes[node].word, step);
    } else {
        CHECK(s->w->heap.ops->block_at(s->w->heap.memory, s->nodes[s->nodes[node].parent].block,
                                       &parent));
        edge.parent = &parent;
    }
    path_edge_name(s->w, &edge, step->name);
    path_type_name(s->w, &edge, &block, step->type);
}

/* Describes the way to a node, the first `room` steps of it. */
static enum result describe_way(const struct search *s, uint32_t node, struct path_step *steps,
                                uint32_t room, struct path_found *found) {
    const uint32_t length = way_to(s, node, NULL, 0);
    struct path_step last;
    uint32_t *way = calloc(length, sizeof *way);
    if (way == NULL) {
        return RESULT_NO_MEMORY;
    }
    (void)way_to(s, node, way, length);
    for (uint32_t i = 0; i < length && i < room; i++) {
        describe(s, way[length - 1 - i], &steps[i]);
    }
    free(way);
    describe(s, node, &last);
    *found = (struct path_found){.count = length, .address = last.address};
    return RESULT_OK;
}

enum result path_find(const struct workload *w, const struct path_goal *goal,
                      struct path_step *steps, uint32_t room, struct path_found *found) {
    struct search s = {.w = w};
    *found = (struct path_found){0};
    enum result result = RESULT_NO_MEMORY;
    if (grow(&s)) {
        const uint32_t node = search(&s, goal);
        if (node != NONE) {
            result = describe_way(&s, node, steps, room, found);
        } else if (!s.no_memory) {
            result = RESULT_OK;
        }
    }
    free(s.nodes);
    free(s.table);
    return result;
}

/* ---- all about one block -------------------------------------------------------------------- */

static void describe_source(const struct search *s, const struct keeper *source,
                            struct path_step *step) {
    struct block_view block;
    *step = (struct path_step){.name = ""};
    if (source->block == 0) {
        name_root(s->w, source->word, step);
        return;
    }
    CHECK(s->w->heap.ops->block_at(s->w->heap.memory, source->block, &block));
    struct edge edge = {.parent = &block, .word = source->word, .type = SCENARIO_NONE};
    struct edge above = {.type = SCENARIO_NONE};
    if (source->node != NONE) {
        const struct object_hint hint = hint_of(s, source->node);
        describe(s, source->node, step); /* for its type */
        edge.map = hint.map != 0 ? s->w->heap.ops->real_address(s->w->heap.memory, hint.map) : 0;
    } else {
        path_type_name(s->w, &above, &block, step->type);
    }
    step->address = block.address;
    step->bytes = block.bytes;
    step->by_chance = false;
    path_edge_name(s->w, &edge, step->name);
}

static void note_word(struct search *s, const struct block_view *block, uint32_t node,
                      uint32_t word) {
    note_source(s, (uintptr_t)heap_words(block->start)[word], block->start, node, word);
}

/* What garbage points at the block: nothing that can be reached does. */
static void search_garbage(struct search *s) {
    const struct heap *heap = &s->w->heap;
    struct span_view span;
    uint32_t turn = 0;
    for (uint32_t page = 0; heap->ops->span_at(heap->memory, page, &span);
         page = span.page_first + span.pages) {
        const uint64_t start =
            heap->ops->heap_start(heap->memory) + (uint64_t)page * heap->release->page_bytes;
        for (uint32_t i = 0; span.in_use && i < span.blocks; i++) {
            struct block_view block;
            const uintptr_t at =
                heap->ops->real_address(heap->memory, start + i * span.block_bytes);
            if (heap->ops->block_at(heap->memory, at, &block)) {
                each_pointer(s, &block, NONE, note_word);
            }
            if (s->stopped || !heap_goes_on(heap, turn++)) {
                return;
            }
        }
    }
}

static void take_steps(const struct search *s, const uint32_t *way, struct keepers *out) {
    const uint32_t count = out->step_count;
    for (uint32_t i = 0; i < count && i < KEEPERS_STEPS; i++) {
        const bool last = count > KEEPERS_STEPS && i >= KEEPERS_STEPS / 2;
        const uint32_t at = last ? count - KEEPERS_STEPS + i : i;
        describe(s, way[count - 1 - at], &out->steps[i]);
    }
}

static void take_way(const struct search *s, uint32_t node, struct keepers *out) {
    out->step_count = way_to(s, node, NULL, 0);
    out->hint = hint_of(s, node);
    uint32_t *way = calloc(out->step_count, sizeof *way);
    if (way == NULL) {
        out->unknown = true;
        return;
    }
    (void)way_to(s, node, way, out->step_count);
    take_steps(s, way, out);
    free(way);
}

void path_keepers(const struct workload *w, uintptr_t address, struct keepers *out) {
    struct search s = {.w = w};
    struct block_view block;
    *out = (struct keepers){.hint = {0, SCENARIO_NONE}};
    if (!w->heap.ops->block_at(w->heap.memory, address, &block)) {
        return;
    }
    const struct path_goal goal = {block.start, SCENARIO_NONE};
    out->address = block.address;
    s.target = block.start;
    s.target_bytes = block.bytes;
    const uint32_t node = grow(&s) ? search(&s, &goal) : NONE;
    if (node != NONE) {
        take_way(&s, node, out);
    } else if (s.table == NULL || s.no_memory || s.stopped) {
        out->unknown = true;
    } else {
        search_garbage(&s);
    }
    out->source_count = s.source_count;
    for (uint32_t i = 0; i < s.source_count && i < KEEPERS_SOURCES; i++) {
        describe_source(&s, &s.sources[i], &out->sources[i]);
    }
    free(s.nodes);
    free(s.table);
}
