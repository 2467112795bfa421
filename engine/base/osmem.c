#include "engine/base/osmem.h"

#include <errno.h>
#include <sys/mman.h>

static void *real_reserve(void *context, size_t bytes) {
    (void)context;
    void *address =
        mmap(NULL, bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return address == MAP_FAILED ? NULL : address;
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
        .commit = real_commit,
        .release = real_release,
        .populate = real_populate,
        .resident = real_resident,
        .unreserve = real_unreserve,
    };
    return &real;
}
