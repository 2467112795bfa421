#include "engine/loader/units.h"

#include "engine/loader/errors.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct unit {
    const char *name;
    uint64_t worth;
};

/* From large to small: a compound time goes down. No name is the beginning of a later one that
 * could follow it, but for "m" and "ms": the longest that fits is taken. */
static const struct unit times[] = {
    {.name = "h", .worth = 3600 * NS_PER_SECOND},
    {.name = "m", .worth = 60 * NS_PER_SECOND},
    {.name = "s", .worth = NS_PER_SECOND},
    {.name = "ms", .worth = NS_PER_MS},
    {.name = "us", .worth = 1000},
    {.name = "ns", .worth = 1},
};

static const struct unit sizes[] = {
    {.name = "GiB", .worth = UINT64_C(1) << 30},
    {.name = "GB", .worth = 1000000000},
    {.name = "MiB", .worth = UINT64_C(1) << 20},
    {.name = "MB", .worth = 1000000},
    {.name = "KiB", .worth = UINT64_C(1) << 10},
    {.name = "kB", .worth = 1000},
    {.name = "KB", .worth = 1000},
    {.name = "B", .worth = 1},
};

struct limits {
    const char *key;
    enum amount_kind kind;
    uint64_t low, high;
    const char *range;
};

static const struct limits limits[] = {
#define X(name, key, kind, low, high, range) {key, AMOUNT_##kind, low, high, range},
    LIMITS(X)
#undef X
};
_Static_assert(COUNT_OF(limits) == LIMIT_COUNT_OF, "a limit is missing");

/* What each kind is, and how to write it. */
static const struct {
    const char *what, *how;
} kinds[] = {
    [AMOUNT_NUMBER] = {"a whole number", "write digits only, such as 5"},
    [AMOUNT_SIZE] = {"a size", "write a number and B, kB, MB, GB, KiB, MiB or GiB, such as 5MB"},
    [AMOUNT_TIME] = {"a time", "write a number and ns, us, ms, s, m or h, such as 250ms or 1m30s"},
};

__attribute__((format(printf, 2, 3))) static bool refuse(struct reason *why, const char *format,
                                                         ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(why->text, sizeof why->text, format, arguments);
    va_end(arguments);
    return false;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static uint64_t add_saturated(uint64_t a, uint64_t b) {
    return a > UINT64_MAX - b ? UINT64_MAX : a + b;
}

static uint64_t multiply_saturated(uint64_t a, uint64_t b) {
    return b != 0 && a > UINT64_MAX / b ? UINT64_MAX : a * b;
}

/* Digits at `*at`, passed over; false if there are none. Too large: UINT64_MAX. */
static bool read_digits(const char **at, uint64_t *out) {
    const char *start = *at;
    uint64_t value = 0;
    while (is_digit(**at)) {
        value = add_saturated(multiply_saturated(value, 10), (uint64_t)(**at - '0'));
        (*at)++;
    }
    *out = value;
    return *at > start;
}

/* A whole number and nothing else; 007 is not one: some would take it for octal. */
static bool read_number(const char *text, uint64_t *out) {
    const char *at = text;
    return !(text[0] == '0' && is_digit(text[1])) && read_digits(&at, out) && *at == '\0';
}

/* `digits` decimals that stand for fraction / 10^digits. */
struct decimal {
    uint64_t whole, fraction;
    uint32_t digits;
};

static bool read_decimal(const char **at, struct decimal *out) {
    enum { DIGITS_MAX = 18 };
    *out = (struct decimal){0};
    if (!read_digits(at, &out->whole)) {
        return false;
    }
    if (**at != '.') {
        return true;
    }
    (*at)++;
    const char *start = *at;
    if (!read_digits(at, &out->fraction) || *at - start > DIGITS_MAX) {
        return false;
    }
    out->digits = (uint32_t)(*at - start);
    return true;
}

/* Divides one of the two by `prime`; false if neither can be. */
static bool cancel(uint64_t *a, uint64_t *b, uint64_t prime) {
    uint64_t *divisible = *a % prime == 0 ? a : b;
    if (*divisible % prime != 0) {
        return false;
    }
    *divisible /= prime;
    return true;
}

/* The decimal times `worth`; false if that is not whole. */
static bool scale(struct decimal decimal, uint64_t worth, uint64_t *out) {
    uint64_t fraction = decimal.fraction, share = worth;
    for (uint32_t i = 0; i < decimal.digits; i++) {
        if (!cancel(&fraction, &share, 2) || !cancel(&fraction, &share, 5)) {
            return false;
        }
    }
    *out = add_saturated(multiply_saturated(decimal.whole, worth),
                         multiply_saturated(fraction, share));
    return true;
}

/* The index of the longest unit at `*at`, passed over; `count` if there is none. */
static size_t read_unit(const char **at, const struct unit *units, size_t count) {
    size_t best = count, best_length = 0;
    for (size_t i = 0; i < count; i++) {
        const size_t length = strlen(units[i].name);
        if (length > best_length && strncmp(*at, units[i].name, length) == 0) {
            best = i;
            best_length = length;
        }
    }
    *at += best_length;
    return best;
}

static bool read_time(const char *text, struct amount *out) {
    if (strcmp(text, "0") == 0) { /* as Go's time.ParseDuration */
        *out = (struct amount){0, times[0].worth};
        return true;
    }
    struct amount sum = {0, 0};
    size_t next = 0;
    const char *at = text;
    do {
        struct decimal decimal;
        uint64_t part = 0;
        if (!read_decimal(&at, &decimal)) {
            return false;
        }
        const size_t unit = read_unit(&at, times, COUNT_OF(times));
        if (unit < next || unit == COUNT_OF(times) || !scale(decimal, times[unit].worth, &part)) {
            return false;
        }
        sum = (struct amount){add_saturated(sum.value, part), times[unit].worth};
        next = unit + 1;
    } while (*at != '\0');
    *out = sum;
    return true;
}

static bool read_size(const char *text, struct amount *out) {
    const char *at = text;
    struct decimal decimal;
    uint64_t bytes = 0;
    if (!read_decimal(&at, &decimal)) {
        return false;
    }
    if (*at == '\0' && decimal.digits == 0) {
        *out = (struct amount){decimal.whole, 1};
        return read_number(text, &bytes);
    }
    const size_t unit = read_unit(&at, sizes, COUNT_OF(sizes));
    if (unit == COUNT_OF(sizes) || *at != '\0' || !scale(decimal, sizes[unit].worth, &bytes)) {
        return false;
    }
    *out = (struct amount){bytes, 1};
    return true;
}

static bool read_kind(enum amount_kind kind, const char *text, struct amount *out) {
    switch (kind) {
    case AMOUNT_NUMBER:
        out->unit = 1;
        return read_number(text, &out->value);
    case AMOUNT_SIZE:
        return read_size(text, out);
    case AMOUNT_TIME:
        return read_time(text, out);
    }
    CHECK(false);
    return false;
}

/* A number as people write it elsewhere, written plainly: without _, blanks between number and
 * unit, a plus or zeros in front. */
struct plain {
    char text[32];
};

static struct plain plain_of(const char *text) {
    struct plain plain = {""};
    size_t count = 0;
    text += text[0] == '+' ? 1 : 0;
    while (text[0] == '0' && (is_digit(text[1]) || text[1] == '_')) {
        text++;
    }
    for (; *text != '\0' && count + 1 < sizeof plain.text; text++) {
        if (*text != '_' && *text != ' ') {
            plain.text[count++] = *text;
        }
    }
    return *text == '\0' ? plain : (struct plain){""};
}

static bool refuse_amount(enum limit limit, const char *text, struct reason *why) {
    const struct limits *l = &limits[limit];
    const struct plain plain = plain_of(text);
    struct amount amount;
    if (read_kind(l->kind, plain.text, &amount)) {
        return refuse(why, "'%s' must be %s, not '%s'; write %s", l->key, kinds[l->kind].what,
                      quote(text).text, plain.text);
    }
    return refuse(why, "'%s' must be %s, not '%s'; %s", l->key, kinds[l->kind].what,
                  quote(text).text, kinds[l->kind].how);
}

uint64_t limit_most(enum limit limit) {
    CHECK((size_t)limit < COUNT_OF(limits));
    return limits[limit].high;
}

bool amount_read(enum limit limit, const char *text, struct amount *out, struct reason *why) {
    CHECK((size_t)limit < COUNT_OF(limits));
    CHECK(text != NULL);
    const struct limits *l = &limits[limit];
    struct amount amount;
    if (!read_kind(l->kind, text, &amount)) {
        return refuse_amount(limit, text, why);
    }
    if (amount.value < l->low || amount.value > l->high) {
        return refuse(why, "'%s' cannot be '%s'; write something from %s", l->key, quote(text).text,
                      l->range);
    }
    *out = amount;
    return true;
}

bool gogc_read(const char *text, int32_t *percent, struct reason *why) {
    uint64_t value = 0;
    if (strcmp(text, "off") == 0) {
        *percent = SCENARIO_GOGC_OFF;
        return true;
    }
    if (!read_number(text, &value) || value > GOGC_MAX) {
        return refuse(why, "'gogc' cannot be '%s'; write a percentage from 0 to %d, or off",
                      quote(text).text, GOGC_MAX);
    }
    *percent = (int32_t)value;
    return true;
}

bool seed_read(const char *key, const char *text, int64_t *seed, struct reason *why) {
    const bool negative = text[0] == '-';
    const uint64_t most = (uint64_t)INT64_MAX + (negative ? 1 : 0);
    uint64_t value = 0;
    if (!read_number(text + (negative ? 1 : 0), &value) || value > most) {
        return refuse(why, "'%s' cannot be '%s'; write a whole number of 64 bits, such as 1", key,
                      quote(text).text);
    }
    *seed = negative ? -(int64_t)(value - (value > 0)) - (value > 0) : (int64_t)value;
    return true;
}

static uint64_t greatest_divisor(uint64_t a, uint64_t b) {
    while (b != 0) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

bool chance_read(const char *text, uint32_t *low, uint32_t *of, struct reason *why) {
    const char *at = text;
    uint64_t part = 0, whole = 100;
    bool good = read_digits(&at, &part);
    if (good && *at == '/') {
        at++;
        good = read_digits(&at, &whole) && *at == '\0';
    } else {
        good = good && strcmp(at, "%") == 0;
    }
    if (!good || part == 0 || part >= whole || whole > CHANCE_OF_MAX) {
        return refuse(why,
                      "'chance' cannot be '%s'; write 1%% to 99%%, or a fraction such as 1/3 "
                      "(up to 1/%d)",
                      quote(text).text, CHANCE_OF_MAX);
    }
    const uint64_t divisor = greatest_divisor(part, whole);
    CHECK(divisor > 0);
    *low = (uint32_t)(part / divisor);
    *of = (uint32_t)(whole / divisor);
    return true;
}

struct range amount_range(enum limit limit, struct amount low, struct amount high) {
    CHECK((size_t)limit < COUNT_OF(limits));
    CHECK(low.value <= high.value);
    if (limits[limit].kind != AMOUNT_TIME) {
        return (struct range){.low = low.value, .high = high.value, .unit = 1};
    }
    const uint64_t finer = low.unit < high.unit ? low.unit : high.unit;
    for (size_t i = 0; i < COUNT_OF(times); i++) {
        const uint64_t unit = times[i].worth;
        if (unit <= finer && low.value % unit == 0 && high.value % unit == 0) {
            return (struct range){.low = low.value / unit, .high = high.value / unit, .unit = unit};
        }
    }
    return (struct range){.low = low.value, .high = high.value, .unit = 1};
}

void range_verify(const struct range *range, enum limit limit) {
    CHECK(range->unit > 0);
    CHECK(range->low <= range->high);
    CHECK(range->high <= limit_most(limit) / range->unit);
    CHECK(range->shape == 0 || range->low < range->high);
}

bool scenario_parse_duration(const char *text, uint64_t *ns) {
    struct amount amount;
    if (!read_time(text, &amount) || amount.value == UINT64_MAX) {
        return false;
    }
    *ns = amount.value;
    return true;
}

bool scenario_parse_size(const char *text, uint64_t *bytes) {
    struct amount amount;
    if (!read_size(text, &amount) || amount.value == UINT64_MAX) {
        return false;
    }
    *bytes = amount.value;
    return true;
}
