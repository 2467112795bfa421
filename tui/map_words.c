#include "tui/map_words.h"

#include "tui/format.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Text that grows at its end; what does not fit is cut off. */
struct words {
    char *out;
    size_t bytes, used;
};

__attribute__((format(printf, 2, 3))) static void say(struct words *words, const char *format,
                                                      ...) {
    va_list list;
    va_start(list, format);
    int length = vsnprintf(words->out + words->used, words->bytes - words->used, format, list);
    va_end(list);
    size_t room = words->bytes - words->used - 1;
    words->used += length < 0 ? 0 : (size_t)length < room ? (size_t)length : room;
}

static struct words words_in(char *out, size_t bytes) {
    CHECK(bytes > 0);
    out[0] = '\0';
    return (struct words){.out = out, .bytes = bytes};
}

char map_letter(uint32_t class) {
    static const char letters[] = "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    return class < sizeof letters - 1 ? letters[class] : '?';
}

/* "page 17, 4 KiB" or "pages 1,043 to 3,120, 8.1 MiB" */
static void say_pages(struct words *words, uint32_t first, uint32_t pages, uint64_t page_bytes) {
    if (pages == 1) {
        say(words, "page %s", format_count(first).s);
    } else {
        say(words, "pages %s to %s", format_count(first).s, format_count(first + pages - 1).s);
    }
    say(words, ", %s", format_binary(pages * page_bytes).s);
}

static void say_type(struct words *words, const struct span_view *span) {
    if (span->type[0] != '\0') {
        say(words, " of type %s", span->type);
    } else if (span->allocated > 0 && span->no_pointers == span->allocated) {
        say(words, " without pointers ([]byte, string, ...)");
    }
}

static void say_large(struct words *words, const struct span_view *span) {
    say(words, "\nholds\tone large object");
    say_type(words, span);
    say(words, ", %s bytes in whole pages: %s", format_count(span->block_bytes).s,
        span->garbage > 0 ? "garbage, free after the next collection" : "reachable");
}

static void say_small(struct words *words, const struct span_view *span, uint64_t page_bytes) {
    uint32_t used = span->allocated - span->garbage;
    uint32_t vacant = span->blocks - span->allocated;
    uint64_t tail = span->pages * page_bytes - span->blocks * span->block_bytes;
    say(words,
        "\nholds\tblocks of %s bytes (size class %u, %c), %u in all: %u used, %u garbage, "
        "%u free",
        format_count(span->block_bytes).s, (unsigned)span->class, map_letter(span->class),
        (unsigned)span->blocks, (unsigned)used, (unsigned)span->garbage, (unsigned)vacant);
    if (tail > 0) {
        say(words, "; %s bytes behind the last are nobody's", format_count(tail).s);
    }
    if (span->allocated > 0) {
        say(words, "; objects");
        say_type(words, span);
        if (span->type[0] == '\0' && span->no_pointers != span->allocated) {
            say(words, " of several types");
        }
    }
}

static void say_idle(struct words *words, const struct span_view *span, uint64_t now_ns) {
    uint64_t age_ns = now_ns > span->idle_since_ns ? now_ns - span->idle_since_ns : 0;
    uint32_t left = span->pages - span->released_pages;
    say(words, ", idle since %s, for %s (Enter: that moment)", format_clock(span->idle_since_ns).s,
        format_duration(age_ns).s);
    if (left == 0) {
        say(words, "\nnext\tall of it has been given back to the operating system: it counts as "
                   "HeapIdle and HeapReleased until it is used again");
        return;
    }
    say(words, "\nnext\t");
    if (span->released_pages > 0) {
        say(words, "%s of its pages have been given back; ", format_count(span->released_pages).s);
    }
    if (span->release_at_ns == 0) {
        say(words, "the scavenger has not started yet");
        return;
    }
    say(words,
        "the scavenger's tick at %s will find it idle for more than %" PRIu64
        " min and give %s back, unless it is used, or grows by a neighbour, before",
        format_clock(span->release_at_ns).s, span->release_after_ns / NS_PER_SECOND / 60,
        span->released_pages > 0 ? "the rest" : "it");
}

void map_words_span(const struct model *model, const struct span_view *span, char *out,
                    size_t bytes) {
    struct words words = words_in(out, bytes);
    uint64_t page_bytes = model->now.page_bytes;
    say(&words, "span\t");
    say_pages(&words, span->page_first, span->pages, page_bytes);
    say(&words, " at 0x%" PRIx64, span->address);
    if (!span->in_use) {
        say_idle(&words, span, model->now.now_ns);
    } else if (span->class == 0) {
        say_large(&words, span);
    } else {
        say_small(&words, span, page_bytes);
    }
}

void map_words_past(const struct map_cell *cell, uint32_t page_first, uint64_t at_ns, char *out,
                    size_t bytes) {
    struct words words = words_in(out, bytes);
    const struct {
        uint32_t pages;
        const char *name;
    } parts[] = {{cell->in_use - cell->garbage - cell->vacant, "live"},
                 {cell->garbage, "garbage"},
                 {cell->vacant, "vacant"},
                 {cell->idle - cell->released, "idle"},
                 {cell->released, "released"}};
    say(&words, "then\tat %s, ", format_clock(at_ns).s);
    if (cell->pages == 0) {
        say(&words, "the arena did not reach so far yet");
        return;
    }
    say(&words, "of %s page%s from %s on:", format_count(cell->pages).s,
        cell->pages == 1 ? "" : "s", format_count(page_first).s);
    const char *before = " ";
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].pages > 0) {
            say(&words, "%s%s %s", before, format_count(parts[i].pages).s, parts[i].name);
            before = ", ";
        }
    }
    say(&words, "\nnow\tEsc goes back to the present");
}

static void say_class_use(struct words *words, const struct class_view *view) {
    uint64_t vacant = view->blocks - view->allocated;
    if (view->spans == 0) {
        say(words, "\nnow\tno span has this class");
        return;
    }
    say(words, "\nnow\t%s span%s with %s blocks: %s used, %s garbage, %s free",
        format_count(view->spans).s, view->spans == 1 ? "" : "s", format_count(view->blocks).s,
        format_count(view->allocated - view->garbage).s, format_count(view->garbage).s,
        format_count(vacant).s);
}

void map_words_class(const struct class_view *classes, uint32_t class, uint32_t page_bytes,
                     char *out, size_t bytes) {
    struct words words = words_in(out, bytes);
    const struct class_view *view = &classes[class];
    if (class == 0) {
        say(&words,
            "what\tlarge objects, above 32,768 bytes: each has a span of its own, in whole "
            "pages\nnow\t%s of them, %s garbage",
            format_count(view->allocated).s, format_count(view->garbage).s);
        return;
    }
    uint32_t least = class > 1 ? classes[class - 1].block_bytes + 1 : 1;
    uint64_t span_bytes = (uint64_t)view->span_pages * page_bytes;
    uint64_t tail = span_bytes - (uint64_t)view->span_blocks * view->block_bytes;
    say(&words, "what\tobjects of %s to %s bytes: a span is %u page%s of %s blocks",
        format_count(least).s, format_count(view->block_bytes).s, (unsigned)view->span_pages,
        view->span_pages == 1 ? "" : "s", format_count(view->span_blocks).s);
    if (tail > 0) {
        say(&words, " and %s bytes too few for another", format_count(tail).s);
    }
    uint32_t worst = view->block_bytes - least;
    say(&words, "; an object wastes up to %s byte%s of its block", format_count(worst).s,
        worst == 1 ? "" : "s");
    say_class_use(&words, view);
}
