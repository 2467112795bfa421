#include "engine/base.h"

#include <stdio.h>
#include <stdlib.h>

const char *result_text(enum result result) {
    static const char *const texts[RESULT_COUNT] = {
#define X(name, text) [RESULT_##name] = text,
        RESULTS(X)
#undef X
    };
    CHECK((unsigned)result < RESULT_COUNT);
    return texts[result];
}

void check_failed(const char *file, int line, const char *condition) {
    fprintf(stderr, "%s:%d: check failed: %s\n", file, line, condition);
    abort();
}
