/*
 * machine.h: what the dashboard must know of the machine it runs on.
 */
#ifndef TUI_LIVE_MACHINE_H
#define TUI_LIVE_MACHINE_H

#include "engine/base.h"

/* Nanoseconds of real time since some moment. */
uint64_t machine_now_ns(void);

/* Bytes the machine can still give without hurting others; UINT64_MAX: not known. */
uint64_t machine_memory_available(void);

#endif
