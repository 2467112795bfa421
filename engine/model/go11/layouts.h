/*
 * layouts.h: Go's own types as they are laid out in Go 1.1.
 */
#ifndef ENGINE_MODEL_GO11_LAYOUTS_H
#define ENGINE_MODEL_GO11_LAYOUTS_H

#include "engine/model/library.h"

extern const struct go_layout go11_layouts[GO_TYPE_COUNT];

#endif
