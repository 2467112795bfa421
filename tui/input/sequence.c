#include "tui/input/sequence.h"

/* ---- reading -------------------------------------------------------------------------------- */

void sequence_begin(struct sequence *sequence, char introducer) {
    *sequence = (struct sequence){.introducer = introducer};
}

static void add_digit(struct sequence *sequence, int digit) {
    enum { NUMBER_MAX = 100000000 };
    sequence->count += sequence->count == 0 ? 1 : 0;
    if (sequence->count <= SEQUENCE_NUMBERS && sequence->part < SEQUENCE_PARTS) {
        int *number = &sequence->numbers[sequence->count - 1][sequence->part];
        *number = *number < NUMBER_MAX / 10 ? *number * 10 + digit : *number;
    }
}

void sequence_add(struct sequence *sequence, char byte) {
    if (byte >= '0' && byte <= '9') {
        add_digit(sequence, byte - '0');
    } else if (byte == ';') {
        sequence->count += sequence->count == 0 ? 2 : sequence->count < UINT32_MAX ? 1 : 0;
        sequence->part = 0;
    } else if (byte == ':') {
        sequence->count += sequence->count == 0 ? 1 : 0;
        sequence->part += sequence->part < SEQUENCE_PARTS ? 1 : 0;
    } else if (byte >= '<') {
        sequence->prefix = byte;
    } else {
        sequence->middle = byte;
    }
}

/* ---- keys by number ------------------------------------------------------------------------- */

/* The key of "CSI number ~"; 0: none. */
static int tilde_key(int number) {
    static const struct {
        int first, last; /* numbers */
        int key;         /* of the first; those of the others follow it */
    } keys[] = {
        {.first = 1, .last = 1, .key = INPUT_HOME},
        {.first = 2, .last = 2, .key = INPUT_INSERT},
        {.first = 3, .last = 3, .key = INPUT_DELETE},
        {.first = 4, .last = 4, .key = INPUT_END},
        {.first = 5, .last = 5, .key = INPUT_PAGE_UP},
        {.first = 6, .last = 6, .key = INPUT_PAGE_DOWN},
        {.first = 7, .last = 7, .key = INPUT_HOME},
        {.first = 8, .last = 8, .key = INPUT_END},
        {.first = 11, .last = 15, .key = INPUT_F1},
        {.first = 17, .last = 21, .key = INPUT_F1 + 5},
        {.first = 23, .last = 26, .key = INPUT_F1 + 10},
        {.first = 28, .last = 29, .key = INPUT_F1 + 14},
        {.first = 31, .last = 34, .key = INPUT_F1 + 16},
        {.first = 57427, .last = 57427, .key = INPUT_MIDDLE},
    };
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        if (number >= keys[i].first && number <= keys[i].last) {
            return keys[i].key + (number - keys[i].first);
        }
    }
    return 0;
}

/* The key of a final byte of CSI or SS3; 0: none. */
static int final_key(char introducer, char final) {
    static const struct {
        char introducer; /* 0: either */
        char final;
        int key;
    } keys[] = {
        {.final = 'A', .key = INPUT_UP},
        {.final = 'B', .key = INPUT_DOWN},
        {.final = 'C', .key = INPUT_RIGHT},
        {.final = 'D', .key = INPUT_LEFT},
        {.final = 'E', .key = INPUT_MIDDLE},
        {.final = 'F', .key = INPUT_END},
        {.final = 'H', .key = INPUT_HOME},
        {.final = 'P', .key = INPUT_F1},
        {.final = 'Q', .key = INPUT_F1 + 1},
        {.final = 'R', .key = INPUT_F1 + 2},
        {.final = 'S', .key = INPUT_F1 + 3},
        {.final = 'Z', .key = INPUT_BACK_TAB},
        /* rxvt: arrows with Shift, and with Ctrl */
        {.introducer = '[', .final = 'a', .key = INPUT_SHIFT | INPUT_UP},
        {.introducer = '[', .final = 'b', .key = INPUT_SHIFT | INPUT_DOWN},
        {.introducer = '[', .final = 'c', .key = INPUT_SHIFT | INPUT_RIGHT},
        {.introducer = '[', .final = 'd', .key = INPUT_SHIFT | INPUT_LEFT},
        {.introducer = 'O', .final = 'a', .key = INPUT_CTRL | INPUT_UP},
        {.introducer = 'O', .final = 'b', .key = INPUT_CTRL | INPUT_DOWN},
        {.introducer = 'O', .final = 'c', .key = INPUT_CTRL | INPUT_RIGHT},
        {.introducer = 'O', .final = 'd', .key = INPUT_CTRL | INPUT_LEFT},
        /* the keypad in its application mode; its digits and signs follow below */
        {.introducer = 'O', .final = 'I', .key = INPUT_TAB},
        {.introducer = 'O', .final = 'M', .key = INPUT_ENTER},
        {.introducer = 'O', .final = 'X', .key = '='},
    };
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        bool is_here = keys[i].introducer == 0 || keys[i].introducer == introducer;
        if (is_here && keys[i].final == final) {
            return keys[i].key;
        }
    }
    return introducer == 'O' && final >= 'j' && final <= 'y' ? final - 'j' + '*' : 0;
}

/* The key of one of kitty's numbers for keys that are no characters; 0: none that means anything,
 * as Shift alone, which sends something, too. */
static int kitty_key(int code) {
    static const int keypad[] = {
        '0',        '1',         '2',          '3',          '4',           '5',
        '6',        '7',         '8',          '9',          '.',           '/',
        '*',        '-',         '+',          INPUT_ENTER,  '=',           ',',
        INPUT_LEFT, INPUT_RIGHT, INPUT_UP,     INPUT_DOWN,   INPUT_PAGE_UP, INPUT_PAGE_DOWN,
        INPUT_HOME, INPUT_END,   INPUT_INSERT, INPUT_DELETE, INPUT_MIDDLE,
    };
    enum { KEYPAD = 57399, F13 = 57376, F35 = 57398 };
    if (code >= F13 && code <= F35) {
        return INPUT_F1 + 12 + (code - F13);
    }
    return code >= KEYPAD && code < KEYPAD + (int)COUNT_OF(keypad) ? keypad[code - KEYPAD] : 0;
}

/* ---- what is held --------------------------------------------------------------------------- */

enum { SHIFT = 1, ALT = 2, CTRL = 4, OTHERS = 8 | 16 | 32, CAPS_LOCK = 64, LOCKS = 64 | 128 };

/* The bits of a number that says what is held: 1 + their sum. Nothing else is believed. */
static int bits_of(int number) {
    return number >= 1 && number <= 256 ? number - 1 : 0;
}

static int held_of(int bits) {
    return ((bits & SHIFT) != 0 ? INPUT_SHIFT : 0) | ((bits & ALT) != 0 ? INPUT_ALT : 0) |
           ((bits & CTRL) != 0 ? INPUT_CTRL : 0) | ((bits & OTHERS) != 0 ? INPUT_SUPER : 0);
}

int sequence_control_key(int byte) {
    return byte == 0      ? INPUT_CTRL | ' '
           : byte == '\n' ? INPUT_ENTER
           : byte == '\b' ? INPUT_BACKSPACE
                          : byte;
}

static bool is_letter(int code) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static bool is_character(int code) {
    return (code >= ' ' && code < 0x7f) || (code >= 0xa0 && code < 0xd800) ||
           (code >= 0xe000 && code <= 0x10ffff);
}

/* The key of a character with Ctrl: the control character that it always was, if it was one. */
static int ctrl_key(int code, int bits) {
    int upper = code >= 'a' && code <= 'z' ? code - 'a' + 'A' : code;
    int rest = bits & ~(CTRL | LOCKS);
    if ((rest & SHIFT) != 0 && is_letter(code)) {
        return upper | held_of(bits); /* a key of its own, which older terminals do not tell */
    }
    if (code == ' ' || code == '@') {
        return INPUT_CTRL | ' ' | held_of(rest & ~SHIFT);
    }
    bool had_one = upper >= 'A' && upper <= '_';
    return had_one ? sequence_control_key(upper & 0x1f) | held_of(rest & ~SHIFT)
                   : code | held_of((bits & ~SHIFT));
}

/* The key of a character, with what is held. `shifted`, `text`: what the terminal says is typed
 * with Shift, and altogether; 0: it does not say. */
static int character_key(int code, int bits, int shifted, int text) {
    bool shifts = (bits & SHIFT) != 0;
    if ((bits & (ALT | CTRL | OTHERS)) == 0 && is_character(text)) {
        return text;
    }
    if ((bits & CTRL) != 0) {
        return ctrl_key(code, bits);
    }
    if (shifts && is_character(shifted)) {
        code = shifted;
    } else if (code >= 'a' && code <= 'z' && shifts != ((bits & CAPS_LOCK) != 0)) {
        code += 'A' - 'a';
    }
    return code | held_of(bits & ~SHIFT);
}

/* "CSI code;held u" of kitty, "CSI 27;held;code ~" of xterm. */
static int coded_key(int code, int bits, int shifted, int text) {
    if (code == INPUT_TAB) {
        return code | held_of(bits);
    }
    if (code == INPUT_ESCAPE || code == INPUT_ENTER || code == INPUT_BACKSPACE || code == '\b' ||
        code == ' ') {
        bool is_nul = code == ' ' && (bits & CTRL) != 0;
        return is_nul ? ctrl_key(code, bits)
                      : sequence_control_key(code) | held_of(bits & ~SHIFT); /* as ever */
    }
    if (code >= 57344 && code <= 63743) {
        int key = kitty_key(code);
        return key == 0 ? 0 : key | held_of(bits);
    }
    if (code == 0) {
        return is_character(text) ? text : 0;
    }
    return is_character(code) ? character_key(code, bits, shifted, text) : 0;
}

/* ---- whole sequences ------------------------------------------------------------------------ */

static struct typed key_typed(int key) {
    return (struct typed){.kind = key != 0 ? TYPED_KEY : TYPED_NOTHING, .key = key};
}

/* "CSI < button;x;y M", "m" when let go. */
static struct typed mouse_typed(const struct sequence *sequence) {
    enum { BUTTONS = 0xc3, MOVES = 32, WHEEL_UP = 64, WHEEL_DOWN = 65 };
    int said = sequence->numbers[0][0];
    int button = said & BUTTONS;
    bool is_wheel = button == WHEEL_UP || button == WHEEL_DOWN;
    int x = sequence->numbers[1][0] - 1, y = sequence->numbers[2][0] - 1;
    bool is_of_use = (button == 0 || is_wheel) && x >= 0 && y >= 0;
    if (sequence->final != 'M' || sequence->count != 3 || !is_of_use) {
        return (struct typed){0};
    }
    enum mouse_kind kind = button == WHEEL_UP     ? MOUSE_WHEEL_UP
                           : button == WHEEL_DOWN ? MOUSE_WHEEL_DOWN
                           : (said & MOVES) != 0  ? MOUSE_DRAG
                                                  : MOUSE_CLICK;
    return (struct typed){.kind = TYPED_MOUSE, .mouse = {.kind = kind, .x = x, .y = y}};
}

/* "CSI number ~" with what is held behind it, and rxvt's other ends for that: ^ $ @. */
static int numbered_key(const struct sequence *sequence) {
    int number = sequence->numbers[0][0];
    int bits = bits_of(sequence->numbers[1][0]);
    enum { MODIFY_OTHER_KEYS = 27 };
    if (sequence->final == '~' && number == MODIFY_OTHER_KEYS && sequence->count == 3) {
        return coded_key(sequence->numbers[2][0], bits, 0, 0);
    }
    if (sequence->final != '~') {
        bits = sequence->final == '^' ? CTRL : sequence->final == '$' ? SHIFT : CTRL | SHIFT;
    }
    int key = tilde_key(number);
    return key == 0 || sequence->count > 2 ? 0 : key | held_of(bits);
}

/* "CSI A", "CSI 1;held A", older "CSI held A", and the same behind SS3. */
static int lettered_key(const struct sequence *sequence) {
    int key = final_key(sequence->introducer, sequence->final);
    bool is_old = sequence->count == 1;
    int bits = bits_of(sequence->numbers[is_old ? 0 : 1][0]);
    /* "CSI 1;2R" is Shift-F3 of xterm, and also the answer that the cursor is in row 1, column 2.
     * It is taken for the answer: Shift-F3 has no meaning here, and an answer must not have one. */
    bool is_answer = sequence->introducer == '[' && sequence->final == 'R' && sequence->count > 0;
    bool is_known = key != 0 && sequence->count <= 2 && !is_answer;
    return is_known ? key | held_of(bits) : 0;
}

struct typed sequence_typed(const struct sequence *sequence) {
    enum { RELEASED = 3 };
    char final = sequence->final;
    if (sequence->prefix == '<' && sequence->middle == 0 && (final == 'M' || final == 'm')) {
        return mouse_typed(sequence);
    }
    if (sequence->middle == '[') { /* the console of Linux */
        return key_typed(final >= 'A' && final <= 'E' ? INPUT_F1 + (final - 'A') : 0);
    }
    if (sequence->prefix != 0 || sequence->middle != 0 || sequence->numbers[1][1] == RELEASED) {
        return (struct typed){0};
    }
    if (sequence->introducer == '[' && final == 'u') {
        return key_typed(coded_key(sequence->numbers[0][0], bits_of(sequence->numbers[1][0]),
                                   sequence->numbers[0][1], sequence->numbers[2][0]));
    }
    bool is_numbered = final == '~' || final == '^' || final == '$' || final == '@';
    return key_typed(sequence->introducer == '[' && is_numbered ? numbered_key(sequence)
                                                                : lettered_key(sequence));
}

bool sequence_ends(const struct sequence *sequence, char byte) {
    /* rxvt ends a key with Shift with $, which elsewhere stands before the end of an answer. Such
     * an answer has two numbers. */
    bool is_rxvt = byte == '$' && sequence->prefix == 0 && sequence->count == 1 &&
                   tilde_key(sequence->numbers[0][0]) != 0;
    return (byte >= '@' && byte <= '~') || is_rxvt;
}
