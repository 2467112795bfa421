#include "engine/base/utf8.h"

#include <string.h>

/* By the number of bytes: what the first looks like, and the least character that needs so many. */
static const struct {
    uint32_t mask, lead, least;
} forms[] = {
    {.mask = 0x80, .lead = 0x00, .least = 0x0},
    {.mask = 0xE0, .lead = 0xC0, .least = 0x80},
    {.mask = 0xF0, .lead = 0xE0, .least = 0x800},
    {.mask = 0xF8, .lead = 0xF0, .least = 0x10000},
};

/* Whether a byte goes on with a character. */
static bool is_rest(uint32_t byte) {
    return (byte & 0xC0U) == 0x80U;
}

/* Takes `count` more bytes of a character; UTF8_BAD, in front of the first that cannot be one. */
static uint32_t read_rest(const char **at, const char *end, uint32_t character, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const uint32_t byte = *at < end ? (unsigned char)**at : 0;
        if (!is_rest(byte)) {
            return UTF8_BAD;
        }
        character = character << 6 | (byte & 0x3FU);
        (*at)++;
    }
    return character;
}

uint32_t utf8_read(const char **at, const char *end) {
    CHECK(*at < end);
    const uint32_t first = (unsigned char)**at;
    (*at)++;
    for (size_t i = 0; i < COUNT_OF(forms); i++) {
        if ((first & forms[i].mask) != forms[i].lead) {
            continue;
        }
        const uint32_t character = read_rest(at, end, first & ~forms[i].mask, i);
        const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
        const bool bad = character < forms[i].least || surrogate || character > 0x10FFFF;
        return bad ? UTF8_BAD : character;
    }
    return UTF8_BAD;
}

size_t utf8_bytes(uint8_t first) {
    enum { FIRST_LEAST = 0xC2, FIRST_MOST = 0xF4 }; /* those around begin nothing that exists */
    size_t i = 1;
    while (i < COUNT_OF(forms) && (first & forms[i].mask) != forms[i].lead) {
        i++;
    }
    return i < COUNT_OF(forms) && first >= FIRST_LEAST && first <= FIRST_MOST ? i + 1 : 0;
}

size_t utf8_begin(const char *text, size_t at) {
    while (at > 0 && is_rest((unsigned char)text[at])) {
        at--;
    }
    return at;
}

void utf8_copy(char *out, size_t room, const char *text) {
    CHECK(room > 0);
    size_t count = strnlen(text, room);
    if (count == room) {
        count = utf8_begin(text, room - 1);
    }
    memcpy(out, text, count);
    out[count] = '\0';
}

bool utf8_is_text(uint32_t character) {
    const bool line = character == '\t' || character == '\n' || character == '\r';
    const bool control = character < ' ' || (character >= 0x7F && character < 0xA0);
    const bool nothing = (character & 0xFFFEU) == 0xFFFEU; /* U+FFFE, U+FFFF and their like */
    return line || (!control && !nothing && character != UTF8_BAD);
}
