#include "engine/path.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/path_names.h"

/* A block that has been reached, and from where. */
struct node {
    uintptr_t block;
    uint32_t parent; /* NONE: from a root */
    uint32_t word;   /* of the parent that points here; the number of the root */
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

static void reach(struct search *s, uintptr_t address, uint32_t parent, uint32_t word) {
    struct block_view block;
    if (s->no_memory || !s->w->model->block_at(s->w->memory, address, &block)) {
        return;
    }
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

/* Follows all pointers of a block, as the collector does. */
static void expand(struct search *s, uint32_t node, const struct block_view *block) {
    const uint64_t *words = workload_words(block->start);
    const uint32_t count = (uint32_t)(block->bytes / WORD_BYTES);
    if (block->no_pointers) {
        return;
    }
    if (block->key == TYPE_KEY_NONE) {
        for (uint32_t i = 0; i < count; i++) {
            reach(s, (uintptr_t)words[i], node, i);
        }
        return;
    }
    const uint32_t header = s->w->model->channel_header_bytes / WORD_BYTES;
    const uint32_t first = type_key_kind(block->key) == KIND_CHANNEL ? header : 0;
    const uint32_t end = type_key_kind(block->key) == KIND_ONE ? block->words : count;
    for (uint32_t at = first; block->pointers != 0 && at + block->words <= end;
         at += block->words) {
        for (uint64_t bits = block->pointers; bits != 0; bits &= bits - 1) {
            const uint32_t word = at + (uint32_t)__builtin_ctzll(bits);
            reach(s, (uintptr_t)words[word], node, word);
        }
    }
}

static bool is_goal(const struct workload *w, const struct path_goal *goal,
                    const struct block_view *block) {
    if (goal->address != 0) {
        return goal->address - block->start < block->bytes;
    }
    return goal->type != SCENARIO_NONE && block->key != TYPE_KEY_NONE &&
           block->key == type_key(w->types[goal->type], KIND_ONE);
}

/* The node that was looked for; NONE. What variables, pools and channels keep is explained by them;
 * what only goroutines have for the moment comes after that. */
static uint32_t search(struct search *s, const struct path_goal *goal) {
    uint32_t largest = NONE;
    uint64_t largest_bytes = 0;
    uint32_t i = 0;
    for (int pass = 0; pass < 2; pass++) {
        s->locals = pass == 1;
        s->roots = 0;
        path_roots(s->w, reach_root, s);
        for (; i < s->count && !s->no_memory; i++) {
            struct block_view block;
            CHECK(s->w->model->block_at(s->w->memory, s->nodes[i].block, &block));
            if (is_goal(s->w, goal, &block)) {
                return i;
            }
            if (block.bytes > largest_bytes) {
                largest = i;
                largest_bytes = block.bytes;
            }
            expand(s, i, &block);
        }
    }
    const bool wants_largest = goal->address == 0 && goal->type == SCENARIO_NONE;
    return wants_largest && !s->no_memory ? largest : NONE;
}

/* Names the root with the number `left`. */
struct naming {
    const struct workload *w;
    uint32_t left;
    struct path_step *step;
};

static void name_root(void *context, const struct root *root) {
    struct naming *naming = context;
    if (naming->left-- == 0) {
        path_root_name(naming->w, root, naming->step->name);
    }
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

static void describe(const struct search *s, uint32_t node, struct path_step *step) {
    struct edge edge = {.parent = NULL, .word = s->nodes[node].word};
    struct block_view block, parent;
    *step = (struct path_step){.name = ""};
    CHECK(s->w->model->block_at(s->w->memory, s->nodes[node].block, &block));
    step->address = block.address;
    step->bytes = block.bytes;
    uint32_t above = s->nodes[node].parent;
    if (above == NONE) {
        struct naming naming = {s->w, s->nodes[node].word, step};
        path_roots(s->w, name_root, &naming);
    } else {
        CHECK(s->w->model->block_at(s->w->memory, s->nodes[above].block, &parent));
        edge.parent = &parent;
    }
    /* Buckets do not know whose they are; above them, or the buckets they overflow from, is the
     * map.
     */
    for (; above != NONE && edge.map == 0; above = s->nodes[above].parent) {
        struct block_view view;
        CHECK(s->w->model->block_at(s->w->memory, s->nodes[above].block, &view));
        if (view.key == type_key(s->w->map_type, KIND_ONE)) {
            edge.map = view.start;
        } else if (view.key != TYPE_KEY_NONE) {
            break;
        }
    }
    path_edge_name(s->w, &edge, step->name);
    path_type_name(s->w, &edge, &block, step->type);
}

uint32_t path_find(const struct workload *w, const struct path_goal *goal, struct path_step *steps,
                   uint32_t room, uint64_t *address) {
    struct search s = {.w = w};
    uint32_t length = 0;
    *address = 0;
    const uint32_t node = grow(&s) ? search(&s, goal) : NONE;
    if (node != NONE) {
        length = way_to(&s, node, NULL, 0);
        struct path_step last;
        describe(&s, node, &last);
        *address = last.address;
        uint32_t *way = calloc(length, sizeof *way);
        if (way != NULL) {
            (void)way_to(&s, node, way, length);
        }
        for (uint32_t i = 0; way != NULL && i < length && i < room; i++) {
            describe(&s, way[length - 1 - i], &steps[i]);
        }
        length = way != NULL ? length : 0;
        free(way);
    }
    free(s.nodes);
    free(s.table);
    return length;
}
