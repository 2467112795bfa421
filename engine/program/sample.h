/*
 * sample.h: the program reads its own MemStats and prints some of it.
 */
#ifndef ENGINE_PROGRAM_SAMPLE_H
#define ENGINE_PROGRAM_SAMPLE_H

#include "engine/program/state.h"

/* Reads MemStats as the program does, records the sample, and prints the numbers in `print`.
 * `aside`: of the goroutine that reads. Does nothing if there is no memory for the record, which
 * then counts as lost. */
void sample_take(struct workload *w, const struct aside *aside, const struct print_list *print);

/* The program's counts as of now. */
void sample_counts(const struct workload *w, struct program_counts *out);

#endif
