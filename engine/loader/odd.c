#include "engine/loader/odd.h"

#include "engine/base/escape.h"
#include "engine/base/utf8.h"
#include "engine/loader/odd_table.h"

#include <string.h>

enum { ORDER_MARK = 0xFEFF };
static const char order_mark[] = "\xef\xbb\xbf";

struct odd odd_begin(const char *text, size_t bytes) {
    struct odd odd = {.at = text, .end = text + bytes, .mark = {1, 1}};
    if (bytes >= strlen(order_mark) && memcmp(text, order_mark, strlen(order_mark)) == 0) {
        odd.at += strlen(order_mark);
    }
    odd.line = odd.at;
    return odd;
}

/* The character there, and one on. */
static uint32_t step(struct odd *odd) {
    const uint32_t character = utf8_read(&odd->at, odd->end);
    odd->index++;
    odd->mark.column++;
    if (character == '\n' || (character == '\r' && (odd->at == odd->end || *odd->at != '\n'))) {
        odd->mark = (struct mark){odd->mark.line + 1, 1};
        odd->line = odd->at;
    }
    return character;
}

void odd_skip(struct odd *odd, size_t index) {
    while (odd->index < index && odd->at < odd->end) {
        step(odd);
    }
}

static void name_hidden(struct mark mark, uint32_t character, struct complaints *complaints) {
    if (escape_is_blank(character)) {
        complain_cause(complaints, mark,
                       "U+%04X (%s) stands here, which YAML does not take for a blank; write an "
                       "ordinary space",
                       (unsigned)character, odd_name(character));
    } else {
        complain_cause(complaints, mark, "U+%04X (%s) stands here, which cannot be seen; remove it",
                       (unsigned)character, odd_name(character));
    }
}

static void name_twin(struct mark mark, uint32_t character, struct complaints *complaints) {
    complain_cause(complaints, mark, "U+%04X stands here, %s; write %c", (unsigned)character,
                   odd_origin(character), odd_twin(character));
}

/* A word in which each character that has a twin is replaced by it. */
struct plain_word {
    char text[48];
    bool whole; /* it is all ASCII, and all there */
};

static struct plain_word plain_word(const struct odd *from, size_t to) {
    struct plain_word word = {.whole = true};
    struct odd odd = *from;
    size_t count = 0;
    while (odd.index < to && odd.at < odd.end) {
        const uint32_t character = step(&odd);
        const char plain = character < 0x80 ? (char)character : odd_twin(character);
        word.whole = word.whole && plain > ' ' && count + 1 < sizeof word.text;
        if (word.whole) {
            word.text[count++] = plain;
        }
    }
    word.text[count] = '\0';
    return word;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

void odd_look(struct odd *odd, size_t from, size_t to, struct complaints *complaints) {
    odd_skip(odd, from);
    const struct plain_word word = plain_word(odd, to);
    bool told = false;
    while (odd->index < to && odd->at < odd->end) {
        const struct mark mark = odd->mark;
        const char *start = odd->at;
        const uint32_t character = step(odd);
        if (told || character < 0x80) {
            continue;
        }
        const char twin = odd_twin(character);
        told = true;
        if (odd_name(character) != NULL) {
            name_hidden(mark, character, complaints);
        } else if (is_letter(twin) && word.whole) {
            complain_cause(complaints, mark, "'%.*s' is U+%04X here, %s, not '%c'; write '%s'",
                           (int)(odd->at - start), start, (unsigned)character,
                           odd_origin(character), twin, word.text);
        } else if (twin != '\0' && !is_letter(twin)) {
            name_twin(mark, character, complaints);
        } else {
            told = false;
        }
    }
}

/* Whether the line, up to a place in it, opens a comment. */
static bool is_comment(const char *line, const char *at) {
    for (const char *c = line; c < at; c++) {
        if (*c == '#' && (c == line || c[-1] == ' ' || c[-1] == '\t')) {
            return true;
        }
    }
    return false;
}

/* Whether the line, up to a place in it, is of a title or an about, or has open quotes. */
static bool is_free(const char *line, const char *at) {
    static const char *const keys[] = {"title: ", "about: "};
    const char *word = line + strspn(line, " ");
    for (size_t i = 0; i < COUNT_OF(keys); i++) {
        if (strncmp(word, keys[i], strlen(keys[i])) == 0) {
            return true;
        }
    }
    char open = '\0';
    for (const char *c = line; c < at; c++) {
        if (open == '\0' && (*c == '"' || *c == '\'')) {
            open = *c;
        } else if (*c == open) {
            open = '\0';
        }
    }
    return open != '\0';
}

void odd_look_around(struct odd *odd, size_t to, struct complaints *complaints) {
    uint32_t told = 0; /* the line */
    while (odd->index <= to && odd->at < odd->end) {
        const struct mark mark = odd->mark;
        const char *line = odd->line, *start = odd->at;
        const uint32_t character = step(odd);
        const char twin = odd_twin(character);
        const bool hidden = odd_name(character) != NULL && character >= 0x80;
        if (told == mark.line || (!hidden && (twin == '\0' || is_letter(twin))) ||
            is_comment(line, start) || is_free(line, start)) {
            continue;
        }
        told = mark.line;
        if (hidden) {
            name_hidden(mark, character, complaints);
        } else {
            name_twin(mark, character, complaints);
        }
    }
}

/* Two bytes a character, as some editors save. */
static bool is_utf16(const char *text, size_t bytes) {
    if (bytes < 4) {
        return false;
    }
    const unsigned char a = (unsigned char)text[0], b = (unsigned char)text[1];
    const bool marked = (a == 0xFF && b == 0xFE) || (a == 0xFE && b == 0xFF);
    return marked || (a == 0 && b != 0 && text[2] == '\0' && text[3] != '\0') ||
           (a != 0 && b == 0 && text[2] != '\0' && text[3] == '\0');
}

static void refuse_character(struct complaints *complaints, struct mark mark, uint32_t character) {
    const char *name = character >= 0x80 ? odd_name(character) : NULL;
    complain(complaints, mark, "the character U+%04X%s%s%s cannot be here; %s", (unsigned)character,
             name != NULL ? " (" : "", name != NULL ? name : "", name != NULL ? ")" : "",
             character == 0x85 || character == 0x2028 || character == 0x2029
                 ? "end the line as others end, or write a space"
                 : "remove it");
}

bool odd_check_text(const char *text, size_t bytes, struct complaints *complaints) {
    struct odd odd = {.at = text, .end = text + bytes, .line = text, .mark = {1, 1}};
    if (is_utf16(text, bytes)) {
        complain(complaints, odd.mark, "the file is UTF-16; save it as UTF-8 text");
        return false;
    }
    while (odd.at < odd.end) {
        const struct mark mark = odd.mark;
        const char *start = odd.at;
        const uint32_t character = step(&odd);
        if (character == UTF8_BAD) {
            complain(complaints, mark, "the byte 0x%02x is not UTF-8; save the file as UTF-8 text",
                     (unsigned char)*start);
            return false;
        }
        if (odd_is_never(character) && !(character == ORDER_MARK && start == text)) {
            refuse_character(complaints, mark, character);
            return false;
        }
    }
    return true;
}
