#include "tui/format.h"
#include "tui/view.h"

#include <stdio.h>

enum map_state { MAP_INUSE, MAP_GARBAGE, MAP_IDLE, MAP_RELEASED, MAP_STATE_COUNT };

static const struct {
    enum style style;
    enum glyph glyph;
    const char *name;
} states[MAP_STATE_COUNT] = {
    [MAP_INUSE] = {STYLE_INUSE, GLYPH_MAP_INUSE, "in use"},
    [MAP_GARBAGE] = {STYLE_GARBAGE, GLYPH_MAP_GARBAGE, "garbage"},
    [MAP_IDLE] = {STYLE_IDLE, GLYPH_MAP_IDLE, "idle"},
    [MAP_RELEASED] = {STYLE_RELEASED, GLYPH_MAP_RELEASED, "released"},
};

/* What most of the cell's pages are. */
static enum map_state state_of(const struct map_cell *cell) {
    uint32_t resident = cell->idle - cell->released;
    uint32_t idle_most = resident > cell->released ? resident : cell->released;
    uint32_t live = cell->in_use - cell->garbage;
    uint32_t used_most = live > cell->garbage ? live : cell->garbage;
    if (cell->in_use >= cell->idle) {
        return used_most == live ? MAP_INUSE : MAP_GARBAGE;
    }
    return idle_most == resident ? MAP_IDLE : MAP_RELEASED;
}

static uint64_t state_bytes(const struct model *model, enum map_state state) {
    const struct memstats *stats = &model->now.stats;
    uint64_t live = model->now.live_bytes;
    uint64_t garbage = stats->heap_alloc > live ? stats->heap_alloc - live : 0;
    switch (state) {
    case MAP_INUSE:
        return stats->heap_inuse > garbage ? stats->heap_inuse - garbage : 0;
    case MAP_GARBAGE:
        return garbage;
    case MAP_IDLE:
        return stats->heap_idle - stats->heap_released;
    case MAP_RELEASED:
        return stats->heap_released;
    case MAP_STATE_COUNT:
        break;
    }
    CHECK(false);
}

static void draw_legend(const struct model *model, const struct pen *pen, int y) {
    int cols = pen->clip.cols;
    bool brief = cols < 70;
    int x = 1;
    for (int i = 0; i < MAP_STATE_COUNT; i++) {
        uint64_t bytes = state_bytes(model, (enum map_state)i);
        pen_glyph(pen, x++, y, states[i].style, states[i].glyph);
        if (!brief) {
            pen_glyph(pen, x++, y, states[i].style, states[i].glyph);
        }
        x = pen_textf(pen, x + 1, y, STYLE_NORMAL, "%s ", states[i].name);
        if (!brief) {
            x = pen_text(pen, x, y, STYLE_NORMAL,
                         (cols < 84 ? format_bytes_short(bytes) : format_bytes(bytes)).s) +
                2;
        }
    }
}

static void render(const struct model *model, const struct ui *ui, const struct pen *pen) {
    (void)ui;
    int cols = pen->clip.cols - 2;
    int rows = pen->clip.rows - 1;
    if (cols < 1 || rows < 1) {
        return;
    }
    const struct model_map *map = &model->map;
    for (uint32_t i = 0; i < map->count; i++) {
        int y = (int)i / cols;
        if (y >= rows) {
            break;
        }
        if (map->cells[i].pages != 0) {
            enum map_state state = state_of(&map->cells[i]);
            pen_glyph(pen, 1 + (int)i % cols, y, states[state].style, states[state].glyph);
        }
    }
    draw_legend(model, pen, rows);
}

static void caption(const struct model *model, const struct ui *ui, char *out, size_t bytes) {
    (void)ui;
    uint64_t cell = (uint64_t)model->map.pages_per_cell * model->now.page_bytes;
    snprintf(out, bytes, "1 cell = %s", format_binary(cell).s);
}

static void demand(const struct ui *ui, const struct model *model, int cols, int rows,
                   struct demand *out) {
    (void)ui;
    (void)model;
    int cells = (cols - 2) * (rows - 1);
    cells = cells < 0 ? 0 : cells > MODEL_MAP_CELLS_MAX ? MODEL_MAP_CELLS_MAX : cells;
    out->map_cells = (uint32_t)cells;
}

const struct view view_map = {
    .name = "map",
    .title = "heap map",
    .min_rows = 3,
    .min_cols = 30,
    .render = render,
    .caption = caption,
    .demand = demand,
};
