/*
 * frame_file.h: pictures of frames as text, in tests/frames.
 */
#ifndef TESTS_SUPPORT_FRAME_FILE_H
#define TESTS_SUPPORT_FRAME_FILE_H

#include "tui/cells/cell.h"

enum { FRAME_TEXT_BYTES = 1 << 18 };

/* The frame as lines of text without trailing blanks. */
void frame_text(const struct cellbuf *frame, char out[FRAME_TEXT_BYTES]);

/* Whether tests/frames/NAME.txt shows this frame; if not, the first difference is printed. With
 * UPDATE_FRAMES in the environment the picture is written anew instead. */
bool frame_is_as_pictured(const char *name, const struct cellbuf *frame);

#endif
