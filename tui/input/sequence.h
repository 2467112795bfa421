/*
 * sequence.h: what a control sequence of a terminal means: which key, or what the mouse did.
 *
 * Terminals disagree about keys, so all their forms are in one table: xterm, PuTTY, vt220, rxvt,
 * the console of Linux, kitty's CSI u, xterm's modifyOtherKeys. A sequence that is no key of any of
 * them is an answer to a question or not known here, and means nothing.
 */
#ifndef TUI_INPUT_SEQUENCE_H
#define TUI_INPUT_SEQUENCE_H

#include "tui/input/keys.h"

enum { SEQUENCE_NUMBERS = 4, SEQUENCE_PARTS = 3 };

/* "ESC [ 1 ; 5 : 3 A": introducer '[', numbers {{1}, {5, 3}}, final 'A'. */
struct sequence {
    char introducer; /* '[': CSI; 'O': SS3 */
    char prefix;     /* one of < = > ?; 0: none */
    char middle;     /* the last byte between numbers and final; 0: none */
    char final;
    uint32_t count;                                /* of numbers; those past the array as well */
    uint32_t part;                                 /* of the last number: where digits go */
    int numbers[SEQUENCE_NUMBERS][SEQUENCE_PARTS]; /* 0: left out */
};

void sequence_begin(struct sequence *sequence, char introducer);

/* Takes a byte from ' ' to '?', which stands before the final one. */
void sequence_add(struct sequence *sequence, char byte);

/* Whether the byte is the last of the sequence. */
bool sequence_ends(const struct sequence *sequence, char byte);

/* What a whole sequence means; TYPED_NOTHING: nothing here. */
struct typed sequence_typed(const struct sequence *sequence);

/* Which key a control character is, and DEL. */
int sequence_control_key(int byte);

#endif
