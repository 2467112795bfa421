#include "tui/input/decode.h"

#include "engine/base/utf8.h"

#include <string.h>

enum {
    BELL = 0x07,
    CANCEL = 0x18,
    SUBSTITUTE = 0x1a,
    ESCAPE = 0x1b,
    DELETE = 0x7f,
    C1_SS3 = 0x8f,
    C1_DCS = 0x90,
    C1_CSI = 0x9b,
    C1_ST = 0x9c,
    C1_OSC = 0x9d
};

static const char paste_end[] = "\033[201~";

/* ---- giving --------------------------------------------------------------------------------- */

static void give(struct decoder *decoder, struct typed typed) {
    if (typed.kind == TYPED_NOTHING) {
        return;
    }
    CHECK(decoder->typed_count < DECODER_TYPED);
    decoder->typed[(decoder->typed_first + decoder->typed_count++) % DECODER_TYPED] = typed;
}

static void give_key(struct decoder *decoder, int key) {
    give(decoder, (struct typed){.kind = TYPED_KEY, .key = key});
}

bool decoder_take(struct decoder *decoder, struct typed *out) {
    if (decoder->typed_count == 0) {
        *out = (struct typed){0};
        return false;
    }
    *out = decoder->typed[decoder->typed_first];
    decoder->typed_first = (decoder->typed_first + 1) % DECODER_TYPED;
    decoder->typed_count--;
    return true;
}

/* A character of pasted text. Line ends and tabs become one blank between what they part. */
static void give_pasted(struct decoder *decoder, uint32_t rune) {
    enum { LINE = 0x2028, PARAGRAPH = 0x2029 };
    if (rune == '\n' || rune == '\r' || rune == '\t' || rune == LINE || rune == PARAGRAPH) {
        decoder->paste_gap = decoder->paste_some;
        return;
    }
    if (rune < ' ' || (rune >= DELETE && rune < 0xa0)) {
        return;
    }
    if (decoder->paste_gap && rune != ' ') {
        give(decoder, (struct typed){.kind = TYPED_PASTE, .key = ' '});
    }
    give(decoder, (struct typed){.kind = TYPED_PASTE, .key = (int)rune});
    decoder->paste_gap = false;
    decoder->paste_some = true;
}

/* ---- characters ----------------------------------------------------------------------------- */

static void give_rune(struct decoder *decoder, uint32_t rune) {
    if (decoder->pasting) {
        give_pasted(decoder, rune);
    } else if (decoder->state == DECODER_GROUND) {
        give_key(decoder, (int)rune | (decoder->rune_alt ? INPUT_ALT : 0));
    }
}

/* A byte that belongs to no character: of Latin-1, for one. */
static void give_bad(struct decoder *decoder, uint8_t byte) {
    if (!decoder->pasting && decoder->state == DECODER_GROUND) {
        give_key(decoder, (INPUT_BYTE + byte) | (decoder->rune_alt ? INPUT_ALT : 0));
    }
}

/* Gives the bytes that have come up: they are no character. */
static void drop_rune(struct decoder *decoder) {
    decoder->rune_bytes = 0;
    give_bad(decoder, (uint8_t)decoder->rune[0]);
}

/* Goes on with a character that has begun; false: the byte does not belong to it. */
static bool continue_rune(struct decoder *decoder, uint8_t byte) {
    if (decoder->rune_bytes == 0) {
        return false;
    }
    if ((byte & 0xc0) != 0x80) {
        drop_rune(decoder);
        return false;
    }
    decoder->rune[decoder->rune_count++] = (char)byte;
    if (decoder->rune_count == decoder->rune_bytes) {
        const char *at = decoder->rune;
        const uint32_t rune = utf8_read(&at, at + decoder->rune_count);
        if (rune == UTF8_BAD) {
            drop_rune(decoder);
        } else {
            decoder->rune_bytes = 0;
            give_rune(decoder, rune);
        }
    }
    return true;
}

/* A byte of 0x80 and above, where a character may begin. */
static void begin_rune(struct decoder *decoder, uint8_t byte, bool alt) {
    decoder->rune[0] = (char)byte;
    decoder->rune_count = 1;
    decoder->rune_bytes = (uint32_t)utf8_bytes(byte);
    decoder->rune_alt = alt;
    if (decoder->rune_bytes == 0) {
        give_bad(decoder, byte);
    }
}

/* ---- beginning ------------------------------------------------------------------------------ */

static bool is_one_of(uint8_t byte, const char *bytes) {
    return byte != 0 && strchr(bytes, byte) != NULL;
}

static void begin_sequence(struct decoder *decoder, char introducer) {
    decoder->introducer = introducer;
    decoder->fresh = true;
    sequence_begin(&decoder->sequence, introducer);
    decoder->state = introducer == '['   ? DECODER_CONTROL
                     : introducer == 'O' ? DECODER_SHIFT_3
                     : introducer == 'N' ? DECODER_SHIFT_2
                                         : DECODER_STRING;
}

/* It may begin a sequence, or be a key: the next byte tells. */
static void doubt(struct decoder *decoder, char introducer, int key) {
    decoder->state = DECODER_DOUBT;
    decoder->introducer = introducer;
    decoder->doubt = key;
    decoder->alt = false;
}

/* The 7-bit form of an introducer of one byte; 0: it is none. That of strings which no terminal
 * answers with are left out. */
static char introducer_of_c1(uint8_t byte) {
    return byte == C1_CSI   ? '['
           : byte == C1_SS3 ? 'O'
           : byte == C1_DCS ? 'P'
           : byte == C1_OSC ? ']'
                            : '\0';
}

/* Whether a byte can stand behind an introducer that is in doubt: what keys and answers begin
 * with. */
static bool is_likely(char introducer, uint8_t byte) {
    bool is_number = byte >= '0' && byte <= '?';
    switch (introducer) {
    case '[':
        return is_number || is_one_of(byte, "ABCDEFHIMOPQRSZ[");
    case 'O':
        return is_one_of(byte, "ABCDEFHPQRS");
    case 'P':
        return byte >= ' ' && byte <= '?';
    case ']':
        return is_number || is_one_of(byte, "lLI");
    default:
        return byte >= ' ' && byte < DELETE;
    }
}

static void ground_byte(struct decoder *decoder, uint8_t byte) {
    bool was_late = decoder->was_late;
    decoder->was_late = false;
    decoder->alt = false;
    if (byte == ESCAPE) {
        decoder->state = DECODER_ESCAPE;
    } else if (was_late && is_one_of(byte, "[O]PX^_")) {
        doubt(decoder, (char)byte, byte); /* the rest of a sequence, so late that ESC became Esc */
    } else if (introducer_of_c1(byte) != 0) {
        doubt(decoder, introducer_of_c1(byte), INPUT_BYTE + byte);
    } else if (byte >= 0x80) {
        begin_rune(decoder, byte, false);
    } else {
        give_key(decoder, sequence_control_key(byte));
    }
}

static void escape_byte(struct decoder *decoder, uint8_t byte) {
    if (byte == ESCAPE) {
        if (decoder->alt) {
            give_key(decoder, INPUT_ESCAPE);
        }
        decoder->alt = true;
        return;
    }
    if (decoder->alt && byte != '[' && byte != 'O') {
        give_key(decoder, INPUT_ESCAPE);
        decoder->alt = false;
    }
    decoder->state = DECODER_GROUND;
    if (is_one_of(byte, "[ONP]X^_")) {
        begin_sequence(decoder, (char)byte);
    } else if (byte >= 0x80) {
        begin_rune(decoder, byte, true);
    } else if (byte != '\\') { /* the end of a string that has ended */
        give_key(decoder, sequence_control_key(byte) | INPUT_ALT);
    }
}

/* ---- going on ------------------------------------------------------------------------------- */

static void begin_paste(struct decoder *decoder) {
    decoder->pasting = true;
    decoder->paste_gap = decoder->paste_some = false;
    decoder->paste_matched = 0;
    give(decoder, (struct typed){.kind = TYPED_PASTE});
}

static void end_sequence(struct decoder *decoder, uint8_t byte) {
    enum { PASTE_BEGINS = 200 };
    struct sequence *sequence = &decoder->sequence;
    decoder->state = DECODER_GROUND;
    sequence->final = (char)byte;
    bool is_plain = sequence->introducer == '[' && sequence->prefix == 0 && sequence->middle == 0;
    if (is_plain && byte == '~' && sequence->numbers[0][0] == PASTE_BEGINS) {
        begin_paste(decoder);
    } else if (is_plain && byte == 'M' && sequence->count == 0) {
        decoder->state = DECODER_MOUSE;
        decoder->mouse_left = 3;
    } else {
        struct typed typed = sequence_typed(sequence);
        typed.key |= typed.kind == TYPED_KEY && decoder->alt ? INPUT_ALT : 0;
        give(decoder, typed);
    }
}

/* Gives a sequence up that did not end as one does. If nothing stood behind its introducer, that
 * was a key with Alt. */
static void give_up(struct decoder *decoder) {
    decoder->state = DECODER_GROUND;
    if (decoder->fresh) {
        give_key(decoder, decoder->introducer | INPUT_ALT);
    }
    decoder->fresh = false;
}

/* A byte within CSI or SS3. False: it belongs to none, and what has begun is given up. */
static bool sequence_byte(struct decoder *decoder, uint8_t byte) {
    bool is_control = decoder->state == DECODER_CONTROL;
    if (byte == CANCEL || byte == SUBSTITUTE) {
        decoder->fresh = false;
        decoder->state = DECODER_GROUND;
    } else if (is_control && decoder->fresh && byte == '[') {
        decoder->sequence.middle = '[';
        decoder->state = DECODER_CONSOLE;
    } else if (byte < DELETE && sequence_ends(&decoder->sequence, (char)byte)) {
        end_sequence(decoder, byte);
    } else if (byte <= '?' && byte >= (is_control ? ' ' : '0')) {
        sequence_add(&decoder->sequence, (char)byte);
    } else {
        give_up(decoder);
        return false;
    }
    decoder->fresh = false;
    return true;
}

static void string_byte(struct decoder *decoder, uint8_t byte) {
    decoder->fresh = false;
    if (byte == ESCAPE) {
        decoder->state = DECODER_STRING_ESCAPE;
    } else if (byte == BELL || byte == CANCEL || byte == SUBSTITUTE || byte == C1_ST) {
        decoder->state = DECODER_GROUND;
    } else if (byte >= 0x80) {
        begin_rune(decoder, byte, false); /* for its bytes may look like an end */
    }
}

/* What stands between the marks of a paste is text, whatever it looks like. */
static void paste_byte(struct decoder *decoder, uint8_t byte) {
    if (decoder->paste_matched > 0 && byte == (uint8_t)paste_end[decoder->paste_matched]) {
        decoder->paste_matched++;
        decoder->pasting = paste_end[decoder->paste_matched] != '\0';
        return;
    }
    for (uint32_t i = decoder->paste_from; i < decoder->paste_matched; i++) {
        give_pasted(decoder, (uint8_t)paste_end[i]); /* it was no end */
    }
    decoder->paste_matched = decoder->paste_from = byte == ESCAPE ? 1 : byte == C1_CSI ? 2 : 0;
    if (decoder->paste_matched > 0) {
        return;
    }
    if (byte >= 0x80) {
        begin_rune(decoder, byte, false);
    } else {
        give_pasted(decoder, byte);
    }
}

/* Takes a byte in the state at hand. False: it ended that state without belonging to it, and is to
 * be taken in the next one. */
static bool state_byte(struct decoder *decoder, uint8_t byte) {
    switch (decoder->state) {
    case DECODER_GROUND:
        ground_byte(decoder, byte);
        return true;
    case DECODER_ESCAPE:
        escape_byte(decoder, byte);
        return true;
    case DECODER_DOUBT:
        decoder->state = DECODER_GROUND;
        if (is_likely(decoder->introducer, byte)) {
            begin_sequence(decoder, decoder->introducer);
        } else {
            give_key(decoder, decoder->doubt);
        }
        return false;
    case DECODER_CONTROL:
    case DECODER_SHIFT_3:
        return sequence_byte(decoder, byte);
    case DECODER_CONSOLE:
        decoder->state = DECODER_GROUND;
        if (byte < ' ' || byte >= DELETE) {
            return false;
        }
        end_sequence(decoder, byte);
        return true;
    case DECODER_SHIFT_2:
        if (byte < ' ' || byte >= DELETE) {
            give_up(decoder);
            return false;
        }
        decoder->state = DECODER_GROUND;
        return true;
    case DECODER_MOUSE:
        decoder->mouse_left -= byte != ESCAPE ? 1 : 0;
        decoder->state =
            decoder->mouse_left == 0 || byte == ESCAPE ? DECODER_GROUND : DECODER_MOUSE;
        return byte != ESCAPE; /* no part of a report: the rest of it was lost */
    case DECODER_STRING:
        string_byte(decoder, byte);
        return true;
    case DECODER_STRING_ESCAPE:
        decoder->alt = false;
        decoder->state = byte == '\\' ? DECODER_GROUND : DECODER_ESCAPE;
        return byte == '\\'; /* another ESC begins something new, and ends the string, too */
    }
    return true;
}

static void machine_byte(struct decoder *decoder, uint8_t byte) {
    if (continue_rune(decoder, byte)) {
        return;
    }
    if (decoder->pasting) {
        paste_byte(decoder, byte);
        return;
    }
    while (!state_byte(decoder, byte)) {
    }
}

static int machine_wait_ms(const struct decoder *decoder) {
    int sequence_ms =
        decoder->escape_ms > DECODER_SEQUENCE_MS ? decoder->escape_ms : DECODER_SEQUENCE_MS;
    switch (decoder->state) {
    case DECODER_GROUND:
        return decoder->pasting ? DECODER_PASTE_MS : decoder->rune_bytes > 0 ? sequence_ms : -1;
    case DECODER_ESCAPE:
    case DECODER_SHIFT_2:
        return decoder->escape_ms;
    case DECODER_DOUBT:
        return (decoder->doubt & INPUT_ALT) != 0 ? sequence_ms : decoder->escape_ms;
    case DECODER_CONTROL:
    case DECODER_SHIFT_3:
    case DECODER_STRING:
        return decoder->fresh ? decoder->escape_ms : sequence_ms;
    case DECODER_CONSOLE:
    case DECODER_MOUSE:
    case DECODER_STRING_ESCAPE:
        break;
    }
    return sequence_ms;
}

/* Nothing came behind the beginning of a sequence: it was a key with Alt, if not the line is slow.
 * The rest may still come, but only what fits is taken for it. */
static bool is_doubtful(const struct decoder *decoder) {
    return decoder->fresh &&
           (decoder->state == DECODER_CONTROL || decoder->state == DECODER_SHIFT_3 ||
            decoder->state == DECODER_STRING);
}

static void machine_silence(struct decoder *decoder) {
    if (is_doubtful(decoder)) {
        decoder->state = DECODER_DOUBT;
        decoder->doubt = decoder->introducer | INPUT_ALT;
        return;
    }
    if (decoder->rune_bytes > 0) {
        drop_rune(decoder);
    }
    decoder->pasting = false;
    if (decoder->state == DECODER_ESCAPE) {
        if (decoder->alt) {
            give_key(decoder, INPUT_ESCAPE);
        }
        give_key(decoder, INPUT_ESCAPE);
        decoder->was_late = true;
    } else if (decoder->state == DECODER_DOUBT) {
        give_key(decoder, decoder->doubt);
    } else if (decoder->state != DECODER_GROUND) {
        give_up(decoder);
    }
    decoder->state = DECODER_GROUND;
    decoder->fresh = false;
}

/* ---- strings that the terminal's description names ------------------------------------------ */

/* Whether a string begins with what is held, and goes on. */
static bool may_go_on(const struct decoder *decoder) {
    for (uint32_t i = 0; i < decoder->string_count; i++) {
        const struct decoder_string *string = &decoder->strings[i];
        if (string->count > decoder->held_count &&
            memcmp(string->bytes, decoder->held, decoder->held_count) == 0) {
            return true;
        }
    }
    return false;
}

/* The longest string that what is held begins with; NULL: none. */
static const struct decoder_string *longest(const struct decoder *decoder) {
    const struct decoder_string *found = NULL;
    for (uint32_t i = 0; i < decoder->string_count; i++) {
        const struct decoder_string *string = &decoder->strings[i];
        if (string->count <= decoder->held_count &&
            (found == NULL || string->count > found->count) &&
            memcmp(string->bytes, decoder->held, string->count) == 0) {
            found = string;
        }
    }
    return found;
}

static void release(struct decoder *decoder, bool all);

/* Bytes are held back while they may become one of the strings. */
static void hold(struct decoder *decoder, uint8_t byte) {
    bool is_idle =
        decoder->state == DECODER_GROUND && decoder->rune_bytes == 0 && !decoder->pasting;
    if (decoder->held_count == 0 && (!is_idle || decoder->string_count == 0)) {
        machine_byte(decoder, byte);
        return;
    }
    CHECK(decoder->held_count < DECODER_STRING_BYTES);
    decoder->held[decoder->held_count++] = byte;
    if (!may_go_on(decoder)) {
        release(decoder, false);
    }
}

/* Gives the beginning of what is held: a string's key, or else a byte, which has no such meaning
 * then. What stands behind it may be the beginning of another string; `all`: it is not waited for.
 * Calls hold() with less than it was called with, so it comes to an end. */
static void release(struct decoder *decoder, bool all) {
    uint8_t held[DECODER_STRING_BYTES];
    uint32_t count = decoder->held_count, at = 1;
    memcpy(held, decoder->held, count);
    const struct decoder_string *string = longest(decoder);
    decoder->held_count = 0;
    if (string != NULL) {
        give_key(decoder, string->key);
        decoder->was_late = false;
        at = string->count;
    } else {
        machine_byte(decoder, held[0]);
    }
    while (at < count) {
        hold(decoder, held[at++]);
    }
    if (all && decoder->held_count > 0) {
        release(decoder, true);
    }
}

void decoder_byte(struct decoder *decoder, uint8_t byte) {
    CHECK(decoder->typed_count == 0);
    hold(decoder, byte);
}

int decoder_wait_ms(const struct decoder *decoder) {
    if (decoder->held_count == 0) {
        return machine_wait_ms(decoder);
    }
    struct decoder ahead = *decoder;
    release(&ahead, true);
    int ms = machine_wait_ms(&ahead);
    return ms >= 0 ? ms : decoder->escape_ms;
}

void decoder_silence(struct decoder *decoder) {
    CHECK(decoder->typed_count == 0);
    if (decoder->held_count > 0) {
        release(decoder, true);
    }
    machine_silence(decoder);
}

void decoder_init(struct decoder *decoder, int escape_ms) {
    *decoder =
        (struct decoder){.escape_ms = escape_ms < 0                       ? DECODER_ESCAPE_MS
                                      : escape_ms > DECODER_ESCAPE_MS_MAX ? DECODER_ESCAPE_MS_MAX
                                                                          : escape_ms};
}

/* Whether the string is that key without having been learnt. */
static bool is_understood(const char *string, int key) {
    struct decoder plain;
    struct typed typed;
    int count = 0;
    bool is_key = false;
    decoder_init(&plain, 0);
    for (; *string != '\0'; string++) {
        decoder_byte(&plain, (uint8_t)*string);
        while (decoder_take(&plain, &typed)) {
            is_key = typed.kind == TYPED_KEY && typed.key == key;
            count++;
        }
    }
    return count == 1 && is_key && decoder_wait_ms(&plain) < 0;
}

void decoder_learn(struct decoder *decoder, const char *string, int key) {
    size_t count = strlen(string);
    uint8_t first = (uint8_t)string[0];
    bool is_plain = first >= ' ' && first < 0x80; /* DEL, too: it is Backspace nearly everywhere */
    bool is_needed = count == 1 && is_one_of(first, "\t\r\033");
    if (count == 0 || count > DECODER_STRING_BYTES || is_plain || is_needed ||
        decoder->string_count == DECODER_STRINGS || is_understood(string, key)) {
        return;
    }
    struct decoder_string *learnt = &decoder->strings[decoder->string_count++];
    *learnt = (struct decoder_string){.count = (uint8_t)count, .key = key};
    memcpy(learnt->bytes, string, count);
}
