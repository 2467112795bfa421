/*
 * opened.h: sources that run an engine, for tests.
 */
#ifndef TESTS_SUPPORT_OPENED_H
#define TESTS_SUPPORT_OPENED_H

#include "tui/source/source.h"

/* A session of the run, or of the file in accounted memory with the `settings` that NULL ends (or
 * NULL). Aborts if it cannot be opened. To be closed with source_close(). */
struct source *opened_run(const struct run *run, enum memory_mode memory);
struct source *opened_file(const char *path, const char *const *settings);

/* Goes on to the moment, at most `budget` steps at a time. Aborts if the run fails. */
void opened_until(struct source *source, uint64_t until_ns, uint32_t budget);

#endif
