#include "tui/export/ndjson.h"

#include "engine/base/escape.h"
#include "engine/base/utf8.h"

#include <inttypes.h>
#include <string.h>

/* A character in JSON's own way to write it: as one or two of UTF-16. */
static void write_number(FILE *out, uint32_t character) {
    enum { REPLACEMENT = 0xfffd, PAIRS = 0x10000 };
    if (character == UTF8_BAD) {
        character = REPLACEMENT;
    }
    if (character >= PAIRS) {
        fprintf(out, "\\u%04x\\u%04x", (unsigned)(0xd800 | (character - PAIRS) >> 10),
                (unsigned)(0xdc00 | ((character - PAIRS) & 0x3ff)));
    } else {
        fprintf(out, "\\u%04x", (unsigned)character);
    }
}

/* JSON has escapes of its own, so that a program gets back every character. */
static void write_string(FILE *out, const char *text) {
    fputc('"', out);
    for (const char *at = text, *end = text + strlen(text); at < end;) {
        const char *start = at;
        const uint32_t character = utf8_read(&at, end);
        if (character == '"' || character == '\\') {
            fprintf(out, "\\%c", (char)character);
        } else if (escape_is_safe(character)) {
            fwrite(start, 1, (size_t)(at - start), out);
        } else {
            write_number(out, character);
        }
    }
    fputc('"', out);
}

static void member(FILE *out, const char *name, uint64_t value) {
    fprintf(out, ",\"%s\":%" PRIu64, name, value);
}

/* A number that may be negative: GOGC is -1 when it is off. */
static void signed_member(FILE *out, const char *name, int64_t value) {
    fprintf(out, ",\"%s\":%" PRId64, name, value);
}

static void bool_member(FILE *out, const char *name, bool value) {
    fprintf(out, ",\"%s\":%s", name, value ? "true" : "false");
}

static void text_member(FILE *out, const char *name, const char *text) {
    fprintf(out, ",\"%s\":", name);
    write_string(out, text);
}

void ndjson_sample(FILE *out, const struct sample *sample) {
    fputs("{\"type\":\"sample\"", out);
    member(out, "ms", sample->slept_ns / NS_PER_MS);
    member(out, "at_ns", sample->at_ns);
    member(out, "index", sample->index);
    for (uint32_t i = 0; i < MEMSTATS_COUNT; i++) {
        member(out, memstats_entries[i].field,
               memstats_value(&sample->stats, &memstats_entries[i]));
    }
#define X(field, unit, text) member(out, #field, sample->counts.field);
    PROGRAM_COUNTS(X)
#undef X
    member(out, "rss", sample->rss_bytes);
    fputs("}\n", out);
}

static void write_gc(FILE *out, const struct gc_event *gc) {
    member(out, "number", gc->number);
    text_member(out, "cause", gc_cause_text(gc->cause));
    member(out, "heap_alloc_before", gc->heap_alloc_before);
    member(out, "heap_alloc_after", gc->heap_alloc_after);
    member(out, "heap_inuse_before", gc->heap_inuse_before);
    member(out, "heap_inuse_after", gc->heap_inuse_after);
    member(out, "objects_before", gc->objects_before);
    member(out, "objects_after", gc->objects_after);
    member(out, "mallocs", gc->mallocs);
    member(out, "frees", gc->frees);
    member(out, "trigger_bytes", gc->trigger_bytes);
    member(out, "next_gc_before", gc->next_gc_before);
    member(out, "next_gc_after", gc->next_gc_after);
    signed_member(out, "gogc", gc->gogc);
    member(out, "pause_ns", gc->pause_ns);
    member(out, "mark_ns", gc->mark_ns);
    member(out, "sweep_ns", gc->sweep_ns);
    member(out, "marked_bytes", gc->marked_bytes);
    member(out, "marked_objects", gc->marked_objects);
    member(out, "freed_bytes", gc->freed_bytes);
    member(out, "freed_objects", gc->freed_objects);
    member(out, "spans_swept", gc->spans_swept);
}

static void write_scavenge(FILE *out, const struct scavenge_event *scavenge) {
    member(out, "released_bytes", scavenge->released_bytes);
    member(out, "spans", scavenge->spans);
    member(out, "idle_bytes", scavenge->idle_bytes);
    member(out, "total_released", scavenge->total_released);
    member(out, "limit_ns", scavenge->limit_ns);
    bool_member(out, "tick", scavenge->tick);
}

static void write_grow(FILE *out, const struct grow_event *grow) {
    member(out, "bytes", grow->bytes);
    member(out, "needed_bytes", grow->needed_bytes);
    member(out, "largest_idle_bytes", grow->largest_idle_bytes);
    member(out, "heap_sys", grow->heap_sys);
}

static void write_resize(FILE *out, const struct resize_event *resize,
                         const struct scenario *scenario) {
    if (resize->channel < scenario->channel_count) {
        text_member(out, "channel", scenario->channels[resize->channel].name);
    }
    member(out, "from", resize->from);
    member(out, "to", resize->to);
    member(out, "dropped", resize->dropped);
}

void ndjson_event(FILE *out, const struct event *event, const struct scenario *scenario) {
    fputs("{\"type\":", out);
    write_string(out, event_kind_text(event->kind));
    member(out, "at_ns", event->at_ns);
    member(out, "index", event->index);
    switch (event->kind) {
    case EVENT_GC:
        write_gc(out, &event->gc);
        break;
    case EVENT_SCAVENGE:
        write_scavenge(out, &event->scavenge);
        break;
    case EVENT_GROW:
        write_grow(out, &event->grow);
        break;
    case EVENT_GOGC:
        signed_member(out, "from", event->gogc.from);
        signed_member(out, "to", event->gogc.to);
        bool_member(out, "by_user", event->gogc.by_user);
        break;
    case EVENT_RESIZE:
        write_resize(out, &event->resize, scenario);
        break;
    case EVENT_END:
    case EVENT_KIND_COUNT:
        break;
    }
    fputs("}\n", out);
}
