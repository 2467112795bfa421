#include "engine/base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool make_room(struct text_builder *text, size_t count) {
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

void text_add(struct text_builder *text, const char *bytes, size_t count) {
    CHECK(text->count <= text->capacity);
    if (count > 0 && make_room(text, count)) {
        memcpy(text->bytes + text->count, bytes, count);
        text->count += count;
    }
}

void text_add_string(struct text_builder *text, const char *string) {
    text_add(text, string, strlen(string));
}

void text_print_list(struct text_builder *text, const char *format, va_list arguments) {
    char buffer[256];
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(buffer, sizeof buffer, format, arguments);
    CHECK(length >= 0);
    if ((size_t)length < sizeof buffer) {
        text_add(text, buffer, (size_t)length);
    } else if (make_room(text, (size_t)length + 1)) { /* one more, for the terminator */
        vsnprintf(text->bytes + text->count, (size_t)length + 1, format, again);
        text->count += (size_t)length;
    }
    va_end(again);
}

void text_print(struct text_builder *text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    text_print_list(text, format, arguments);
    va_end(arguments);
}
