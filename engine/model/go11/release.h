/*
 * release.h: Go 1.1.
 */
#ifndef ENGINE_MODEL_GO11_RELEASE_H
#define ENGINE_MODEL_GO11_RELEASE_H

#include "engine/model/release.h"

#define GO11_NAME "go1.1"

extern const struct release go11_release;

#endif
