/*
 * bench.h: shared by the benchmark programs. Each measures one case and prints its figure: PROGRAM
 * CASE [SHARE].
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The work is divided by `share`, so that runs for counting instructions are short. */
static uint64_t share = 1;

static inline double cpu_ns(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* A random number below `below`; the same sequence in each run. */
static inline uint32_t draw(uint32_t below) {
    static uint64_t state = UINT64_C(88172645463325252);
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(((state >> 32) * below) >> 32);
}

/* The main() of a benchmark. `run` returns the figure of a case; 0: there is no such case. */
static inline int bench_main(int argc, char **argv, double (*run)(const char *name)) {
    if (argc < 2 || argc > 3) {
        fprintf(stderr, "usage: %s CASE [SHARE]: a SHAREth of the work\n", argv[0]);
        return 2;
    }
    share = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    const double figure = share > 0 ? run(argv[1]) : 0;
    if (figure == 0) {
        return 3;
    }
    printf("%.3f\n", figure);
    return 0;
}

#endif
