/*
 * collect.h: copies what panels show from an engine into a record.
 *
 * `now` is a snapshot of the engine at this moment.
 */
#ifndef TUI_SOURCE_COLLECT_H
#define TUI_SOURCE_COLLECT_H

#include "engine/engine.h"
#include "tui/record/record.h"

/* The first RECORD_CHANNELS_MAX channels. */
void collect_channels(const struct engine *engine, struct record_program *program);

/* What `demand` asks for of the program, which has `count` goroutines. Takes some nanoseconds per
 * goroutine to add them up, and time in proportion to the rows. */
void collect_program(const struct engine *engine, uint32_t count, const struct demand *demand,
                     struct record_program *program);

/* The cells and the span that `demand` asks for. */
void collect_map(const struct engine *engine, const struct snapshot *now,
                 const struct demand *demand, struct record_map *map);

/* Adds a coarse map of the whole heap to the map history. `special`: as of map_history_wants(). */
void collect_moment(const struct engine *engine, const struct snapshot *now, bool special,
                    struct map_history *maps);

/* The object that `demand` asks for. What keeps it is found out only for a new address or if
 * `demand` asks for it: that takes time in proportion to the heap, and the engine calls
 * breathe(). */
void collect_object(const struct engine *engine, const struct snapshot *now,
                    const struct demand *demand, struct record_object *object);

/* All size classes. Takes time in proportion to the number of spans. */
void collect_classes(const struct engine *engine, struct record_classes *classes);

#endif
