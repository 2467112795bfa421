/*
 * dashboard.h: runs a scenario live on the terminal until the user quits.
 */
#ifndef TUI_LIVE_DASHBOARD_H
#define TUI_LIVE_DASHBOARD_H

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

/* Returns the exit status: 0 when the user quit; 2 for a terminal that will not do or a scenario
 * that will not load, explained on stderr, the terminal untouched or given back; 128 + signal. */
int dashboard_main(const struct dashboard_options *options);

#endif
