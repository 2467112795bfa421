/*
 * collect.h: copies what panels show from an engine into a record.
 */
#ifndef TUI_SOURCE_COLLECT_H
#define TUI_SOURCE_COLLECT_H

#include "engine/engine.h"
#include "tui/record/record.h"

void collect_channels(const struct engine *engine, struct record_program *program);

/* The `count` goroutines there are, as far as `demand` asks. The rows cost what is shown; adding up
 * takes some nanoseconds for each goroutine. */
void collect_program(const struct engine *engine, uint32_t count, const struct demand *demand,
                     struct record_program *program);

/* The cells of the map, and the span, that `demand` asks for. */
void collect_map(const struct engine *engine, const struct snapshot *now,
                 const struct demand *demand, struct record_map *map);

/* A coarse map of the whole heap, for what the map was before. */
void collect_moment(const struct engine *engine, const struct snapshot *now, bool special,
                    struct map_history *maps);

/* The object that `demand` asks for. What keeps it may take long, and breathe. */
void collect_object(const struct engine *engine, const struct snapshot *now,
                    const struct demand *demand, struct record_object *object);

void collect_classes(const struct engine *engine, struct record_classes *classes);

#endif
