/*
 * dashboard_options.h: what the dashboard is opened with.
 */
#ifndef TUI_LIVE_DASHBOARD_OPTIONS_H
#define TUI_LIVE_DASHBOARD_OPTIONS_H

#include "engine/snapshot.h"
#include "tui/input/mode.h"

struct dashboard_options {
    const char *scenario_path;   /* opened first */
    const char *const *settings; /* --set key=value, applied to every scenario opened */
    uint32_t setting_count;
    char *const *scenario_paths; /* what the scenario picker offers, in order */
    uint32_t scenario_path_count;
    enum memory_mode memory;
    enum color_mode color;
    enum glyph_mode glyphs;
    bool mouse;
    double speed; /* virtual seconds per real second; 0: 1.0 */
    bool paused;  /* start paused */
};

#endif
