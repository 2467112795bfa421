/*
 * svg_shape.h: characters that are pictures, as paths of SVG.
 *
 * Each belongs to a layer, which says how its path is painted: filled, or as a line. What is in no
 * layer is text.
 */
#ifndef TUI_EXPORT_SVG_SHAPE_H
#define TUI_EXPORT_SVG_SHAPE_H

#include "engine/base.h"

#include <stdio.h>

/* Units of a cell. */
enum { SVG_CELL_COLS = 10, SVG_CELL_ROWS = 20 };

/* In the order in which they are painted. */
enum svg_layer {
    SVG_LIGHT_SHADE,
    SVG_MEDIUM_SHADE,
    SVG_DARK_SHADE,
    SVG_FILL,
    SVG_LINE,
    SVG_HEAVY_LINE,
    SVG_DOTS,
    SVG_TEXT /* no path */
};

enum svg_layer svg_layer_of(uint32_t rune);

/* The path commands for `count` such runes side by side, the first with its top left corner at
 * (x, y). The rune must be in a layer with a path. */
void svg_shape(FILE *out, uint32_t rune, int x, int y, int count);

#endif
