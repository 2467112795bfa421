/*
 * map_words.h: spans, cells and size classes, told in words.
 */
#ifndef TUI_EXPLAIN_MAP_WORDS_H
#define TUI_EXPLAIN_MAP_WORDS_H

#include "tui/record/record.h"

/* Paragraphs for lines_paragraphs(): what the span is, what it holds or what becomes of it. */
void map_words_span(const struct record *record, const struct span_view *span, char *out,
                    size_t bytes);

/* What some pages were at an earlier moment. */
void map_words_past(const struct map_cell *cell, uint32_t page_first, uint64_t at_ns, char *out,
                    size_t bytes);

/* What a size class is for, and what it costs. */
void map_words_class(const struct record_classes *all, uint32_t class, uint32_t page_bytes,
                     char *out, size_t bytes);

/* The letter that stands for a size class below MEMSTATS_CLASSES_MAX; 0, large: '#'. */
char map_letter(uint32_t class);

#endif
