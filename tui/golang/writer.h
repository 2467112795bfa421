/*
 * writer.h: lines of Go, indented, and names that Go accepts.
 */
#ifndef TUI_GOLANG_WRITER_H
#define TUI_GOLANG_WRITER_H

#include "engine/base/text.h"
#include "engine/scenario.h"

#include <stdbool.h>
#include <stdint.h>

enum { GO_TEXT_BYTES = 160 };

/* An expression, as text. */
struct go_text {
    char text[GO_TEXT_BYTES];
};

enum go_import {
    IMPORT_LIST,
    IMPORT_FMT,
    IMPORT_RAND,
    IMPORT_RUNTIME,
    IMPORT_DEBUG,
    IMPORT_SYNC,
    IMPORT_TIME,
    IMPORT_UNSAFE,
    GO_IMPORT_COUNT
};

/* The identifiers that are taken. */
struct go_names {
    char **names;
    uint32_t count, room;
};

/* Lines that are written, each with the step it stands for. */
struct go_part {
    struct text_builder text;
    uint32_t *steps; /* by line of text: a line of the scenario's file; 0: no step's */
    uint32_t count, room;
};

/* Text on its way, with what it has needed so far. */
struct go_writer {
    struct go_part part;
    bool writing;   /* between go_begin() and go_end() */
    bool no_memory; /* something is missing: what is written is good for nothing */
    uint32_t indent;
    uint32_t step; /* the line of the step that is being written; 0: none */
    bool fresh;    /* a block has just begun, or an empty line is there */
    bool imports[GO_IMPORT_COUNT];
    bool draws_rand; /* calls rand.Intn() or rand.ExpFloat64() */
    struct go_names names;
    const struct distribution *distributions; /* of the scenario */
    const char **draws; /* by distribution: the variable or function that draws; NULL: none does */
};

/* Where memory runs out, no_memory is set, and everything goes on with empty names and texts. */
void go_writer_init(struct go_writer *w);
void go_writer_done(struct go_writer *w);

/* What is written from here on becomes a part, which go_end() makes the caller's, to be ended with
 * go_part_free(). */
void go_begin(struct go_writer *w);
struct go_part go_end(struct go_writer *w);
void go_part_free(struct go_part *part);

/* One line at the indent of the moment. */
void go_line(struct go_writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An empty line, but never two, and none where a block begins. */
void go_blank(struct go_writer *w);

/* The line `... {`, and one step in. */
void go_open(struct go_writer *w, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* One step out, and the line, which begins with `}`. */
void go_close(struct go_writer *w, const char *text);

/* Lines of comment, one for each of `text`. */
void go_comment(struct go_writer *w, const char *text);

/* An identifier made from a scenario's name, after which nothing else gets it: "free-list" becomes
 * freeList. Where that is taken, `suffix` is added, then a number. It lives as long as `w`. */
const char *go_name(struct go_writer *w, const char *wanted, const char *suffix);

/* The same for a field of a struct, beside the `count` ones before it. The caller frees it. NULL:
 * no memory. */
char *go_field_name(const char *wanted, char *const *others, uint32_t count);

/* prefix + Name + suffix, for go_name(). */
struct go_text go_join(const char *prefix, const char *name, const char *suffix);

/* 5*time.Minute; `spaced`: 5 * time.Minute, as gofmt has it where nothing stands beside it. */
struct go_text go_duration(struct go_writer *w, uint64_t ns, bool spaced);

/* From now on the program calls rand.Intn() or rand.ExpFloat64(). */
void go_draws_rand(struct go_writer *w);

/* rand.Intn(5000000)+5000000, or the number if there is nothing to draw. */
struct go_text go_draw(struct go_writer *w, const struct range *range, bool spaced);

/* time.Millisecond * time.Duration(rand.Intn(1000)), or a constant; as an argument beside another,
 * where gofmt leaves the blanks out. */
struct go_text go_draw_duration(struct go_writer *w, const struct range *range);
struct go_text go_draw_argument(struct go_writer *w, const struct range *range);

#endif
