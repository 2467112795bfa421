#include "tui/collect.h"

#include <string.h>

enum { CHUNK = 256 };

void collect_channels(const struct engine *engine, struct model_program *program) {
    program->channel_count = engine_channels(engine, 0, MODEL_CHANNELS_MAX, program->channels);
}

void collect_map(const struct engine *engine, const struct snapshot *now, uint32_t cells,
                 struct model_map *map) {
    CHECK(cells > 0 && cells <= MODEL_MAP_CELLS_MAX);
    uint32_t pages_per_cell = 1;
    while (divide_up(now->heap_pages, pages_per_cell) > cells) {
        pages_per_cell *= 2;
    }
    map->pages_per_cell = pages_per_cell;
    map->count = (uint32_t)divide_up(now->heap_pages, pages_per_cell);
    if (map->count > 0) {
        engine_heap_map(engine, 0, pages_per_cell, map->count, map->cells);
    }
}

static struct model_group *group_of(struct model_program *program, const char *name) {
    for (uint32_t i = program->group_count; i-- > 0;) {
        if (strcmp(program->groups[i].name, name) == 0) {
            return &program->groups[i];
        }
    }
    if (program->group_count == MODEL_GROUPS_MAX) {
        return &program->groups[MODEL_GROUPS_MAX - 1];
    }
    struct model_group *group = &program->groups[program->group_count++];
    memset(group, 0, sizeof *group);
    memcpy(group->name, name, sizeof group->name);
    return group;
}

static void add_goroutine(struct model_program *program, uint32_t index,
                          const struct goroutine_view *view) {
    struct model_group *group = group_of(program, view->name);
    group->count++;
    group->by_state[view->state]++;
    group->slot_count += view->slot_count;
    group->slots_used += view->slots_used;
    group->pool_bytes += view->pool_bytes;
    group->makes += view->makes;
    group->reuses += view->reuses;
    group->drops += view->drops;
    program->bins[index / program->goroutines_per_bin].by_state[view->state]++;
}

/* The slots of the goroutines in rows[], as many as there is room for. */
static void collect_slots(const struct engine *engine, struct model_program *program) {
    uint32_t used = 0;
    program->slot_bytes_max = 0;
    for (uint32_t i = 0; i < program->row_count; i++) {
        const struct goroutine_view *row = &program->rows[i];
        program->row_slots[i] = used;
        uint32_t count = row->slot_count;
        count = count > MODEL_SLOTS_MAX - used ? MODEL_SLOTS_MAX - used : count;
        used += engine_slots(engine, row->slot_first, count, &program->slot_bytes[used]);
    }
    program->row_slots[program->row_count] = used;
    for (uint32_t i = 0; i < used; i++) {
        if (program->slot_bytes[i] > program->slot_bytes_max) {
            program->slot_bytes_max = program->slot_bytes[i];
        }
    }
}

void collect_program(const struct engine *engine, uint32_t count, struct model_program *program) {
    program->goroutine_count = count;
    program->group_count = 0;
    program->goroutines_per_bin = (uint32_t)divide_up(count > 0 ? count : 1, MODEL_BINS_MAX);
    program->bin_count = (uint32_t)divide_up(count, program->goroutines_per_bin);
    memset(program->bins, 0, program->bin_count * sizeof program->bins[0]);
    program->row_count = engine_goroutines(
        engine, 0, count < MODEL_ROWS_MAX ? count : MODEL_ROWS_MAX, program->rows);
    struct goroutine_view chunk[CHUNK];
    for (uint32_t first = 0; first < count;) {
        uint32_t left = count - first;
        uint32_t got = engine_goroutines(engine, first, left < CHUNK ? left : CHUNK, chunk);
        for (uint32_t i = 0; i < got; i++) {
            add_goroutine(program, first + i, &chunk[i]);
        }
        if (got == 0) {
            break;
        }
        first += got;
    }
    collect_slots(engine, program);
}
