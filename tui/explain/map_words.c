#include "tui/explain/map_words.h"

#include "tui/cells/format.h"
#include "tui/cells/prose.h"
#include "tui/explain/release_words.h"

char map_letter(uint32_t class) {
    static const char letters[] =
        "#abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@&$+*";
    _Static_assert(sizeof letters - 1 >= MEMSTATS_CLASSES_MAX, "each class has a letter");
    return class < sizeof letters - 1 ? letters[class] : '?';
}

/* "page 17, 4 KiB" or "pages 1,043 to 3,120, 8.1 MiB" */
static void say_pages(struct prose *prose, uint32_t first, uint32_t pages, uint64_t page_bytes) {
    if (pages == 1) {
        prose_add(prose, "page %s", format_count(first).s);
    } else {
        prose_add(prose, "pages %s to %s", format_count(first).s,
                  format_count(first + pages - 1).s);
    }
    prose_add(prose, ", %s", format_binary(pages * page_bytes).s);
}

static void say_type(struct prose *prose, const struct span_view *span) {
    if (span->type[0] != '\0') {
        prose_add(prose, " of type %s", span->type);
    } else if (span->no_pointers == span->allocated) {
        prose_add(prose, " without pointers");
    } else {
        prose_add(prose, " with pointers");
    }
}

static void say_large(struct prose *prose, const struct span_view *span) {
    prose_add(prose, ", hold one large object");
    say_type(prose, span);
    prose_add(prose, "; it is %s",
              span->garbage > 0 ? "garbage: free after the next collection" : "reachable");
}

static void say_small(struct prose *prose, const struct span_view *span, uint64_t page_bytes) {
    uint32_t used = span->allocated - span->garbage;
    uint32_t vacant = span->blocks - span->allocated;
    uint64_t tail = span->pages * page_bytes - span->blocks * span->block_bytes;
    prose_add(prose, ", hold%s %u blocks of %s bytes (class %c): %u used, %u garbage, %u free",
              span->pages == 1 ? "s" : "", (unsigned)span->blocks,
              format_count(span->block_bytes).s, map_letter(span->class), (unsigned)used,
              (unsigned)span->garbage, (unsigned)vacant);
    if (tail > 0) {
        prose_add(prose, ", %s bytes behind the last", format_count(tail).s);
    }
    if (span->allocated > 0) {
        prose_add(prose, "; objects");
        say_type(prose, span);
    }
}

static void say_idle(struct prose *prose, const struct release_words *words,
                     const struct span_view *span, uint64_t now_ns) {
    uint64_t age_ns = now_ns > span->idle_since_ns ? now_ns - span->idle_since_ns : 0;
    prose_add(prose, ", %s idle since %s, for %s (Enter: see then)",
              span->pages == 1 ? "is" : "are", format_clock(span->idle_since_ns).s,
              format_duration(age_ns).s);
    if (span->released_pages == span->pages) {
        prose_add(prose, "\nnext\tall has been given back to the OS: it counts as HeapIdle and "
                         "HeapReleased until it is used again");
        return;
    }
    prose_add(prose, "\nnext\t");
    if (span->released_pages > 0) {
        prose_add(prose, "%s pages have been given back; ", format_count(span->released_pages).s);
    }
    words->goes_back(span, prose);
}

void map_words_span(const struct record *record, const struct span_view *span, char *out,
                    size_t bytes) {
    struct prose prose = prose_on(out, bytes);
    uint64_t page_bytes = record->now.page_bytes;
    prose_add(&prose, "span\t");
    say_pages(&prose, span->page_first, span->pages, page_bytes);
    if (!span->in_use) {
        say_idle(&prose, release_words_of(record->version), span, record->now.now_ns);
    } else if (span->class == 0) {
        say_large(&prose, span);
    } else {
        say_small(&prose, span, page_bytes);
    }
}

void map_words_past(const struct map_cell *cell, uint32_t page_first, uint64_t at_ns, char *out,
                    size_t bytes) {
    struct prose prose = prose_on(out, bytes);
    const struct {
        uint32_t pages;
        const char *name;
    } parts[] = {{.pages = cell->in_use - cell->garbage - cell->vacant, .name = "live"},
                 {.pages = cell->garbage, .name = "garbage"},
                 {.pages = cell->vacant, .name = "vacant"},
                 {.pages = cell->idle - cell->released, .name = "idle"},
                 {.pages = cell->released, .name = "released"}};
    prose_add(&prose, "then\tat %s, ", format_clock(at_ns).s);
    if (cell->pages == 0) {
        prose_add(&prose, "the arena did not reach so far yet");
        return;
    }
    prose_add(&prose, "of %s page%s from %s on:", format_count(cell->pages).s,
              cell->pages == 1 ? "" : "s", format_count(page_first).s);
    const char *before = " ";
    for (size_t i = 0; i < COUNT_OF(parts); i++) {
        if (parts[i].pages > 0) {
            prose_add(&prose, "%s%s %s", before, format_count(parts[i].pages).s, parts[i].name);
            before = ", ";
        }
    }
    prose_add(&prose, "\nnow\tEsc goes back to the present");
}

static void say_class_use(struct prose *prose, const struct class_view *view) {
    uint64_t vacant = view->blocks - view->allocated;
    if (view->spans == 0) {
        prose_add(prose, "\nnow\tno span has this class");
        return;
    }
    prose_add(prose, "\nnow\t%s span%s with %s blocks: %s used, %s garbage, %s free",
              format_count(view->spans).s, view->spans == 1 ? "" : "s",
              format_count(view->blocks).s, format_count(view->allocated - view->garbage).s,
              format_count(view->garbage).s, format_count(vacant).s);
}

void map_words_class(const struct record_classes *all, uint32_t class, uint32_t page_bytes,
                     char *out, size_t bytes) {
    CHECK(class < all->count);
    struct prose prose = prose_on(out, bytes);
    const struct class_view *view = &all->classes[class];
    if (class == 0) {
        prose_add(&prose,
                  "what\tlarge objects, above %s bytes: each has a span of its own, in whole "
                  "pages\nnow\t%s of them, %s garbage",
                  format_count(all->classes[all->count - 1].block_bytes).s,
                  format_count(view->allocated).s, format_count(view->garbage).s);
        return;
    }
    uint32_t least = class > 1 ? all->classes[class - 1].block_bytes + 1 : 1;
    uint64_t span_bytes = (uint64_t)view->span_pages * page_bytes;
    uint64_t tail = span_bytes - (uint64_t)view->span_blocks * view->block_bytes;
    prose_add(&prose, "what\tobjects of %s to %s bytes: a span is %u page%s of %s blocks",
              format_count(least).s, format_count(view->block_bytes).s, (unsigned)view->span_pages,
              view->span_pages == 1 ? "" : "s", format_count(view->span_blocks).s);
    if (tail > 0) {
        prose_add(&prose, " and %s bytes too few for another", format_count(tail).s);
    }
    uint32_t worst = view->block_bytes - least;
    prose_add(&prose, "; an object wastes up to %s byte%s of its block", format_count(worst).s,
              worst == 1 ? "" : "s");
    say_class_use(&prose, view);
}
