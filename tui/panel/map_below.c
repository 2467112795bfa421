#include "tui/panel/map_below.h"

#include "tui/cells/lines.h"
#include "tui/explain/map_words.h"

enum { MARGIN = 1, WORDS_BYTES = 800, BLOCKS_LABEL = 8 };

const struct map_moment *map_past(const struct record *record, const struct ui *ui) {
    bool is_past = ui->cursor_on && ui->cursor_ns < record->now.now_ns;
    return is_past ? map_history_at(record->maps, ui->cursor_ns) : NULL;
}

/* The block of the span under the cursor that the object's panel looks at; BLOCKS_NONE. */
static uint32_t looked_at(const struct record *record, const struct ui *ui) {
    const struct span_view *span = &record->map.span;
    uint64_t start = record->now.arena_start + (uint64_t)span->page_first * record->now.page_bytes;
    uint64_t address = ui->object.now.address;
    uint64_t block = address < start ? BLOCKS_NONE : (address - start) / span->block_bytes;
    return block < span->blocks ? (uint32_t)block : BLOCKS_NONE;
}

/* The blocks of a small span, one sign each, and what they stand on. */
static bool place_blocks(const struct record *record, const struct ui *ui, struct rect words, int y,
                         struct rect *place, struct blocks *blocks) {
    const struct record_map *map = &record->map;
    *place = (struct rect){words.x + BLOCKS_LABEL, words.y + y, words.cols - BLOCKS_LABEL,
                           words.rows - y};
    bool shown = map_past(record, ui) == NULL && ui->map.cursor_on && map->has_span &&
                 map->span.in_use && map->span.class > 0 && place->cols > 0 && place->rows > 0;
    *blocks = (struct blocks){map->blocks, map->block_count, BLOCKS_NONE};
    if (shown) {
        blocks->chosen = looked_at(record, ui);
    }
    return shown;
}

/* What is said below the map. */
static void write_words(const struct record *record, const struct ui *ui,
                        const struct map_window *window, char out[WORDS_BYTES]) {
    const struct map_moment *past = map_past(record, ui);
    out[0] = '\0';
    if (past != NULL) {
        uint32_t page = ui->map.cursor_on ? ui->map.cursor : 0;
        uint32_t pages = ui->map.cursor_on ? window->pages_per_cell : past->heap_pages;
        struct map_cell cell;
        page -= ui->map.cursor_on ? page % window->pages_per_cell : 0;
        map_moment_cell(past, page, pages, &cell);
        map_words_past(&cell, page, past->at_ns, out, WORDS_BYTES);
    } else if (ui->map.cursor_on && record->map.has_span) {
        map_words_span(record, &record->map.span, out, WORDS_BYTES);
    }
}

static struct rect words_of(const struct map_window *window, int cols, int rows) {
    return (struct rect){MARGIN, rows - window->words, cols - 2 * MARGIN, window->words};
}

void map_below_draw(const struct record *record, const struct ui *ui, const struct pen *pen,
                    const struct map_window *window) {
    char text[WORDS_BYTES];
    struct rect place = words_of(window, pen->clip.cols, pen->clip.rows);
    struct pen inside = pen_inside(pen, place);
    struct blocks blocks;
    write_words(record, ui, window, text);
    int y = lines_paragraphs(&inside, 0, text);
    struct rect strip;
    if (place_blocks(record, ui, place, y, &strip, &blocks)) {
        struct pen below = pen_inside(pen, strip);
        pen_text(&inside, 0, y, STYLE_TITLE, "blocks");
        blocks_draw(&below, &blocks);
    }
}

uint32_t map_below_block(const struct record *record, const struct ui *ui,
                         const struct map_window *window, struct rect inside,
                         const struct mouse *mouse) {
    char text[WORDS_BYTES];
    struct rect words = words_of(window, inside.cols, inside.rows);
    struct rect strip;
    struct blocks blocks;
    if (window->words == 0) {
        return BLOCKS_NONE;
    }
    write_words(record, ui, window, text);
    if (!place_blocks(record, ui, words, lines_count(words.cols, text), &strip, &blocks)) {
        return BLOCKS_NONE;
    }
    return blocks_at(&blocks, strip.cols, strip.rows, mouse->x - strip.x, mouse->y - strip.y);
}
