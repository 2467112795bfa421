#include "tui/panel/object_page.h"

#include "tui/cells/lines.h"
#include "tui/explain/release_words.h"
#include "tui/panel/list.h"
#include "tui/panel/panes.h"

#include <inttypes.h>
#include <stdio.h>

enum { WIDE_COLS = 110, MARGIN = 1, STEPS_LEAST = 4, HEAD_ROWS = 1 };

bool object_is_here(const struct record *record, const struct ui_object *object) {
    return record->object.address == object->now.address && record->object.address != 0;
}

bool object_is_known(const struct record *record) {
    const struct record_object *object = &record->object;
    return object->allocated && object->keepers.address == object->view.address &&
           !object->keepers.unknown;
}

/* ---- what there is to say ------------------------------------------------------------------- */

static void write_reason(const struct record *record, char out[OBJECT_REASON_BYTES]) {
    const struct release_words *words = release_words_of(record->version);
    const struct path_step *root = &record->object.keepers.steps[0];
    out[0] = '\0';
    if (!object_is_known(record) || record->object.keepers.step_count == 0 || !root->by_chance) {
        return;
    }
    snprintf(out, OBJECT_REASON_BYTES,
             "False pointer: the word is the number %" PRIu64 ", which is 0x%" PRIx64
             ", by chance the address of an object. %s",
             root->word, root->word, words->stray_word != NULL ? words->stray_word : "");
}

static void add(struct object_column *column, enum object_row_kind kind, uint32_t first,
                uint32_t count) {
    if (count > 0) {
        CHECK(column->section_count < OBJECT_SECTIONS_MAX);
        column->sections[column->section_count++] = (struct object_section){kind, first, count};
        column->row_count += count;
    }
}

/* The steps of the path, without the middle of a long one. The last step is the object itself; it
 * is there even if nothing leads to it. */
static void add_way(const struct record *record, int rows, struct object_page *page,
                    struct object_column *column) {
    const struct keepers *keepers = &record->object.keepers;
    uint32_t most = rows / 2 > STEPS_LEAST ? (uint32_t)rows / 2 : STEPS_LEAST;
    uint32_t known = keepers->step_count < KEEPERS_STEPS ? keepers->step_count : KEEPERS_STEPS;
    known = object_is_known(record) && known > 0 ? known : 1;
    most = most < KEEPERS_STEPS ? most : KEEPERS_STEPS;
    bool cut = object_is_known(record) && keepers->step_count > most;
    page->steps = cut ? most : known;
    uint32_t head = cut ? most / 2 : 0;
    add(column, ROW_WAY, 0, 1);
    add(column, ROW_STEP, 0, head);
    add(column, ROW_GAP, 0, cut);
    add(column, ROW_STEP, known - (page->steps - head), page->steps - head);
    write_reason(record, page->reason);
    if (page->reason[0] != '\0') {
        add(column, ROW_REASON, 0, (uint32_t)lines_count(column->place.cols, page->reason));
    }
}

static void add_fields(const struct record *record, struct object_page *page,
                       struct object_column *column) {
    page->fields = record->object.view.field_count;
    add(column, ROW_FIELDS, 0, 1);
    add(column, ROW_FIELD, 0, page->fields);
}

/* One of the pointers is the last step of the path. If it is the only one, it is not shown
 * again. */
static void add_sources(const struct record *record, struct object_page *page,
                        struct object_column *column) {
    const struct keepers *keepers = &record->object.keepers;
    if (!object_is_known(record) || keepers->source_count <= (keepers->step_count > 0)) {
        return;
    }
    page->sources =
        keepers->source_count < KEEPERS_SOURCES ? keepers->source_count : KEEPERS_SOURCES;
    add(column, ROW_BLANK, 0, 1);
    add(column, ROW_SOURCES, 0, 1);
    add(column, ROW_SOURCE, 0, page->sources);
    add(column, ROW_MORE, 0, keepers->source_count > page->sources);
}

/* ---- where it stands ------------------------------------------------------------------------ */

/* Finds the row in the column; false: it is not there. */
static bool find_row(const struct object_column *column, const struct object_row *row,
                     uint32_t *at) {
    *at = 0;
    for (uint32_t i = 0; i < column->section_count; i++) {
        const struct object_section *section = &column->sections[i];
        if (section->kind == row->kind && row->index - section->first < section->count) {
            *at += row->index - section->first;
            return true;
        }
        *at += section->count;
    }
    return false;
}

/* Keeps the chosen row in sight, with one below it. */
static void scroll(const struct ui_object *object, const struct object_page *page,
                   struct object_column *column) {
    struct object_row chosen = object_chosen(object, page);
    uint32_t rows = column->place.rows > 0 ? (uint32_t)column->place.rows : 0;
    uint32_t at;
    if (column->row_count <= rows || !find_row(column, &chosen, &at)) {
        return;
    }
    uint32_t last = column->row_count - rows;
    column->top = at + 2 > rows ? at + 2 - rows : 0;
    column->top = column->top > last ? last : column->top;
}

void object_page_of(const struct record *record, const struct ui_object *asked, struct size size,
                    struct object_page *page) {
    const struct record_object *object = &record->object;
    int cols = size.cols, rows = size.rows;
    *page = (struct object_page){.column_count = 0};
    if (!object_is_here(record, asked) || !object->has_span || !object->span.in_use) {
        return;
    }
    bool strip = object->span.class != 0 && rows >= 5;
    page->blocks = (struct rect){MARGIN, HEAD_ROWS, cols - 2 * MARGIN, strip};
    if (!object->allocated) {
        return;
    }
    bool wide = cols >= WIDE_COLS;
    int y = HEAD_ROWS + strip;
    int left = wide ? cols / 2 - 2 * MARGIN : cols - 2 * MARGIN;
    page->column_count = wide ? 2 : 1;
    page->columns[0].place = (struct rect){MARGIN, y, left, rows - y};
    page->columns[1].place =
        (struct rect){cols / 2 + MARGIN, y, cols - cols / 2 - 2 * MARGIN, rows - y};
    add_way(record, rows - y, page, &page->columns[0]);
    add_fields(record, page, &page->columns[wide]);
    add_sources(record, page, &page->columns[0]);
    for (int i = 0; i < page->column_count; i++) {
        scroll(asked, page, &page->columns[i]);
    }
}

bool object_row_at(const struct object_column *column, int y, struct object_row *row) {
    if (y < 0 || y >= column->place.rows) {
        return false;
    }
    uint32_t at = column->top + (uint32_t)y;
    for (uint32_t i = 0; i < column->section_count; i++) {
        const struct object_section *section = &column->sections[i];
        if (at < section->count) {
            *row = (struct object_row){section->kind, section->first + at};
            return true;
        }
        at -= section->count;
    }
    return false;
}

/* ---- which is chosen ------------------------------------------------------------------------ */

/* The index of the step shown `from_end` rows before the last one. */
static uint32_t step_at(const struct object_page *page, uint32_t from_end) {
    const struct object_column *column = &page->columns[0];
    for (uint32_t i = column->section_count; i-- > 0;) {
        const struct object_section *section = &column->sections[i];
        if (section->kind == ROW_STEP && from_end < section->count) {
            return section->first + section->count - 1 - from_end;
        }
        from_end -= section->kind == ROW_STEP ? section->count : 0;
    }
    return 0;
}

/* The chosen line's number among all lines that can be chosen. */
static uint32_t number_of(const struct ui_object *object, const struct object_page *page) {
    const struct object_line *now = &object->now;
    uint32_t count = page->steps + page->fields + page->sources;
    uint32_t line = now->part == OBJECT_WAY
                        ? (now->at < page->steps ? page->steps - 1 - now->at : 0)
                    : now->part == OBJECT_FIELDS ? page->steps + now->at
                                                 : page->steps + page->fields + now->at;
    return line < count ? line : count > 0 ? count - 1 : 0;
}

static struct object_line line_of(const struct object_page *page, uint32_t line) {
    if (line < page->steps) {
        return (struct object_line){.part = OBJECT_WAY, .at = page->steps - 1 - line};
    }
    line -= page->steps;
    if (line < page->fields) {
        return (struct object_line){.part = OBJECT_FIELDS, .at = line};
    }
    return (struct object_line){.part = OBJECT_SOURCES, .at = line - page->fields};
}

struct object_row object_chosen(const struct ui_object *object, const struct object_page *page) {
    struct object_line line = line_of(page, number_of(object, page));
    switch (line.part) {
    case OBJECT_WAY:
        return (struct object_row){ROW_STEP, step_at(page, line.at)};
    case OBJECT_FIELDS:
        return (struct object_row){ROW_FIELD, line.at};
    case OBJECT_SOURCES:
        break;
    }
    return (struct object_row){ROW_SOURCE, line.at};
}

bool object_line_of(const struct object_page *page, const struct object_row *row,
                    struct object_line *line) {
    if (row->kind == ROW_FIELD) {
        *line = (struct object_line){.part = OBJECT_FIELDS, .at = row->index};
        return true;
    }
    if (row->kind == ROW_SOURCE) {
        *line = (struct object_line){.part = OBJECT_SOURCES, .at = row->index};
        return true;
    }
    for (uint32_t i = 0; row->kind == ROW_STEP && i < page->steps; i++) {
        if (step_at(page, i) == row->index) {
            *line = (struct object_line){.part = OBJECT_WAY, .at = i};
            return true;
        }
    }
    return false;
}

bool object_move(struct ui_object *object, const struct object_page *page, enum action action,
                 int rows) {
    uint32_t number = number_of(object, page);
    if (!list_move(action, page->steps + page->fields + page->sources, rows, &number)) {
        return false;
    }
    struct object_line line = line_of(page, number);
    object->now.part = line.part;
    object->now.at = line.at;
    return true;
}

/* ---- going from object to object ------------------------------------------------------------ */

/* Puts the map's cursor on a page, and lets its window follow. */
static void follow(struct pane *pane, uint32_t page) {
    pane->map.cursor_on = true;
    pane->map.cursor = page;
    pane->map.follows = true;
}

static void go_to(struct ui *ui, uint32_t seat, const struct record *record,
                  struct object_line line) {
    const struct snapshot *now = &record->now;
    ui->seats[seat].object.now = line;
    panes_focus_view(ui, VIEW_OBJECT, seat);
    uint64_t page = now->page_bytes > 0 ? (line.address - now->arena_start) / now->page_bytes : 0;
    bool in_heap = line.address >= now->arena_start && page < now->heap_pages;
    for (int i = 0; i < ui->pane_count && in_heap; i++) {
        if (ui->panes[i].view == VIEW_MAP && ui->panes[i].seat == seat) {
            follow(&ui->panes[i], (uint32_t)page);
        }
    }
}

void object_show(struct ui *ui, uint32_t seat, const struct record *record, uint64_t address) {
    struct ui_object *object = &ui->seats[seat].object;
    if (object->now.address != 0 && object->now.address != address) {
        if (object->back_count == UI_OBJECTS_BACK) { /* the oldest is forgotten */
            for (uint32_t i = 1; i < UI_OBJECTS_BACK; i++) {
                object->back[i - 1] = object->back[i];
            }
            object->back_count--;
        }
        object->back[object->back_count++] = object->now;
    }
    go_to(ui, seat, record, (struct object_line){.address = address});
}

bool object_back(struct ui *ui, uint32_t seat, const struct record *record) {
    struct ui_object *object = &ui->seats[seat].object;
    if (object->back_count == 0) {
        return false;
    }
    go_to(ui, seat, record, object->back[--object->back_count]);
    return true;
}
