#include "engine/loader/print.h"

#include "engine/base/near.h"
#include "engine/snapshot.h"

#include <string.h>

enum {
#define X(name, value) PRINT_##name,
    PRINT_COLUMNS(X)
#undef X
        PRINT_COLUMN_COUNT
};

_Static_assert((int)PRINT_COLUMN_COUNT < (int)PRINT_NUMBERS_MAX,
               "a line may have all columns and the tick");

static const char *const names[] = {
#define X(name, value) #name,
    PRINT_COLUMNS(X)
#undef X
};

const struct print_list print_memstats = {PRINT_COLUMN_COUNT,
                                          {
#define X(name, value) PRINT_##name,
                                              PRINT_COLUMNS(X)
#undef X
                                          }};

/* What speaks of the heap and its objects. */
static const struct print_list print_objects = {
    11,
    {PRINT_TICK, PRINT_heap_sys, PRINT_heap_inuse, PRINT_heap_idle, PRINT_heap_released,
     PRINT_heap_alloc, PRINT_heap_objects, PRINT_next_gc, PRINT_num_gc, PRINT_mallocs,
     PRINT_frees}};

const char *print_name(uint8_t number) {
    CHECK(number == PRINT_TICK || number < PRINT_COLUMN_COUNT);
    return number == PRINT_TICK ? "tick" : names[number];
}

bool print_has(const struct print_list *list, const char *name) {
    for (uint8_t i = 0; i < list->count; i++) {
        if (strcmp(print_name(list->numbers[i]), name) == 0) {
            return true;
        }
    }
    return false;
}

/* The number with that name; PRINT_NONE, and the nearest name. */
enum { PRINT_NONE = 254, NAME_LETTERS_MAX = 32 };

static uint8_t find_number(struct near *near) {
    if (strcmp(near->word, "tick") == 0) {
        return PRINT_TICK;
    }
    near_consider(near, "tick");
    for (uint32_t i = 0; i < PRINT_COLUMN_COUNT; i++) {
        if (strcmp(near->word, names[i]) == 0) {
            return (uint8_t)i;
        }
        near_consider(near, names[i]);
    }
    return PRINT_NONE;
}

static void complain_of(struct build *b, const struct raw_text *value, const char *word,
                        struct near *near) {
    near_consider(near, "memstats");
    near_consider(near, "objects");
    if (near->best[0] != '\0') {
        build_complain(b, value, "'print' knows no '%s'; did you mean '%s'?", quote(word).text,
                       near->best);
    } else {
        build_complain(b, value,
                       "'print' knows no '%s'; write 'memstats', 'objects' or columns of the CSV, "
                       "such as 'heap_sys, heap_idle, makes'",
                       quote(word).text);
    }
}

struct print_list build_print(struct build *b, const struct raw_text *value) {
    struct print_list list = {0};
    if (strcmp(value->text, "memstats") == 0) {
        return print_memstats;
    }
    if (strcmp(value->text, "objects") == 0) {
        return print_objects;
    }
    for (const char *at = value->text;; at++) {
        at += strspn(at, " ");
        char word[NAME_LETTERS_MAX + 1];
        const size_t letters = strcspn(at, ", ");
        const size_t kept = letters < sizeof word ? letters : sizeof word - 1;
        memcpy(word, at, kept);
        word[kept] = '\0';
        struct near near = {.word = word};
        const uint8_t number = find_number(&near);
        if (number == PRINT_NONE || letters != kept) {
            complain_of(b, value, word, &near);
            return print_memstats;
        }
        if (list.count == PRINT_NUMBERS_MAX) {
            build_complain(b, value, "'print' takes at most %d columns; remove some",
                           PRINT_NUMBERS_MAX);
            return print_memstats;
        }
        list.numbers[list.count++] = number;
        at += letters;
        at += strspn(at, " ");
        if (*at == '\0') {
            return list;
        }
        if (*at != ',') {
            build_complain(b, value, "'print' cannot be '%s'; put commas between the columns",
                           quote(value->text).text);
            return print_memstats;
        }
    }
}
