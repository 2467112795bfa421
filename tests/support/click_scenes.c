#include "tests/support/click_scenes.h"

#define GARBAGE .scenario = "scenarios/garbage.yaml", .seconds = 400, .memory = MEMORY_ACCOUNTED
#define SERVER                                                                                     \
    .scenario = "scenarios/realistic-5.yaml", .seconds = 60, .memory = MEMORY_REAL, .collects = true
#define RECYCLER                                                                                   \
    .scenario = "scenarios/recycler.yaml", .seconds = 60, .memory = MEMORY_REAL, .collects = true
#define SMALL                                                                                      \
    .scenario = "scenarios/lru-cache.yaml", .seconds = 60, .memory = MEMORY_REAL, .collects = true
#define MANY                                                                                       \
    .scenario = "scenarios/forgotten-entry.yaml", .seconds = 60, .memory = MEMORY_REAL,            \
    .collects = true

const struct scene scenes[] = {
    {.view = VIEW_STATS, GARBAGE},
    {.view = VIEW_STATS, GARBAGE, .keys = {INPUT_DOWN, INPUT_DOWN, INPUT_DOWN}},
    {.view = VIEW_STATS, GARBAGE, .keys = {INPUT_END}},
    {.view = VIEW_STATS, GARBAGE, .keys = {INPUT_HOME, INPUT_PAGE_DOWN}, .cursor_s = 200},
    {.view = VIEW_EVENTS, GARBAGE, .runs_on = true},
    {.view = VIEW_EVENTS, GARBAGE, .runs_on = true, .keys = {INPUT_UP, INPUT_UP, INPUT_UP}},
    {.view = VIEW_EVENTS, GARBAGE, .runs_on = true, .keys = {INPUT_HOME}},
    {.view = VIEW_EVENTS, GARBAGE, .runs_on = true, .keys = {INPUT_PAGE_UP}, .cursor_s = 200},
    {.view = VIEW_EVENTS, GARBAGE, .runs_on = true, .keys = {'v', INPUT_UP, INPUT_UP}},
    {.view = VIEW_GCLOG, GARBAGE},
    {.view = VIEW_GCLOG, GARBAGE, .keys = {'e'}},
    {.view = VIEW_GCLOG, GARBAGE, .keys = {INPUT_UP, INPUT_UP, INPUT_UP, INPUT_UP, 'e'}},
    {.view = VIEW_GCLOG, GARBAGE, .keys = {INPUT_HOME, 'e'}},
    {.view = VIEW_GCLOG, GARBAGE, .keys = {'e', INPUT_PAGE_UP}, .cursor_s = 200},
    {.view = VIEW_CLASSES, SMALL, .whole = true},
    {.view = VIEW_CLASSES, SMALL, .whole = true, .keys = {INPUT_END}},
    {.view = VIEW_CLASSES, SMALL, .whole = true, .keys = {'t', INPUT_DOWN, INPUT_DOWN}},
    {.view = VIEW_PROGRAM, SERVER, .whole = true},
    {.view = VIEW_PROGRAM, SERVER, .whole = true, .keys = {INPUT_END}},
    {.view = VIEW_PROGRAM, SERVER, .whole = true, .keys = {INPUT_HOME, INPUT_DOWN}},
    {.view = VIEW_PROGRAM,
     .kind = KIND_PICTURE,
     .scenario = "scenarios/goroutines.yaml",
     .settings = {"worker.count=600", "worker.slots=1"},
     .memory = MEMORY_ACCOUNTED,
     .seconds = 2,
     .collects = true},
    {.view = VIEW_SOURCE, RECYCLER, .runs_on = true, .whole = true, .next = INPUT_RIGHT},
    {.view = VIEW_SOURCE,
     RECYCLER,
     .runs_on = true,
     .whole = true,
     .next = INPUT_RIGHT,
     .keys = {INPUT_END, INPUT_PAGE_UP}},
    {.view = VIEW_OBJECT, MANY, .object = "session"},
    {.view = VIEW_OBJECT, MANY, .object = "session", .keys = {INPUT_END}},
    {.view = VIEW_OBJECT, MANY, .object = "session", .keys = {INPUT_HOME}},
    {.view = VIEW_CHART, GARBAGE, .kind = KIND_CHART},
    {.view = VIEW_CHART, GARBAGE, .kind = KIND_CHART, .keys = {'z', 'z', INPUT_PAGE_UP}},
    {.view = VIEW_CHART, GARBAGE, .kind = KIND_CHART, .keys = {'t', INPUT_LEFT, 'H'}},
    {.view = VIEW_CHART,
     GARBAGE,
     .skip = 6,
     .boxed = true,
     .whole = true,
     .keys = {'e'},
     .first = INPUT_UP},
    {.view = VIEW_CHART,
     GARBAGE,
     .skip = 6,
     .boxed = true,
     .whole = true,
     .keys = {'e', INPUT_UP, INPUT_UP},
     .first = INPUT_UP},
    {.view = VIEW_CHART, GARBAGE, .kind = KIND_CHART, .keys = {'t'}, .cursor_s = 100},
    {.view = VIEW_MAP, SMALL, .kind = KIND_MAP},
    {.view = VIEW_MAP, SMALL, .kind = KIND_MAP, .keys = {INPUT_RIGHT, INPUT_DOWN}},
    {.view = VIEW_MAP, SMALL, .kind = KIND_MAP, .keys = {'z', 'z', 'z', INPUT_END}},
    {.view = VIEW_MAP, SMALL, .kind = KIND_MAP, .keys = {'v', 'z', INPUT_HOME, 'Z'}},
};

const size_t scene_count = COUNT_OF(scenes);
