/*
 * floor CASE [SHARE]: what this machine's memory alone costs in a case of memory.c: the same bytes
 * cleared or read, and no allocator or collector. Nobody can be faster; ns each, as memory.c.
 *
 *   bytes-N, links-N       N bytes cleared, going round twice what 1024 of them take: that is how
 *                          far a heap with 1024 live blocks and GOGC=100 spreads
 *   collect-list, -tree    ten million nodes read in the order of addresses
 *   collect-shuffled-list  each node's address read from the one before
 *   buffers-touched        5 to 10 MB cleared, going round 300 MB, a byte a page written
 *   buffers-written        the same, every line written
 */
#include <stdlib.h>
#include <string.h>

#include "engine/model/go11/clear.h"
#include "tests/bench/bench.h"

enum { RING = 1024, GRAPH_NODES = 10000000, NODE_WORDS = 4, PAGE = 4096, LINE = 64 };

/* Memory that is resident, because it has been written once. */
static char *window_of(size_t bytes) {
    char *window = aligned_alloc(PAGE, round_up(bytes, PAGE));
    if (window == NULL) {
        abort();
    }
    memset(window, 1, bytes);
    return window;
}

static double ring(size_t bytes) {
    enum { WORK = 1 << 30, OVERHEAD = 64 };
    const uint64_t count = WORK / (bytes + OVERHEAD) / share;
    char *window = window_of(2 * RING * bytes);
    const double start = cpu_ns();
    for (uint64_t i = 0; i < count; i++) {
        memset(window + i % (2 * RING) * bytes, 0, bytes);
        __asm__ volatile("" : : "r"(window) : "memory"); /* it is needed */
    }
    const double took = cpu_ns() - start;
    free(window);
    return took / (double)count;
}

static double in_order(void) {
    const uint64_t words = GRAPH_NODES / share * NODE_WORDS;
    uint64_t *nodes = (uint64_t *)(void *)window_of(words * sizeof *nodes);
    uint64_t sum = 0;
    const double start = cpu_ns();
    for (uint64_t i = 0; i < words; i += NODE_WORDS) {
        sum += nodes[i] + nodes[i + 1];
    }
    const double took = cpu_ns() - start;
    __asm__ volatile("" : : "r"(sum));
    free(nodes);
    return took * NODE_WORDS / (double)words;
}

static double chase(void) {
    const uint64_t count = GRAPH_NODES / share;
    uint64_t *nodes = (uint64_t *)(void *)window_of(count * NODE_WORDS * sizeof *nodes);
    uint32_t *order = malloc(count * sizeof *order);
    if (order == NULL) {
        abort();
    }
    for (uint32_t i = 0; i < count; i++) {
        order[i] = i;
    }
    for (uint32_t i = (uint32_t)count - 1; i > 0; i--) {
        const uint32_t j = draw(i + 1);
        const uint32_t other = order[j];
        order[j] = order[i];
        order[i] = other;
    }
    for (uint64_t i = 0; i < count; i++) {
        nodes[(uint64_t)order[i] * NODE_WORDS] = (uint64_t)order[(i + 1) % count] * NODE_WORDS;
    }
    uint64_t at = (uint64_t)order[0] * NODE_WORDS;
    const double start = cpu_ns();
    for (uint64_t i = 0; i < count; i++) {
        at = nodes[at];
    }
    const double took = cpu_ns() - start;
    __asm__ volatile("" : : "r"(at));
    free(order);
    free(nodes);
    return took / (double)count;
}

/* Clears buffers, through the cache or past it, and writes to them; ns each. */
static double buffers(size_t stride, bool past_cache) {
    enum { COUNT = 1000, WINDOW = 300000000, BYTES_LEAST = 5000000 };
    const uint64_t count = COUNT / share + 1;
    char *window = window_of(WINDOW + 2 * BYTES_LEAST);
    size_t at = 0;
    const double start = cpu_ns();
    for (uint64_t i = 0; i < count; i++) {
        const size_t bytes = round_up(BYTES_LEAST + (size_t)draw(BYTES_LEAST), PAGE);
        go11_clear_pages(window + at, bytes, past_cache);
        for (size_t j = 0; j < bytes; j += stride) {
            *(volatile char *)(window + at + j) = 1;
        }
        at = at + bytes < WINDOW ? at + bytes : 0;
    }
    const double took = cpu_ns() - start;
    free(window);
    return took / (double)count;
}

static double least(double a, double b) {
    return a < b ? a : b;
}

static double run(const char *name) {
    if (strncmp(name, "bytes-", 6) == 0 || strncmp(name, "links-", 6) == 0) {
        return ring(strtoul(name + 6, NULL, 10));
    }
    if (strcmp(name, "collect-list") == 0 || strcmp(name, "collect-tree") == 0) {
        return in_order();
    }
    if (strcmp(name, "collect-shuffled-list") == 0) {
        return chase();
    }
    if (strcmp(name, "buffers-touched") == 0) {
        return least(buffers(PAGE, false), buffers(PAGE, true));
    }
    return strcmp(name, "buffers-written") == 0 ? least(buffers(LINE, false), buffers(LINE, true))
                                                : 0;
}

int main(int argc, char **argv) {
    return bench_main(argc, argv, run);
}
