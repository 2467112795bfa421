/*
 * dashboard.h: runs a scenario live on the terminal until the user quits.
 */
#ifndef TUI_LIVE_DASHBOARD_H
#define TUI_LIVE_DASHBOARD_H

struct dashboard_options;

/* Returns the exit status. 0: the user has quit. 128 + N: signal N has ended it. 2: the terminal or
 * the scenario cannot be used, which stderr explains, or signals cannot be caught. The terminal is
 * left as it was. */
int dashboard_main(const struct dashboard_options *options);

#endif
