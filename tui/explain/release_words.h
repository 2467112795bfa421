/*
 * release_words.h: what is said of one Go release only: its equations, causes and rules.
 *
 * about.c, brief.c, why.c, next.c and map_words.c say what holds for every release. What a release
 * does in its own way stands in its table. A member that is NULL says nothing, so nothing wrong is
 * said of a release that has no table yet.
 */
#ifndef TUI_EXPLAIN_RELEASE_WORDS_H
#define TUI_EXPLAIN_RELEASE_WORDS_H

#include "engine/snapshot.h"
#include "tui/cells/prose.h"
#include "tui/record/journal.h"

/* Beside the members of MemStats, by enum: what the dashboard knows. */
enum {
    OURS_LIVE = MEMSTATS_COUNT,
    OURS_GARBAGE,
    OURS_POOL,
    OURS_RSS,
    OURS_LAST_PAUSE,
    OURS_MAKES,
    OURS_END
};

/* A member of MemStats, or one of ours. */
struct about_words {
    const char *brief; /* one short sentence; NULL: that of engine/memstats.h, or the usual one */
    const char *text;  /* what it means beyond that; NULL: the release has no such member */
    /* `result` = `formula`, where names of members are values; a result that is no member's name
     * is computed. NULL: there is no equation. */
    const char *result, *formula;
};

/* Why a collection ran, and by which rule: a sentence each. */
struct cause_words {
    const char *cause, *rule;
};

/* A part of the line that the release prints of a collection. */
struct trace_part {
    void (*print)(const struct event *gc, struct prose *p);
    void (*explain)(const struct event *gc, struct prose *p); /* what this part means */
    const char *behind; /* what stands between it and the next */
};

struct release_words {
    const char *release; /* its name, as in struct record: "go1.1" */

    struct about_words about[OURS_END]; /* by MEMSTATS_x and OURS_x */

    /* NextGC, computed when a collection has left HeapAlloc at `heap_alloc`, and the same as a
     * sum in numbers: "165.0 MB x (1 + 100/100)". */
    uint64_t (*goal)(uint64_t heap_alloc, int32_t gogc);
    void (*goal_sum)(uint64_t heap_alloc, int32_t gogc, struct prose *p);

    /* A collection by size: its cause and rule as paragraphs, and as a few words. */
    void (*by_size)(const struct entry *entry, struct prose *p);
    void (*by_size_brief)(const struct entry *entry, struct prose *p);
    struct cause_words causes[GC_CAUSE_COUNT]; /* all others */
    /* How its pause was spent, and what becomes of the memory that it has made idle. */
    void (*pause)(const struct gc_event *gc, struct prose *p);
    const char *after_idle;
    /* What is noted if a collection that was asked for did not run. */
    const char *nothing_collected;

    /* The scavenger gave something back by itself: cause and rule, and as a few words. */
    void (*scavenged)(const struct entry *entry, struct prose *p);
    void (*scavenged_brief)(const struct scavenge_event *scavenge, struct prose *p);

    /* The heap has grown: by which rule, and what becomes of HeapSys. */
    void (*growth_rule)(const struct grow_event *grow, struct prose *p);
    const char *growth_note;

    /* GOGC was set: rule and effect, and as a few words. */
    void (*gogc)(const struct gogc_event *gogc, struct prose *p);
    const char *gogc_brief;

    /* Every goroutine has finished: what goes on. */
    const char *ended;

    /* What comes next: with GOGC off, and when NextGC is reached; in full and in brief. */
    const char *next_off, *next_off_brief;
    const char *next_reached, *next_reached_brief;
    /* What comes next: memory that the scavenger's next run will give back; that there is none; and
     * the name of such a run, which stands before its time. */
    const char *due, *nothing_due, *run_of;

    /* When an idle span goes back. */
    void (*goes_back)(const struct span_view *span, struct prose *p);

    /* Why a word on a stack that is no pointer keeps an object. */
    const char *stray_word;

    /* The line of a collection, and the variable of the environment that asks for it. */
    const struct trace_part *trace;
    uint32_t trace_count;
    const char *trace_variable;
};

/* The words for a release; those that hold for every release if it has none of its own. */
const struct release_words *release_words_of(const char *release);

/* Whether the goal that a collection by size had reached is what the rule made of the collection
 * before. If not, it was the first goal, or the release has no such rule. */
bool goal_is_known(const struct release_words *words, const struct entry *entry);

extern const struct release_words go11_words;
extern const struct release_words plain_words;

#endif
