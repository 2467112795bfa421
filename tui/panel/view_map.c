#include "tui/cells/blocks.h"
#include "tui/cells/format.h"
#include "tui/explain/map_words.h"
#include "tui/panel/map_below.h"
#include "tui/panel/object_page.h"

#include <stdio.h>

#define UNKNOWN UINT64_MAX

enum { MARGIN = 1, KEY_ZOOM = 2 };

/* What most of a cell is; SOME: live, but an eighth or more of it is garbage. */
enum map_state {
    MAP_LIVE,
    MAP_SOME,
    MAP_GARBAGE,
    MAP_VACANT,
    MAP_IDLE,
    MAP_RELEASED,
    MAP_STATE_COUNT
};

static const struct {
    enum style style;
    enum glyph glyph;
    const char *name, *brief; /* NULL: not in the legend */
} states[MAP_STATE_COUNT] = {
    [MAP_LIVE] = {.style = STYLE_INUSE, .glyph = GLYPH_MAP_INUSE, .name = "live", .brief = "live"},
    [MAP_SOME] = {.style = STYLE_INUSE, .glyph = GLYPH_MAP_SOME},
    [MAP_GARBAGE] = {.style = STYLE_GARBAGE,
                     .glyph = GLYPH_MAP_GARBAGE,
                     .name = "garbage",
                     .brief = "garb."},
    [MAP_VACANT] = {.style = STYLE_INUSE,
                    .glyph = GLYPH_MAP_VACANT,
                    .name = "vacant",
                    .brief = "vac."},
    [MAP_IDLE] = {.style = STYLE_IDLE, .glyph = GLYPH_MAP_IDLE, .name = "idle", .brief = "idle"},
    [MAP_RELEASED] = {.style = STYLE_RELEASED,
                      .glyph = GLYPH_MAP_RELEASED,
                      .name = "released",
                      .brief = "rel."},
};

static enum map_state state_of(const struct map_cell *cell) {
    enum { SOME_SHARE = 8 };
    uint32_t live = cell->in_use - cell->garbage - cell->vacant;
    if (cell->in_use < cell->idle) {
        return cell->released > cell->idle - cell->released ? MAP_RELEASED : MAP_IDLE;
    }
    if (cell->garbage > live && cell->garbage >= cell->vacant) {
        return MAP_GARBAGE;
    }
    if (cell->vacant > live) {
        return MAP_VACANT;
    }
    return cell->garbage > 0 && cell->garbage * SOME_SHARE >= cell->in_use ? MAP_SOME : MAP_LIVE;
}

/* The cell that begins at a page; pages == 0: it is beyond the heap, or not in the record. */
static struct map_cell cell_at(const struct record *record, const struct map_moment *past,
                               const struct map_window *window, uint64_t page) {
    struct map_cell cell = {0};
    if (page >= record->now.heap_pages) {
        return cell;
    }
    if (past != NULL) {
        map_moment_cell(past, (uint32_t)page, window->pages_per_cell, &cell);
        return cell;
    }
    const struct record_map *map = &record->map;
    uint64_t index = page < map->page_first || map->pages_per_cell == 0
                         ? map->count
                         : (page - map->page_first) / map->pages_per_cell;
    return index < map->count ? map->cells[index] : cell;
}

/* ---- the cells ------------------------------------------------------------------------------ */

static enum style class_style(const struct record *record, uint32_t class) {
    uint32_t bytes = class < record->classes.count ? record->classes.classes[class].block_bytes : 0;
    return class == 0      ? STYLE_INUSE
           : bytes <= 64   ? STYLE_SYS
           : bytes <= 512  ? STYLE_POOL
           : bytes <= 4096 ? STYLE_GARBAGE
                           : STYLE_NEXT;
}

/* How a cell looks. */
struct map_tile {
    enum style style;
    uint32_t rune;
};

static struct map_tile tile_of(const struct record *record, const struct pane *pane,
                               const struct map_cell *cell, enum glyph_mode glyphs) {
    enum map_state state = state_of(cell);
    bool used = state != MAP_IDLE && state != MAP_RELEASED;
    if (pane->map.by_class && used) {
        uint32_t rune = cell->class == 0 ? glyph_rune(GLYPH_MAP_INUSE, glyphs)
                                         : (uint32_t)map_letter(cell->class);
        return (struct map_tile){class_style(record, cell->class), rune};
    }
    return (struct map_tile){states[state].style, glyph_rune(states[state].glyph, glyphs)};
}

/* Whether the start of a span is marked: no other span begins in the cell, and it fills the next
 * two. */
static bool has_edge(const struct record *record, const struct map_window *window, uint64_t page,
                     const struct map_cell *cell) {
    if (cell->begins != 1 || window->cell_cols > 1) {
        return false;
    }
    for (uint64_t ahead = 1; ahead <= 2; ahead++) {
        struct map_cell next = cell_at(record, NULL, window, page + ahead * window->pages_per_cell);
        if (next.begins > 0 || next.in_use == 0 || next.idle > 0) {
            return false;
        }
    }
    return true;
}

static bool is_in(const struct span_view *span, uint64_t page, uint32_t pages) {
    return page + pages > span->page_first && page < (uint64_t)span->page_first + span->pages;
}

/* What is the same for all cells. */
struct map_scene {
    const struct record *record;
    const struct pane *pane;
    const struct map_window *window;
    const struct map_moment *past; /* NULL: the present */
};

static void draw_cell(const struct map_scene *scene, const struct pen *pen, uint64_t page, int x,
                      int y) {
    const struct pane *pane = scene->pane;
    const struct map_window *window = scene->window;
    struct map_cell cell = cell_at(scene->record, scene->past, window, page);
    if (cell.pages == 0) {
        return;
    }
    struct map_tile tile = tile_of(scene->record, pane, &cell, pen->glyphs);
    bool cursor = pane->map.cursor_on && page <= pane->map.cursor &&
                  pane->map.cursor < page + window->pages_per_cell;
    bool used = cell.in_use >= cell.idle;
    if (scene->past == NULL && used && has_edge(scene->record, window, page, &cell)) {
        tile.rune = glyph_rune(GLYPH_MAP_EDGE, pen->glyphs);
    }
    const struct record_map *map = &scene->record->map;
    if (scene->past == NULL && pane->map.cursor_on && map->has_span &&
        is_in(&map->span, page, window->pages_per_cell)) {
        tile.style = STYLE_STRONG;
    }
    if (window->cell_cols > 1) {
        pen_put(pen, x, y, tile.style, cell.begins > 0 ? ' ' : tile.rune);
        x++;
    }
    pen_put(pen, x, y, cursor ? STYLE_SELECTED : tile.style, cursor ? '+' : tile.rune);
}

static void draw_grid(const struct map_scene *scene, const struct pen *pen) {
    const struct record *record = scene->record;
    const struct pane *pane = scene->pane;
    const struct map_window *window = scene->window;
    uint64_t page = window->page_first;
    for (int row = 0; row < window->rows && page < record->now.heap_pages; row++) {
        bool here = pane->map.cursor_on && pane->map.cursor >= page &&
                    pane->map.cursor < page + map_window_row(window);
        if (window->labels > 0) {
            char label[16];
            snprintf(label, sizeof label, "%u", (unsigned)page);
            pen_text_right(pen, window->labels, row, here ? STYLE_STRONG : STYLE_DIM, label);
        }
        for (int column = 0; column < window->columns; column++) {
            draw_cell(scene, pen, page, window->labels + MARGIN + column * window->cell_cols, row);
            page += window->pages_per_cell;
        }
    }
}

/* ---- the legend ----------------------------------------------------------------------------- */

static void add_up(const struct map_moment *past, uint64_t bytes[MAP_STATE_COUNT],
                   uint64_t page_bytes) {
    struct map_cell all;
    map_moment_cell(past, 0, past->heap_pages, &all);
    bytes[MAP_LIVE] = (all.in_use - all.garbage - all.vacant) * page_bytes;
    bytes[MAP_GARBAGE] = all.garbage * page_bytes;
    bytes[MAP_VACANT] = all.vacant * page_bytes;
    bytes[MAP_IDLE] = (all.idle - all.released) * page_bytes;
    bytes[MAP_RELEASED] = all.released * page_bytes;
}

static void measure_states(const struct record *record, const struct map_moment *past,
                           uint64_t bytes[MAP_STATE_COUNT]) {
    const struct memstats *stats = &record->now.stats;
    if (past != NULL) {
        add_up(past, bytes, record->now.page_bytes);
        return;
    }
    uint64_t live = record->now.live_bytes;
    live = live < stats->heap_alloc ? live : stats->heap_alloc;
    bytes[MAP_LIVE] = live;
    bytes[MAP_GARBAGE] = stats->heap_alloc - live;
    bytes[MAP_VACANT] =
        stats->heap_inuse > stats->heap_alloc ? stats->heap_inuse - stats->heap_alloc : 0;
    bytes[MAP_IDLE] = stats->heap_idle - stats->heap_released;
    bytes[MAP_RELEASED] = stats->heap_released;
}

/* From the most words to the fewest. */
enum legend_form { LEGEND_LONG, LEGEND_SHORT, LEGEND_NAMES, LEGEND_BRIEF };

static struct text legend_text(enum legend_form form, uint64_t bytes) {
    struct text none = {""}, unknown = {"-"};
    return bytes == UNKNOWN       ? unknown
           : form == LEGEND_LONG  ? format_bytes(bytes)
           : form == LEGEND_SHORT ? format_bytes_short(bytes)
                                  : none;
}

/* Draws the legend from column x on, if `draws`. Returns where it ends. */
static int line_up_states(const struct pen *pen, int x, int y, enum legend_form form,
                          const uint64_t bytes[MAP_STATE_COUNT], bool draws) {
    for (int i = 0; i < MAP_STATE_COUNT; i++) {
        if (states[i].name == NULL) {
            continue;
        }
        const char *name = form == LEGEND_BRIEF ? states[i].brief : states[i].name;
        struct text text = legend_text(form, bytes[i]);
        int cols = text_cols(name) + 2 + (text.s[0] != '\0' ? text_cols(text.s) + 1 : 0);
        if (draws) {
            pen_glyph(pen, x, y, states[i].style, states[i].glyph);
            pen_textf(pen, x + 2, y, STYLE_NORMAL, "%s %s", name, text.s);
        }
        x += cols + (form >= LEGEND_NAMES ? 1 : 2);
    }
    return x;
}

static void draw_states(const struct map_scene *scene, const struct pen *pen, int x, int y) {
    uint64_t bytes[MAP_STATE_COUNT] = {0};
    measure_states(scene->record, scene->past, bytes);
    if ((scene->record->abilities & ABILITY_LIVE) == 0) {
        bytes[MAP_LIVE] = bytes[MAP_GARBAGE] = UNKNOWN;
    }
    enum legend_form form = LEGEND_LONG;
    while (form < LEGEND_BRIEF && line_up_states(pen, x, y, form, bytes, false) > pen->clip.cols) {
        form++;
    }
    line_up_states(pen, x, y, form, bytes, true);
}

/* Draws the size classes that have the most cells in the window, as many as fit. */
static void draw_classes(const struct map_scene *scene, const struct pen *pen, int x, int y) {
    const struct record *record = scene->record;
    const struct map_window *window = scene->window;
    uint32_t cells[MEMSTATS_CLASSES_MAX] = {0};
    uint64_t page = window->page_first;
    for (int i = 0; i < window->columns * window->rows; i++) {
        struct map_cell cell = cell_at(record, scene->past, window, page);
        if (cell.in_use > 0 && cell.in_use >= cell.idle && cell.class < MEMSTATS_CLASSES_MAX) {
            cells[cell.class]++;
        }
        page += window->pages_per_cell;
    }
    while (x + 8 < pen->clip.cols) {
        uint32_t most = 0;
        for (uint32_t class = 1; class < MEMSTATS_CLASSES_MAX; class ++) {
            most = cells[class] > cells[most] ? class : most;
        }
        if (cells[most] == 0) {
            break;
        }
        struct map_cell cell = {.pages = 1, .in_use = 1, .class = (uint8_t)most};
        struct map_tile tile = tile_of(record, scene->pane, &cell, pen->glyphs);
        pen_put(pen, x, y, tile.style, tile.rune);
        uint32_t block_bytes = record->classes.classes[most].block_bytes;
        x = most == 0 ? pen_text(pen, x + 2, y, STYLE_NORMAL, "large")
                      : pen_textf(pen, x + 2, y, STYLE_NORMAL, "%u B", (unsigned)block_bytes);
        x += 2;
        cells[most] = 0;
    }
}

static void draw_legend(const struct map_scene *scene, const struct pen *pen) {
    int x = MARGIN, y = scene->window->legend.y;
    if (scene->past != NULL) { /* the user must not take it for the present */
        const char *clock = format_clock(scene->past->at_ns).s;
        x = pen_textf(pen, 0, y, STYLE_PAUSED, " as of %s ", clock) + 1;
    }
    if (scene->pane->map.by_class) {
        draw_classes(scene, pen, x, y);
    } else {
        draw_states(scene, pen, x, y);
    }
}

/* ---- the view ------------------------------------------------------------------------------- */

static void render(const struct record *record, const struct ui *ui, const struct pane *pane,
                   const struct pen *pen) {
    struct map_window window = map_window_of(record, ui, pane, pen_size(pen));
    if (window.columns == 0) {
        return;
    }
    const struct map_scene scene = {record, pane, &window, map_past(record, ui)};
    draw_grid(&scene, pen);
    if (window.legend.rows > 0) {
        draw_legend(&scene, pen);
    }
    if (window.below.rows > 0) {
        struct map_below below;
        map_below_of(record, ui, pane, &window, &below);
        map_below_draw(&below, pen);
    }
}

static void caption(const struct record *record, const struct ui *ui, const struct pane *pane,
                    char *out, size_t bytes) {
    (void)pane;
    const struct record_map *map = &record->map;
    uint64_t cell = (uint64_t)map->pages_per_cell * record->now.page_bytes;
    snprintf(out, bytes, "1 cell = %s%s", format_binary(cell).s,
             map->pages_per_cell == 1 ? ", a page" : "");
    if (map_past(record, ui) != NULL) {
        snprintf(out, bytes, "the past");
    }
}

static void demand(const struct record *record, const struct ui *ui, const struct pane *pane,
                   struct size size, struct demand *out) {
    struct map_window window = map_window_of(record, ui, pane, size);
    out->map_cells = window.cells;
    out->map_cells_wide = window.cells_wide;
    out->map_page_first = window.page_first;
    out->map_pages_per_cell = pane->map.pages_per_cell;
    out->map_span = pane->map.cursor_on;
    out->map_span_page = pane->map.cursor;
    out->classes = out->classes || pane->map.by_class;
}

/* ---- keys ----------------------------------------------------------------------------------- */

/* Moves the cursor by `by` pages within the heap. A hidden cursor is only shown. */
static void move(const struct record *record, struct pane *pane, const struct map_window *window,
                 int64_t by) {
    uint64_t end = record->now.heap_pages;
    if (!pane->map.cursor_on) {
        uint64_t seen_end = window->page_first + map_window_row(window) * (uint64_t)window->rows;
        bool is_seen = pane->map.cursor >= window->page_first && pane->map.cursor < seen_end;
        pane->map.cursor_on = end > 0;
        pane->map.cursor =
            is_seen && pane->map.cursor < end ? pane->map.cursor : window->page_first;
        return;
    }
    int64_t to = (int64_t)pane->map.cursor + by;
    if (to >= 0 && to < (int64_t)end) {
        pane->map.cursor = (uint32_t)to;
    } else if (by < -1 || by > 1) {
        pane->map.cursor =
            to < 0 ? pane->map.cursor % (uint32_t)map_window_row(window) : (uint32_t)(end - 1);
    }
}

static void move_span(const struct record *record, struct pane *pane,
                      const struct map_window *window, int direction) {
    const struct span_view *span = &record->map.span;
    if (!pane->map.cursor_on || !record->map.has_span) {
        move(record, pane, window, 0);
    } else if (direction < 0 && span->page_first > 0) {
        pane->map.cursor = span->page_first - 1;
    } else if (direction > 0 && span->page_first + span->pages < record->now.heap_pages) {
        pane->map.cursor = span->page_first + span->pages;
    }
}

static void jump_to_end(const struct record *record, struct pane *pane, bool last) {
    pane->map.cursor_on = record->now.heap_pages > 0;
    pane->map.cursor = last && record->now.heap_pages > 0 ? record->now.heap_pages - 1 : 0;
}

static struct request look_at_block(const struct record *record, struct ui *ui, uint32_t seat,
                                    uint32_t block) {
    const struct span_view *span = &record->map.span;
    uint64_t start = (uint64_t)span->page_first * record->now.page_bytes;
    object_show(ui, seat, record, record->now.arena_start + start + block * span->block_bytes);
    return (struct request){.kind = REQUEST_LOOK};
}

/* Shows the first object at or after the cursor's page in its span, else the first of the span. */
static struct request look_in(const struct record *record, struct ui *ui, const struct pane *pane) {
    const struct record_map *map = &record->map;
    uint64_t within = (uint64_t)(pane->map.cursor - map->span.page_first) * record->now.page_bytes;
    uint64_t first = divide_up(within, map->span.block_bytes);
    for (uint32_t i = 0; i < map->block_count; i++) {
        uint32_t block = (uint32_t)((first + i) % map->block_count);
        if (map->blocks[block] != BLOCK_FREE) {
            return look_at_block(record, ui, pane->seat, block);
        }
    }
    ui_say(ui, "all blocks of this span are free: there is no object in it");
    return (struct request){0};
}

/* Shows an object of the span under the cursor. If the span is idle, puts the time cursor at the
 * moment when it was freed. */
static struct request look_closer(const struct record *record, struct ui *ui,
                                  const struct pane *pane) {
    if (!pane->map.cursor_on || !record->map.has_span) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    if (map_past(record, ui) != NULL) {
        ui_say(ui, "objects are known of the present only; Esc goes back to it");
        return (struct request){0};
    }
    if (record->map.span.in_use) {
        return look_in(record, ui, pane);
    }
    ui_set_cursor(ui, record->map.span.idle_since_ns);
    ui_say(ui, "idle since %s: the chart and the map show that moment; Esc goes back",
           format_clock(ui->cursor_ns).s);
    return (struct request){.kind = REQUEST_LOOK};
}

static struct request leave(const struct record *record, struct ui *ui, struct pane *pane) {
    if (map_past(record, ui) != NULL) {
        ui->cursor_on = false;
    } else if (pane->map.cursor_on) {
        pane->map.cursor_on = false;
    } else {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    return (struct request){.kind = REQUEST_LOOK};
}

static void zoom(const struct record *record, struct ui *ui, struct pane *pane, struct size size,
                 uint32_t around, int steps) {
    struct map_window before = map_window_of(record, ui, pane, size);
    map_window_zoom(record, ui, pane, size, around, steps);
    struct map_window after = map_window_of(record, ui, pane, size);
    uint64_t bytes = (uint64_t)after.pages_per_cell * record->now.page_bytes;
    ui_say(ui, "1 cell = %s%s%s", format_binary(bytes).s,
           pane->map.pages_per_cell == 0 ? ": the whole arena" : "",
           after.pages_per_cell == before.pages_per_cell ? "; that is the limit" : "");
}

static struct request act(const struct record *record, struct ui *ui, struct pane *pane,
                          struct size size, enum action action) {
    struct map_window window = map_window_of(record, ui, pane, size);
    if (window.columns == 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    pane->map.page_first = pane->map.pages_per_cell != 0 ? window.page_first : 0;
    pane->map.follows = false;
    int64_t cell = window.pages_per_cell;
    int64_t row = (int64_t)map_window_row(&window);
    int64_t page = row * (window.rows > 1 ? window.rows - 1 : 1);
    uint32_t middle = window.page_first + (uint32_t)(row * (window.rows / 2));
    uint32_t around = pane->map.cursor_on               ? pane->map.cursor
                      : middle < record->now.heap_pages ? middle
                                                        : window.page_first;
    switch ((int)action) {
    case ACTION_ZOOM_IN:
    case ACTION_ZOOM_OUT:
        zoom(record, ui, pane, size, around, action == ACTION_ZOOM_IN ? KEY_ZOOM : -KEY_ZOOM);
        return (struct request){.kind = REQUEST_LOOK};
    case ACTION_COLORS:
        pane->map.by_class = !pane->map.by_class;
        return (struct request){.kind = REQUEST_LOOK};
    case ACTION_CHOOSE:
        return look_closer(record, ui, pane);
    case ACTION_CLOSE:
        return leave(record, ui, pane);
    case ACTION_LEFT:
    case ACTION_RIGHT:
        move(record, pane, &window, action == ACTION_LEFT ? -cell : cell);
        break;
    case ACTION_UP:
    case ACTION_DOWN:
        move(record, pane, &window, action == ACTION_UP ? -row : row);
        break;
    case ACTION_PAGE_UP:
    case ACTION_PAGE_DOWN:
        move(record, pane, &window, action == ACTION_PAGE_UP ? -page : page);
        break;
    case ACTION_SPAN_PREVIOUS:
    case ACTION_SPAN_NEXT:
        move_span(record, pane, &window, action == ACTION_SPAN_NEXT ? 1 : -1);
        break;
    case ACTION_FIRST:
    case ACTION_LAST:
        jump_to_end(record, pane, action == ACTION_LAST);
        break;
    default:
        return (struct request){.kind = REQUEST_UNUSED};
    }
    map_window_show(record, ui, pane, size, pane->map.cursor);
    return (struct request){.kind = REQUEST_LOOK};
}

static struct request mouse(const struct record *record, struct ui *ui, struct pane *pane,
                            struct size size, const struct mouse *mouse) {
    struct map_window window = map_window_of(record, ui, pane, size);
    uint32_t page;
    if (window.columns == 0) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    struct map_below below;
    map_below_of(record, ui, pane, &window, &below);
    uint32_t block = map_below_block(&below, mouse->x, mouse->y);
    if (mouse->kind == MOUSE_CLICK && block != BLOCKS_NONE) {
        return look_at_block(record, ui, pane->seat, block);
    }
    if (!map_window_hit(&window, record->now.heap_pages, mouse->x, mouse->y, &page)) {
        return (struct request){.kind = REQUEST_UNUSED};
    }
    pane->map.page_first = pane->map.pages_per_cell != 0 ? window.page_first : 0;
    pane->map.follows = false;
    if (mouse->kind == MOUSE_WHEEL_UP || mouse->kind == MOUSE_WHEEL_DOWN) {
        zoom(record, ui, pane, size, page, mouse->kind == MOUSE_WHEEL_UP ? 1 : -1);
    } else {
        pane->map.cursor_on = true;
        pane->map.cursor = page;
    }
    return (struct request){.kind = REQUEST_LOOK};
}

static void forget(struct pane *pane) {
    pane->map = (struct pane_map){.by_class = pane->map.by_class};
}

const struct view view_map = {
    .name = "map",
    .title = "heap map",
    .min_rows = 3,
    .min_cols = 30,
    .needs = ABILITY_MAP,
    .render = render,
    .caption = caption,
    .demand = demand,
    .keys = KEYS_MAP,
    .act = act,
    .mouse = mouse,
    .forget = forget,
};
