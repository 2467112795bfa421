/*
 * machine.h: what the dashboard needs to know of the machine.
 */
#ifndef TUI_LIVE_MACHINE_H
#define TUI_LIVE_MACHINE_H

#include "engine/base.h"

/* Real time in nanoseconds since a fixed moment. */
uint64_t machine_now_ns(void);

#endif
