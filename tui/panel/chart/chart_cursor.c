#include "tui/panel/chart/chart_view.h"

#include "tui/cells/prose.h"
#include "tui/explain/brief.h"
#include "tui/record/marks.h"

#include <stdio.h>

enum { BRIEFEST = 2 };

/* Virtual time that passes while a number can just be read. */
static double read_ns(const struct ui *ui) {
    enum { READ_MS = 250 };
    return ui->speed * READ_MS * (double)NS_PER_MS;
}

uint64_t chart_steady(const struct ui *ui, uint64_t now_ns, uint64_t part_ns) {
    bool runs = !ui->paused && ui->seeking == 0;
    return runs && (double)part_ns <= read_ns(ui) ? now_ns / part_ns * part_ns : now_ns;
}

bool chart_moment(const struct ui *ui, const struct record *record, struct moment *out) {
    const struct snapshot *now = &record->now;
    if (ui->cursor_on && ui->cursor_ns < now->now_ns) {
        return history_at(record->history, ui->cursor_ns, out);
    }
    uint64_t steady_ns = chart_steady(ui, now->now_ns, (uint64_t)read_ns(ui));
    if (!ui->cursor_on && steady_ns < now->now_ns && history_at(record->history, steady_ns, out)) {
        return true;
    }
    *out = (struct moment){.at_ns = now->now_ns,
                           .stats = now->stats,
                           .counts = now->counts,
                           .live_bytes = now->live_bytes,
                           .live_at_ns = now->live_at_ns,
                           .live_known = (record->abilities & ABILITY_LIVE) != 0};
    if (out->live_bytes > out->stats.heap_alloc) {
        out->live_bytes = out->stats.heap_alloc;
    }
    return true;
}

const struct entry *chart_entry(const struct record *record, const struct ui *ui,
                                const struct pane *pane, uint64_t cell_ns) {
    uint64_t from_ns = ui->cursor_ns - ui->cursor_ns % cell_ns;
    uint16_t marks = chart_marks_shown(pane);
    const struct entry *entry =
        marks_entry(record->journal, ui->cursor_ns, ui->cursor_ns + 1, marks);
    return entry != NULL ? entry : marks_entry(record->journal, from_ns, from_ns + cell_ns, marks);
}

/* Adds HeapAlloc as live and garbage, or as one number if the parts are not known. */
static void read_allocated(const struct moment *m, bool parts, int brief, struct prose *p) {
    struct text (*number)(uint64_t) = brief > 0 ? format_bytes_short : format_bytes;
    uint64_t live_bytes = m->live_known ? m->live_bytes : m->stats.heap_alloc;
    struct text live = number(live_bytes);
    struct text garbage = number(m->stats.heap_alloc - live_bytes);
    if (!parts) {
        prose_add(p, brief == 0 ? "%s allocated" : "alloc. %s", number(m->stats.heap_alloc).s);
    } else if (brief == 0) {
        prose_add(p, "%s live + %s garbage", live.s, garbage.s);
    } else {
        prose_add(p, "live %s%sgarbage %s", live.s, brief < BRIEFEST ? " + " : "  ", garbage.s);
    }
}

/* Writes the moment as a sum, in fewer words the greater `brief` is, from 0 to BRIEFEST. */
static void read_moment(const struct moment *m, bool parts, int brief, char *out, size_t bytes) {
    const struct memstats *stats = &m->stats;
    struct text (*number)(uint64_t) = brief > 0 ? format_bytes_short : format_bytes;
    struct text slack = number(stats->heap_inuse - stats->heap_alloc);
    struct text idle = number(stats->heap_idle - stats->heap_released);
    struct text released = number(stats->heap_released);
    struct text sys = number(stats->heap_sys);
    bool never = stats->next_gc >= CHART_NEVER_BYTES;
    struct prose p = prose_on(out, bytes);
    read_allocated(m, parts, brief, &p);
    if (brief == 0) {
        prose_add(&p, " + %s vacant + %s idle + %s released = HeapSys %s; %s%s", slack.s, idle.s,
                  released.s, sys.s, never ? "no GC by size" : "GC at ",
                  never ? "" : number(stats->next_gc).s);
    } else if (brief < BRIEFEST) {
        prose_add(&p, " + vacant %s + idle %s + rel. %s = Sys %s", slack.s, idle.s, released.s,
                  sys.s);
    } else {
        prose_add(&p, "  Sys %s", sys.s);
    }
}

void chart_read_out(const struct record *record, const struct ui *ui, const struct entry *entry,
                    int cols, char *out, size_t bytes) {
    struct moment moment;
    char text[320] = "nothing is known of that time";
    uint64_t at_ns = ui->cursor_ns;
    if (entry != NULL) {
        char why[220];
        entry_explain(release_words_of(record->version), entry, why, sizeof why);
        snprintf(text, sizeof text, "%s %s", entry_word(entry), why);
        at_ns = entry->at_ns;
    } else if (chart_moment(ui, record, &moment)) {
        bool parts = (record->abilities & ABILITY_LIVE) != 0;
        int clock_cols = text_cols(format_clock(at_ns).s) + 2;
        for (int brief = 0; brief <= BRIEFEST; brief++) {
            read_moment(&moment, parts, brief, text, sizeof text);
            brief = text_cols(text) + clock_cols <= cols ? BRIEFEST : brief;
        }
    }
    snprintf(out, bytes, "%s  %s", format_clock(at_ns).s, text);
}
