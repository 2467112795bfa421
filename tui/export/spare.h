/*
 * spare.h: how much memory there still is to be had, for the machine, for its containers (control
 * groups) and for this process (ulimit).
 */
#ifndef TUI_EXPORT_SPARE_H
#define TUI_EXPORT_SPARE_H

#include "engine/base.h"

/* Bytes that can still be used without hurting others; UINT64_MAX: not known. `root` is what comes
 * before /proc and /sys: "" but in tests. */
uint64_t spare_bytes(const char *root);

#endif
