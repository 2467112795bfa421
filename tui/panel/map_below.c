#include "tui/panel/map_below.h"

#include "tui/cells/lines.h"
#include "tui/explain/map_words.h"

enum { BLOCKS_LABEL = 8 };

const struct map_moment *map_past(const struct record *record, const struct ui *ui) {
    bool is_past = ui->cursor_on && ui->cursor_ns < record->now.now_ns;
    return is_past ? map_history_at(record->maps, ui->cursor_ns) : NULL;
}

/* The block of the span under the cursor that the object's panel shows; BLOCKS_NONE: it shows none
 * of them. */
static uint32_t looked_at(const struct record *record, uint64_t address) {
    const struct span_view *span = &record->map.span;
    uint64_t start = record->now.arena_start + (uint64_t)span->page_first * record->now.page_bytes;
    uint64_t block = address < start ? BLOCKS_NONE : (address - start) / span->block_bytes;
    return block < span->blocks ? (uint32_t)block : BLOCKS_NONE;
}

/* Writes the words; "" if there are none. */
static void write_words(const struct record *record, const struct ui *ui, const struct pane *pane,
                        const struct map_window *window, char out[MAP_WORDS_BYTES]) {
    const struct map_moment *past = map_past(record, ui);
    const struct pane_map *state = &pane->map;
    out[0] = '\0';
    if (past != NULL) {
        uint32_t page = state->cursor_on ? state->cursor : 0;
        uint32_t pages = state->cursor_on ? window->pages_per_cell : past->heap_pages;
        struct map_cell cell;
        page -= state->cursor_on ? page % window->pages_per_cell : 0;
        map_moment_cell(past, page, pages, &cell);
        map_words_past(&cell, page, past->at_ns, out, MAP_WORDS_BYTES);
    } else if (state->cursor_on && record->map.has_span) {
        map_words_span(record, &record->map.span, out, MAP_WORDS_BYTES);
    }
}

/* Places the blocks of the span below the words. Large objects and idle spans have none. */
static void place_blocks(const struct record *record, const struct ui *ui, const struct pane *pane,
                         struct map_below *below) {
    const struct record_map *map = &record->map;
    bool shown = map_past(record, ui) == NULL && pane->map.cursor_on && map->has_span &&
                 map->span.in_use && map->span.class > 0;
    struct rect strip = below->words;
    strip.x += BLOCKS_LABEL;
    strip.cols -= BLOCKS_LABEL;
    strip.y += below->text_rows;
    strip.rows -= below->text_rows;
    if (shown && strip.cols > 0 && strip.rows > 0) {
        uint32_t chosen = looked_at(record, ui->seats[pane->seat].object.now.address);
        below->strip = strip;
        below->blocks = (struct blocks){map->blocks, map->block_count, chosen};
    }
}

void map_below_of(const struct record *record, const struct ui *ui, const struct pane *pane,
                  const struct map_window *window, struct map_below *below) {
    *below = (struct map_below){.words = window->below};
    if (window->below.rows > 0) {
        write_words(record, ui, pane, window, below->text);
        below->text_rows = lines_count(below->words.cols, below->text);
        place_blocks(record, ui, pane, below);
    }
}

void map_below_draw(const struct map_below *below, const struct pen *pen) {
    struct pen words = pen_inside(pen, below->words);
    lines_paragraphs(&words, 0, below->text);
    if (below->strip.rows > 0) {
        struct pen strip = pen_inside(pen, below->strip);
        pen_text(&words, 0, below->text_rows, STYLE_TITLE, "blocks");
        blocks_draw(&strip, &below->blocks);
    }
}

uint32_t map_below_block(const struct map_below *below, int x, int y) {
    const struct rect *strip = &below->strip;
    return blocks_at(&below->blocks, strip->cols, strip->rows, x - strip->x, y - strip->y);
}
