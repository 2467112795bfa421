#include "tui/source/changes.h"

#include <stdlib.h>
#include <string.h>

static void change_done(struct change *change) {
    run_done(&change->before);
    run_done(&change->after);
}

void changes_done(struct changes *changes) {
    for (uint32_t i = 0; i < changes->count; i++) {
        change_done(&changes->list[i]);
    }
    free(changes->list);
    *changes = (struct changes){0};
}

enum result changes_add(struct changes *changes, struct change *change) {
    if (changes->list == NULL) {
        changes->list = calloc(CHANGES_MAX, sizeof *changes->list);
    }
    if (changes->list == NULL) {
        change_done(change);
        return RESULT_NO_MEMORY;
    }
    while (changes->count > changes->done) {
        change_done(&changes->list[--changes->count]);
    }
    if (changes->count == CHANGES_MAX) {
        change_done(&changes->list[0]);
        changes->count--;
        memmove(changes->list, changes->list + 1, changes->count * sizeof *changes->list);
    }
    changes->list[changes->count++] = *change;
    changes->done = changes->count;
    return RESULT_OK;
}

const struct change *changes_to_undo(const struct changes *changes) {
    return changes->done > 0 ? &changes->list[changes->done - 1] : NULL;
}

const struct change *changes_to_redo(const struct changes *changes) {
    return changes->done < changes->count ? &changes->list[changes->done] : NULL;
}

void changes_undone(struct changes *changes) {
    CHECK(changes->done > 0);
    changes->done--;
}

void changes_redone(struct changes *changes) {
    CHECK(changes->done < changes->count);
    changes->done++;
}
