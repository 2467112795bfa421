#include "engine/model/go11/clear.h"

#include <string.h>

#if defined __SSE2__
#include <emmintrin.h>

/* Part of every x86-64: nothing to ask the processor about. */
static void clear_past_cache(char *start, uint64_t bytes) {
    enum { LINE = 64 };
    const __m128i zero = _mm_setzero_si128();
    for (const char *end = start + bytes; start < end; start += LINE) {
        __m128i *line = (__m128i *)(void *)start;
        _mm_stream_si128(line, zero);
        _mm_stream_si128(line + 1, zero);
        _mm_stream_si128(line + 2, zero);
        _mm_stream_si128(line + 3, zero);
    }
    _mm_sfence();
}
#else
static void clear_past_cache(char *start, uint64_t bytes) {
    memset(start, 0, bytes);
}
#endif

void go11_clear_pages(char *start, uint64_t bytes, bool past_cache) {
    if (past_cache) {
        clear_past_cache(start, bytes);
    } else {
        memset(start, 0, bytes);
    }
}
