#include "tui/cells/format.h"
#include "tui/cells/lines.h"
#include "tui/explain/brief.h"
#include "tui/explain/next.h"
#include "tui/explain/why.h"
#include "tui/panel/list.h"
#include "tui/panel/panes.h"

#include <stdio.h>

enum {
    TIME_COLS = 11,
    WORD_COLS = 9,
    TEXT_BYTES = 320,
    BESIDE_COLS_MIN = 140, /* from here on there is always an explanation beside the list, ... */
    CHOSEN_COLS_MIN = 100, /* ... or from here on, if an entry is chosen; ... */
    BELOW_ROWS_MIN = 12,   /* ... from here on it is below */
    WHY_ROWS_MIN = 9,      /* a lower panel explains a chosen entry from here on ... */
    LIST_ROWS = 4,         /* ... and keeps this many rows for the list */
    NEXT_ROWS = 5,
    CAPTION_COLS_MIN = 100, /* from here on the rule has room for the filter's name */
    SPEED_READABLE = 5
};

/* The settings of the filter, in the order in which its key goes through them. */
static const struct {
    unsigned about;
    const char *name;
} filters[] = {
    {.about = ABOUT_ALL, .name = "all"},
    {.about = ABOUT_GC, .name = "collections"},
    {.about = ABOUT_SCAVENGE, .name = "scavenges"},
    {.about = ABOUT_GROWTH, .name = "growth"},
    {.about = ABOUT_YOU, .name = "what you did"},
};

/* The entries that pass the filter; `at` is the index of the chosen one. */
struct events_list {
    uint64_t numbers[JOURNAL_ENTRIES];
    uint32_t count, at;
    bool chosen;       /* chosen by the user, or by the time cursor */
    struct rect place; /* of the list; the rest of the panel explains */
    bool one_row;      /* each entry has one row, since all of it is explained beside */
};

static unsigned about_of(const struct pane *pane) {
    return pane->events.about != 0 ? pane->events.about : ABOUT_ALL;
}

/* Whether the first row says what the filter is, as the rule has no room for it. */
static bool says_filter(const struct pane *pane, int cols) {
    return about_of(pane) != ABOUT_ALL && cols < CAPTION_COLS_MIN;
}

/* The place of the list; the explanation gets the rest. In a low panel it gets rows only if an
 * entry is chosen. */
static struct rect place_of(bool chosen, struct size size) {
    int cols = size.cols, rows = size.rows;
    if (rows >= BELOW_ROWS_MIN) {
        int below = rows >= 40 ? 19 : rows / 2;
        return (struct rect){0, 0, cols, rows - below};
    }
    if (cols >= BESIDE_COLS_MIN) {
        return (struct rect){0, 0, cols * 61 / 100, rows};
    }
    if (chosen && cols >= CHOSEN_COLS_MIN) {
        return (struct rect){0, 0, cols * 2 / 5, rows};
    }
    return (struct rect){0, 0, cols, chosen && rows >= WHY_ROWS_MIN ? LIST_ROWS : rows};
}

static void fill_list(const struct record *record, const struct ui *ui, const struct pane *pane,
                      struct size size, struct events_list *list) {
    const struct journal *journal = record->journal;
    list->count = journal_select(journal, about_of(pane), list->numbers);
    list->at = list->count > 0 ? list->count - 1 : 0;
    list->chosen = false;
    if (list->count > 0 && pane->events.on && (panes_has_focus(ui, pane) || !ui->cursor_on)) {
        list->at = journal_find(list->numbers, list->count, pane->events.chosen);
        list->chosen = true;
    } else if (list->count > 0 && ui->cursor_on) {
        list->at = journal_find_time(journal, list->numbers, list->count, ui->cursor_ns);
        list->chosen = true;
    }
    list->place = place_of(list->chosen, size);
    list->one_row = list->place.cols < size.cols;
    if (says_filter(pane, size.cols)) {
        list->place.y++;
        list->place.rows--;
    }
}

static const struct entry *entry_at(const struct record *record, const struct events_list *list,
                                    uint32_t at) {
    return journal_entry(record->journal, list->numbers[at]);
}

/* ---- the list ------------------------------------------------------------------------------- */

static enum style style_of(const struct entry *entry) {
    switch (entry_class(entry)) {
    case ABOUT_GC:
        return STYLE_NEXT;
    case ABOUT_SCAVENGE:
        return STYLE_RELEASED;
    case ABOUT_YOU:
        return STYLE_YOU;
    case ABOUT_GROWTH:
        break;
    case ABOUT_REST:
        return entry->kind == ENTRY_NOTE ? STYLE_WARNING : STYLE_STRONG;
    }
    return STYLE_STRONG;
}

/* How many rows the entry takes: a long reason goes on in a second row. */
static int rows_of(const struct record *record, const struct events_list *list,
                   const struct entry *entry) {
    char text[TEXT_BYTES];
    entry_explain(release_words_of(record->version), entry, text, sizeof text);
    int cols = list->place.cols - TIME_COLS - WORD_COLS;
    return list->one_row || text[lines_break(text, cols)] == '\0' ? 1 : 2;
}

static void draw_entry(const struct pen *pen, const struct record *record,
                       const struct entry *entry, int y, int rows, bool lit) {
    char text[TEXT_BYTES];
    int x = TIME_COLS + WORD_COLS;
    int cols = pen->clip.cols - x;
    enum style style = lit ? STYLE_SELECTED : STYLE_NORMAL;
    entry_explain(release_words_of(record->version), entry, text, sizeof text);
    if (lit) {
        pen_fill(pen, (struct rect){0, y, pen->clip.cols, rows}, STYLE_SELECTED, ' ');
    }
    pen_text_right(pen, TIME_COLS - 1, y, lit ? STYLE_SELECTED : STYLE_DIM,
                   format_clock(entry->at_ns).s);
    pen_text(pen, TIME_COLS, y, lit ? STYLE_SELECTED : style_of(entry), entry_word(entry));
    if (rows == 1) {
        pen_text_fit(pen, x, y, cols, style, text);
        return;
    }
    size_t broken = lines_break(text, cols);
    pen_textf(pen, x, y, style, "%.*s", (int)broken, text);
    pen_text_fit(pen, x, y + 1, cols, style, text + broken + (text[broken] == ' '));
}

/* The last entry that is shown: the newest, or a few after the chosen one. */
static uint32_t last_shown(const struct events_list *list) {
    uint32_t after = (uint32_t)list->place.rows / 4;
    return list->count - 1 - list->at > after ? list->at + after : list->count - 1;
}

/* The row after the last entry. The newest one is at the bottom, unless all entries fit. */
static int list_end(const struct record *record, const struct events_list *list) {
    int rows = 0;
    for (uint32_t i = last_shown(list) + 1; i-- > 0 && rows < list->place.rows;) {
        rows += rows_of(record, list, entry_at(record, list, i));
    }
    return rows < list->place.rows ? rows : list->place.rows;
}

/* An entry and where it is drawn. */
struct events_drawn {
    uint32_t at;
    const struct entry *entry;
    int y, rows; /* below_all(): y is the row after the list's last entry */
};

static struct events_drawn below_all(const struct record *record, const struct events_list *list) {
    return (struct events_drawn){.at = last_shown(list) + 1, .y = list_end(record, list)};
}

/* Goes on to the entry above. False: there is none, or not all of its rows fit. */
static bool next_above(const struct record *record, const struct events_list *list,
                       struct events_drawn *drawn) {
    if (drawn->at == 0) {
        return false;
    }
    drawn->at--;
    drawn->entry = entry_at(record, list, drawn->at);
    drawn->rows = rows_of(record, list, drawn->entry);
    drawn->y -= drawn->rows;
    return drawn->y >= 0;
}

static void draw_list(const struct record *record, const struct events_list *list,
                      const struct pen *pen) {
    struct events_drawn drawn = below_all(record, list);
    while (next_above(record, list, &drawn)) {
        bool lit = list->chosen && drawn.at == list->at;
        draw_entry(pen, record, drawn.entry, drawn.y, drawn.rows, lit);
    }
}

/* The entry drawn over row `y`; UINT32_MAX: none. */
static uint32_t entry_at_row(const struct record *record, const struct events_list *list, int y) {
    struct events_drawn drawn = below_all(record, list);
    while (next_above(record, list, &drawn)) {
        if (y >= drawn.y && y < drawn.y + drawn.rows) {
            return drawn.at;
        }
    }
    return UINT32_MAX;
}

/* ---- why, and what next --------------------------------------------------------------------- */

/* Whether to explain an entry: a chosen one, or the newest if the run is slow enough to read it. */
static bool explains(const struct ui *ui, const struct events_list *list) {
    return list->count > 0 && (list->chosen || ui->paused || ui->speed <= SPEED_READABLE);
}

/* What comes next, if that is known. */
static void write_next(const struct record *record, char *out, size_t bytes) {
    if (!ability_explain(ABILITY_FORECAST, record->abilities, record->origin, out, bytes)) {
        explain_next_long(record, out, bytes);
    }
}

static void draw_beside(const struct record *record, const struct ui *ui,
                        const struct events_list *list, const struct pen *pen) {
    char text[WHY_BYTES];
    if (explains(ui, list)) {
        const struct entry *entry = entry_at(record, list, list->at);
        entry_why(release_words_of(record->version), entry, text, sizeof text);
    } else {
        write_next(record, text, sizeof text);
    }
    lines_paragraphs(pen, 0, text);
}

/* Below: why, and if there is room, what next. */
static void draw_below(const struct record *record, const struct ui *ui,
                       const struct events_list *list, const struct pen *pen) {
    char text[WHY_BYTES];
    int y = 0;
    for (int x = 0; x < pen->clip.cols; x++) {
        pen_glyph(pen, x, 0, STYLE_DIM, GLYPH_HLINE);
    }
    if (list->count > 0 && (list->chosen || explains(ui, list))) {
        pen_text(pen, 2, 0, STYLE_TITLE, " why ");
        entry_why(release_words_of(record->version), entry_at(record, list, list->at), text,
                  sizeof text);
        struct pen inside =
            pen_inside(pen, (struct rect){1, 1, pen->clip.cols - 2, pen->clip.rows});
        y = 1 + lines_paragraphs(&inside, 0, text);
    }
    if (y + NEXT_ROWS <= pen->clip.rows) {
        for (int x = 0; x < pen->clip.cols; x++) {
            pen_glyph(pen, x, y, STYLE_DIM, GLYPH_HLINE);
        }
        pen_text(pen, 2, y, STYLE_TITLE, " what next ");
        write_next(record, text, sizeof text);
        struct pen inside =
            pen_inside(pen, (struct rect){1, y + 1, pen->clip.cols - 2, pen->clip.rows});
        lines_paragraphs(&inside, 0, text);
    }
}

static const char *filter_name(const struct pane *pane) {
    for (size_t i = 0; i < COUNT_OF(filters); i++) {
        if (filters[i].about == about_of(pane)) {
            return filters[i].name;
        }
    }
    CHECK(false);
}

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    int cols = pen->clip.cols, rows = pen->clip.rows;
    struct events_list list;
    fill_list(record, ui, pane, pen_size(pen), &list);
    struct rect place = list.place;
    if (list.count > 0 && place.cols > TIME_COLS + WORD_COLS + 10) {
        struct pen inside = pen_inside(pen, place);
        draw_list(record, &list, &inside);
    } else if (list.count == 0) {
        pen_text_fit(pen, 1, place.y, cols - 1, STYLE_DIM, "nothing of that kind has happened yet");
    }
    if (says_filter(pane, cols)) {
        pen_textf(pen, 1, 0, STYLE_DIM, "only %s", filter_name(pane));
    }
    if (place.cols < cols) {
        struct rect beside = {place.cols + 3, 0, cols - place.cols - 3, rows};
        for (int y = 0; y < rows; y++) {
            pen_glyph(pen, place.cols + 1, y, STYLE_DIM, GLYPH_VLINE);
        }
        struct pen inside = pen_inside(pen, beside);
        draw_beside(record, ui, &list, &inside);
    } else if (place.y + place.rows < rows) {
        struct pen inside = pen_inside(pen, (struct rect){0, place.y + place.rows, cols, rows});
        draw_below(record, ui, &list, &inside);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    (void)record;
    (void)ui;
    if (about_of(pane) != ABOUT_ALL) {
        snprintf(out, bytes, "only %s", filter_name(pane));
    }
}

/* ---- keys and clicks ------------------------------------------------------------------------ */

static struct request choose(struct pane *pane, const struct events_list *list, uint32_t at) {
    pane->events.on = true;
    pane->events.chosen = list->numbers[at];
    return (struct request){0};
}

static struct request next_filter(struct ui *ui, struct pane *pane) {
    size_t i = 0;
    while (i < COUNT_OF(filters) && filters[i].about != about_of(pane)) {
        i++;
    }
    size_t next = (i + 1) % COUNT_OF(filters);
    pane->events.about = filters[next].about;
    ui_say(ui, "showing %s", filters[next].name);
    return (struct request){0};
}

static struct request move(struct pane *pane, struct events_list *list, enum action action) {
    bool newest = list->at == list->count - 1;
    if (!list_move(action, list->count, list->place.rows, &list->at)) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    choose(pane, list, list->at);
    /* A step down from the newest one makes the list follow the newest again. */
    pane->events.on = action != ACTION_LAST && !(newest && action == ACTION_DOWN);
    return (struct request){0};
}

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    if (action == ACTION_FILTER) {
        return next_filter(ui, pane);
    }
    if (action == ACTION_CLOSE) {
        bool was = pane->events.on;
        pane->events.on = false;
        return (struct request){.kind = was ? REQUEST_NONE : REQUEST_UNUSED};
    }
    struct events_list list;
    fill_list(record, ui, pane, size, &list);
    if (list.count == 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    if (action == ACTION_CHOOSE) {
        choose(pane, &list, list.at);
        ui_set_cursor(ui, entry_at(record, &list, list.at)->at_ns);
        return (struct request){.kind = REQUEST_LOOK};
    }
    return move(pane, &list, action);
}

static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    struct events_list list;
    fill_list(record, ui, pane, size, &list);
    if (list.count == 0 || mouse->kind == MOUSE_DRAG) {
        return (struct request){0};
    }
    if (mouse->kind != MOUSE_CLICK) {
        return move(pane, &list, mouse->kind == MOUSE_WHEEL_UP ? ACTION_UP : ACTION_DOWN);
    }
    int y = mouse->y - list.place.y;
    if (mouse->x < list.place.cols && y >= 0 && y < list.place.rows) {
        uint32_t at = entry_at_row(record, &list, y);
        if (at != UINT32_MAX) {
            return choose(pane, &list, at);
        }
    }
    return (struct request){0};
}

static void forget(struct pane *pane) {
    pane->events.on = false;
}

const struct view view_events = {
    .name = "events",
    .title = "events",
    .min_rows = 3,
    .min_cols = 40,
    .needs = ABILITY_EVENTS,
    .render = render,
    .caption = caption,
    .keys = KEYS_EVENTS,
    .act = act,
    .mouse = mouse,
    .forget = forget,
};
