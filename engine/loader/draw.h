/*
 * draw.h: numbers that are drawn: from [low, high], or from a distribution.
 */
#ifndef ENGINE_LOADER_DRAW_H
#define ENGINE_LOADER_DRAW_H

#include "engine/loader/build.h"
#include "engine/loader/units.h"
#include "engine/scenario.h"

/* One text, which may be a distribution, or two for [low, high]. False after a complaint, and if
 * there is none: zero. */
bool build_range(struct build *b, enum limit limit, const struct raw_texts *texts,
                 struct range *out);

#endif
