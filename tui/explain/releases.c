#include "tui/explain/release_words.h"

#include <string.h>

static const struct release_words *const releases[] = {&go11_words};

const struct release_words *release_words_of(const char *release) {
    for (size_t i = 0; i < COUNT_OF(releases); i++) {
        if (strcmp(releases[i]->release, release) == 0) {
            return releases[i];
        }
    }
    return &plain_words;
}

bool goal_is_known(const struct release_words *words, const struct entry *entry) {
    return words->goal != NULL && entry->goal_bytes > 0 && entry->goal_gogc >= 0 &&
           words->goal(entry->goal_bytes, entry->goal_gogc) == entry->event.gc.next_gc_before;
}
