#include "tui/gosource_program.h"

#include <inttypes.h>
#include <stdlib.h>

/* Adds +a+b+c of what is counted, or 0. */
static void add_sum(FILE *out, struct go_program *p, bool pools) {
    const struct scenario *s = p->scenario;
    const uint32_t count = pools ? s->goroutine_count : s->channel_count;
    bool first = true;
    for (uint32_t i = 0; i < count; i++) {
        if (pools && p->pools[i] != NULL) {
            fprintf(out, "%s%s(%s)", first ? "" : "+", program_pool_bytes(p, p->group_types[i]),
                    program_pool(p, i));
            first = false;
        } else if (!pools) {
            fprintf(out, "%slen(%s)", first ? "" : "+", program_channel(p, i));
            first = false;
        }
    }
    fputs(first ? "0, " : ", ", out);
}

static void print_counts(struct go_program *p) {
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    CHECK(out != NULL);
    add_sum(out, p, true);
    add_sum(out, p, false);
    CHECK(fclose(out) == 0);
    CHECK(text != NULL);
    go_line(&p->w, "m.Mallocs, m.Frees, m.Sys, %smakes)", text);
    free(text);
}

/* All columns that a program can know of itself. */
static void print_memstats(struct go_program *p) {
    p->w.imports[IMPORT_TIME] = true;
    go_line(&p->w, "fmt.Printf(\"%%d,%%d,%%d,%%d,%%d,%%d,%%d,%%d,"
                   "%%d,%%d,%%d,%%d,%%d,%%d,%%d,%%d\\n\",");
    p->w.indent++;
    go_line(&p->w, "slept/time.Millisecond, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased,");
    go_line(&p->w, "m.HeapAlloc, m.HeapObjects, m.NextGC, m.NumGC, m.PauseTotalNs,");
    print_counts(p);
    p->w.indent--;
}

static void print_objects(struct go_program *p) {
    go_line(&p->w, "fmt.Printf(\"%%d,%%d,%%d,%%d,%%d,%%d,%%d,%%d,%%d,%%d,%%d\\n\",");
    p->w.indent++;
    go_line(&p->w, "tick, m.HeapSys, m.HeapInuse, m.HeapIdle, m.HeapReleased, m.HeapAlloc,");
    go_line(&p->w, "m.HeapObjects, m.NextGC, m.NumGC, m.Mallocs, m.Frees)");
    p->w.indent--;
}

void program_header(struct go_program *p) {
    p->w.imports[IMPORT_RUNTIME] = p->w.imports[IMPORT_FMT] = true;
    go_line(&p->w, "var m runtime.MemStats");
    if (p->prints_memstats) {
        go_line(&p->w, "fmt.Println(\"ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,"
                       "heap_objects,next_gc,num_gc,\" +");
        go_line(&p->w, "\t\"pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes\")");
    } else {
        go_line(&p->w,
                "fmt.Println(\"tick,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,\" +");
        go_line(&p->w, "\t\"heap_objects,next_gc,num_gc,mallocs,frees\")");
    }
}

void program_print(struct go_program *p, bool objects) {
    p->w.imports[IMPORT_RUNTIME] = p->w.imports[IMPORT_FMT] = true;
    go_line(&p->w, "runtime.ReadMemStats(&m)");
    if (objects) {
        print_objects(p);
    } else {
        print_memstats(p);
    }
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
                program_resize(p, p->channel_types[entry->channel]), channel, entry->value);
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
