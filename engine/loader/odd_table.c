#include "engine/loader/odd_table.h"

#include "engine/base/escape.h"
#include "engine/base/utf8.h"

/* Ascending. */
static const struct {
    uint32_t character;
    const char *name;
} names[] = {
    {0x85, "next line"},
    {0xA0, "no-break space"},
    {0xAD, "soft hyphen"},
    {0x61C, "Arabic letter mark"},
    {0x1680, "ogham space mark"},
    {0x180E, "Mongolian vowel separator"},
    {0x2000, "en quad"},
    {0x2001, "em quad"},
    {0x2002, "en space"},
    {0x2003, "em space"},
    {0x2004, "three-per-em space"},
    {0x2005, "four-per-em space"},
    {0x2006, "six-per-em space"},
    {0x2007, "figure space"},
    {0x2008, "punctuation space"},
    {0x2009, "thin space"},
    {0x200A, "hair space"},
    {0x200B, "zero width space"},
    {0x200C, "zero width non-joiner"},
    {0x200D, "zero width joiner"},
    {0x200E, "left-to-right mark"},
    {0x200F, "right-to-left mark"},
    {0x2028, "line separator"},
    {0x2029, "paragraph separator"},
    {0x202A, "left-to-right embedding"},
    {0x202B, "right-to-left embedding"},
    {0x202C, "pop directional formatting"},
    {0x202D, "left-to-right override"},
    {0x202E, "right-to-left override"},
    {0x202F, "narrow no-break space"},
    {0x205F, "medium mathematical space"},
    {0x2060, "word joiner"},
    {0x2066, "left-to-right isolate"},
    {0x2067, "right-to-left isolate"},
    {0x2068, "first strong isolate"},
    {0x2069, "pop directional isolate"},
    {0x3000, "ideographic space"},
    {0x3164, "Hangul filler"},
    {0xFE0F, "variation selector"},
    {0xFEFF, "byte order mark"},
};

/* Ascending; without the fullwidth forms, which are counted. */
static const struct {
    uint32_t character;
    char twin;
} twins[] = {
    {0xAB, '"'},    {0xB5, 'u'},    {0xBB, '"'},    {0x131, 'i'},   {0x17F, 's'},  {0x251, 'a'},
    {0x261, 'g'},   {0x391, 'A'},   {0x392, 'B'},   {0x395, 'E'},   {0x396, 'Z'},  {0x397, 'H'},
    {0x399, 'I'},   {0x39A, 'K'},   {0x39C, 'M'},   {0x39D, 'N'},   {0x39F, 'O'},  {0x3A1, 'P'},
    {0x3A4, 'T'},   {0x3A5, 'Y'},   {0x3A7, 'X'},   {0x3B1, 'a'},   {0x3B3, 'y'},  {0x3B5, 'e'},
    {0x3B7, 'n'},   {0x3B9, 'i'},   {0x3BA, 'k'},   {0x3BC, 'u'},   {0x3BD, 'v'},  {0x3BF, 'o'},
    {0x3C1, 'p'},   {0x3C4, 't'},   {0x3C5, 'u'},   {0x3C7, 'x'},   {0x3C9, 'w'},  {0x3F2, 'c'},
    {0x3F3, 'j'},   {0x405, 'S'},   {0x406, 'I'},   {0x408, 'J'},   {0x410, 'A'},  {0x412, 'B'},
    {0x415, 'E'},   {0x41A, 'K'},   {0x41C, 'M'},   {0x41D, 'H'},   {0x41E, 'O'},  {0x420, 'P'},
    {0x421, 'C'},   {0x422, 'T'},   {0x423, 'Y'},   {0x425, 'X'},   {0x430, 'a'},  {0x435, 'e'},
    {0x43A, 'k'},   {0x43C, 'm'},   {0x43E, 'o'},   {0x440, 'p'},   {0x441, 'c'},  {0x442, 't'},
    {0x443, 'y'},   {0x445, 'x'},   {0x455, 's'},   {0x456, 'i'},   {0x458, 'j'},  {0x4BB, 'h'},
    {0x4CF, 'l'},   {0x501, 'd'},   {0x51B, 'q'},   {0x51D, 'w'},   {0x60C, ','},  {0x66A, '%'},
    {0x2010, '-'},  {0x2011, '-'},  {0x2012, '-'},  {0x2013, '-'},  {0x2014, '-'}, {0x2015, '-'},
    {0x2018, '\''}, {0x2019, '\''}, {0x201A, '\''}, {0x201B, '\''}, {0x201C, '"'}, {0x201D, '"'},
    {0x201E, '"'},  {0x201F, '"'},  {0x2032, '\''}, {0x2033, '"'},  {0x2044, '/'}, {0x2212, '-'},
    {0x2215, '/'},  {0x2236, ':'},  {0x3001, ','},  {0xFE63, '-'},
};

/* Where twins come from; the first that fits. */
static const struct {
    uint32_t first, last;
    const char *origin;
} origins[] = {
    {0xAB, 0xAB, "a quotation mark of print"},
    {0xB5, 0xB5, "a micro sign"},
    {0xBB, 0xBB, "a quotation mark of print"},
    {0x370, 0x3FF, "a Greek letter"},
    {0x400, 0x52F, "a Cyrillic letter"},
    {0x60C, 0x60C, "an Arabic comma"},
    {0x2010, 0x2015, "a dash of print"},
    {0x2018, 0x201F, "a quotation mark of print"},
    {0x2032, 0x2033, "a prime"},
    {0x2212, 0x2212, "a minus sign of print"},
    {0xFF01, 0xFF5E, "a fullwidth character"},
};

enum { FULLWIDTH_FIRST = 0xFF01, FULLWIDTH_LAST = 0xFF5E, FULLWIDTH_OFFSET = 0xFEE0 };

const char *odd_name(uint32_t character) {
    for (size_t i = 0; i < COUNT_OF(names) && names[i].character <= character; i++) {
        if (names[i].character == character) {
            return names[i].name;
        }
    }
    if (escape_is_blank(character)) {
        return "a blank";
    }
    return escape_is_safe(character) || !utf8_is_text(character) ? NULL : "invisible";
}

char odd_twin(uint32_t character) {
    if (character >= FULLWIDTH_FIRST && character <= FULLWIDTH_LAST) {
        return (char)(character - FULLWIDTH_OFFSET);
    }
    for (size_t i = 0; i < COUNT_OF(twins) && twins[i].character <= character; i++) {
        if (twins[i].character == character) {
            return twins[i].twin;
        }
    }
    return '\0';
}

const char *odd_origin(uint32_t character) {
    for (size_t i = 0; i < COUNT_OF(origins); i++) {
        if (character >= origins[i].first && character <= origins[i].last) {
            return origins[i].origin;
        }
    }
    return "not ASCII";
}

bool odd_is_never(uint32_t character) {
    const bool direction = (character >= 0x202A && character <= 0x202E) ||
                           (character >= 0x2066 && character <= 0x2069);
    return !utf8_is_text(character) || direction || character == 0xFEFF || character == 0x2028 ||
           character == 0x2029;
}
