/*
 * object_page.h: the rows of an object's panel: the path that keeps the object alive, the reason if
 * a false pointer does, its fields, and what points at it. Where the rows stand, and which one is
 * chosen.
 */
#ifndef TUI_PANEL_OBJECT_PAGE_H
#define TUI_PANEL_OBJECT_PAGE_H

#include "tui/panel/view.h"

enum object_row_kind {
    ROW_BLANK,
    ROW_WAY, /* the title of the path; it says so if nothing keeps the object alive */
    ROW_STEP,
    ROW_GAP,    /* steps that are left out */
    ROW_REASON, /* a line of the explanation of a false pointer */
    ROW_FIELDS, /* a title */
    ROW_FIELD,
    ROW_SOURCES, /* a title */
    ROW_SOURCE,
    ROW_MORE /* sources that are left out */
};

/* `index` of a step or a source: in the record; of a field: among all fields; of a reason: its
 * line. */
struct object_row {
    enum object_row_kind kind;
    uint32_t index;
};

/* Consecutive rows of one kind. */
struct object_section {
    enum object_row_kind kind;
    uint32_t first, count;
};

enum { OBJECT_SECTIONS_MAX = 10, OBJECT_REASON_BYTES = 480 };

/* Sections from top to bottom, and the place where they are seen. */
struct object_column {
    struct rect place;
    struct object_section sections[OBJECT_SECTIONS_MAX];
    uint32_t section_count;
    uint32_t row_count, top; /* rows in all; the first one seen */
};

/* The rows below the line that names the object, in one column or two. column_count == 0: there are
 * none. */
struct object_page {
    struct rect blocks; /* rows == 0: not shown */
    struct object_column columns[2];
    int column_count;
    uint32_t steps;   /* of the path, that are shown; the last is the object itself */
    uint32_t fields;  /* in all */
    uint32_t sources; /* that are shown */
    char reason[OBJECT_REASON_BYTES];
};

/* Fills in the page for a panel of that size. */
void object_page_of(const struct record *record, const struct ui_object *object, struct size size,
                    struct object_page *page);

/* The row at row `y` of the column's place. False: there is none. */
bool object_row_at(const struct object_column *column, int y, struct object_row *row);

/* The chosen row. */
struct object_row object_chosen(const struct ui_object *object, const struct object_page *page);
/* The line to choose for a row. False: the row cannot be chosen. */
bool object_line_of(const struct object_page *page, const struct object_row *row,
                    struct object_line *line);

/* Moves the choice; a page is `rows` rows. False: the action does not move. */
bool object_move(struct ui_object *object, const struct object_page *page, enum action action,
                 int rows);

/* Whether the record knows what keeps its present object alive. */
bool object_is_known(const struct record *record);

/* Whether the record shows the object that is asked for. */
bool object_is_here(const struct record *record, const struct ui_object *object);

/* Shows another object of the seat's run; the one before is remembered for object_back(). Gives the
 * keyboard to the seat's object panel, and moves the cursors of its heap maps to the object. */
void object_show(struct ui *ui, uint32_t seat, const struct record *record, uint64_t address);

/* Shows the object before this one again. False: there is none. */
bool object_back(struct ui *ui, uint32_t seat, const struct record *record);

#endif
