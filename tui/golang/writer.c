#include "tui/golang/writer.h"

#include "engine/base/escape.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What Go, or a program of ours, calls something else. */
static const char *const reserved[] = {
    /* keywords */
    "break", "case", "chan", "const", "continue", "default", "defer", "else", "fallthrough", "for",
    "func", "go", "goto", "if", "import", "interface", "map", "package", "range", "return",
    "select", "struct", "switch", "type", "var",
    /* what every file knows */
    "any", "append", "bool", "byte", "cap", "clear", "close", "comparable", "complex", "copy",
    "delete", "error", "false", "float32", "float64", "imag", "init", "int", "int64", "iota", "len",
    "main", "make", "max", "min", "new", "nil", "panic", "print", "println", "real", "recover",
    "rune", "string", "true", "uint", "uint64", "uintptr",
    /* packages */
    "debug", "fmt", "list", "mathrand", "rand", "runtime", "sync", "time", "unsafe",
    /* variables */
    "b", "bytes", "c", "e", "entries", "i", "j", "k", "lockedSource", "m", "makes", "n", "next",
    "offset", "pool", "q", "resized", "round", "slept", "tick", "timeline"};

enum { KEYWORDS = 25, NAME_BYTES_MAX = 128 };

void go_writer_init(struct go_writer *w) {
    *w = (struct go_writer){.writing = false};
}

void go_writer_done(struct go_writer *w) {
    for (uint32_t i = 0; i < w->names.count; i++) {
        free(w->names.names[i]);
    }
    free(w->names.names);
    *w = (struct go_writer){.writing = false};
}

void go_begin(struct go_writer *w) {
    CHECK(!w->writing);
    w->part = (struct go_part){.count = 0};
    w->fresh = false;
    w->writing = true;
}

struct go_part go_end(struct go_writer *w) {
    CHECK(w->writing);
    w->writing = false;
    w->no_memory = w->no_memory || w->part.text.no_memory;
    return w->part;
}

void go_part_free(struct go_part *part) {
    free(part->text.bytes);
    free(part->steps);
}

/* Room for one more in an array of `count` items; NULL, which is noted: there is none. */
static void *make_room(struct go_writer *w, void *items, uint32_t *room, size_t item_bytes) {
    const uint32_t more = *room * 2 + 64;
    void *larger = realloc(items, more * item_bytes);
    if (larger == NULL) {
        w->no_memory = true;
        return NULL;
    }
    *room = more;
    return larger;
}

static void end_line(struct go_writer *w, uint32_t step) {
    struct go_part *part = &w->part;
    if (part->count == part->room) {
        uint32_t *steps = make_room(w, part->steps, &part->room, sizeof *steps);
        if (steps == NULL) {
            return;
        }
        part->steps = steps;
    }
    part->steps[part->count++] = step;
    w->fresh = false;
    text_put(&part->text, '\n');
}

static void put_indent(struct go_writer *w) {
    for (uint32_t i = 0; i < w->indent; i++) {
        text_put(&w->part.text, '\t');
    }
}

void go_line(struct go_writer *w, const char *format, ...) {
    va_list arguments;
    put_indent(w);
    va_start(arguments, format);
    text_print_list(&w->part.text, format, arguments);
    va_end(arguments);
    end_line(w, w->step);
}

void go_blank(struct go_writer *w) {
    if (!w->fresh) {
        end_line(w, 0);
        w->fresh = true;
    }
}

void go_open(struct go_writer *w, const char *format, ...) {
    va_list arguments;
    put_indent(w);
    va_start(arguments, format);
    text_print_list(&w->part.text, format, arguments);
    va_end(arguments);
    text_add_string(&w->part.text, " {");
    end_line(w, w->step);
    w->fresh = true;
    w->indent++;
}

void go_close(struct go_writer *w, const char *text) {
    CHECK(w->indent > 0);
    w->indent--;
    put_indent(w);
    text_add_string(&w->part.text, text);
    end_line(w, w->step);
}

/* What gofmt takes from the end of a comment. */
static bool is_blank(uint32_t character) {
    return character == ' ' || character == '\t' || escape_is_blank(character);
}

/* How many of the bytes there are without the blanks at their end. */
static size_t without_blanks(const char *text, size_t bytes) {
    size_t count = 0;
    for (struct escape e = {.at = text, .end = text + bytes}; escape_next(&e);) {
        count = is_blank(e.before) ? count : (size_t)(e.at - text);
    }
    return count;
}

/* One line of comment: no blanks at its end, nothing that Go would take for a constraint. */
static void comment_line(struct go_writer *w, const char *text, size_t bytes) {
    struct text_builder *out = &w->part.text;
    bytes = without_blanks(text, bytes);
    put_indent(w);
    text_add_string(out, bytes > 0 ? "// " : "//");
    bool first = true;
    for (struct escape e = {.at = text, .end = text + bytes}; escape_next(&e);) {
        if (e.before == '\t' || (first && (e.before == '+' || is_blank(e.before)))) {
            text_put(out, ' ');
        } else {
            text_add(out, e.shown, e.count);
            first = false;
        }
    }
    end_line(w, 0);
}

void go_comment(struct go_writer *w, const char *text) {
    while (*text != '\0') {
        const size_t bytes = strcspn(text, "\n");
        comment_line(w, text, bytes);
        text += bytes + (text[bytes] == '\n' ? 1 : 0);
    }
}

/* free-list, FREE_list -> freeList, FREE_list. */
static void camel(const char *from, char *to) {
    size_t length = 0;
    bool upper = false;
    for (; *from != '\0' && length + 1 < NAME_BYTES_MAX / 2; from++) {
        if (*from == '-') {
            upper = true;
        } else {
            to[length++] = upper ? (char)toupper((unsigned char)*from) : *from;
            upper = false;
        }
    }
    to[length] = '\0';
}

static bool is_among(const char *name, const char *const *words, size_t count) {
    size_t i = 0;
    while (i < count && strcmp(words[i], name) != 0) {
        i++;
    }
    return i < count;
}

static bool is_taken(char *const *names, uint32_t count, const char *name) {
    uint32_t i = 0;
    while (i < count && strcmp(names[i], name) != 0) {
        i++;
    }
    return i < count;
}

/* Nobody else gets the name. A copy of it; "": no memory. */
static const char *take(struct go_writer *w, const char *name) {
    struct go_names *names = &w->names;
    if (names->count == names->room) {
        char **larger = make_room(w, names->names, &names->room, sizeof *larger);
        if (larger == NULL) {
            return "";
        }
        names->names = larger;
    }
    char *copy = strdup(name);
    if (copy == NULL) {
        w->no_memory = true;
        return "";
    }
    names->names[names->count++] = copy;
    return copy;
}

const char *go_name(struct go_writer *w, const char *wanted, const char *suffix) {
    char base[NAME_BYTES_MAX];
    char name[NAME_BYTES_MAX + 16];
    camel(wanted, base);
    snprintf(name, sizeof name, "%s", base);
    if (is_among(name, reserved, COUNT_OF(reserved)) ||
        is_taken(w->names.names, w->names.count, name)) {
        snprintf(name, sizeof name, "%s%s", base, suffix);
    }
    for (uint32_t n = 2; is_among(name, reserved, COUNT_OF(reserved)) ||
                         is_taken(w->names.names, w->names.count, name);
         n++) {
        snprintf(name, sizeof name, "%s%s%" PRIu32, base, suffix, n);
    }
    return take(w, name);
}

char *go_field_name(const char *wanted, char *const *others, uint32_t count) {
    static const char *const methods[] = {"fill", "reset"};
    char base[NAME_BYTES_MAX];
    char name[NAME_BYTES_MAX + 16];
    camel(wanted, base);
    snprintf(name, sizeof name, "%s", base);
    for (uint32_t n = 2;
         is_among(name, reserved, KEYWORDS) || is_among(name, methods, COUNT_OF(methods)) ||
         is_taken(others, count, name);
         n++) {
        snprintf(name, sizeof name, "%s%" PRIu32, base, n);
    }
    return strdup(name);
}

struct go_text go_join(const char *prefix, const char *name, const char *suffix) {
    struct go_text text;
    snprintf(text.text, sizeof text.text, "%s%c%s%s", prefix,
             prefix[0] != '\0' ? toupper((unsigned char)name[0]) : name[0], name + 1, suffix);
    return text;
}

static const struct {
    uint64_t ns;
    const char *name;
} units[] = {
    {.ns = UINT64_C(3600000000000), .name = "time.Hour"},
    {.ns = UINT64_C(60000000000), .name = "time.Minute"},
    {.ns = UINT64_C(1000000000), .name = "time.Second"},
    {.ns = 1000000, .name = "time.Millisecond"},
    {.ns = 1000, .name = "time.Microsecond"},
    {.ns = 1, .name = "time.Nanosecond"},
};

struct go_text go_duration(struct go_writer *w, uint64_t ns, bool spaced) {
    struct go_text text = {"0"};
    if (ns == 0) {
        return text;
    }
    w->imports[IMPORT_TIME] = true;
    size_t unit = 0;
    while (ns % units[unit].ns != 0) {
        unit++;
    }
    const uint64_t amount = ns / units[unit].ns;
    if (amount == 1) {
        snprintf(text.text, sizeof text.text, "%s", units[unit].name);
    } else {
        snprintf(text.text, sizeof text.text, spaced ? "%" PRIu64 " * %s" : "%" PRIu64 "*%s",
                 amount, units[unit].name);
    }
    return text;
}

void go_draws_rand(struct go_writer *w) {
    w->imports[IMPORT_RAND] = true;
    w->draws_rand = true;
}

/* What the range's distribution draws: a float64 without its mean, a uint64, an int. */
static struct go_text draw_shaped(struct go_writer *w, const struct range *range) {
    const uint32_t index = range->shape - 1;
    const enum shape kind = w->distributions[index].kind;
    struct go_text text = {"rand.ExpFloat64()"};
    if (kind == SHAPE_ZIPF) {
        w->imports[IMPORT_RAND] = true; /* it draws from a source of its own */
    } else {
        go_draws_rand(w);
    }
    if (kind == SHAPE_EXPONENTIAL) {
        return text;
    }
    if (w->draws[index] == NULL) {
        w->draws[index] = go_name(w, kind == SHAPE_ZIPF ? "zipf" : "histogram", "Draw");
    }
    snprintf(text.text, sizeof text.text, kind == SHAPE_ZIPF ? "%s.Uint64()" : "%s()",
             w->draws[index]);
    return text;
}

struct go_text go_draw(struct go_writer *w, const struct range *range, bool spaced) {
    struct go_text text;
    if (range->shape != 0) {
        const struct distribution *d = &w->distributions[range->shape - 1];
        const struct go_text drawn = draw_shaped(w, range);
        if (d->kind == SHAPE_HISTOGRAM) {
            return drawn;
        }
        if (d->kind == SHAPE_ZIPF) {
            snprintf(text.text, sizeof text.text, "int(%.100s)", drawn.text);
        } else {
            snprintf(text.text, sizeof text.text,
                     spaced ? "int(%.100s * %" PRIu64 ")" : "int(%.100s*%" PRIu64 ")", drawn.text,
                     d->mean);
        }
        return text;
    }
    if (range->low == range->high) {
        snprintf(text.text, sizeof text.text, "%" PRIu64, range->low);
        return text;
    }
    go_draws_rand(w);
    const uint64_t n = range->high - range->low + 1;
    if (range->low == 0) {
        snprintf(text.text, sizeof text.text, "rand.Intn(%" PRIu64 ")", n);
    } else {
        snprintf(text.text, sizeof text.text,
                 spaced ? "rand.Intn(%" PRIu64 ") + %" PRIu64 : "rand.Intn(%" PRIu64 ")+%" PRIu64,
                 n, range->low);
    }
    return text;
}

static struct go_text draw_duration(struct go_writer *w, const struct range *range, bool spaced) {
    struct go_text text;
    w->imports[IMPORT_TIME] = true;
    if (range->shape != 0 && w->distributions[range->shape - 1].kind == SHAPE_EXPONENTIAL) {
        const struct go_text mean = go_duration(w, w->distributions[range->shape - 1].mean, false);
        snprintf(text.text, sizeof text.text,
                 spaced ? "time.Duration(%.60s * float64(%.60s))"
                        : "time.Duration(%.60s*float64(%.60s))",
                 draw_shaped(w, range).text, mean.text);
        return text;
    }
    if (range->low == range->high) {
        return go_duration(w, range->low * range->unit, spaced);
    }
    const struct go_text unit = go_duration(w, range->unit, false);
    const struct go_text drawn =
        range->shape != 0 ? draw_shaped(w, range) : go_draw(w, range, false);
    snprintf(text.text, sizeof text.text,
             spaced ? "%.40s * time.Duration(%.90s)" : "%.40s*time.Duration(%.90s)", unit.text,
             drawn.text);
    return text;
}

struct go_text go_draw_duration(struct go_writer *w, const struct range *range) {
    return draw_duration(w, range, true);
}

struct go_text go_draw_argument(struct go_writer *w, const struct range *range) {
    return draw_duration(w, range, false);
}
