/*
 * library.h: what the runtime and the packages of Go 1.1 put into the heap (reference 5.5).
 */
#ifndef ENGINE_MODEL_GO11_LIBRARY_H
#define ENGINE_MODEL_GO11_LIBRARY_H

#include "engine/model/library.h"

extern const struct library_ops go11_library;

#endif
