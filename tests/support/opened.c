#include "tests/support/opened.h"

#include "tui/source/session.h"

struct source *opened_run(const struct run *run, enum memory_mode memory) {
    struct source *source;
    const struct session_config config = {.run = run, .memory = memory};
    const enum result result = session_open(&config, stderr, &source);
    CHECK(result == RESULT_OK);
    return source;
}

struct source *opened_file(const char *path, const char *const *settings) {
    struct run run;
    uint32_t count = 0;
    while (settings != NULL && settings[count] != NULL) {
        count++;
    }
    const enum result result = run_of_file(path, settings, count, &run);
    CHECK(result == RESULT_OK);
    struct source *source = opened_run(&run, MEMORY_ACCOUNTED);
    run_done(&run);
    return source;
}

void opened_until(struct source *source, uint64_t until_ns, uint32_t budget) {
    while (source_now_ns(source) < until_ns) {
        const enum source_pause pause = source_advance(source, until_ns, budget);
        CHECK(pause != SOURCE_FAILED);
    }
}
