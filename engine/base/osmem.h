/*
 * osmem.h: the operating system's memory, behind one struct of functions.
 *
 * The only file that knows mmap. Tests put their own struct in its place, to make the n-th call
 * fail and to count what comes back.
 */
#ifndef ENGINE_BASE_OSMEM_H
#define ENGINE_BASE_OSMEM_H

#include "engine/base.h"

/* Addresses and sizes are multiples of OS_PAGE_BYTES. `context` is the struct's own. */
struct os {
    /* Address space without memory behind it; NULL if refused. */
    void *(*reserve)(void *context, size_t bytes);
    /* Addresses for `bytes` that nobody uses, for map(): they are not reserved, so a limit of
     * address space does not count them. Only the first OS_CLAIM_BYTES are usable already. NULL:
     * refused, or the system has no such thing, as if the function were missing. */
    void *(*claim)(void *context, size_t bytes);
    /* Makes a part of what was claimed usable. False: refused, nothing changed. */
    bool (*map)(void *context, void *address, size_t bytes);
    /* Makes a part of a reservation usable; it reads as zero. False: refused, nothing changed. */
    bool (*commit)(void *context, void *address, size_t bytes);
    /* Gives the memory behind a committed part back; it reads as zero again when touched. */
    bool (*release)(void *context, void *address, size_t bytes);
    /* Brings all of a committed part into memory, faster than touching its pages one by one. The
     * system may ignore it. False: the system cannot. */
    bool (*populate)(void *context, void *address, size_t bytes);
    /* How many bytes of a committed part are in memory now. False: the system would not say. */
    bool (*resident)(void *context, const void *address, size_t bytes, size_t *out);
    /* Ends a reservation. */
    void (*unreserve)(void *context, void *address, size_t bytes);
    void *context;
};

enum { OS_PAGE_BYTES = 4096, OS_CLAIM_BYTES = 64 << 10 };

/* Asks for large pages under a table that is used all over. The system may ignore it. Small tables
 * are left as they are. */
void os_prefer_large_pages(void *table, size_t bytes);

/* The real operating system: mmap, mprotect, madvise(MADV_DONTNEED), mincore, munmap. */
const struct os *os_real(void);

#endif
