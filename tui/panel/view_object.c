#include "tui/cells/blocks.h"
#include "tui/cells/format.h"
#include "tui/cells/lines.h"
#include "tui/panel/object_page.h"
#include "tui/panel/panes.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_BYTES = 200, INDENT = 2, INDENTS_MAX = 8, NARROW_COLS = 70 };
enum { TYPE_COLS = 16, TYPE_COLS_NARROW = 9, ADDRESS_COLS = 12 };

/* What is the same for all rows. */
struct object_scene {
    const struct record *record;
    const struct object_page *page;
    struct object_row chosen;
};

/* ---- words ---------------------------------------------------------------------------------- */

/* The object's type: its own if that is known, else what the path to it says. */
static const char *type_of(const struct record_object *object, bool known) {
    const struct keepers *keepers = &object->keepers;
    uint32_t steps = keepers->step_count < KEEPERS_STEPS ? keepers->step_count : KEEPERS_STEPS;
    return object->view.type[0] != '\0' ? object->view.type
           : known && steps > 0 && keepers->steps[steps - 1].type[0] != '\0'
               ? keepers->steps[steps - 1].type
           : object->view.no_pointers ? "data without pointers"
                                      : "object of no known type";
}

/* "session at 0xc200123400, 64 bytes: block 17 of 63" */
static void write_head(const struct record *record, char *out, size_t bytes) {
    const struct record_object *object = &record->object;
    const struct span_view *span = &object->span;
    char place[64] = "";
    if (!object->has_span) {
        snprintf(out, bytes, "0x%" PRIx64 " is not in the heap", object->address);
        return;
    }
    if (!span->in_use) {
        snprintf(out, bytes, "0x%" PRIx64 ": the pages here are idle, there is no object",
                 object->address);
        return;
    }
    if (span->class > 0) {
        snprintf(place, sizeof place, ": block %" PRIu32 " of %" PRIu32, object->block + 1,
                 span->blocks);
    }
    if (!object->allocated) {
        snprintf(out, bytes, "0x%" PRIx64 "%s, is free: %s bytes for the next object of this size",
                 object->address, place, format_count(span->block_bytes).s);
        return;
    }
    snprintf(out, bytes, "%s at 0x%" PRIx64 ", %s bytes%s",
             type_of(object, object_is_known(record)), object->view.address,
             format_count(object->view.bytes).s, place);
}

static void write_way(const struct record *record, char *out, size_t bytes, enum style *style) {
    const struct keepers *keepers = &record->object.keepers;
    char when[48] = "";
    if (record->object.keepers_at_ns != record->now.now_ns) {
        snprintf(when, sizeof when, ", as of %s", format_clock(record->object.keepers_at_ns).s);
    }
    *style = STYLE_TITLE;
    if (keepers->unknown) {
        snprintf(out, bytes, "there was no memory to find out what keeps it alive");
    } else if (!object_is_known(record)) {
        snprintf(out, bytes, "looking for what keeps it alive ...");
    } else if (keepers->step_count > 0) {
        snprintf(out, bytes, "what keeps it alive%s", when);
    } else {
        *style = STYLE_GARBAGE;
        snprintf(out, bytes, "nothing keeps it alive%s: the next collection frees it", when);
    }
}

static void write_fields(const struct record *record, char *out, size_t bytes) {
    const struct object_view *view = &record->object.view;
    if (view->field_count == 0) {
        snprintf(out, bytes, "no pointers: the collector does not look inside");
    } else if (view->by_word) {
        snprintf(out, bytes, "what is in it: of unknown type, so each word may be a pointer");
    } else {
        snprintf(out, bytes, "what is in it");
    }
}

static void write_sources(const struct record *record, char *out, size_t bytes) {
    const struct keepers *keepers = &record->object.keepers;
    bool dead = keepers->step_count == 0;
    snprintf(out, bytes, "%s pointer%s to it%s", format_count(keepers->source_count).s,
             keepers->source_count == 1 ? "" : "s",
             dead ? ", in garbage: that keeps nothing alive" : "");
}

/* ---- rows ----------------------------------------------------------------------------------- */

static int type_cols(const struct pen *pen) {
    return pen->clip.cols < NARROW_COLS ? TYPE_COLS_NARROW : TYPE_COLS;
}

/* Columns for names before a type and an address. */
static int name_cols(const struct pen *pen) {
    return pen->clip.cols - type_cols(pen) - ADDRESS_COLS - 3;
}

static void put_block(const struct pen *pen, int x, int y, enum style style, const char *type,
                      uint64_t address) {
    int types = type_cols(pen);
    pen_text_fit(pen, x, y, types, style, type[0] != '\0' ? type : "object");
    pen_textf(pen, x + types + 1, y, style, "0x%" PRIx64, address);
}

static void draw_step(const struct object_scene *scene, const struct pen *pen, int y,
                      uint32_t index, bool chosen) {
    const struct record_object *object = &scene->record->object;
    const struct keepers *keepers = &object->keepers;
    struct object_line line;
    struct object_row row = {ROW_STEP, index};
    CHECK(object_line_of(scene->page, &row, &line));
    bool known = object_is_known(scene->record);
    bool self = line.at == 0;
    uint32_t depth = scene->page->steps - 1 - line.at;
    int indent = INDENT * (int)(depth < INDENTS_MAX ? depth : INDENTS_MAX);
    int names = name_cols(pen);
    enum style style = chosen ? STYLE_SELECTED : self ? STYLE_STRONG : STYLE_NORMAL;
    if (!known || keepers->step_count == 0) {
        put_block(pen, INDENT, y, style, type_of(object, known), object->view.address);
        return;
    }
    const struct path_step *step = &keepers->steps[index];
    bool false_one = step->by_chance && !chosen;
    if (indent < names) {
        pen_text_fit(pen, indent, y, names - indent, false_one ? STYLE_WARNING : style, step->name);
    }
    put_block(pen, names + 1, y, style, step->type, step->address);
}

/* The type of what a field points at; "" in a narrow panel if the field's own type says it. */
static const char *target_type(const struct field_view *field, bool narrow) {
    const char *declared = field->type + (field->type[0] == '*');
    bool said = narrow && strcmp(declared, field->target) == 0;
    return said ? "" : field->target[0] != '\0' ? field->target : "object";
}

static int draw_length(const struct pen *pen, int x, int y, enum style style,
                       const struct field_view *field, bool narrow) {
    if (field->value == VALUE_STRING || (field->value == VALUE_SLICE && narrow)) {
        return pen_textf(pen, x, y, style, "len %s ", format_count(field->length).s);
    } else if (field->value == VALUE_SLICE) {
        return pen_textf(pen, x, y, style, "len %s cap %s ", format_count(field->length).s,
                         format_count(field->capacity).s);
    }
    return x;
}

/* "len 12 cap 16" or "42", and what it points at. Returns the column after it. */
static int draw_value(const struct pen *pen, int x, int y, enum style style,
                      const struct field_view *field) {
    bool narrow = pen->clip.cols < NARROW_COLS;
    bool plain = style == STYLE_NORMAL;
    if (field->value == VALUE_EMPTY) {
        return pen_text(pen, x, y, plain ? STYLE_DIM : style, "empty");
    }
    if (field->value == VALUE_NUMBER) {
        return pen_textf(pen, x, y, style, "%" PRId64, (int64_t)field->number);
    }
    if (field->address == 0) {
        return pen_text(pen, x, y, style, field->dangling ? "points at no object" : "nil");
    }
    enum style target = plain && field->dead ? STYLE_GARBAGE : style;
    const char *type = target_type(field, narrow);
    x = draw_length(pen, x, y, style, field, narrow);
    pen_glyph(pen, x, y, plain ? STYLE_DIM : style, GLYPH_POINTER);
    return pen_textf(pen, x + 2, y, target, "%s%s0x%" PRIx64 "%s", type, type[0] != '\0' ? " " : "",
                     field->address, field->dead ? " garbage" : "");
}

static void draw_field(const struct object_scene *scene, const struct pen *pen, int y,
                       uint32_t index, bool chosen) {
    const struct record_object *object = &scene->record->object;
    if (index - object->field_first >= object->field_count) {
        return; /* not in the record yet */
    }
    const struct field_view *field = &object->fields[index - object->field_first];
    enum style style = chosen ? STYLE_SELECTED : STYLE_NORMAL;
    int names = pen->clip.cols / 4 < 20 ? pen->clip.cols / 4 : 20;
    int types = pen->clip.cols / 4 < TYPE_COLS ? pen->clip.cols / 4 : TYPE_COLS;
    pen_text_fit(pen, INDENT, y, names - INDENT, style, field->name);
    pen_text_fit(pen, names + 1, y, types - 1, chosen ? style : STYLE_DIM, field->type);
    if (draw_value(pen, names + types + 1, y, style, field) > pen->clip.cols) {
        pen_glyph(pen, pen->clip.cols - 1, y, style, GLYPH_ELLIPSIS);
    }
}

static void draw_source(const struct object_scene *scene, const struct pen *pen, int y,
                        uint32_t index, bool chosen) {
    const struct path_step *source = &scene->record->object.keepers.sources[index];
    int names = name_cols(pen);
    enum style style = chosen ? STYLE_SELECTED : STYLE_NORMAL;
    enum style name = source->by_chance && !chosen ? STYLE_WARNING : style;
    pen_text_fit(pen, INDENT, y, names - INDENT, name, source->name);
    if (source->address != 0) {
        put_block(pen, names + 1, y, style, source->type, source->address);
    } else {
        pen_text(pen, names + 1, y, chosen ? style : STYLE_DIM, "a root");
    }
}

/* Line number `line` of a text that is broken into lines. The text up to its colon stands out. */
static void draw_reason(const struct pen *pen, int y, const char *text, uint32_t line) {
    for (uint32_t i = 0; i < line; i++) {
        text += lines_break(text, pen->clip.cols);
        text += strspn(text, " ");
    }
    pen_textf(pen, 0, y, STYLE_NORMAL, "%.*s", (int)lines_break(text, pen->clip.cols), text);
    if (line == 0) {
        pen_textf(pen, 0, y, STYLE_WARNING, "%.*s", (int)strcspn(text, ":") + 1, text);
    }
}

static void draw_title(const struct object_scene *scene, const struct pen *pen, int y,
                       enum object_row_kind kind) {
    char words[WORDS_BYTES] = "";
    enum style style = STYLE_TITLE;
    if (kind == ROW_WAY) {
        write_way(scene->record, words, sizeof words, &style);
    } else if (kind == ROW_FIELDS) {
        write_fields(scene->record, words, sizeof words);
    } else {
        write_sources(scene->record, words, sizeof words);
    }
    pen_text_fit(pen, 0, y, pen->clip.cols, style, words);
}

static void draw_row(const struct object_scene *scene, const struct pen *pen, int y,
                     const struct object_row *row, bool chosen) {
    const struct keepers *keepers = &scene->record->object.keepers;
    if (chosen) {
        pen_fill(pen, (struct rect){0, y, pen->clip.cols, 1}, STYLE_SELECTED, ' ');
    }
    switch (row->kind) {
    case ROW_BLANK:
        break;
    case ROW_WAY:
    case ROW_FIELDS:
    case ROW_SOURCES:
        draw_title(scene, pen, y, row->kind);
        break;
    case ROW_STEP:
        draw_step(scene, pen, y, row->index, chosen);
        break;
    case ROW_GAP:
        pen_textf(pen, INDENT, y, STYLE_DIM, "... %s steps more ...",
                  format_count(keepers->step_count - scene->page->steps).s);
        break;
    case ROW_REASON:
        draw_reason(pen, y, scene->page->reason, row->index);
        break;
    case ROW_FIELD:
        draw_field(scene, pen, y, row->index, chosen);
        break;
    case ROW_SOURCE:
        draw_source(scene, pen, y, row->index, chosen);
        break;
    case ROW_MORE:
        pen_textf(pen, INDENT, y, STYLE_DIM, "... and %s more",
                  format_count(keepers->source_count - scene->page->sources).s);
        break;
    }
}

static void draw_column(const struct object_scene *scene, const struct pen *pen,
                        const struct object_column *column) {
    struct pen inside = pen_inside(pen, column->place);
    const struct object_row *chosen = &scene->chosen;
    struct object_row row;
    for (int y = 0; object_row_at(column, y, &row); y++) {
        draw_row(scene, &inside, y, &row, row.kind == chosen->kind && row.index == chosen->index);
    }
    if (column->top > 0) { /* there is more above */
        pen_glyph(pen, column->place.x - 1, column->place.y, STYLE_DIM, GLYPH_OFF_TOP);
    }
}

static bool is_past(const struct record *record, const struct ui *ui) {
    return ui->cursor_on && ui->cursor_ns < record->now.now_ns;
}

/* The object that the user wants to see in this run. */
static const struct ui_object *asked_of(const struct ui *ui, const struct pane *pane) {
    return &ui->seats[pane->seat].object;
}

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    static const char hint[] = "No object is looked at.\n"
                               "In the heap map (3), put the cursor on a span in use and press "
                               "Enter; or press Enter here for the largest object there is.";
    char words[WORDS_BYTES];
    const struct ui_object *asked = asked_of(ui, pane);
    struct object_page page;
    if (asked->now.address == 0) {
        struct rect place = {1, 0, pen->clip.cols - 2, pen->clip.rows};
        struct pen inside = pen_inside(pen, place);
        lines_paragraphs(&inside, 0, hint);
        return;
    }
    if (!object_is_here(record, asked)) {
        pen_textf(pen, 1, 0, STYLE_TITLE, "0x%" PRIx64 " ...", asked->now.address);
        return;
    }
    object_page_of(record, asked, pen_size(pen), &page);
    const struct object_scene scene = {record, &page, object_chosen(asked, &page)};
    int x = 1;
    if (is_past(record, ui)) { /* the user must not take it for the past */
        x = pen_text(pen, 0, 0, STYLE_PAUSED, " now, not then ") + 1;
    }
    write_head(record, words, sizeof words);
    pen_text_fit(pen, x, 0, pen->clip.cols - 1 - x, STYLE_STRONG, words);
    struct pen strip = pen_inside(pen, page.blocks);
    const struct record_object *object = &record->object;
    struct blocks blocks = {object->blocks, object->block_count, object->block};
    blocks_draw(&strip, &blocks);
    for (int i = 0; i < page.column_count; i++) {
        draw_column(&scene, pen, &page.columns[i]);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    const struct ui_object *asked = asked_of(ui, pane);
    out[0] = '\0';
    if (asked->now.address != 0 && is_past(record, ui)) {
        snprintf(out, bytes, "the present: of the past no objects are kept");
    } else if (object_is_here(record, asked)) {
        snprintf(out, bytes, "Enter follows%s", asked->back_count > 0 ? ", Bksp back" : "");
    }
}

static void demand(const struct record *record, const struct ui *ui, const struct pane *pane,
                   struct size size, struct demand *out) {
    const struct ui_object *asked = asked_of(ui, pane);
    struct object_page page;
    object_page_of(record, asked, size, &page);
    out->object = asked->now.address != 0;
    out->object_address = asked->now.address;
    for (int i = 0; i < page.column_count; i++) {
        struct object_row row;
        for (int y = 0; object_row_at(&page.columns[i], y, &row); y++) {
            if (row.kind == ROW_FIELD) { /* the first that is seen; the record holds some more */
                out->object_field_first = row.index;
                return;
            }
        }
    }
}

/* ---- keys ----------------------------------------------------------------------------------- */

/* The address that the chosen line leads to; 0: it leads nowhere, and the user is told why. */
static uint64_t target_of(const struct record *record, struct ui *ui, const struct pane *pane,
                          const struct object_page *page) {
    const struct record_object *object = &record->object;
    struct object_row row = object_chosen(asked_of(ui, pane), page);
    struct object_line line;
    uint64_t address = 0;
    if (row.kind == ROW_FIELD) {
        bool here = row.index - object->field_first < object->field_count;
        const struct field_view *field =
            here ? &object->fields[row.index - object->field_first] : NULL;
        address = here ? field->address : 0;
        if (here && address == 0) {
            ui_say(ui, "%s",
                   field->value == VALUE_NUMBER  ? "a number leads nowhere"
                   : field->value == VALUE_EMPTY ? "there is nothing in it"
                   : field->dangling             ? "there is no object at that address"
                                                 : "nil leads nowhere");
        }
    } else if (row.kind == ROW_SOURCE) {
        address = object->keepers.sources[row.index].address;
        if (address == 0) {
            ui_say(ui, "a root is not in the heap: it is where the collector begins");
        }
    } else if (object_line_of(page, &row, &line) && line.at > 0) {
        address = object->keepers.steps[row.index].address;
    } else {
        ui_say(ui, "this is the object that is shown");
    }
    return address;
}

static struct request follow(const struct record *record, struct ui *ui, const struct pane *pane,
                             const struct object_page *page) {
    if (asked_of(ui, pane)->now.address == 0) {
        return (struct request){.kind = REQUEST_OBJECT, .path = "largest"};
    }
    uint64_t address = page->column_count > 0 ? target_of(record, ui, pane, page) : 0;
    if (address != 0) {
        object_show(ui, pane->seat, record, address);
    }
    return (struct request){.kind = REQUEST_LOOK};
}

/* Gives the keyboard to the map, and brings the chart, which shares the area, to the front. */
static struct request leave(struct ui *ui, uint32_t seat) {
    panes_focus_view(ui, VIEW_CHART, seat);
    panes_focus_view(ui, VIEW_MAP, seat);
    return (struct request){.kind = REQUEST_LOOK};
}

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    struct ui_object *asked = &ui->seats[pane->seat].object;
    struct object_page page;
    object_page_of(record, asked, size, &page);
    switch ((int)action) {
    case ACTION_CHOOSE:
        return follow(record, ui, pane, &page);
    case ACTION_CLOSE:
        return leave(ui, pane->seat);
    case ACTION_BACK:
        if (!object_back(ui, pane->seat, record)) {
            ui_say(ui, "this is the first object that was looked at");
        }
        return (struct request){.kind = REQUEST_LOOK};
    case ACTION_LEFT:
    case ACTION_RIGHT:
        return asked->now.address == 0 ? follow(record, ui, pane, &page)
                                       : (struct request){.kind = REQUEST_OBJECT,
                                                          .address = asked->now.address,
                                                          .back = action == ACTION_LEFT};
    default:
        break;
    }
    if (page.column_count > 0 && object_move(asked, &page, action, size.rows)) {
        return (struct request){.kind = REQUEST_LOOK};
    }
    return (struct request){.kind = REQUEST_UNUSED};
}

/* The block of the strip at a cell; BLOCKS_NONE: there is none. */
static uint32_t block_at(const struct record_object *object, const struct rect *strip, int x,
                         int y) {
    struct blocks blocks = {object->blocks, object->block_count, object->block};
    return blocks_at(&blocks, strip->cols, strip->rows, x - strip->x, y - strip->y);
}

/* The row at a cell that can be chosen, and the line it stands for. */
static bool row_at(const struct object_page *page, int x, int y, struct object_row *row,
                   struct object_line *line) {
    for (int i = 0; i < page->column_count; i++) {
        const struct rect *place = &page->columns[i].place;
        if (x >= place->x && x < place->x + place->cols &&
            object_row_at(&page->columns[i], y - place->y, row) &&
            object_line_of(page, row, line)) {
            return true;
        }
    }
    return false;
}

/* A click on a block of the strip shows the object there. A click on a row chooses it; on the
 * chosen row it follows it. */
static struct request click(const struct record *record, struct ui *ui, const struct pane *pane,
                            const struct object_page *page, const struct mouse *mouse) {
    const struct record_object *object = &record->object;
    struct ui_object *asked = &ui->seats[pane->seat].object;
    uint32_t block = block_at(object, &page->blocks, mouse->x, mouse->y);
    struct object_row row;
    struct object_line line;
    if (block != BLOCKS_NONE) {
        uint64_t start =
            record->now.arena_start + (uint64_t)object->span.page_first * record->now.page_bytes;
        object_show(ui, pane->seat, record, start + block * object->span.block_bytes);
    } else if (row_at(page, mouse->x, mouse->y, &row, &line)) {
        struct object_row before = object_chosen(asked, page);
        asked->now.part = line.part;
        asked->now.at = line.at;
        if (before.kind == row.kind && before.index == row.index) {
            return follow(record, ui, pane, page);
        }
    } else {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    return (struct request){.kind = REQUEST_LOOK};
}

static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        enum action action = mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN;
        return act(record, ui, pane, size, action);
    }
    struct object_page page;
    object_page_of(record, asked_of(ui, pane), size, &page);
    return mouse->kind == MOUSE_CLICK ? click(record, ui, pane, &page, mouse)
                                      : (struct request){.kind = REQUEST_UNUSED};
}

const struct view view_object = {
    .name = "object",
    .title = "object",
    .min_rows = 3,
    .min_cols = 30,
    .needs = ABILITY_OBJECTS,
    .render = render,
    .caption = caption,
    .demand = demand,
    .keys = KEYS_OBJECT,
    .act = act,
    .mouse = mouse,
};
