#include "tui/ui.h"

#include <stdarg.h>
#include <stdio.h>

static const double speeds[] = {0.1, 0.2, 0.5,  1,    2,    5,     10,    20,    50,    100,
                                200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000};

/* Seconds. Each is made of whole eighths of a second and of nice ticks. */
static const uint64_t spans_seconds[] = {
    10,    20,    30,    60,     120,    300,     600,     900,     1800,     3600,     7200,
    21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 15552000, 31536000,
};

void ui_say(struct ui *ui, const char *format, ...) {
    va_list list;
    va_start(list, format);
    vsnprintf(ui->status, sizeof ui->status, format, list);
    va_end(list);
}

double ui_speed_next(double speed, int direction) {
    size_t count = COUNT_OF(speeds);
    if (direction > 0) {
        for (size_t i = 0; i < count; i++) {
            if (speeds[i] > speed * 1.001) {
                return speeds[i];
            }
        }
        return speeds[count - 1];
    }
    for (size_t i = count; i-- > 0;) {
        if (speeds[i] < speed * 0.999) {
            return speeds[i];
        }
    }
    return speeds[0];
}

static uint64_t span_at_least(uint64_t ns) {
    for (size_t i = 0; i < COUNT_OF(spans_seconds); i++) {
        if (spans_seconds[i] * NS_PER_SECOND >= ns) {
            return spans_seconds[i] * NS_PER_SECOND;
        }
    }
    return spans_seconds[COUNT_OF(spans_seconds) - 1] * NS_PER_SECOND;
}

uint64_t ui_chart_span(const struct ui *ui, uint64_t now_ns, uint64_t duration_ns) {
    enum { SECONDS_SHOWN = 20, SECONDS_AT_FIRST = 30 }; /* of real time */
    if (ui->chart.span_ns != 0) {
        return ui->chart.span_ns;
    }
    double real_ns = ui->speed * SECONDS_SHOWN * (double)NS_PER_SECOND;
    uint64_t most = span_at_least(real_ns > (double)duration_ns ? (uint64_t)real_ns : duration_ns);
    uint64_t first = SECONDS_AT_FIRST * NS_PER_SECOND;
    uint64_t all = span_at_least(now_ns > first ? now_ns : first);
    return all < most ? all : most;
}

uint64_t ui_chart_from(uint64_t span_ns, uint64_t now_ns) {
    CHECK(span_ns > 0);
    if (now_ns <= span_ns) {
        return 0;
    }
    /* The window moves in eighths: between two moves the picture stands still. */
    uint64_t end = round_up(now_ns, span_ns / 8);
    return end - span_ns;
}

uint64_t ui_span_next(uint64_t span_ns, int direction) {
    if (direction > 0) {
        return span_at_least(span_ns + 1);
    }
    uint64_t shorter = spans_seconds[0] * NS_PER_SECOND;
    for (size_t i = 0; i < COUNT_OF(spans_seconds); i++) {
        uint64_t candidate = spans_seconds[i] * NS_PER_SECOND;
        if (candidate < span_ns) {
            shorter = candidate;
        }
    }
    return shorter;
}
