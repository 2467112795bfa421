/*
 * decode.h: what the bytes from a terminal mean: keys, the mouse, pasted text.
 *
 * A terminal speaks a language (ECMA-48 and what xterm and others have added), which this takes
 * apart: control sequences, strings with their ends, UTF-8, text between the marks of a paste.
 * Only what is a key or a click comes out. Answers to questions, which may come late and to the
 * wrong program, are read to their end and mean nothing.
 *
 * Pure: no terminal and no clock. The caller hands over bytes in pieces of any size, and says when
 * nothing has come for decoder_wait_ms(): only silence tells Esc from the beginning of a sequence.
 */
#ifndef TUI_INPUT_DECODE_H
#define TUI_INPUT_DECODE_H

#include "tui/input/sequence.h"

enum {
    DECODER_ESCAPE_MS = 50, /* after Esc, if nobody has said otherwise */
    DECODER_ESCAPE_MS_MAX = 10000,
    DECODER_SEQUENCE_MS = 700, /* within a sequence; a slow line may cut one */
    DECODER_PASTE_MS = 2000,   /* within a paste whose end may have been lost */
    DECODER_STRING_BYTES = 12,
    DECODER_STRINGS = 48,
    DECODER_TYPED = 32
};

enum decoder_state {
    DECODER_GROUND,
    DECODER_ESCAPE,       /* behind ESC */
    DECODER_DOUBT,        /* behind what may begin a sequence, or is a key: see `doubt` */
    DECODER_CONTROL,      /* in a control sequence: CSI */
    DECODER_CONSOLE,      /* behind ESC [ [ */
    DECODER_SHIFT_2,      /* behind SS2, which takes one character along */
    DECODER_SHIFT_3,      /* behind SS3, the same, or in a key that has numbers, too */
    DECODER_MOUSE,        /* in an old report of the mouse: three bytes of any value */
    DECODER_STRING,       /* in DCS, OSC, APC, PM or SOS */
    DECODER_STRING_ESCAPE /* the same, behind an ESC that should begin its end */
};

/* A string that the terminal's description says a key sends. */
struct decoder_string {
    char bytes[DECODER_STRING_BYTES];
    uint8_t count;
    int key;
};

struct decoder {
    int escape_ms;
    enum decoder_state state;
    bool alt;      /* one more ESC stood before */
    bool fresh;    /* nothing has come behind the beginning of the sequence yet */
    bool was_late; /* the last was an Esc, since nothing had come in time */
    char introducer;
    int doubt; /* the key it is if no sequence follows */
    struct sequence sequence;
    uint32_t mouse_left; /* bytes of the report */
    /* The character of several bytes that has begun. */
    char rune[4];
    uint32_t rune_count, rune_bytes; /* that have come; that it has, 0: none has begun */
    bool rune_alt;
    bool pasting;
    bool paste_gap, paste_some; /* a blank is due before the next character; there was any */
    uint32_t paste_matched;     /* bytes of its end, ... */
    uint32_t paste_from;        /* ... and so many of them that were no text anyway */
    struct decoder_string strings[DECODER_STRINGS];
    uint32_t string_count;
    uint8_t held[DECODER_STRING_BYTES]; /* what may become one of the strings */
    uint32_t held_count;
    struct typed typed[DECODER_TYPED]; /* a ring */
    uint32_t typed_first, typed_count;
};

/* `escape_ms`: how long an ESC waits for the rest of a sequence. */
void decoder_init(struct decoder *decoder, int escape_ms);

/* A key sends that string on this terminal. Does nothing if it is understood anyway, is empty or
 * too long, or would take a plain character away. */
void decoder_learn(struct decoder *decoder, const char *string, int key);

/* Takes a byte. What it completes must be taken before the next. */
void decoder_byte(struct decoder *decoder, uint8_t byte);

/* How long to wait for the next byte before decoder_silence() is to be called; -1: for ever. */
int decoder_wait_ms(const struct decoder *decoder);
/* Nothing has come for that long. */
void decoder_silence(struct decoder *decoder);

/* The next of what was typed, in order; false: there is no more. */
bool decoder_take(struct decoder *decoder, struct typed *out);

#endif
