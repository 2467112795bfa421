/*
 * print.h: which numbers a program prints.
 */
#ifndef ENGINE_LOADER_PRINT_H
#define ENGINE_LOADER_PRINT_H

#include "engine/loader/build.h"
#include "engine/scenario.h"

/* The numbers of a print, from "memstats", "objects" or names of columns; all of memstats after a
 * complaint. */
struct print_list build_print(struct build *b, const struct raw_text *value);

#endif
