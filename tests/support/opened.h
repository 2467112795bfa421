/*
 * opened.h: sources that run an engine, for tests.
 */
#ifndef TESTS_SUPPORT_OPENED_H
#define TESTS_SUPPORT_OPENED_H

#include "tui/source/source.h"

/* Open a session of a run, or of a file in accounted memory. `settings`: for --set, ended by NULL;
 * may be NULL. Abort if that fails. The caller closes the source with source_close(). */
struct source *opened_run(const struct run *run, enum memory_mode memory);
struct source *opened_file(const char *path, const char *const *settings);

/* Runs to a moment, at most `budget` steps at a time. Aborts if the run fails. */
void opened_until(struct source *source, uint64_t until_ns, uint32_t budget);

#endif
