#include "tui/export/gctrace.h"

void gctrace_print(const struct release_words *words, const struct event *gc, char *out,
                   size_t bytes) {
    struct prose p = prose_on(out, bytes);
    for (uint32_t i = 0; i < words->trace_count; i++) {
        words->trace[i].print(gc, &p);
        prose_add(&p, "%s", words->trace[i].behind);
    }
}

bool gctrace_line(FILE *out, const struct release_words *words, const struct event *gc) {
    char line[GCTRACE_LINE_BYTES];
    gctrace_print(words, gc, line, sizeof line);
    return fprintf(out, "%s\n", line) >= 0;
}
