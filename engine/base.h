/*
 * base.h: what every file of the engine stands on: results, checks, counting.
 *
 * Two kinds of failure, never mixed. What can happen to a correct program (no
 * memory, a bad scenario) is an enum result the caller must look at. What can
 * only happen through a mistake in this code is a CHECK, which aborts, in
 * release builds too. CHECK_SLOW is for tests that walk something; it is
 * compiled in where HEAP_CHECK is 2 (debug and sanitizer builds).
 */
#ifndef ENGINE_BASE_H
#define ENGINE_BASE_H

#include <stdbool.h> /* for whoever includes this */
#include <stddef.h>  /* for whoever includes this */
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))

#define RESULTS(X)                                                                                 \
    X(OK, "ok")                                                                                    \
    X(NO_MEMORY, "out of memory")                                                                  \
    X(NO_ADDRESS_SPACE, "the operating system refused address space (a limit? see ulimit -v)")     \
    X(ARENA_FULL, "out of memory: Go's arena is full")                                             \
    X(NO_RELEASE, "the operating system refused to take memory back")                              \
    X(BAD_INPUT, "malformed input")                                                                \
    X(NO_FILE, "file cannot be read")                                                              \
    X(DEADLOCK, "all goroutines are asleep - deadlock!")                                           \
    X(STOPPED, "stopped in the midst of a step")                                                   \
    X(HAS_FAILED, "the run has failed and goes no further")                                        \
    X(IS_REPEATING, "the run is still being repeated")                                             \
    X(NOT_ABLE, "its source cannot do that")

enum result {
#define X(name, text) RESULT_##name,
    RESULTS(X)
#undef X
        RESULT_COUNT
};

/* The text of a result, for a person; static. */
const char *result_text(enum result result);

/* Prints where and what, then aborts. Called by CHECK only. */
_Noreturn void check_failed(const char *file, int line, const char *condition);

#define CHECK(condition) ((condition) ? (void)0 : check_failed(__FILE__, __LINE__, #condition))

#ifndef HEAP_CHECK
#define HEAP_CHECK 1 /* a program that uses the engine as a library */
#endif
#if HEAP_CHECK >= 2
#define CHECK_SLOW(condition) CHECK(condition)
#else
#define CHECK_SLOW(condition) ((void)sizeof(condition))
#endif

static inline uint64_t round_up(uint64_t value, uint64_t unit) {
    return (value + unit - 1) / unit * unit;
}

static inline uint64_t divide_up(uint64_t value, uint64_t by) {
    return (value + by - 1) / by;
}

enum { NS_PER_MS = 1000000 };
#define NS_PER_SECOND UINT64_C(1000000000)

#endif
