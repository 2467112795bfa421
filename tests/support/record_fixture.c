#include "tests/support/record_fixture.h"

#include "tui/golang/gosource.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MB UINT64_C(1000000)
#define SECONDS NS_PER_SECOND

#define ARENA_START UINT64_C(0xc200000000)

enum { END_SECONDS = 272, PAGE_BYTES = 4096 };

static void fill_stats(struct snapshot *now) {
    now->stats_known = UINT64_MAX;
    now->now_ns = END_SECONDS * SECONDS;
    now->steps = 1234;
    now->stats = (struct memstats){
        .alloc = 305 * MB,
        .total_alloc = 4210 * MB,
        .sys = 402 * MB,
        .mallocs = 5120,
        .frees = 4711,
        .heap_alloc = 305 * MB,
        .heap_sys = 371600000,
        .heap_idle = 66500000,
        .heap_inuse = 305100000,
        .heap_released = 12 * MB,
        .heap_objects = 409,
        .stack_inuse = 8192,
        .stack_sys = 131072,
        .mspan_inuse = 20480,
        .mspan_sys = 65536,
        .mcache_inuse = 9600,
        .mcache_sys = 16384,
        .buck_hash_sys = 1439992,
        .next_gc = 330 * MB,
        .last_gc = 271 * SECONDS,
        .pause_total_ns = 6400000,
        .num_gc = 14,
        .enable_gc = 1,
    };
    now->counts = (struct program_counts){
        .pool_bytes = 148 * MB, .idle_len = 3, .makes = 21, .reuses = 187, .drops = 4};
    now->rss_bytes = 359 * MB;
    now->gogc = now->gogc_start = 100;
    now->live_bytes = 155 * MB;
    now->live_at_ns = now->now_ns;
    now->forecasts[now->forecast_count++] = (struct forecast){FORECAST_SCAVENGE, 300 * SECONDS};
    now->forecasts[now->forecast_count++] = (struct forecast){FORECAST_FORCED_GC, 420 * SECONDS};
    now->last_gc_ns = 271 * SECONDS;
    now->page_bytes = PAGE_BYTES;
    now->arena_start = ARENA_START;
    now->heap_pages = (uint32_t)(now->stats.heap_sys / PAGE_BYTES);
}

/* A sawtooth: the heap fills and is collected every 20 s; the scavenger gives back at 240 s. */
static void fill_history(struct history *history, const struct memstats *stats) {
    for (uint64_t s = 0; s <= END_SECONDS; s++) {
        uint64_t goal = s < 40 ? 120 * MB : 330 * MB;
        uint64_t inuse = s == 271 ? 166 * MB : goal / 2 + goal / 2 * (s % 20) / 20;
        uint64_t sys = s < 40 ? 150 * MB : 371 * MB;
        uint64_t live = s < 20 ? inuse : 155 * MB < inuse ? 155 * MB : inuse;
        struct moment moment = {
            .at_ns = s * SECONDS,
            .stats = *stats,
            .counts = {.pool_bytes = s < 20 ? s * 7 * MB : 148 * MB},
            .live_bytes = live,
            .live_at_ns = s * SECONDS,
            .live_known = true,
        };
        moment.stats.heap_sys = sys;
        moment.stats.heap_inuse = inuse;
        moment.stats.heap_idle = sys - inuse;
        moment.stats.heap_released = s < 240 ? 0 : 12 * MB;
        moment.stats.alloc = moment.stats.heap_alloc = inuse - MB;
        moment.stats.total_alloc = 4210 * MB - (END_SECONDS - s) * 7500000;
        moment.stats.mallocs = 5120 - (END_SECONDS - s) * 2;
        moment.stats.frees = 4711 - (END_SECONDS - s) * 2;
        moment.stats.next_gc = goal;
        moment.stats.last_gc = (s < 271 ? s / 20 * 20 : 271) * SECONDS;
        moment.stats.num_gc = s < 271 ? s / 20 : 14;
        history_add(history, &moment);
        if (s % 20 == 0 && s > 0) {
            history_mark(history, s * SECONDS, MARK_GC);
        }
        if (s == 240) {
            history_mark(history, s * SECONDS, MARK_SCAVENGE);
        }
        if (s == 133) {
            history_mark(history, s * SECONDS, MARK_YOU | MARK_GOGC);
        }
    }
}

static void fill_journal(struct journal *journal) {
    static const struct entry entries[] = {
        {.at_ns = 40 * SECONDS,
         .kind = ENTRY_EVENT,
         .event = {.kind = EVENT_GROW,
                   .grow = {.bytes = 9 * MB,
                            .needed_bytes = 8900000,
                            .largest_idle_bytes = 1048576,
                            .heap_sys = 371600000}}},
        {.at_ns = 133 * SECONDS,
         .kind = ENTRY_EVENT,
         .commanded = true,
         .event = {.kind = EVENT_GOGC, .gogc = {.from = 200, .to = 100, .by_user = true}}},
        {.at_ns = 140 * SECONDS,
         .kind = ENTRY_EVENT,
         .commanded = true,
         .channel = "idle",
         .event = {.kind = EVENT_RESIZE, .resize = {.channel = 0, .from = 6, .to = 5}}},
        {.at_ns = 240 * SECONDS,
         .kind = ENTRY_EVENT,
         .event = {.kind = EVENT_SCAVENGE,
                   .scavenge = {.released_bytes = 12 * MB,
                                .spans = 2,
                                .idle_bytes = 66500000,
                                .total_released = 12 * MB,
                                .limit_ns = 300 * SECONDS,
                                .tick = true}}},
        {.at_ns = 255 * SECONDS, .kind = ENTRY_COMMAND, .command = {.kind = COMMAND_GC}},
        {.at_ns = 255 * SECONDS,
         .kind = ENTRY_EVENT,
         .event = {.kind = EVENT_GC,
                   .gc = {.number = 13,
                          .cause = GC_CAUSE_USER,
                          .heap_alloc_before = 290 * MB,
                          .heap_alloc_after = 165 * MB,
                          .pause_ns = 440000}}},
        {.at_ns = 271 * SECONDS,
         .kind = ENTRY_EVENT,
         .goal_bytes = 165 * MB,
         .goal_gogc = 100,
         .event = {.kind = EVENT_GC,
                   .gc = {.number = 14,
                          .cause = GC_CAUSE_HEAP,
                          .heap_alloc_before = 330100000,
                          .heap_alloc_after = 165 * MB,
                          .next_gc_before = 330 * MB,
                          .pause_ns = 450000}}},
    };
    for (size_t i = 0; i < COUNT_OF(entries); i++) {
        journal_add(journal, &entries[i]);
    }
}

/* In use with garbage in between, then idle, then given back. */
static void fill_map(struct record_map *map, uint32_t heap_pages) {
    map->pages_per_cell = 256;
    map->count = heap_pages / 256;
    for (uint32_t i = 0; i < map->count; i++) {
        struct map_cell *cell = &map->cells[i];
        uint32_t percent = i * 100 / map->count;
        cell->pages = 256;
        cell->in_use = percent < 80 ? 256 : 0;
        cell->garbage = percent < 80 && i % 9 < 4 ? 200 : 0;
        cell->idle = 256 - cell->in_use;
        cell->released = percent >= 95 ? 256 : 0;
    }
}

/* Line 20 of the scenario's file has the select, line 23 the sleep. */
static struct gosource_line source_lines[] = {
    {.text = "// Use a buffered channel"},
    {.text = ""},
    {.text = "package main"},
    {.text = ""},
    {.text = "import ("},
    {.text = "\t\"fmt\""},
    {.text = "\t\"time\""},
    {.text = ")"},
    {.text = ""},
    {.text = "func makeBuffer() []byte {"},
    {.text = "\treturn make([]byte, rand.Intn(5000000)+5000000)"},
    {.text = "}"},
    {.text = ""},
    {.text = "func main() {"},
    {.text = "\tpool := make([][]byte, 20)"},
    {.text = "\tidle := make(chan []byte, 5)"},
    {.text = "\tfor {"},
    {.text = "\t\tselect {", .step = 20},
    {.text = "\t\tcase b = <-idle:", .step = 20},
    {.text = "\t\tdefault:", .step = 20},
    {.text = "\t\t\tb = makeBuffer()", .step = 20},
    {.text = "\t\t}", .step = 20},
    {.text = "\t\tj := rand.Intn(len(pool)) // one of them", .step = 21},
    {.text = "\t\tpool[j] = b", .step = 22},
    {.text = "\t\ttime.Sleep(time.Second)", .step = 23},
    {.text = "\t\tfmt.Printf(\"%d,%d\\n\", m.HeapSys, idle)", .step = 24},
    {.text = "\t}"},
    {.text = "}"},
};
static const struct gosource source = {.lines = source_lines, .count = COUNT_OF(source_lines)};

static void fill_places(struct record_program *program) {
    program->group_count = 2;
    program->groups[0] = (struct record_group){.name = "sampler", .count = 1};
    program->groups[1] =
        (struct record_group){.name = "main", .listed = true, .first = 1, .count = 1};
    program->groups[0].by_state[GOROUTINE_SLEEPING] = 1;
    program->groups[1].by_state[GOROUTINE_RUNNABLE] = 1;
    program->place_count = 2;
    program->places[0] = (struct record_place){.step = 23, .count = 1, .names[0] = {0, 1}};
    program->places[1] =
        (struct record_place){.step = 20, .count = 1, .runnable = 1, .names[0] = {1, 1}};
}

/* The span under the map's cursor: small blocks; a test may make it large or idle. */
static void fill_span(struct record_map *map) {
    map->has_span = true;
    map->span = (struct span_view){.pages = 2,
                                   .in_use = true,
                                   .class = 20,
                                   .block_bytes = 320,
                                   .blocks = 25,
                                   .allocated = 19,
                                   .garbage = 6,
                                   .type = "message"};
    map->block_count = map->span.blocks;
    for (uint32_t i = 0; i < map->block_count; i++) {
        map->blocks[i] = i >= 19 ? BLOCK_FREE : i % 3 == 2 ? BLOCK_GARBAGE : BLOCK_USED;
    }
}

static void fill_object(struct record_object *object, const struct record_map *map) {
    static const struct field_view fields[] = {
        {.name = "id", .type = "int", .value = VALUE_NUMBER, .number = 42},
        {.name = "body",
         .type = "[]byte",
         .value = VALUE_SLICE,
         .length = 1000,
         .capacity = 1024,
         .address = ARENA_START + 0x20000,
         .bytes = 1024,
         .target = "[]byte"},
        {.name = "subject",
         .type = "string",
         .value = VALUE_STRING,
         .length = 12,
         .address = ARENA_START + 0x30040,
         .bytes = 16,
         .target = "string"},
        {.name = "next", .type = "*message", .value = VALUE_POINTER},
        {.name = "head",
         .type = "*header",
         .value = VALUE_POINTER,
         .address = ARENA_START + 0x40080,
         .bytes = 64,
         .target = "header",
         .dead = true},
        {.name = "any", .type = "interface{}", .value = VALUE_POINTER, .dangling = true},
        {.name = "spare", .value = VALUE_EMPTY},
    };
    static const struct path_step steps[] = {
        {.name = "inbox", .type = "map", .address = ARENA_START + 0x11000, .bytes = 64},
        {.name = ".buckets", .type = "buckets", .address = ARENA_START + 0x50000, .bytes = 4096},
        {.name = "[4711]", .type = "message", .address = RECORD_FIXTURE_OBJECT, .bytes = 320},
    };
    static const struct path_step other = {.name = "worker 3: b"};
    object->address = RECORD_FIXTURE_OBJECT;
    object->has_span = object->allocated = true;
    object->span = map->span;
    object->block = 4;
    object->block_count = map->block_count;
    memcpy(object->blocks, map->blocks, sizeof object->blocks);
    object->view = (struct object_view){.address = RECORD_FIXTURE_OBJECT,
                                        .bytes = 320,
                                        .type = "message",
                                        .field_count = COUNT_OF(fields)};
    object->field_count = COUNT_OF(fields);
    memcpy(object->fields, fields, sizeof fields);
    object->keepers.address = RECORD_FIXTURE_OBJECT;
    object->keepers.step_count = COUNT_OF(steps);
    memcpy(object->keepers.steps, steps, sizeof steps);
    object->keepers.source_count = 2;
    object->keepers.sources[0] = steps[1];
    snprintf(object->keepers.sources[0].name, PATH_NAME_BYTES, "[4711]");
    object->keepers.sources[1] = other;
    object->keepers_at_ns = END_SECONDS * SECONDS;
}

/* The arena grows by ten megabytes every ten seconds, and half of it is in use. */
static void fill_maps(struct map_history *maps, const struct record_map *map) {
    for (uint64_t s = 10; s < END_SECONDS; s += 10) {
        uint32_t count = (uint32_t)(map->count * s / END_SECONDS);
        struct map_cell cells[MAP_MOMENT_CELLS];
        for (uint32_t i = 0; i < count; i++) {
            cells[i] = (struct map_cell){.pages = 256};
            cells[i].in_use = i < count / 2 ? 256 : 0;
            cells[i].idle = 256 - cells[i].in_use;
        }
        struct map_picture picture = {count * 256, 256, count, cells};
        map_history_add(maps, s * SECONDS, false, &picture);
    }
}

/* A few size classes have spans, of 60. */
static void fill_classes(struct record_classes *classes) {
    static const struct class_view used[] = {
        {8, 1, 512, 1, 1, 512, 30, 2, 240, 16, 0, 31, 1},
        {48, 1, 85, 3, 3, 255, 240, 100, 11520, 4800, 48, 1200, 960},
        {320, 2, 25, 12, 24, 300, 230, 60, 73600, 19200, 2304, 5000, 4770},
        {2048, 1, 2, 40, 40, 80, 66, 9, 135168, 18432, 0, 700, 634},
        {32768, 8, 1, 3, 24, 3, 2, 1, 65536, 32768, 0, 90, 88},
    };
    static const uint32_t numbers[] = {1, 5, 20, 38, 60};
    classes->count = 61;
    for (uint32_t class = 1; class < classes->count; class ++) {
        classes->classes[class] = (struct class_view){
            .block_bytes = class * 16, .span_pages = 1, .span_blocks = 4096 / (class * 16)};
    }
    for (size_t i = 0; i < COUNT_OF(used); i++) {
        classes->classes[numbers[i]] = used[i];
    }
    classes->classes[0] = (struct class_view){.spans = 38,
                                              .pages = 74000,
                                              .blocks = 38,
                                              .allocated = 38,
                                              .garbage = 18,
                                              .allocated_bytes = 303104000,
                                              .garbage_bytes = 150 * MB,
                                              .mallocs = 208,
                                              .frees = 170};
}

static void fill_program(struct record *record) {
    struct record_program *program = &record->program;
    record->source = &source;
    fill_places(program);
    program->channel_count = 1;
    program->channels[0] =
        (struct channel_view){.name = "idle", .capacity = 5, .length = 3, .bytes = 22 * MB};
    program->goroutine_count = program->row_count = 2;
    program->rows[0] = (struct goroutine_view){.name = "sampler",
                                               .number = 1,
                                               .state = GOROUTINE_SLEEPING,
                                               .step = 23,
                                               .wake_ns = record->now.now_ns + SECONDS / 2};
    program->rows[1] = (struct goroutine_view){.name = "main",
                                               .number = 1,
                                               .state = GOROUTINE_RUNNABLE,
                                               .step = 20,
                                               .slot_count = 20,
                                               .slots_used = 18,
                                               .pool_bytes = 148 * MB,
                                               .makes = 21,
                                               .reuses = 187};
    program->chosen = program->rows[1];
    program->row_slots[2] = 20;
    program->slot_bytes_max = 9999999;
    for (uint32_t i = 0; i < 20; i++) {
        program->slot_bytes[i] = i % 10 == 7 ? 0 : (5 + i * 7 % 5) * MB;
    }
    record->now.goroutine_count = 2;
    record->now.goroutines_running = record->now.goroutines_sleeping = 1;
    record->now.channel_count = 1;
    record->now.slot_count = 20;
    record->now.slots_used = 18;
}

struct record *record_fixture_new(void) {
    struct record *record = calloc(1, sizeof *record);
    CHECK(record != NULL);
    record->history = history_new();
    record->journal = calloc(1, sizeof *record->journal);
    record->maps = map_history_new();
    CHECK(record->history != NULL && record->journal != NULL && record->maps != NULL);
    record->abilities = ABILITY_ALL;
    snprintf(record->origin, sizeof record->origin, "an engine");
    snprintf(record->title, sizeof record->title, "Use a buffered channel");
    snprintf(record->version, sizeof record->version, "go1.1");
    record->duration_ns = 900 * SECONDS;
    record->seed = 1;
    fill_stats(&record->now);
    fill_history(record->history, &record->now.stats);
    fill_journal(record->journal);
    fill_map(&record->map, record->now.heap_pages);
    fill_span(&record->map);
    fill_object(&record->object, &record->map);
    fill_maps(record->maps, &record->map);
    fill_classes(&record->classes);
    fill_program(record);
    return record;
}

void record_fixture_free(struct record *record) {
    history_free(record->history);
    map_history_free(record->maps);
    free(record->journal);
    free(record);
}

void record_fixture_goroutines(struct record *record, uint32_t count) {
    struct record_program *program = &record->program;
    record->now.goroutine_count = program->goroutine_count = count;
    record->now.goroutines_running = count / 100;
    record->now.goroutines_sleeping = count - count / 100;
    program->row_count = RECORD_ROWS_MAX;
    memset(program->row_slots, 0, sizeof program->row_slots);
    program->bin_end = count;
    program->goroutines_per_bin = (uint32_t)divide_up(count, RECORD_BINS_MAX);
    program->bin_count = (uint32_t)divide_up(count, program->goroutines_per_bin);
    for (uint32_t i = 0; i < count; i++) {
        enum goroutine_state state = i % 10000 < 100 ? GOROUTINE_RUNNABLE : GOROUTINE_SLEEPING;
        program->bins[i / program->goroutines_per_bin].by_state[state]++;
    }
    program->group_count = 1;
    program->groups[0] = (struct record_group){.name = "worker",
                                               .listed = true,
                                               .count = count,
                                               .slot_count = 2 * count,
                                               .slots_used = 2 * count,
                                               .pool_bytes = UINT64_C(7500) * count};
    program->groups[0].by_state[GOROUTINE_RUNNABLE] = count / 100;
    program->groups[0].by_state[GOROUTINE_SLEEPING] = count - count / 100;
    for (uint32_t i = 0; i < program->row_count; i++) {
        program->rows[i] = (struct goroutine_view){
            .name = "worker", .number = i + 1, .state = GOROUTINE_SLEEPING, .step = 23};
    }
    program->chosen = program->rows[0];
    program->places[0] = (struct record_place){
        .step = 23, .count = count - count / 100, .names = {{0, 1}, {0, 2}, {0, 3}}};
    program->places[1] = (struct record_place){.step = 20,
                                               .count = count / 100,
                                               .runnable = count / 100,
                                               .names = {{0, 4}, {0, 5}, {0, 6}}};
}
