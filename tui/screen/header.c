#include "tui/screen/header.h"

#include "tui/cells/format.h"

#include <inttypes.h>
#include <stdio.h>

enum { TITLE_COLS_MIN = 8, GAP = 2, WIDE_GAP = 3 };

static const char *state_of(const struct record *record, const struct ui *ui) {
    if (record->failed) {
        return "FAILED";
    }
    if (ui->repeat_ns != 0) {
        return "repeating";
    }
    if (ui->seeking != 0) {
        return (ui->seeking & UI_SEEK_MOMENT) != 0 ? "going there" : "looking";
    }
    return ui->paused ? "paused" : record->now.ended ? "ended" : "running";
}

static void fill_texts(const struct record *record, const struct ui *ui,
                       struct header_part parts[HEADER_FIELD_COUNT]) {
    enum { BYTES = sizeof parts[0].text };
    const struct pane *pane = panes_focused(ui);
    uint32_t channel_at = ui->seats[pane->seat].channel;
    snprintf(parts[HEADER_TITLE].text, BYTES, "%s", record->title);
    if (panes_compare(ui)) {
        snprintf(parts[HEADER_TITLE].text, BYTES, "%c %.*s", panes_letter(pane->seat), BYTES - 3,
                 record->title);
    }
    snprintf(parts[HEADER_MODEL].text, BYTES, "%s", record->version);
    snprintf(parts[HEADER_GOGC].text, BYTES, "GOGC %s", format_gogc(record->now.gogc).s);
    if (channel_at < record->program.channel_count) {
        const struct channel_view *channel = &record->program.channels[channel_at];
        snprintf(parts[HEADER_CHANNEL].text, BYTES, "%s %" PRIu32 "/%" PRIu32, channel->name,
                 channel->length, channel->capacity);
    }
    if ((record->abilities & ABILITY_REPLAY) != 0) {
        snprintf(parts[HEADER_SEED].text, BYTES, "seed %" PRId64, record->seed);
    }
    if (record->now.memory == MEMORY_ACCOUNTED) {
        snprintf(parts[HEADER_MEMORY].text, BYTES, "accounted");
    }
    snprintf(parts[HEADER_CLOCK].text, BYTES, "%s", format_clock(record->now.now_ns).s);
    if (ui->reached > 0) {
        snprintf(parts[HEADER_SPEED].text, BYTES, "%s (%s reached)", format_speed(ui->speed).s,
                 format_speed(ui->reached).s);
    } else {
        snprintf(parts[HEADER_SPEED].text, BYTES, "%s", format_speed(ui->speed).s);
    }
    char sign[5] = {0};
    rune_bytes(glyph_rune(ui->paused ? GLYPH_PAUSED : GLYPH_RUNNING, ui->glyphs), sign);
    snprintf(parts[HEADER_STATE].text, BYTES, "%s %s", sign, state_of(record, ui));
}

/* Places the values from column x on, each after the one before. Returns where they end. */
static int line_up_knobs(struct header_part parts[HEADER_FIELD_COUNT], int x, bool seed) {
    for (int i = HEADER_MODEL; i <= HEADER_MEMORY; i++) {
        bool shown = parts[i].text[0] != '\0' && (seed || i != HEADER_SEED);
        parts[i].x = x;
        parts[i].cols = shown ? text_cols(parts[i].text) : 0;
        x += shown ? parts[i].cols + GAP : 0;
    }
    return x - GAP;
}

void header_parts(const struct record *record, const struct ui *ui, int cols,
                  struct header_part parts[HEADER_FIELD_COUNT]) {
    for (int i = 0; i < HEADER_FIELD_COUNT; i++) {
        parts[i] = (struct header_part){0};
    }
    fill_texts(record, ui, parts);
    int end = cols - 1;
    for (int i = HEADER_STATE; i >= HEADER_CLOCK; i--) {
        parts[i].cols = text_cols(parts[i].text);
        parts[i].x = end - parts[i].cols;
        end = parts[i].x - (i == HEADER_STATE ? 1 : GAP);
    }
    /* The rest of the row is for the title and the values. The seed is the first to be left out;
     * then the title is cut. */
    int title = text_cols(parts[HEADER_TITLE].text);
    bool seed = line_up_knobs(parts, 1 + title + WIDE_GAP, true) < end;
    int knobs = line_up_knobs(parts, 0, seed);
    int room = end - knobs - WIDE_GAP - 2;
    parts[HEADER_TITLE].x = 1;
    parts[HEADER_TITLE].cols = room >= title ? title : room >= TITLE_COLS_MIN ? room : 0;
    bool titled = parts[HEADER_TITLE].cols > 0;
    line_up_knobs(parts, titled ? 1 + parts[HEADER_TITLE].cols + WIDE_GAP : 1, seed);
    for (int i = HEADER_MODEL; i <= HEADER_MEMORY; i++) {
        if (parts[i].x + parts[i].cols > end) {
            parts[i].cols = 0;
        }
    }
}

void header_render(const struct record *record, const struct ui *ui, const struct pen *pen) {
    struct header_part parts[HEADER_FIELD_COUNT];
    int cols = pen->clip.cols;
    header_parts(record, ui, cols, parts);
    bool attention = ui->paused || record->failed;
    pen_fill(pen, (struct rect){0, 0, cols, 1}, STYLE_HEADER, ' ');
    if (attention) {
        int x = parts[HEADER_SPEED].x - 1;
        pen_fill(pen, (struct rect){x, 0, cols - x, 1}, STYLE_PAUSED, ' ');
    }
    for (int i = 0; i < HEADER_FIELD_COUNT; i++) {
        enum style style = attention && i >= HEADER_SPEED ? STYLE_PAUSED : STYLE_HEADER;
        pen_text_fit(pen, parts[i].x, 0, parts[i].cols, style, parts[i].text);
    }
}

enum header_field header_at(const struct record *record, const struct ui *ui, int cols, int x) {
    struct header_part parts[HEADER_FIELD_COUNT];
    header_parts(record, ui, cols, parts);
    int field = 0;
    while (field < HEADER_FIELD_COUNT &&
           (x < parts[field].x || x >= parts[field].x + parts[field].cols)) {
        field++;
    }
    return (enum header_field)field;
}
