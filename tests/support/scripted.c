#include "tests/support/scripted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct scripted {
    struct source source;
    const struct script *script;
    uint64_t at_ns;
    uint32_t next; /* line */
};

static struct scripted *scripted_of(struct source *source) {
    return (struct scripted *)source;
}

static uint64_t now_ns(const struct source *source) {
    return ((const struct scripted *)source)->at_ns;
}

static uint64_t line_ns(const struct script_line *line) {
    return line->is_event ? line->event.at_ns : line->sample.at_ns;
}

static void play(struct source *source, const struct script_line *line) {
    if (line->is_event) {
        recorder_event(&source->recorder, &line->event, NULL, false);
    } else {
        recorder_sample(&source->recorder, &line->sample);
    }
}

static enum source_pause advance(struct source *source, uint64_t until_ns, uint32_t budget) {
    struct scripted *it = scripted_of(source);
    const struct script *script = it->script;
    const uint64_t end_ns = until_ns < script->known_until_ns ? until_ns : script->known_until_ns;
    while (it->next < script->count && line_ns(&script->lines[it->next]) <= end_ns) {
        if (budget-- == 0) {
            return SOURCE_BUDGET;
        }
        it->at_ns = line_ns(&script->lines[it->next]);
        play(source, &script->lines[it->next++]);
    }
    it->at_ns = end_ns;
    return end_ns < until_ns ? SOURCE_WAITING : SOURCE_REACHED;
}

/* The state now is that of the newest reading: a script has nothing else. */
static void collect(struct source *source, const struct demand *demand) {
    const struct scripted *it = scripted_of(source);
    const struct record *from = it->script->record;
    struct record *record = &source->recorder.record;
    record->now = from->now;
    record->now.now_ns = it->at_ns;
    record->now.stats = source->recorder.known.stats;
    record->now.counts = source->recorder.known.counts;
    record->idle = from->idle;
    if (demand->map_cells > 0 && (record->abilities & ABILITY_MAP) != 0) {
        record->map = from->map;
    }
    if (demand->classes && (record->abilities & ABILITY_CLASSES) != 0) {
        record->classes = from->classes;
    }
    if (demand->object && (record->abilities & ABILITY_OBJECTS) != 0) {
        record->object = from->object;
    }
    if (demand->program && (record->abilities & ABILITY_PROGRAM) != 0) {
        record->program = from->program;
    }
}

static void close_script(struct source *source) {
    source_done(source);
    free(scripted_of(source));
}

static const struct source_ops scripted_ops = {
    .close = close_script,
    .now_ns = now_ns,
    .advance = advance,
    .collect = collect,
};

struct source *scripted_open(const struct script *script) {
    struct scripted *it = calloc(1, sizeof *it);
    CHECK(it != NULL);
    struct run run = {0};
    const enum result result = source_init(&it->source, &scripted_ops, &run);
    CHECK(result == RESULT_OK);
    it->script = script;
    struct record *record = &it->source.recorder.record;
    record->abilities = script->abilities;
    snprintf(record->origin, sizeof record->origin, "%s", script->origin);
    memcpy(record->title, script->record->title, sizeof record->title);
    memcpy(record->version, script->record->version, sizeof record->version);
    record->duration_ns = script->record->duration_ns;
    record->source = (script->abilities & ABILITY_SOURCE_TEXT) != 0 ? script->record->source : NULL;
    return &it->source;
}
