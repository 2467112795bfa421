#include "engine/base/number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] = "0123456789";

bool number_read_whole(const char *text, int64_t least, int64_t most, int64_t *out) {
    CHECK(least <= most);
    const char *from = text[0] == '-' && least < 0 ? text + 1 : text;
    if (from[0] == '\0' || from[strspn(from, digits)] != '\0') {
        return false;
    }
    errno = 0;
    const long long value = strtoll(text, NULL, 10);
    if (errno != 0 || value < least || value > most) {
        return false;
    }
    *out = value;
    return true;
}

bool number_read_decimal(const char *text, double least, double most, double *out) {
    CHECK(least <= most);
    const size_t whole = strspn(text, digits);
    const char *point = text + whole;
    const size_t part = point[0] == '.' ? strspn(point + 1, digits) : 0;
    const char *end = point + (point[0] == '.' ? part + 1 : 0);
    if (whole + part == 0 || *end != '\0') {
        return false;
    }
    const double value = strtod(text, NULL);
    if (!(value >= least && value <= most)) {
        return false;
    }
    *out = value;
    return true;
}

bool number_read_hex(const char *text, uint64_t *out) {
    const char *from = text + 2;
    if (strncmp(text, "0x", 2) != 0 || from[0] == '\0' ||
        from[strspn(from, "0123456789abcdefABCDEF")] != '\0') {
        return false;
    }
    errno = 0;
    const unsigned long long value = strtoull(from, NULL, 16);
    if (errno != 0) {
        return false;
    }
    *out = value;
    return true;
}
