#include "engine/loader/errors.h"

#include "engine/base/escape.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Room for one more; false if there is none. */
static bool make_room(struct complaints *complaints) {
    if (complaints->count < complaints->capacity) {
        return true;
    }
    const uint32_t capacity = complaints->capacity == 0 ? 16 : complaints->capacity * 2;
    struct complaint *items = realloc(complaints->items, capacity * sizeof *items);
    if (items == NULL) {
        complaints->no_memory = true;
        return false;
    }
    complaints->items = items;
    complaints->capacity = capacity;
    return true;
}

__attribute__((format(printf, 1, 0))) static char *format_text(const char *format,
                                                               va_list arguments) {
    va_list again;
    va_copy(again, arguments);
    const int length = vsnprintf(NULL, 0, format, again);
    va_end(again);
    char *text = length < 0 ? NULL : malloc((size_t)length + 1);
    if (text != NULL) {
        vsnprintf(text, (size_t)length + 1, format, arguments);
    }
    return text;
}

static void drop_all(struct complaints *complaints) {
    for (uint32_t i = 0; i < complaints->count; i++) {
        free(complaints->items[i].text);
    }
    complaints->count = 0;
    complaints->more = 0;
}

/* Whether a complaint is to be kept; one that is not may be counted. */
static bool is_wanted(struct complaints *complaints, struct mark mark, bool cause) {
    CHECK(complaints->count <= complaints->capacity);
    CHECK((mark.line == 0) == (mark.column == 0));
    if (mark.line == 0) {
        return false;
    }
    if (cause && !complaints->has_cause) { /* what it leads to is not told */
        drop_all(complaints);
        complaints->has_cause = true;
    }
    if (complaints->has_cause != cause) {
        return false;
    }
    if (complaints_full(complaints)) {
        complaints->more++;
        return false;
    }
    return make_room(complaints);
}

/* Needs is_wanted(). */
static void keep(struct complaints *complaints, struct mark mark, char *text) {
    if (text == NULL) {
        complaints->no_memory = true;
        return;
    }
    const uint32_t number = complaints->count++;
    complaints->items[number] = (struct complaint){mark, number, text};
}

void complain(struct complaints *complaints, struct mark mark, const char *format, ...) {
    if (is_wanted(complaints, mark, false)) {
        va_list arguments;
        va_start(arguments, format);
        keep(complaints, mark, format_text(format, arguments));
        va_end(arguments);
    }
}

void complain_cause(struct complaints *complaints, struct mark mark, const char *format, ...) {
    if (is_wanted(complaints, mark, true)) {
        va_list arguments;
        va_start(arguments, format);
        keep(complaints, mark, format_text(format, arguments));
        va_end(arguments);
    }
}

static int compare_numbers(uint32_t a, uint32_t b) {
    return a < b ? -1 : a > b;
}

static int compare(const void *left, const void *right) {
    const struct complaint *a = left;
    const struct complaint *b = right;
    if (a->mark.line != b->mark.line) {
        return compare_numbers(a->mark.line, b->mark.line);
    }
    if (a->mark.column != b->mark.column) {
        return compare_numbers(a->mark.column, b->mark.column);
    }
    return compare_numbers(a->number, b->number);
}

/* Whether an equal one stands earlier among those of the same place. */
static bool is_repeated(const struct complaint *items, uint32_t index) {
    const struct complaint *it = &items[index];
    for (uint32_t i = index; i-- > 0;) {
        const struct complaint *earlier = &items[i];
        if (earlier->mark.line != it->mark.line || earlier->mark.column != it->mark.column) {
            return false;
        }
        if (strcmp(earlier->text, it->text) == 0) {
            return true;
        }
    }
    return false;
}

void complaints_print(struct complaints *complaints, const char *path, FILE *errors) {
    if (complaints->count == 0) {
        return;
    }
    qsort(complaints->items, complaints->count, sizeof *complaints->items, compare);
    for (uint32_t i = 0; i < complaints->count; i++) {
        const struct complaint *it = &complaints->items[i];
        if (!is_repeated(complaints->items, i)) {
            escape_line(errors, "%s:%u:%u: error: %s", path, it->mark.line, it->mark.column,
                        it->text);
        }
    }
    if (complaints->more > 0) {
        const struct mark last = complaints->items[complaints->count - 1].mark;
        escape_line(errors, "%s:%u:%u: error: %u more mistakes are not shown; correct these first",
                    path, last.line, last.column, complaints->more);
    }
}

void complaints_done(struct complaints *complaints) {
    drop_all(complaints);
    free(complaints->items);
    *complaints = (struct complaints){0};
}

struct quoted quote(const char *text) {
    static const char dots[] = "...";
    struct quoted out;
    const size_t room = sizeof out.text - sizeof dots;
    size_t count = 0;
    for (struct escape e = {.at = text, .end = text + strlen(text)}; escape_next(&e);) {
        if (escape_is_blank(e.before)) { /* it may be what is wrong */
            e.count = (size_t)snprintf(e.shown, sizeof e.shown, "<U+%04X>", (unsigned)e.before);
        }
        if (count + e.count > room) {
            memcpy(out.text + count, dots, sizeof dots);
            return out;
        }
        memcpy(out.text + count, e.shown, e.count);
        count += e.count;
    }
    out.text[count] = '\0';
    return out;
}
