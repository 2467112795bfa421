#include "engine/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct text *text, size_t count) {
    if (text->capacity - text->count >= count) {
        return true;
    }
    const size_t capacity = (text->count + count) * 2 + 1024;
    char *bytes = realloc(text->bytes, capacity);
    if (bytes == NULL) {
        text->no_memory = true;
        return false;
    }
    text->bytes = bytes;
    text->capacity = capacity;
    return true;
}

void text_add(struct text *text, const char *bytes, size_t count) {
    CHECK(text->count <= text->capacity);
    if (make_room(text, count)) {
        memcpy(text->bytes + text->count, bytes, count);
        text->count += count;
    }
}

void text_print(struct text *text, const char *format, ...) {
    char buffer[128];
    va_list arguments;
    va_start(arguments, format);
    const int length = vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    CHECK(length >= 0);
    CHECK((size_t)length < sizeof buffer);
    text_add(text, buffer, (size_t)length);
}
