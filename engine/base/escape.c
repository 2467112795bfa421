#include "engine/base/escape.h"

#include "engine/base/utf8.h"

#include <string.h>

enum { JOINER = 0x200D };

struct characters {
    uint32_t first, last;
};

/* Unicode's control and format characters (Cc, Cf), line and paragraph separators (Zl, Zp),
 * everything that is to be ignored where it cannot be shown (Default_Ignorable_Code_Point),
 * surrogates and noncharacters (those at the end of a plane: is_nothing()). Ascending. */
static const struct characters unsafe[] = {
    {0x0, 0x1F},        {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},
    {0x600, 0x605},     {0x61C, 0x61C},     {0x6DD, 0x6DD},     {0x70F, 0x70F},
    {0x890, 0x891},     {0x8E2, 0x8E2},     {0x115F, 0x1160},   {0x17B4, 0x17B5},
    {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},
    {0x3164, 0x3164},   {0xD800, 0xDFFF},   {0xFDD0, 0xFDEF},   {0xFE00, 0xFE0F},
    {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0x110BD, 0x110BD},
    {0x110CD, 0x110CD}, {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A},
    {0xE0000, 0xE0FFF},
};

/* Zs without U+0020. */
static const struct characters blanks[] = {
    {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
    {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
};

/* Pictures, and what turns one into another. */
static const struct characters pictures[] = {
    {0xA9, 0xA9},     {0xAE, 0xAE},     {0x203C, 0x203C},   {0x2049, 0x2049}, {0x2122, 0x2122},
    {0x2139, 0x2139}, {0x2190, 0x21FF}, {0x2300, 0x23FF},   {0x24C2, 0x24C2}, {0x25A0, 0x27BF},
    {0x2934, 0x2935}, {0x2B00, 0x2BFF}, {0x3030, 0x3030},   {0x303D, 0x303D}, {0x3297, 0x3297},
    {0x3299, 0x3299}, {0xFE0E, 0xFE0F}, {0x1F000, 0x1FAFF},
};

static bool is_among(uint32_t character, const struct characters *sets, size_t count) {
    size_t i = 0;
    while (i < count && character > sets[i].last) {
        i++;
    }
    return i < count && character >= sets[i].first;
}

static bool is_nothing(uint32_t character) {
    return character > 0x10FFFF || (character & 0xFFFEU) == 0xFFFEU;
}

bool escape_is_safe(uint32_t character) {
    return !is_nothing(character) && !is_among(character, unsafe, COUNT_OF(unsafe));
}

bool escape_is_blank(uint32_t character) {
    return is_among(character, blanks, COUNT_OF(blanks));
}

static bool is_picture(uint32_t character) {
    return is_among(character, pictures, COUNT_OF(pictures));
}

static bool is_selector(uint32_t character) {
    return character == 0xFE0E || character == 0xFE0F;
}

/* Whether the character, just read, only makes one picture of what stands around it. */
static bool is_in_picture(const struct escape *escape, uint32_t character) {
    if (!is_picture(escape->before)) {
        return false;
    }
    if (is_selector(character)) {
        return !is_selector(escape->before);
    }
    const char *at = escape->at;
    const uint32_t after = at < escape->end ? utf8_read(&at, escape->end) : 0;
    return character == JOINER && is_picture(after) && !is_selector(after);
}

bool escape_next(struct escape *escape) {
    CHECK(escape->at <= escape->end);
    if (escape->at == escape->end) {
        return false;
    }
    const char *start = escape->at;
    const uint32_t character = utf8_read(&escape->at, escape->end);
    int count;
    if (character == UTF8_BAD) {
        escape->at = start + 1;
        count = snprintf(escape->shown, sizeof escape->shown, "<0x%02X>", (unsigned char)*start);
    } else if (escape_is_safe(character) || is_in_picture(escape, character)) {
        count = (int)(escape->at - start);
        memcpy(escape->shown, start, (size_t)count);
        escape->shown[count] = '\0';
    } else {
        count = snprintf(escape->shown, sizeof escape->shown, "<U+%04X>", (unsigned)character);
    }
    CHECK(count > 0 && count < ESCAPE_BYTES);
    escape->count = (size_t)count;
    escape->before = character;
    return true;
}

void escape_add(struct text_builder *out, const char *bytes, size_t count) {
    for (struct escape e = {.at = bytes, .end = bytes + count}; escape_next(&e);) {
        text_add(out, e.shown, e.count);
    }
}

/* Writes a text, as a line if asked for. As a whole where that can be: a stream without a buffer
 * (stderr) would send each character alone. */
static void write_text(FILE *out, const char *text, bool line) {
    char chunk[1024];
    size_t used = 0;
    for (struct escape e = {.at = text, .end = text + strlen(text)}; escape_next(&e);) {
        if (sizeof chunk - used < e.count + 1) {
            fwrite(chunk, 1, used, out);
            used = 0;
        }
        memcpy(chunk + used, e.shown, e.count);
        used += e.count;
    }
    if (line) {
        CHECK(used < sizeof chunk);
        chunk[used++] = '\n';
    }
    fwrite(chunk, 1, used, out);
}

/* A message on its way, cut where it is longer than anybody reads. Needs no memory. */
struct message {
    char text[8192];
};

static void write_message(FILE *out, bool line, const char *format, va_list arguments) {
    static const char dots[] = "...";
    struct message message;
    const int length = vsnprintf(message.text, sizeof message.text, format, arguments);
    CHECK(length >= 0);
    if ((size_t)length >= sizeof message.text) {
        memcpy(message.text + sizeof message.text - sizeof dots, dots, sizeof dots);
    }
    write_text(out, message.text, line);
}

void escape_write(FILE *out, const char *text) {
    write_text(out, text, false);
}

void escape_print(FILE *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    write_message(out, false, format, arguments);
    va_end(arguments);
}

void escape_line(FILE *out, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    escape_line_list(out, format, arguments);
    va_end(arguments);
}

void escape_line_list(FILE *out, const char *format, va_list arguments) {
    write_message(out, true, format, arguments);
}
