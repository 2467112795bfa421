#include "engine/loader/draw.h"

#include "engine/base/near.h"
#include "engine/base/number.h"

#include <stdlib.h>
#include <string.h>

/* As in 'exponential 200ms', 'zipf 1.2 1 999', 'histogram 9 of 1kB, 1 of 1MB'. */
enum { BINS_MAX = 32, WORD_BYTES_MAX = 64 };

/* The next word, which ends at a blank or a comma; false: there is none, or it is too long. */
static bool next_word(const char **at, char word[WORD_BYTES_MAX]) {
    const char *start = *at + strspn(*at, " ");
    const size_t length = strcspn(start, " ,");
    *at = start + length;
    if (length == 0 || length >= WORD_BYTES_MAX) {
        return false;
    }
    memcpy(word, start, length);
    word[length] = '\0';
    return true;
}

static bool expect(const char **at, const char *word) {
    char found[WORD_BYTES_MAX];
    const char *before = *at;
    if (next_word(at, found) && strcmp(found, word) == 0) {
        return true;
    }
    *at = before;
    return false;
}

/* An amount of the key's kind; complains. */
static bool read_amount(struct build *b, enum limit limit, const struct raw_text *text,
                        const char **at, struct amount *out) {
    char word[WORD_BYTES_MAX];
    struct reason why;
    if (!next_word(at, word)) {
        build_complain(b, text,
                       "'%s' ends too early; write 'exponential 4kB', 'zipf 1.2 1 999' or "
                       "'histogram 9 of 1kB, 1 of 2kB to 1MB'",
                       quote(text->text).text);
        return false;
    }
    if (!amount_read(limit, word, out, &why)) {
        build_complain(b, text, "%s", why.text);
        return false;
    }
    return true;
}

/* 1.2, from `low` up. */
static bool read_factor(struct build *b, const struct raw_text *text, const char **at,
                        const char *what, double low, double *out) {
    char word[WORD_BYTES_MAX] = "";
    if (!next_word(at, word) || !number_read_decimal(word, low, 1000, out)) {
        build_complain(b, text, "the %s of 'zipf' cannot be '%s'; write a number from %g to 1000",
                       what, quote(word).text, low);
        return false;
    }
    return true;
}

static bool read_exponential(struct build *b, enum limit limit, const struct raw_text *text,
                             const char **at, struct distribution *d, struct range *out) {
    enum { TAIL = 64 }; /* no number of 63 random bits is further out */
    struct amount mean;
    if (!read_amount(b, limit, text, at, &mean)) {
        return false;
    }
    if (mean.value == 0 || mean.value > limit_most(limit) / TAIL) {
        build_complain(b, text,
                       "'%s' is out of range: what is drawn may be %d times that; write another "
                       "mean",
                       quote(text->text).text, TAIL);
        return false;
    }
    d->kind = SHAPE_EXPONENTIAL;
    d->mean = mean.value;
    d->mean_unit = mean.unit;
    *out = (struct range){.low = 0, .high = mean.value * TAIL, .unit = 1};
    return true;
}

static bool read_zipf(struct build *b, enum limit limit, const struct raw_text *text,
                      const char **at, struct distribution *d, struct range *out) {
    struct amount most;
    d->kind = SHAPE_ZIPF;
    if (!read_factor(b, text, at, "first number", 1.001, &d->s) ||
        !read_factor(b, text, at, "second number", 1, &d->v) ||
        !read_amount(b, limit, text, at, &most)) {
        return false;
    }
    if (most.value == 0) {
        build_complain(b, text, "'%s' draws nothing but 0; write more than 0",
                       quote(text->text).text);
        return false;
    }
    d->most = most.value / most.unit;
    *out = (struct range){.low = 0, .high = d->most, .unit = most.unit};
    return true;
}

/* 25 of 1kB to 4kB; `ends` gets both ends in the smallest unit. */
static bool read_bin(struct build *b, enum limit limit, const struct raw_text *text,
                     const char **at, struct bin *bin, struct amount ends[2]) {
    char word[WORD_BYTES_MAX];
    struct amount share;
    struct reason why;
    if (!next_word(at, word) || !amount_read(LIMIT_SHARE, word, &share, &why) ||
        !expect(at, "of")) {
        build_complain(b, text, "'%s' is no histogram; write 'histogram 9 of 1kB, 1 of 2kB to 1MB'",
                       quote(text->text).text);
        return false;
    }
    bin->share = (uint32_t)share.value;
    if (!read_amount(b, limit, text, at, &ends[0])) {
        return false;
    }
    ends[1] = ends[0];
    if (expect(at, "to") && !read_amount(b, limit, text, at, &ends[1])) {
        return false;
    }
    if (ends[1].value < ends[0].value) {
        build_complain(b, text, "a bin of '%s' ends before it begins; exchange the two",
                       quote(text->text).text);
        return false;
    }
    return true;
}

static uint64_t smaller(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

static bool read_histogram(struct build *b, enum limit limit, const struct raw_text *text,
                           const char **at, struct distribution *d, struct range *out) {
    struct amount ends[BINS_MAX][2];
    d->kind = SHAPE_HISTOGRAM;
    d->bins = build_array(b, BINS_MAX, sizeof *d->bins);
    *out = (struct range){.low = UINT64_MAX, .high = 0, .unit = UINT64_MAX};
    do {
        *at += **at == ',' ? 1 : 0;
        if (d->bins == NULL || d->bin_count == BINS_MAX ||
            !read_bin(b, limit, text, at, &d->bins[d->bin_count], ends[d->bin_count])) {
            return false;
        }
        const struct amount *these = ends[d->bin_count];
        out->low = smaller(out->low, these[0].value);
        out->high = these[1].value > out->high ? these[1].value : out->high;
        out->unit = smaller(out->unit, smaller(these[0].unit, these[1].unit));
        d->shares += d->bins[d->bin_count++].share;
    } while (**at == ',');
    for (uint32_t i = 0; i < d->bin_count; i++) {
        d->bins[i].low = ends[i][0].value / out->unit;
        d->bins[i].high = ends[i][1].value / out->unit;
    }
    if (out->low == out->high) {
        build_complain(b, text, "all that '%s' draws is the same; write just that",
                       quote(text->text).text);
        return false;
    }
    out->low /= out->unit;
    out->high /= out->unit;
    return true;
}

typedef bool read_fn(struct build *b, enum limit limit, const struct raw_text *text,
                     const char **at, struct distribution *d, struct range *out);

static const struct {
    const char *name;
    read_fn *read;
} shapes[] = {
    {.name = "exponential", .read = read_exponential},
    {.name = "zipf", .read = read_zipf},
    {.name = "histogram", .read = read_histogram},
};

static bool is_distribution(const char *text) {
    const bool letter = (text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z');
    return letter && strchr(text, ' ') != NULL;
}

static bool refuse(struct build *b, const struct raw_text *text, const char *name) {
    struct near near = {.word = name};
    for (size_t i = 0; i < COUNT_OF(shapes); i++) {
        near_consider(&near, shapes[i].name);
    }
    if (near.best[0] != '\0') {
        build_complain(b, text, "there is no distribution '%s'; did you mean '%s'?",
                       quote(name).text, near.best);
    } else {
        build_complain(b, text,
                       "there is no distribution '%s'; write one of exponential, zipf, "
                       "histogram",
                       quote(name).text);
    }
    return false;
}

/* One more place in the scenario; NULL: no memory. */
static struct distribution *add(struct build *b) {
    struct scenario *s = b->out;
    struct distribution *more =
        realloc(s->distributions, (s->distribution_count + 1) * sizeof *more);
    if (more == NULL) {
        b->complaints->no_memory = true;
        return NULL;
    }
    s->distributions = more;
    more[s->distribution_count] = (struct distribution){.kind = SHAPE_EXPONENTIAL};
    return &more[s->distribution_count++];
}

static bool read_distribution(struct build *b, enum limit limit, const struct raw_text *text,
                              struct range *out) {
    char name[WORD_BYTES_MAX] = "";
    const char *at = text->text;
    size_t shape = 0;
    (void)next_word(&at, name);
    while (shape < COUNT_OF(shapes) && strcmp(shapes[shape].name, name) != 0) {
        shape++;
    }
    if (shape == COUNT_OF(shapes)) {
        return refuse(b, text, name);
    }
    struct distribution *d = add(b);
    if (d == NULL || !shapes[shape].read(b, limit, text, &at, d, out)) {
        return false;
    }
    if (*at != '\0') {
        build_complain(b, text, "what is '%s' in '%s' to mean; remove it", quote(at).text,
                       quote(text->text).text);
        return false;
    }
    out->shape = b->out->distribution_count;
    return true;
}

bool build_range(struct build *b, enum limit limit, const struct raw_texts *texts,
                 struct range *out) {
    CHECK(texts->count <= 2);
    struct amount ends[2] = {{.unit = 1}, {.unit = 1}};
    struct reason why;
    bool good = texts->count > 0;
    if (texts->count == 1 && is_distribution(texts->items[0]->text)) {
        good = read_distribution(b, limit, texts->items[0], out);
        *out = good ? *out : (struct range){.unit = 1};
        return good;
    }
    for (uint32_t i = 0; i < texts->count; i++) {
        const struct raw_text *text = texts->items[i];
        if (!amount_read(limit, text->text, &ends[i], &why)) {
            build_complain(b, text, "%s", why.text);
            good = false;
        }
    }
    if (texts->count == 1) {
        ends[1] = ends[0];
    }
    if (good && ends[0].value > ends[1].value) {
        build_complain(b, texts->items[0],
                       "the least, '%s', is more than the most, '%s'; exchange them",
                       quote(texts->items[0]->text).text, quote(texts->items[1]->text).text);
        good = false;
    }
    *out = good ? amount_range(limit, ends[0], ends[1]) : (struct range){.unit = 1};
    return good;
}
