/*
 * memory CASE [SHARE]: measures one case of one allocator and prints its figure: processor time per
 * operation. memory.sh runs it beside its peers.
 *
 *   bytes-N, links-N   allocate N bytes (without, with a pointer) in a ring of 1024 live objects,
 *                      collections included; ns each
 *   trees-D            binary trees of depths up to D built, walked, dropped; ns a node
 *   collect-GRAPH      a full collection of ten million live nodes of 24 bytes, a tree or a list,
 *                      in the order of allocation or shuffled; ns a node
 *   buffers-touched    5 to 10 MB into one of 20 slots, a byte a page written; ns each
 *   buffers-written    the same, every line written
 *   buffers-accounted  the same, nothing touched
 *   pages-SPANS        a large block allocated or freed among so many free spans; ns each
 */
#include "tests/bench/memory.h"

#include <stdlib.h>
#include <string.h>

#include "tests/bench/bench.h"

#if defined BENCH_GO11
#include "tests/bench/memory_go11.h"
#elif defined BENCH_BDWGC
#include "tests/bench/memory_bdwgc.h"
#else
#include "tests/bench/memory_malloc.h"
#endif

enum { RING = 1024, GRAPH_NODES = 10000000, SLOTS = 20, PAGE = 4096, LINE = 64 };

static void ring_round(uint64_t count, size_t bytes, enum bench_layout layout) {
    for (uint64_t i = 0; i < count; i++) {
        uintptr_t *slot = &bench_roots[i % RING];
        heap_drop(*slot);
        *slot = heap_alloc(bytes, layout);
    }
}

static double ring(size_t bytes, enum bench_layout layout) {
    enum { WORK = 1 << 30, OVERHEAD = 64 };
    const uint64_t count = WORK / (bytes + OVERHEAD) / share;
    bench_root_count = RING;
    ring_round(count / 8, bytes, layout);
    const double start = cpu_ns();
    ring_round(count, bytes, layout);
    return (cpu_ns() - start) / (double)count;
}

/* Builds the children first. A finished subtree is a root until its parent points to it. */
static uintptr_t build_tree(uint32_t depth) {
    const uint32_t mine = bench_root_count;
    if (depth > 0) {
        bench_roots[bench_root_count++] = build_tree(depth - 1);
        bench_roots[bench_root_count++] = build_tree(depth - 1);
    }
    const uintptr_t node = heap_alloc(NODE_BYTES, LAYOUT_NODE);
    if (depth > 0) {
        bench_words(node)[0] = bench_roots[mine];
        bench_words(node)[1] = bench_roots[mine + 1];
    }
    bench_root_count = mine;
    return node;
}

static uint64_t walk_tree(uintptr_t node) {
    const uintptr_t *words = bench_words(node);
    return words[0] == 0 ? 1 : 1 + walk_tree(words[0]) + walk_tree(words[1]);
}

static void drop_tree(uintptr_t node) {
    if (heap_collects || node == 0) {
        return;
    }
    drop_tree(bench_words(node)[0]);
    drop_tree(bench_words(node)[1]);
    heap_drop(node);
}

static uint64_t use_tree(uint32_t depth) {
    const uintptr_t tree = build_tree(depth);
    const uint64_t count = walk_tree(tree);
    drop_tree(tree);
    return count;
}

static double trees(uint32_t depth) {
    enum { DEPTH_LEAST = 4 };
    for (uint64_t less = share; less > 1 && depth > DEPTH_LEAST; less /= 2) {
        depth--;
    }
    const double start = cpu_ns();
    uint64_t nodes = use_tree(depth + 1);
    const uintptr_t kept = build_tree(depth);
    bench_roots[bench_root_count++] = kept;
    for (uint32_t d = DEPTH_LEAST; d <= depth; d += 2) {
        for (uint32_t i = 0; i < UINT32_C(1) << (depth - d + DEPTH_LEAST); i++) {
            nodes += use_tree(d);
        }
    }
    nodes += walk_tree(kept);
    return (cpu_ns() - start) / (double)nodes;
}

/* A tree of `count` nodes, allocated in the order in which a depth-first walk meets them. */
static uintptr_t build_sized_tree(uint64_t count) {
    const uintptr_t node = heap_alloc(NODE_BYTES, LAYOUT_NODE);
    const uint64_t left = (count - 1) / 2;
    const uint64_t right = count - 1 - left;
    bench_words(node)[0] = left > 0 ? build_sized_tree(left) : 0;
    bench_words(node)[1] = right > 0 ? build_sized_tree(right) : 0;
    return node;
}

static uintptr_t build_shuffled(uint64_t count, bool tree) {
    uintptr_t *nodes = malloc(count * sizeof *nodes);
    if (nodes == NULL) {
        abort();
    }
    for (uint64_t i = 0; i < count; i++) {
        nodes[i] = heap_alloc(NODE_BYTES, LAYOUT_NODE);
    }
    for (uint64_t i = count - 1; i > 0; i--) {
        const uint64_t j = draw((uint32_t)(i + 1));
        const uintptr_t other = nodes[j];
        nodes[j] = nodes[i];
        nodes[i] = other;
    }
    for (uint64_t i = 0; i < count; i++) {
        const uint64_t left = tree ? 2 * i + 1 : i + 1;
        bench_words(nodes[i])[0] = left < count ? nodes[left] : 0;
        bench_words(nodes[i])[1] = tree && left + 1 < count ? nodes[left + 1] : 0;
    }
    const uintptr_t root = nodes[0];
    free(nodes);
    return root;
}

static uintptr_t build_list(uint64_t count) {
    const uintptr_t head = heap_alloc(NODE_BYTES, LAYOUT_NODE);
    uintptr_t last = head;
    for (uint64_t i = 1; i < count; i++) {
        const uintptr_t node = heap_alloc(NODE_BYTES, LAYOUT_NODE);
        bench_words(last)[0] = node;
        last = node;
    }
    return head;
}

static uintptr_t build_graph(const char *name, uint64_t count) {
    if (strcmp(name, "tree") == 0) {
        return build_sized_tree(count);
    }
    if (strcmp(name, "list") == 0) {
        return build_list(count);
    }
    return build_shuffled(count, strcmp(name, "shuffled-tree") == 0);
}

static double collect(const char *name) {
    enum { COLLECTIONS = 3 };
    const uint64_t count = GRAPH_NODES / share;
    heap_pause(true);
    bench_roots[bench_root_count++] = build_graph(name, count);
    heap_pause(false);
    heap_collect();
    const double start = cpu_ns();
    for (int i = 0; i < COLLECTIONS; i++) {
        heap_collect();
    }
    return (cpu_ns() - start) / COLLECTIONS / (double)count;
}

static void touch(uintptr_t block, size_t bytes, size_t stride) {
    for (size_t at = 0; at < bytes; at += stride) {
        bench_words(block + at)[0] = 1;
    }
}

/* A stride of 0 touches nothing. */
static double buffers(uint64_t count, size_t stride) {
    enum { BYTES_LEAST = 5000000 };
    double start = 0;
    bench_root_count = SLOTS;
    count /= share;
    const uint64_t warm = count / 3;
    for (uint64_t i = 0; i < count + warm; i++) {
        start = i == warm ? cpu_ns() : start;
        const size_t bytes = BYTES_LEAST + draw(BYTES_LEAST);
        const uintptr_t block = heap_alloc(bytes, LAYOUT_BYTES);
        if (stride > 0) {
            touch(block, bytes, stride);
        }
        uintptr_t *slot = &bench_roots[draw(SLOTS)];
        heap_drop(*slot);
        *slot = block;
    }
    return (cpu_ns() - start) / (double)count;
}

#if defined BENCH_GO11
/* Frees every second of 2n blocks; then allocates and frees among the n free spans. */
static double pages(uint64_t spans) {
    enum { LEAST = 9, MORE = 400, HELD = 1024, OPERATIONS = 2000000 };
    const uint64_t count = 2 * spans;
    uintptr_t *blocks = malloc(count * sizeof *blocks);
    if (blocks == NULL) {
        abort();
    }
    heap_pause(true);
    for (uint64_t i = 0; i < count; i++) {
        const size_t bytes = i % 2 == 0 ? LEAST * PAGE : (LEAST + (size_t)draw(MORE)) * PAGE;
        blocks[i] = heap_alloc(bytes, LAYOUT_BYTES);
    }
    for (uint64_t i = 1; i < count; i += 2) {
        go11_release.memory->free(bench_memory, blocks[i]);
    }
    free(blocks);
    static uintptr_t held[HELD];
    const uint64_t operations = OPERATIONS / share;
    const double start = cpu_ns();
    for (uint64_t i = 0; i < operations; i++) {
        uintptr_t *slot = &held[draw(HELD)];
        if (*slot == 0) {
            *slot = heap_alloc((LEAST + (size_t)draw(MORE)) * PAGE, LAYOUT_BYTES);
        } else {
            go11_release.memory->free(bench_memory, *slot);
            *slot = 0;
        }
    }
    return (cpu_ns() - start) / (double)operations;
}
#else
static double pages(uint64_t spans) {
    (void)spans;
    return 0;
}
#endif

/* The number after `prefix`; 0 if the name does not begin with it. */
static uint64_t number_after(const char *name, const char *prefix) {
    const size_t length = strlen(prefix);
    return strncmp(name, prefix, length) == 0 ? strtoull(name + length, NULL, 10) : 0;
}

static double run(const char *name) {
    enum { TOUCHED = 3000, ACCOUNTED = 3000000 };
    if (number_after(name, "bytes-") > 0) {
        return ring(number_after(name, "bytes-"), LAYOUT_BYTES);
    }
    if (number_after(name, "links-") > 0) {
        return ring(number_after(name, "links-"), LAYOUT_LINK);
    }
    if (number_after(name, "trees-") > 0) {
        return trees((uint32_t)number_after(name, "trees-"));
    }
    if (number_after(name, "pages-") > 0) {
        return pages(number_after(name, "pages-"));
    }
    if (strncmp(name, "collect-", 8) == 0 && heap_collects) {
        return collect(name + 8);
    }
    if (strcmp(name, "buffers-touched") == 0) {
        return buffers(TOUCHED, PAGE);
    }
    if (strcmp(name, "buffers-written") == 0) {
        return buffers(TOUCHED, LINE);
    }
    return strcmp(name, "buffers-accounted") == 0 ? buffers(ACCOUNTED, 0) : 0;
}

static double open_and_run(const char *name) {
    const uint64_t spans = number_after(name, "pages-");
    const bool accounted = strstr(name, "accounted") != NULL || spans > 0;
    const uint64_t arena_bytes = (UINT64_C(4) << 30) + spans * (UINT64_C(1) << 20);
    return heap_open(accounted, arena_bytes) ? run(name) : 0; /* 0: not for this allocator */
}

int main(int argc, char **argv) {
    return bench_main(argc, argv, open_and_run);
}
