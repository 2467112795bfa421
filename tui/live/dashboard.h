/*
 * dashboard.h: runs a scenario live on the terminal until the user quits.
 */
#ifndef TUI_LIVE_DASHBOARD_H
#define TUI_LIVE_DASHBOARD_H

struct dashboard_options;

/* Returns the exit status: 0 when the user quit; 2 for a terminal that will not do or a scenario
 * that will not load, explained on stderr, the terminal untouched or given back; 128 + signal. */
int dashboard_main(const struct dashboard_options *options);

#endif
