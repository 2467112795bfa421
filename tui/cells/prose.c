#include "tui/cells/prose.h"

#include <stdarg.h>
#include <stdio.h>

struct prose prose_on(char *out, size_t bytes) {
    CHECK(bytes > 0);
    out[0] = '\0';
    return (struct prose){.out = out, .bytes = bytes};
}

void prose_add(struct prose *prose, const char *format, ...) {
    size_t room = prose->bytes - prose->used;
    va_list list;
    va_start(list, format);
    int length = vsnprintf(prose->out + prose->used, room, format, list);
    va_end(list);
    size_t written = length > 0 ? (size_t)length : 0;
    prose->used += written < room ? written : room - 1;
}
