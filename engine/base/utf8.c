#include "engine/base/utf8.h"

/* By the number of bytes: what the first looks like, and the least character that needs so many. */
static const struct {
    uint32_t mask, lead, least;
} forms[] = {
    {0x80, 0x00, 0x0},
    {0xE0, 0xC0, 0x80},
    {0xF0, 0xE0, 0x800},
    {0xF8, 0xF0, 0x10000},
};

/* The bytes behind the first, or UTF8_BAD. */
static uint32_t read_rest(const char *at, const char *end, uint32_t character, size_t count) {
    if ((size_t)(end - at) < count) {
        return UTF8_BAD;
    }
    for (size_t i = 0; i < count; i++) {
        const uint32_t byte = (unsigned char)at[i];
        if ((byte & 0xC0U) != 0x80U) {
            return UTF8_BAD;
        }
        character = character << 6 | (byte & 0x3FU);
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
        const uint32_t character = read_rest(*at, end, first & ~forms[i].mask, i);
        const bool surrogate = character >= 0xD800 && character <= 0xDFFF;
        if (character < forms[i].least || surrogate || character > 0x10FFFF) {
            return UTF8_BAD;
        }
        *at += i;
        return character;
    }
    return UTF8_BAD;
}

bool utf8_is_text(uint32_t character) {
    const bool line = character == '\t' || character == '\n' || character == '\r';
    const bool control = character < ' ' || (character >= 0x7F && character < 0xA0);
    const bool nothing = (character & 0xFFFEU) == 0xFFFEU; /* U+FFFE, U+FFFF and their like */
    return line || (!control && !nothing && character != UTF8_BAD);
}
