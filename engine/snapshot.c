#include "engine/snapshot.h"

const char *gc_cause_text(enum gc_cause cause) {
    static const char *const texts[GC_CAUSE_COUNT] = {
#define X(name, text) [GC_CAUSE_##name] = text,
        GC_CAUSES(X)
#undef X
    };
    CHECK((unsigned)cause < GC_CAUSE_COUNT);
    return texts[cause];
}

const char *event_kind_text(enum event_kind kind) {
    static const char *const texts[EVENT_KIND_COUNT] = {
#define X(name, text) [EVENT_##name] = text,
        EVENT_KINDS(X)
#undef X
    };
    CHECK((unsigned)kind < EVENT_KIND_COUNT);
    return texts[kind];
}

const char *goroutine_state_text(enum goroutine_state state) {
    static const char *const texts[GOROUTINE_STATE_COUNT] = {
        [GOROUTINE_RUNNABLE] = "running",    [GOROUTINE_SLEEPING] = "sleeping",
        [GOROUTINE_SENDING] = "sending",     [GOROUTINE_RECEIVING] = "receiving",
        [GOROUTINE_SELECTING] = "selecting", [GOROUTINE_DONE] = "done",
    };
    CHECK((unsigned)state < GOROUTINE_STATE_COUNT);
    return texts[state];
}
