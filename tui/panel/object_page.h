/*
 * object_page.h: what is said of an object, as rows: the way that keeps it alive, why that way is
 * none, its fields, what points at it. Where they stand, which is chosen, where they lead.
 */
#ifndef TUI_PANEL_OBJECT_PAGE_H
#define TUI_PANEL_OBJECT_PAGE_H

#include "tui/panel/view.h"

enum object_row_kind {
    ROW_BLANK,
    ROW_WAY, /* a title: what keeps it, or that nothing does */
    ROW_STEP,
    ROW_GAP,    /* steps that are left out */
    ROW_REASON, /* a line of the explanation of a false pointer */
    ROW_FIELDS, /* a title */
    ROW_FIELD,
    ROW_SOURCES, /* a title */
    ROW_SOURCE,
    ROW_MORE /* sources that are left out */
};

/* `index`: of a step, a source, in the record; of a field, over all; of a line of the reason. */
struct object_row {
    enum object_row_kind kind;
    uint32_t index;
};

/* Rows of one kind that follow each other. */
struct object_section {
    enum object_row_kind kind;
    uint32_t first, count;
};

enum { OBJECT_SECTIONS_MAX = 10, OBJECT_REASON_BYTES = 480 };

/* Rows, one below the other, and where they are seen. */
struct object_column {
    struct rect place;
    struct object_section sections[OBJECT_SECTIONS_MAX];
    uint32_t section_count;
    uint32_t row_count, top; /* rows in all; the first that is seen */
};

/* All that is said, in one column or two, below what says which object it is. */
struct object_page {
    struct rect blocks; /* rows == 0: not shown */
    struct object_column columns[2];
    int column_count;
    uint32_t steps;   /* of the way, that are shown; the last is the object itself */
    uint32_t fields;  /* in all */
    uint32_t sources; /* that are shown */
    char reason[OBJECT_REASON_BYTES];
};

/* What fits into so many columns and rows. */
void object_page_of(const struct record *record, const struct ui_object *object, struct size size,
                    struct object_page *page);

/* The row at a row of the column's place. False: there is none. */
bool object_row_at(const struct object_column *column, int y, struct object_row *row);

/* The chosen row; and which row can be chosen, and is then where. */
struct object_row object_chosen(const struct ui_object *object, const struct object_page *page);
bool object_line_of(const struct object_page *page, const struct object_row *row,
                    struct object_line *line);

/* Moves the choice. False: the action does not move. */
bool object_move(struct ui_object *object, const struct object_page *page, enum action action,
                 int rows);

/* Whether what keeps the object is known, and is known of this one. */
bool object_is_known(const struct record *record);

/* Whether the record shows the object that is asked for. */
bool object_is_here(const struct record *record, const struct ui_object *object);

/* Looks at another object of the seat's run; where one has been is remembered. The seat's panel of
 * objects gets the keyboard, the cursor of its map goes along. */
void object_show(struct ui *ui, uint32_t seat, const struct record *record, uint64_t address);

/* Looks again at the one before. False: there is none. */
bool object_back(struct ui *ui, uint32_t seat, const struct record *record);

#endif
