#include "tui/source/collect.h"

#include <string.h>

enum { CHUNK = 256 };

void collect_channels(const struct engine *engine, struct record_program *program) {
    program->channel_count = engine_channels(engine, 0, RECORD_CHANNELS_MAX, program->channels);
}

static bool is_same_cell(const struct map_cell *a, const struct map_cell *b) {
    return a->pages == b->pages && a->in_use == b->in_use && a->garbage == b->garbage &&
           a->vacant == b->vacant && a->released == b->released && a->begins == b->begins &&
           a->class == b->class;
}

/* Stores the new cells. Counts those that have changed, if they are the same pages as before. */
static void take_cells(struct record_map *map, const struct map_cell *cells, uint32_t count,
                       bool same_place) {
    map->changed = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool known = same_place && i < map->count;
        map->changed += known && !is_same_cell(&map->cells[i], &cells[i]);
        map->cells[i] = cells[i];
    }
    map->count = count;
}

void collect_map(const struct engine *engine, const struct snapshot *now,
                 const struct demand *demand, struct record_map *map) {
    uint32_t pages = demand->map_pages_per_cell;
    uint32_t first = pages > 0 ? demand->map_page_first : 0;
    if (pages == 0) {
        pages = map_fit(now->heap_pages, demand->map_cells, demand->map_cells_wide);
    }
    uint32_t room = pages == 1 ? demand->map_cells_wide : demand->map_cells;
    uint64_t behind = now->heap_pages > first ? now->heap_pages - first : 0;
    uint64_t wanted = divide_up(behind, pages);
    uint32_t count = wanted < room ? (uint32_t)wanted : room;
    struct map_cell cells[RECORD_MAP_CELLS_MAX];
    CHECK(count <= RECORD_MAP_CELLS_MAX);
    if (count > 0) {
        engine_heap_map(engine, first, pages, count, cells);
    }
    bool same_place = first == map->page_first && pages == map->pages_per_cell;
    take_cells(map, cells, count, same_place);
    map->page_first = first;
    map->pages_per_cell = pages;
    map->has_span = demand->map_span && engine_span_at(engine, demand->map_span_page, &map->span);
    map->block_count = 0;
    if (map->has_span && map->span.in_use) {
        map->block_count =
            engine_span_blocks(engine, demand->map_span_page, RECORD_BLOCKS_MAX, map->blocks);
    }
}

void collect_moment(const struct engine *engine, const struct snapshot *now, bool special,
                    struct map_history *maps) {
    struct map_cell cells[MAP_MOMENT_CELLS];
    uint32_t pages = map_fit(now->heap_pages, MAP_MOMENT_CELLS, 0);
    uint32_t count = (uint32_t)divide_up(now->heap_pages, pages);
    if (count > 0) {
        engine_heap_map(engine, 0, pages, count, cells);
    }
    struct map_picture picture = {
        .heap_pages = now->heap_pages, .pages_per_cell = pages, .count = count, .cells = cells};
    map_history_add(maps, now->now_ns, special, &picture);
}

/* Finds the span and the block that the address is in. */
static void collect_place(const struct engine *engine, const struct snapshot *now,
                          struct record_object *object) {
    uint64_t within = object->address - now->arena_start;
    uint64_t page = within / now->page_bytes;
    object->has_span = object->address >= now->arena_start && page < now->heap_pages &&
                       engine_span_at(engine, (uint32_t)page, &object->span);
    object->block_count = object->block = 0;
    if (object->has_span && object->span.in_use) {
        uint64_t start = (uint64_t)object->span.page_first * now->page_bytes;
        object->block = (uint32_t)((within - start) / object->span.block_bytes);
        object->block_count =
            engine_span_blocks(engine, (uint32_t)page, RECORD_BLOCKS_MAX, object->blocks);
    }
}

void collect_object(const struct engine *engine, const struct snapshot *now,
                    const struct demand *demand, struct record_object *object) {
    bool other = object->address != demand->object_address;
    object->address = demand->object_address;
    if (other) {
        object->keepers = (struct keepers){.hint = {0, UINT32_MAX}};
    }
    collect_place(engine, now, object);
    if (object->has_span && (other || demand->object_keepers)) {
        object->allocated =
            engine_object_at(engine, object->address, &object->keepers.hint, &object->view);
        struct keepers keepers;
        engine_keepers(engine, object->address, &keepers);
        object->keepers = keepers;
        object->keepers_at_ns = now->now_ns;
    }
    const struct object_hint *hint = &object->keepers.hint;
    object->allocated =
        object->has_span && engine_object_at(engine, object->address, hint, &object->view);
    object->field_first = other ? 0 : demand->object_field_first;
    object->field_count = object->allocated
                              ? engine_fields(engine, object->address, hint, object->field_first,
                                              RECORD_FIELDS_MAX, object->fields)
                              : 0;
}

void collect_classes(const struct engine *engine, struct record_classes *classes) {
    classes->count = engine_classes(engine, classes->classes);
}

static struct record_group *new_group(struct record_program *program, const char *name) {
    if (program->group_count == RECORD_GROUPS_MAX) {
        return &program->groups[RECORD_GROUPS_MAX - 1];
    }
    struct record_group *group = &program->groups[program->group_count++];
    memset(group, 0, sizeof *group);
    memcpy(group->name, name, sizeof group->name);
    return group;
}

/* Begins a group at goroutine `index`. The goroutines of one entry have consecutive numbers. If
 * there is no room for another group, the last group takes the goroutine in. */
static struct record_group *begin_group(const struct engine *engine, struct record_program *program,
                                        const struct goroutine_brief *brief, uint32_t index) {
    struct goroutine_view view;
    if (engine_goroutines(engine, index, 1, &view) != 1) {
        memset(&view, 0, sizeof view);
    }
    uint32_t before = program->group_count;
    struct record_group *group = new_group(program, view.name);
    group->first = program->group_count > before ? index : group->first;
    struct group_view entry;
    if (brief->group != GROUP_NONE && engine_groups(engine, brief->group, 1, &entry) == 1) {
        group->listed = true;
        group->slot_count += entry.slot_count;
        group->slots_used += entry.slots_used;
        group->pool_bytes += entry.pool_bytes;
    }
    return group;
}

static void add_place(struct record_program *program, const struct goroutine_brief *brief,
                      uint32_t group) {
    if (brief->step == 0) {
        return;
    }
    uint32_t i = 0;
    while (i < program->place_count && program->places[i].step != brief->step) {
        i++;
    }
    if (i == RECORD_PLACES_MAX) {
        return;
    }
    struct record_place *place = &program->places[i];
    if (i == program->place_count) {
        program->place_count++;
        *place = (struct record_place){.step = brief->step};
    }
    if (place->count < RECORD_PLACE_NAMES) {
        place->names[place->count].group = group;
        place->names[place->count].number = brief->number;
    }
    place->count++;
    place->runnable += brief->state == GOROUTINE_RUNNABLE ? 1 : 0;
}

static void add_goroutine(struct record_program *program, uint32_t index,
                          const struct goroutine_brief *brief, struct record_group *group) {
    group->count++;
    group->by_state[brief->state]++;
    add_place(program, brief, (uint32_t)(group - program->groups));
    if (index >= program->bin_first && index < program->bin_end) {
        uint32_t bin = (index - program->bin_first) / program->goroutines_per_bin;
        program->bins[bin].by_state[brief->state]++;
    }
}

/* Adds up all goroutines: the only part that takes time in proportion to their number. */
static void collect_all(const struct engine *engine, uint32_t count,
                        struct record_program *program) {
    struct goroutine_brief chunk[CHUNK];
    struct record_group *group = NULL;
    uint32_t number = GROUP_NONE;
    for (uint32_t first = 0; first < count;) {
        uint32_t got = engine_goroutine_briefs(engine, first, CHUNK, chunk);
        for (uint32_t i = 0; i < got && first + i < count; i++) {
            if (group == NULL || chunk[i].group != number || number == GROUP_NONE) {
                group = begin_group(engine, program, &chunk[i], first + i);
                number = chunk[i].group;
            }
            add_goroutine(program, first + i, &chunk[i], group);
        }
        if (got == 0) {
            break;
        }
        first += got;
    }
}

/* The slots of the goroutines in rows[], at most RECORD_SLOTS_MAX in all. */
static void collect_slots(const struct engine *engine, struct record_program *program) {
    uint32_t used = 0;
    program->slot_bytes_max = 0;
    for (uint32_t i = 0; i < program->row_count; i++) {
        const struct goroutine_view *row = &program->rows[i];
        program->row_slots[i] = used;
        uint32_t count = row->slot_count;
        count = count > RECORD_SLOTS_MAX - used ? RECORD_SLOTS_MAX - used : count;
        used += engine_slots(engine, row->slot_first, count, &program->slot_bytes[used]);
    }
    program->row_slots[program->row_count] = used;
    for (uint32_t i = 0; i < used; i++) {
        if (program->slot_bytes[i] > program->slot_bytes_max) {
            program->slot_bytes_max = program->slot_bytes[i];
        }
    }
}

void collect_program(const struct engine *engine, uint32_t count, const struct demand *demand,
                     struct record_program *program) {
    program->goroutine_count = count;
    uint32_t rows = demand->row_count > 0 ? demand->row_count : RECORD_ROWS_MAX;
    program->row_first = demand->row_first < count ? demand->row_first : 0;
    program->row_count = engine_goroutines(
        engine, program->row_first, rows < RECORD_ROWS_MAX ? rows : RECORD_ROWS_MAX, program->rows);
    if (engine_goroutines(engine, demand->chosen, 1, &program->chosen) != 1) {
        memset(&program->chosen, 0, sizeof program->chosen);
    }
    collect_slots(engine, program);

    bool all = demand->bin_end <= demand->bin_first || demand->bin_end > count;
    program->bin_first = all ? 0 : demand->bin_first;
    program->bin_end = all ? count : demand->bin_end;
    uint32_t range = program->bin_end - program->bin_first;
    program->goroutines_per_bin = (uint32_t)divide_up(range > 0 ? range : 1, RECORD_BINS_MAX);
    program->bin_count = (uint32_t)divide_up(range, program->goroutines_per_bin);
    memset(program->bins, 0, program->bin_count * sizeof program->bins[0]);
    program->group_count = 0;
    program->place_count = 0;
    collect_all(engine, count, program);
}
