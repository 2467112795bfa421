#include "tui/explain/about.h"

#include "tui/cells/prose.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* What can be shown of a release, the important ones first. */
static const struct {
    int what; /* MEMSTATS_x or OURS_x */
    enum style style;
    bool at_gc; /* events tell what it is just behind a collection */
} lines[] = {
    {.what = MEMSTATS_heap_sys, .style = STYLE_SYS, .at_gc = true},
    {.what = MEMSTATS_heap_inuse, .style = STYLE_INUSE, .at_gc = true},
    {.what = MEMSTATS_heap_idle, .style = STYLE_IDLE, .at_gc = true},
    {.what = MEMSTATS_heap_released, .style = STYLE_RELEASED},
    {.what = MEMSTATS_heap_alloc, .style = STYLE_NORMAL, .at_gc = true},
    {.what = OURS_LIVE, .style = STYLE_INUSE, .at_gc = true},
    {.what = OURS_GARBAGE, .style = STYLE_GARBAGE, .at_gc = true},
    {.what = MEMSTATS_next_gc, .style = STYLE_NEXT, .at_gc = true},
    {.what = MEMSTATS_num_gc, .style = STYLE_NORMAL, .at_gc = true},
    {.what = MEMSTATS_pause_total_ns, .style = STYLE_NORMAL, .at_gc = true},
    {.what = OURS_LAST_PAUSE, .style = STYLE_NORMAL},
    {.what = OURS_POOL, .style = STYLE_POOL},
    {.what = OURS_RSS, .style = STYLE_NORMAL},
    {.what = MEMSTATS_heap_objects, .style = STYLE_NORMAL, .at_gc = true},
    {.what = MEMSTATS_mallocs, .style = STYLE_NORMAL, .at_gc = true},
    {.what = MEMSTATS_frees, .style = STYLE_NORMAL, .at_gc = true},
    {.what = MEMSTATS_total_alloc, .style = STYLE_NORMAL, .at_gc = true},
    {.what = OURS_MAKES, .style = STYLE_NORMAL},
    {.what = MEMSTATS_sys, .style = STYLE_NORMAL},
    {.what = MEMSTATS_last_gc, .style = STYLE_NORMAL, .at_gc = true},
    {.what = MEMSTATS_mspan_inuse, .style = STYLE_NORMAL},
    {.what = MEMSTATS_mspan_sys, .style = STYLE_NORMAL},
    {.what = MEMSTATS_mcache_inuse, .style = STYLE_NORMAL},
    {.what = MEMSTATS_mcache_sys, .style = STYLE_NORMAL},
    {.what = MEMSTATS_stack_inuse, .style = STYLE_NORMAL},
    {.what = MEMSTATS_stack_sys, .style = STYLE_NORMAL},
    {.what = MEMSTATS_buck_hash_sys, .style = STYLE_NORMAL},
    {.what = MEMSTATS_alloc, .style = STYLE_NORMAL, .at_gc = true},
    {.what = MEMSTATS_lookups, .style = STYLE_NORMAL},
    {.what = MEMSTATS_enable_gc, .style = STYLE_NORMAL},
    {.what = MEMSTATS_debug_gc, .style = STYLE_NORMAL},
};
_Static_assert(COUNT_OF(lines) == OURS_END, "every member of MemStats is shown somewhere");

static const struct {
    const char *name, *text;
    enum unit unit;
} ours[] = {
    [OURS_LIVE - MEMSTATS_COUNT] = {"live", "bytes of blocks that can be reached", UNIT_BYTES},
    [OURS_GARBAGE - MEMSTATS_COUNT] = {"garbage", "bytes of blocks that cannot", UNIT_BYTES},
    [OURS_POOL - MEMSTATS_COUNT] = {"in the pool", "lengths of the buffers in slots", UNIT_BYTES},
    [OURS_RSS - MEMSTATS_COUNT] = {"RSS of heap", "resident bytes, says the kernel", UNIT_BYTES},
    [OURS_LAST_PAUSE - MEMSTATS_COUNT] = {"last pause", "the last collection's", UNIT_NS},
    [OURS_MAKES - MEMSTATS_COUNT] = {"makes", "objects the program made", UNIT_COUNT},
};

/* ---- lines ---------------------------------------------------------------------------------- */

/* The index, in lines[], of the line of that number: those the release does not have are left
 * out. */
static uint32_t index_of(const struct release_words *words, uint32_t line) {
    uint32_t index = 0;
    for (; index < OURS_END; index++) {
        bool has = words->about[lines[index].what].text != NULL;
        if (has && line-- == 0) {
            break;
        }
    }
    CHECK(index < OURS_END);
    return index;
}

static int what_of(const struct release_words *words, uint32_t line) {
    return lines[index_of(words, line)].what;
}

static const char *name_of(int what) {
    return what < MEMSTATS_COUNT ? memstats_entries[what].name : ours[what - MEMSTATS_COUNT].name;
}

static enum unit unit_of(int what) {
    return what < MEMSTATS_COUNT ? memstats_entries[what].unit : ours[what - MEMSTATS_COUNT].unit;
}

static bool value_of(int what, const struct look *look, uint64_t *out) {
    const struct moment *at = &look->at;
    switch (what) {
    case OURS_LIVE:
        *out = at->live_bytes;
        return at->live_known && (look->abilities & ABILITY_LIVE) != 0;
    case OURS_GARBAGE:
        *out = at->stats.heap_alloc - at->live_bytes;
        return at->live_known && (look->abilities & ABILITY_LIVE) != 0;
    case OURS_POOL:
        *out = at->counts.pool_bytes;
        return (look->abilities & ABILITY_PROGRAM_COUNTS) != 0;
    case OURS_RSS:
        *out = look->rss_bytes;
        return look->rss_known;
    case OURS_LAST_PAUSE:
        *out = look->last_pause_ns;
        return look->last_pause_ns > 0;
    case OURS_MAKES:
        *out = at->counts.makes;
        return (look->abilities & ABILITY_PROGRAM_COUNTS) != 0;
    default:
        *out = memstats_value(&at->stats, &memstats_entries[what]);
        return memstats_knows(look->stats_known, (size_t)what);
    }
}

uint32_t about_count(const struct release_words *words) {
    uint32_t count = 0;
    for (uint32_t what = 0; what < OURS_END; what++) {
        count += words->about[what].text != NULL ? 1 : 0;
    }
    return count;
}

const char *about_name(const struct release_words *words, uint32_t line) {
    return name_of(what_of(words, line));
}

enum style about_style(const struct release_words *words, uint32_t line) {
    return lines[index_of(words, line)].style;
}

const char *about_text(const struct release_words *words, uint32_t line) {
    int what = what_of(words, line);
    if (words->about[what].brief != NULL) {
        return words->about[what].brief;
    }
    return what < MEMSTATS_COUNT ? memstats_entries[what].text : ours[what - MEMSTATS_COUNT].text;
}

bool about_value(const struct release_words *words, uint32_t line, const struct look *look,
                 uint64_t *out) {
    return value_of(what_of(words, line), look, out);
}

bool about_known_at_gc(const struct release_words *words, uint32_t line) {
    return lines[index_of(words, line)].at_gc;
}

static struct text format_unit(enum unit unit, uint64_t value) {
    switch (unit) {
    case UNIT_BYTES:
        return format_bytes(value);
    case UNIT_COUNT:
        return format_count(value);
    case UNIT_NS:
        return format_duration(value);
    case UNIT_FLAG:
        return (struct text){.s = {(char)('0' + (value != 0)), '\0'}};
    }
    CHECK(false);
}

struct text about_format(const struct release_words *words, uint32_t line, uint64_t value) {
    int what = what_of(words, line);
    if (what == MEMSTATS_last_gc) {
        return format_clock(value);
    }
    if (what == MEMSTATS_next_gc && value >> 60 != 0) {
        return (struct text){.s = "never"};
    }
    return format_unit(unit_of(what), value);
}

struct text about_change(const struct release_words *words, uint32_t line, uint64_t from,
                         uint64_t to) {
    struct text text = {.s = ""};
    if (from == to) {
        return text;
    }
    enum unit unit = unit_of(what_of(words, line));
    struct text amount = format_unit(unit, to > from ? to - from : from - to);
    snprintf(text.s, sizeof text.s, "%c%.29s", to > from ? '+' : '-', amount.s);
    return text;
}

/* ---- equations ------------------------------------------------------------------------------ */

/* A name in a formula. False: it is none, or its value is not known. */
static bool named_value(const char *name, size_t length, const struct look *look, uint64_t *value,
                        enum unit *unit) {
    *unit = UNIT_BYTES;
    if (length == 7 && strncmp(name, "AfterGC", 7) == 0) {
        *value = look->after_gc_bytes;
        return look->after_gc_known;
    } else if (length == 4 && strncmp(name, "GOGC", 4) == 0) {
        *value = (uint64_t)look->gogc;
        *unit = UNIT_COUNT;
        return look->gogc >= 0;
    } else if (length == 3 && strncmp(name, "Now", 3) == 0) {
        *value = look->at.at_ns;
        *unit = UNIT_NS;
        return true;
    }
    for (int what = 0; what < OURS_END; what++) {
        if (strlen(name_of(what)) == length && strncmp(name_of(what), name, length) == 0) {
            *unit = unit_of(what);
            return value_of(what, look, value);
        }
    }
    return false;
}

/* How many bytes of a formula are one name: letters, two at least. 0: there is none. */
static size_t name_length(const char *formula) {
    size_t length = 0;
    while (isalpha((unsigned char)formula[length])) {
        length++;
    }
    return length > 1 ? length : 0; /* the x of a product is none */
}

/* The formula with each name's value in its place; false: one is not known. */
static bool fill_in(const char *formula, const struct look *look, char *out, size_t bytes) {
    struct prose p = prose_on(out, bytes);
    while (*formula != '\0') {
        size_t length = name_length(formula);
        uint64_t value;
        enum unit unit;
        if (length == 0) {
            prose_add(&p, "%c", *formula++);
            continue;
        }
        if (!named_value(formula, length, look, &value, &unit)) {
            return false;
        }
        prose_add(&p, "%s", format_unit(unit, value).s);
        formula += length;
    }
    return true;
}

/* A formula while its value is computed. */
struct formula {
    const char *at; /* what is still to be read */
    const struct look *look;
    bool known; /* so far */
    bool has_unit;
    enum unit unit; /* of the first name */
};

/* Steps over a sign with its blanks, if it is there. */
static bool take_sign(struct formula *f, const char *sign) {
    bool there = strncmp(f->at, sign, strlen(sign)) == 0;
    f->at += there ? strlen(sign) : 0;
    return there;
}

static double sum_of(struct formula *f);

/* A number, a name, or a sum in parentheses. */
static double value_at(struct formula *f) {
    size_t length = name_length(f->at);
    uint64_t value = 0;
    enum unit unit = UNIT_COUNT;
    if (take_sign(f, "(")) {
        double sum = sum_of(f);
        f->known = take_sign(f, ")") && f->known;
        return sum;
    }
    if (length > 0) {
        f->known = named_value(f->at, length, f->look, &value, &unit) && f->known;
        f->unit = f->has_unit ? f->unit : unit;
        f->has_unit = true;
        f->at += length;
        return f->known ? (double)value : 0;
    }
    f->known = isdigit((unsigned char)*f->at) && f->known;
    for (; isdigit((unsigned char)*f->at); f->at++) {
        value = value * 10 + (uint64_t)(*f->at - '0');
    }
    return (double)value;
}

static double product_of(struct formula *f) {
    double value = value_at(f);
    while (f->known) {
        if (take_sign(f, " x ")) {
            value *= value_at(f);
        } else if (take_sign(f, " / ")) {
            double divisor = value_at(f);
            f->known = divisor != 0 && f->known;
            value /= divisor != 0 ? divisor : 1;
        } else {
            break;
        }
    }
    return value;
}

static double sum_of(struct formula *f) {
    double value = product_of(f);
    while (f->known) {
        if (take_sign(f, " + ")) {
            value += product_of(f);
        } else if (take_sign(f, " - ")) {
            value -= product_of(f);
        } else {
            break;
        }
    }
    return value;
}

/* The formula's value, rounded down; false: it is not known. */
static bool evaluate(const char *formula, const struct look *look, uint64_t *value,
                     enum unit *unit) {
    struct formula f = {.at = formula, .look = look, .known = true, .unit = UNIT_COUNT};
    double sum = sum_of(&f);
    if (!f.known || *f.at != '\0' || sum < 0) {
        return false;
    }
    *value = (uint64_t)sum;
    *unit = f.unit;
    return true;
}

bool about_holds(const struct release_words *words, uint32_t line, const struct look *look) {
    const struct about_words *about = &words->about[what_of(words, line)];
    uint64_t left, right;
    enum unit unit;
    if (about->result == NULL ||
        !named_value(about->result, strlen(about->result), look, &left, &unit) ||
        !evaluate(about->formula, look, &right, &unit)) {
        return true;
    }
    return left == right;
}

static void add_equation(const struct about_words *about, const struct look *look,
                         struct prose *p) {
    char numbers[240];
    if (about->result == NULL) {
        return;
    }
    prose_add(p, "\n%s = %s", about->result, about->formula);
    uint64_t value;
    enum unit unit;
    bool known = named_value(about->result, strlen(about->result), look, &value, &unit) ||
                 evaluate(about->formula, look, &value, &unit);
    if (known && fill_in(about->formula, look, numbers, sizeof numbers)) {
        prose_add(p, "\n%s = %s", format_unit(unit, value).s, numbers);
    }
}

void about_explain(const struct release_words *words, uint32_t line, const struct look *look,
                   char *out, size_t bytes) {
    const struct about_words *about = &words->about[what_of(words, line)];
    struct prose p = prose_on(out, bytes);
    prose_add(&p, "%s: %s.", about_name(words, line), about_text(words, line));
    if (about->text[0] != '\0') {
        prose_add(&p, " %s", about->text);
    }
    add_equation(about, look, &p);
}
