/*
 * collect.h: copies what panels show from an engine into a model.
 *
 * Layer: front end, model. May include the engine's edge and model.
 */
#ifndef TUI_COLLECT_H
#define TUI_COLLECT_H

#include "engine/engine.h"
#include "tui/model.h"

void collect_channels(const struct engine *engine, struct model_program *program);

/* The `count` goroutines there are, as far as `demand` asks. The rows cost what is shown; adding up
 * takes some nanoseconds for each goroutine. */
void collect_program(const struct engine *engine, uint32_t count, const struct demand *demand,
                     struct model_program *program);

/* The whole heap in at most `cells` cells. */
void collect_map(const struct engine *engine, const struct snapshot *now, uint32_t cells,
                 struct model_map *map);

#endif
