/*
 * sample.h: the program reads its own MemStats and prints some of it.
 */
#ifndef ENGINE_PROGRAM_SAMPLE_H
#define ENGINE_PROGRAM_SAMPLE_H

#include "engine/program/state.h"

/* Reads MemStats as the program does, records the sample, prints those numbers of it. */
void sample_take(struct workload *w, const struct aside *aside, const struct print_list *print);

/* The sums of struct program_counts as of now. */
void sample_counts(const struct workload *w, struct program_counts *out);

#endif
