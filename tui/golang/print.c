#include "tui/golang/print.h"

#include "engine/base/text.h"
#include "tui/golang/find.h"
#include "tui/golang/names.h"
#include "tui/golang/types.h"
#include "tui/golang/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Adds +a+b+c of what is counted, or 0. */
static void add_sum(struct text_builder *out, struct go_program *p, bool pools) {
    const struct scenario *s = p->scenario;
    const uint32_t count = pools ? s->goroutine_count : s->channel_count;
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        if (pools && p->pools[i] != NULL) {
            text_print(out, "%s%s(%s)", first ? "" : "+",
                       program_pool_bytes(p, p->scenario->goroutines[i].type), program_pool(p, i));
            first = false;
        } else if (!pools) {
            text_print(out, "%slen(%s)", first ? "" : "+", program_channel(p, i));
            first = false;
        }
    }
    text_add_string(out, first ? "0" : "");
}

/* The Go expression for each column; NULL: a sum over pools or channels. */
static const struct {
    const char *column, *go;
} expressions[] = {
    {.column = "tick", .go = "tick"},
    {.column = "ms", .go = "slept/time.Millisecond"},
    {.column = "heap_sys", .go = "m.HeapSys"},
    {.column = "heap_inuse", .go = "m.HeapInuse"},
    {.column = "heap_idle", .go = "m.HeapIdle"},
    {.column = "heap_released", .go = "m.HeapReleased"},
    {.column = "heap_alloc", .go = "m.HeapAlloc"},
    {.column = "heap_objects", .go = "m.HeapObjects"},
    {.column = "next_gc", .go = "m.NextGC"},
    {.column = "num_gc", .go = "m.NumGC"},
    {.column = "pause_total_ns", .go = "m.PauseTotalNs"},
    {.column = "mallocs", .go = "m.Mallocs"},
    {.column = "frees", .go = "m.Frees"},
    {.column = "sys", .go = "m.Sys"},
    {.column = "pool_bytes", .go = NULL},
    {.column = "idle_len", .go = NULL},
    {.column = "makes", .go = "makes"},
};

static const char *expression_of(const char *column) {
    size_t i = 0;
    while (strcmp(expressions[i].column, column) != 0) {
        i++;
        CHECK(i < COUNT_OF(expressions));
    }
    return expressions[i].go;
}

/* One number, as text that the caller frees; NULL, which is noted: no memory. */
static char *number_text(struct go_program *p, const char *column) {
    struct text_builder text = {0};
    const char *go = expression_of(column);
    if (go != NULL) {
        text_add_string(&text, go);
    } else {
        add_sum(&text, p, strcmp(column, "pool_bytes") == 0);
    }
    text_put(&text, '\0');
    if (text.no_memory) {
        p->w.no_memory = true;
        free(text.bytes);
        return NULL;
    }
    return text.bytes;
}

enum { PRINT_COLS = 80 };

/* The numbers, with `end` behind the last, in lines that are not too long. */
static void print_numbers(struct go_program *p, const struct print_list *list, const char *end) {
    char line[PRINT_COLS + 1] = "";
    size_t used = 0;
    for (uint8_t i = 0; i < list->count; i++) {
        char *text = number_text(p, print_name(list->numbers[i]));
        if (text == NULL) {
            return;
        }
        const char *after = i + 1 == list->count ? end : ",";
        const size_t more = strlen(text) + strlen(after) + (used > 0 ? 1 : 0);
        if (used > 0 && used + more > PRINT_COLS) {
            go_line(&p->w, "%s", line);
            used = 0;
        }
        if (more > PRINT_COLS) { /* a sum over many pools */
            go_line(&p->w, "%s%s", text, after);
            line[0] = '\0';
        } else {
            used += (size_t)snprintf(line + used, sizeof line - used, "%s%s%s", used > 0 ? " " : "",
                                     text, after);
        }
        free(text);
    }
    if (used > 0) {
        go_line(&p->w, "%s", line);
    }
}

/* The columns of the first line there is. */
static const struct print_list *header_list(const struct go_program *p) {
    if (p->print_group == SCENARIO_NONE) {
        return &print_memstats;
    }
    const struct goroutine_group *group = &p->scenario->goroutines[p->print_group];
    const struct step *print = steps_find(&group->steps, is_print);
    print = print != NULL ? print : steps_find(&group->loop, is_print);
    CHECK(print != NULL);
    return &print->print;
}

void program_header(struct go_program *p) {
    const struct print_list *list = header_list(p);
    p->w.imports[IMPORT_RUNTIME] = p->w.imports[IMPORT_FMT] = true;
    go_line(&p->w, "var m runtime.MemStats");
    char text[PRINT_COLS + 1] = "";
    size_t used = 0;
    bool broken = false;
    for (uint8_t i = 0; i < list->count; i++) {
        const char *name = print_name(list->numbers[i]);
        if (used + strlen(name) + 1 > PRINT_COLS) {
            go_line(&p->w, "%s\"%s\" +", broken ? "\t" : "fmt.Println(", text);
            used = 0;
            broken = true;
        }
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", name,
                                 i + 1 < list->count ? "," : "");
    }
    go_line(&p->w, "%s\"%s\")", broken ? "\t" : "fmt.Println(", text);
}

void program_print(struct go_program *p, const struct print_list *list) {
    char format[4 * PRINT_NUMBERS_MAX] = "";
    size_t used = 0;
    p->w.imports[IMPORT_RUNTIME] = p->w.imports[IMPORT_FMT] = true;
    p->w.imports[IMPORT_TIME] |= print_has(list, "ms");
    go_line(&p->w, "runtime.ReadMemStats(&m)");
    for (uint8_t i = 0; i < list->count; i++) {
        used += (size_t)snprintf(format + used, sizeof format - used, i > 0 ? ",%%d" : "%%d");
    }
    go_line(&p->w, "fmt.Printf(\"%s\\n\",", format);
    p->w.indent++;
    print_numbers(p, list, ")");
    p->w.indent--;
}

static void timeline_entry(struct go_program *p, const struct timeline_entry *entry) {
    const char *channel;
    switch (entry->kind) {
    case TIMELINE_GOGC:
        p->w.imports[IMPORT_DEBUG] = true;
        go_line(&p->w, "debug.SetGCPercent(%" PRId64 ")", entry->value);
        break;
    case TIMELINE_GC:
        p->w.imports[IMPORT_RUNTIME] = true;
        go_line(&p->w, "runtime.GC()");
        break;
    case TIMELINE_FREE_OS_MEMORY:
        p->w.imports[IMPORT_DEBUG] = true;
        go_line(&p->w, "debug.FreeOSMemory()");
        break;
    case TIMELINE_RESIZE:
        channel = program_channel(p, entry->channel);
        go_line(&p->w, "%s = %s(%s, %" PRId64 ")", channel,
                program_resize(p, p->scenario->channels[entry->channel].type), channel,
                entry->value);
        break;
    }
}

bool program_timeline_counts(const struct go_program *p, uint64_t period_ns) {
    for (uint32_t i = 0; i < p->scenario->timeline_count; i++) {
        const uint64_t at_ns = p->scenario->timeline[i].at_ns;
        if (at_ns > 0 && (period_ns == 0 || at_ns % period_ns != 0)) {
            return true;
        }
    }
    return false;
}

void program_timeline(struct go_program *p, bool start, uint64_t period_ns) {
    const struct scenario *s = p->scenario;
    const bool counts = program_timeline_counts(p, period_ns);
    uint32_t done = 0;
    for (uint32_t i = 0; i < s->timeline_count;) {
        const uint64_t at_ns = s->timeline[i].at_ns;
        const bool mine = start == (at_ns == 0);
        if (mine && !start) {
            const struct go_text at = go_duration(&p->w, at_ns, false);
            if (counts) {
                go_open(&p->w, "if timeline == %" PRIu32 " && slept >= %s", done, at.text);
                go_line(&p->w, "timeline++");
            } else {
                go_open(&p->w, "if slept == %s", at.text);
            }
            done++;
        }
        for (; i < s->timeline_count && s->timeline[i].at_ns == at_ns; i++) {
            if (mine) {
                p->w.step = s->timeline[i].line;
                timeline_entry(p, &s->timeline[i]);
                p->w.step = 0;
            }
        }
        if (mine && !start) {
            go_close(&p->w, "}");
        }
    }
}
