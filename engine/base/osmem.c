#include "engine/base/osmem.h"

#include <errno.h>
#include <sys/mman.h>

static void *real_reserve(void *context, size_t bytes) {
    (void)context;
    void *address =
        mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return address == MAP_FAILED ? NULL : address;
}

/* The system takes the address as a hint: it is that one unless somebody has it. */
static bool map_at(uintptr_t address, size_t bytes) {
    void *hint = (void *)address; /* NOLINT: an address is a number */
    void *got = mmap(hint, bytes, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (got != hint && got != MAP_FAILED) {
        (void)munmap(got, bytes);
    }
    return got == hint;
}

/* Far from where the system itself puts things; the first ones low enough for valgrind; no number
 * that a program is likely to have. Whoever has the beginning of a stride has all of it. */
static void *real_claim(void *context, size_t bytes) {
    static const uintptr_t first = UINT64_C(8) << 40, end = UINT64_C(64) << 40;
    static const uintptr_t stride = UINT64_C(256) << 30;
    (void)context;
    for (uintptr_t at = first; bytes <= stride && at < end; at += stride) {
        if (map_at(at, OS_CLAIM_BYTES)) {
            return (void *)at; /* NOLINT: an address is a number */
        }
    }
    return NULL;
}

static bool real_map(void *context, void *address, size_t bytes) {
    (void)context;
    return map_at((uintptr_t)address, bytes);
}

static bool real_commit(void *context, void *address, size_t bytes) {
    (void)context;
    return mprotect(address, bytes, PROT_READ | PROT_WRITE) == 0;
}

static bool real_release(void *context, void *address, size_t bytes) {
    (void)context;
    return madvise(address, bytes, MADV_DONTNEED) == 0;
}

static bool real_populate(void *context, void *address, size_t bytes) {
    (void)context;
#if defined MADV_POPULATE_WRITE
    return madvise(address, bytes, MADV_POPULATE_WRITE) == 0; /* Linux 5.14 */
#else
    (void)address;
    (void)bytes;
    return false;
#endif
}

/* What is in memory of these pages. The kernel may be short of memory for a moment, and says so. */
static bool ask_in_core(uintptr_t address, size_t bytes, unsigned char *in_core) {
    enum { TRIES = 3 };
    int tries = 1;
    while (mincore((void *)address, bytes, in_core) != 0) { /* NOLINT: an address is a number */
        if (errno != EAGAIN || tries++ == TRIES) {
            return false;
        }
    }
    return true;
}

static bool real_resident(void *context, const void *address, size_t bytes, size_t *out) {
    (void)context;
    enum { PAGES = 4096 };
    unsigned char in_core[PAGES];
    size_t count = 0;
    uintptr_t at = (uintptr_t)address;
    const uintptr_t end = at + bytes;
    while (at < end) {
        const size_t part =
            end - at < (size_t)PAGES * OS_PAGE_BYTES ? end - at : (size_t)PAGES * OS_PAGE_BYTES;
        if (!ask_in_core(at, part, in_core)) {
            return false;
        }
        for (size_t i = 0; i < part / OS_PAGE_BYTES; i++) {
            count += in_core[i] & 1U;
        }
        at += part;
    }
    *out = count * OS_PAGE_BYTES;
    return true;
}

static void real_unreserve(void *context, void *address, size_t bytes) {
    (void)context;
    (void)munmap(address, bytes);
}

void os_prefer_large_pages(void *table, size_t bytes) {
    enum { LEAST = 4 << 20 };
    const uintptr_t begin = round_up((uintptr_t)table, OS_PAGE_BYTES);
    const uintptr_t end = ((uintptr_t)table + bytes) / OS_PAGE_BYTES * OS_PAGE_BYTES;
    if (bytes >= LEAST) {
        (void)madvise((void *)begin, end - begin, MADV_HUGEPAGE); /* NOLINT: an address */
    }
}

const struct os *os_real(void) {
    static const struct os real = {
        .reserve = real_reserve,
        .claim = real_claim,
        .map = real_map,
        .commit = real_commit,
        .release = real_release,
        .populate = real_populate,
        .resident = real_resident,
        .unreserve = real_unreserve,
    };
    return &real;
}
