#include "tui/view.h"

const struct view *const views[VIEW_COUNT] = {
    [VIEW_CHART] = &view_chart,     [VIEW_STATS] = &view_stats,   [VIEW_MAP] = &view_map,
    [VIEW_PROGRAM] = &view_program, [VIEW_EVENTS] = &view_events,
};
