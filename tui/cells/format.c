#include "tui/cells/format.h"

#include "engine/base/number.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const uint64_t ns_per_minute = 60 * NS_PER_SECOND;
static const uint64_t ns_per_hour = 3600 * NS_PER_SECOND;
static const uint64_t ns_per_day = 86400 * NS_PER_SECOND;

static const struct {
    uint64_t bytes;
    const char *name, *letter;
    int digits; /* behind the point */
} units[] = {
    {.bytes = UINT64_C(1000000000000), .name = "TB", .letter = "T", .digits = 2},
    {.bytes = UINT64_C(1000000000), .name = "GB", .letter = "G", .digits = 2},
    {.bytes = UINT64_C(1000000), .name = "MB", .letter = "M", .digits = 1},
    {.bytes = UINT64_C(1000), .name = "KB", .letter = "K", .digits = 1},
};

struct text format_bytes(uint64_t bytes) {
    struct text t;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (bytes >= units[i].bytes) {
            double value = (double)bytes / (double)units[i].bytes;
            snprintf(t.s, sizeof t.s, "%.*f %s", units[i].digits, value, units[i].name);
            return t;
        }
    }
    snprintf(t.s, sizeof t.s, "%" PRIu64 " B", bytes);
    return t;
}

struct text format_bytes_short(uint64_t bytes) {
    struct text t;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (bytes >= units[i].bytes) {
            double value = (double)bytes / (double)units[i].bytes;
            int digits = value < 10 ? 2 : value < 1000 ? 1 : 0;
            snprintf(t.s, sizeof t.s, "%.*f%s", digits, value, units[i].letter);
            return t;
        }
    }
    snprintf(t.s, sizeof t.s, "%" PRIu64, bytes);
    return t;
}

struct text format_bytes_axis(uint64_t bytes) {
    struct text t;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (bytes >= units[i].bytes) {
            double value = (double)bytes / (double)units[i].bytes;
            snprintf(t.s, sizeof t.s, "%.4g %s", value, units[i].name);
            return t;
        }
    }
    snprintf(t.s, sizeof t.s, bytes == 0 ? "0" : "%" PRIu64 " B", bytes);
    return t;
}

struct text format_binary(uint64_t bytes) {
    static const char *const names[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    struct text t;
    size_t unit = 0;
    double value = (double)bytes;
    while (value >= 1024 && unit + 1 < COUNT_OF(names)) {
        value /= 1024;
        unit++;
    }
    snprintf(t.s, sizeof t.s, "%.4g %s", value, names[unit]);
    return t;
}

struct text format_count(uint64_t count) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, count);
    struct text t;
    size_t out = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) {
            t.s[out++] = ',';
        }
        t.s[out++] = digits[i];
    }
    t.s[out] = '\0';
    return t;
}

struct text format_count_short(uint64_t count) {
    static const struct {
        double unit;
        const char *letter;
    } steps[] = {{1e12, "T"}, {1e9, "G"}, {1e6, "M"}, {1e3, "k"}};
    struct text t;
    for (size_t i = 0; i < COUNT_OF(steps); i++) {
        double value = (double)count / steps[i].unit;
        if (value >= 10 || (value >= 1 && i < 3)) {
            snprintf(t.s, sizeof t.s, value < 100 ? "%.1f%s" : "%.0f%s", value, steps[i].letter);
            return t;
        }
    }
    return format_count(count);
}

struct text format_duration(uint64_t ns) {
    struct text t;
    double value = (double)ns;
    if (ns < 1000) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 " ns", ns);
    } else if (ns < 100000) {
        snprintf(t.s, sizeof t.s, "%.1f us", value / 1e3);
    } else if (ns < NS_PER_SECOND) {
        snprintf(t.s, sizeof t.s, ns < 10 * NS_PER_MS ? "%.2f ms" : "%.1f ms", value / 1e6);
    } else if (ns < ns_per_minute) {
        snprintf(t.s, sizeof t.s, ns < 10 * NS_PER_SECOND ? "%.2f s" : "%.1f s", value / 1e9);
    } else if (ns < ns_per_hour) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 "m%02" PRIu64 "s", ns / ns_per_minute,
                 ns % ns_per_minute / NS_PER_SECOND);
    } else {
        snprintf(t.s, sizeof t.s, "%" PRIu64 "h%02" PRIu64 "m", ns / ns_per_hour,
                 ns % ns_per_hour / ns_per_minute);
    }
    return t;
}

struct text format_span(uint64_t ns) {
    struct text t;
    if (ns < NS_PER_SECOND) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 " ms", ns / NS_PER_MS);
    } else if (ns < ns_per_minute) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 " s", ns / NS_PER_SECOND);
    } else if (ns < ns_per_hour) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 " min", ns / ns_per_minute);
    } else if (ns < ns_per_day) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 " h", ns / ns_per_hour);
    } else {
        snprintf(t.s, sizeof t.s, "%" PRIu64 " d", ns / ns_per_day);
    }
    return t;
}

struct text format_clock(uint64_t ns) {
    struct text t;
    uint64_t hours = ns / ns_per_hour;
    uint64_t minutes = ns % ns_per_hour / ns_per_minute;
    uint64_t seconds = ns % ns_per_minute / NS_PER_SECOND;
    uint64_t tenths = ns % NS_PER_SECOND / (NS_PER_SECOND / 10);
    if (hours == 0) {
        snprintf(t.s, sizeof t.s, "%02" PRIu64 ":%02" PRIu64 ".%" PRIu64, minutes, seconds, tenths);
    } else if (ns < ns_per_day) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64 ".%" PRIu64, hours,
                 minutes, seconds, tenths);
    } else {
        snprintf(t.s, sizeof t.s, "%" PRIu64 "d %02" PRIu64 ":%02" PRIu64 ":%02" PRIu64,
                 ns / ns_per_day, hours % 24, minutes, seconds);
    }
    return t;
}

struct text format_axis_time(uint64_t ns) {
    struct text t;
    uint64_t hours = ns / ns_per_hour;
    uint64_t minutes = ns % ns_per_hour / ns_per_minute;
    uint64_t seconds = ns % ns_per_minute / NS_PER_SECOND;
    if (ns >= ns_per_day) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 "d%02" PRIu64 ":%02" PRIu64, ns / ns_per_day,
                 hours % 24, minutes);
    } else if (hours > 0) {
        snprintf(t.s, sizeof t.s, "%" PRIu64 ":%02" PRIu64 ":%02" PRIu64, hours, minutes, seconds);
    } else {
        snprintf(t.s, sizeof t.s, "%" PRIu64 ":%02" PRIu64, minutes, seconds);
    }
    return t;
}

struct text format_speed(double speed) {
    struct text t;
    if (speed >= 10000) {
        snprintf(t.s, sizeof t.s, "x%.4gk", speed / 1000);
    } else if (speed >= 100) {
        snprintf(t.s, sizeof t.s, "x%.0f", speed);
    } else {
        snprintf(t.s, sizeof t.s, "x%.2g", speed);
    }
    return t;
}

struct text format_gogc(int32_t gogc) {
    struct text t;
    if (gogc < 0) {
        snprintf(t.s, sizeof t.s, "off");
    } else {
        snprintf(t.s, sizeof t.s, "%" PRId32, gogc);
    }
    return t;
}

bool format_parse_gogc(const char *text, int64_t *gogc) {
    enum { GOGC_MAX = 1000000 };
    if (strcmp(text, "off") == 0) {
        *gogc = -1;
        return true;
    }
    return number_read_whole(text, 0, GOGC_MAX, gogc);
}

bool format_parse_speed(const char *text, double *speed) {
    return number_read_decimal(text[0] == 'x' ? text + 1 : text, 0.1, 100000, speed);
}
