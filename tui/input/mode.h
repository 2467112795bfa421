/*
 * mode.h: what the terminal can show, as asked for or found out.
 */
#ifndef TUI_INPUT_MODE_H
#define TUI_INPUT_MODE_H

enum color_mode { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER, COLOR_8, COLOR_16, COLOR_256 };
enum glyph_mode { GLYPHS_AUTO, GLYPHS_ASCII, GLYPHS_BLOCK, GLYPHS_BRAILLE };

#endif
