#include "tui/panel/chart/chart_axis.h"

#include <inttypes.h>
#include <stdio.h>

#define MS (UINT64_C(1) * NS_PER_MS)
#define SECONDS (UINT64_C(1) * NS_PER_SECOND)
#define MINUTES (60 * SECONDS)
#define HOURS (60 * MINUTES)
#define DAYS (24 * HOURS)

/* Parts of a minute, an hour or a day, and some days, so that round times fall on cells. */
static const uint64_t cells_ns[] = {
    10 * MS,      20 * MS,      50 * MS,      100 * MS,     200 * MS,     500 * MS,
    1 * SECONDS,  2 * SECONDS,  3 * SECONDS,  4 * SECONDS,  5 * SECONDS,  6 * SECONDS,
    10 * SECONDS, 12 * SECONDS, 15 * SECONDS, 20 * SECONDS, 30 * SECONDS, 1 * MINUTES,
    2 * MINUTES,  3 * MINUTES,  4 * MINUTES,  5 * MINUTES,  6 * MINUTES,  10 * MINUTES,
    12 * MINUTES, 15 * MINUTES, 20 * MINUTES, 30 * MINUTES, 1 * HOURS,    2 * HOURS,
    3 * HOURS,    4 * HOURS,    6 * HOURS,    12 * HOURS,   1 * DAYS,     2 * DAYS,
    5 * DAYS,     10 * DAYS,    30 * DAYS,
};

static const uint64_t steps_ns[] = {
    50 * MS,     100 * MS,     200 * MS,     500 * MS,     1 * SECONDS,  2 * SECONDS,
    5 * SECONDS, 10 * SECONDS, 15 * SECONDS, 20 * SECONDS, 30 * SECONDS, 1 * MINUTES,
    2 * MINUTES, 5 * MINUTES,  10 * MINUTES, 15 * MINUTES, 20 * MINUTES, 30 * MINUTES,
    1 * HOURS,   2 * HOURS,    3 * HOURS,    6 * HOURS,    12 * HOURS,   1 * DAYS,
    2 * DAYS,    5 * DAYS,     10 * DAYS,    20 * DAYS,    50 * DAYS,    100 * DAYS,
};

uint64_t chart_cell_auto(double speed, int cells) {
    CHECK(cells > 0);
    enum { CELLS_A_SECOND = 10, SECONDS_LEAST = 5 }; /* of real time */
    double cell_ns = speed * (double)NS_PER_SECOND / CELLS_A_SECOND;
    double least_ns = speed * (double)NS_PER_SECOND * SECONDS_LEAST / cells;
    cell_ns = cell_ns < least_ns ? least_ns : cell_ns;
    cell_ns = cell_ns < 500.0 * NS_PER_MS ? 500.0 * NS_PER_MS : cell_ns;
    for (size_t i = 0; i < COUNT_OF(cells_ns); i++) {
        if ((double)cells_ns[i] >= cell_ns) {
            return cells_ns[i];
        }
    }
    return cells_ns[COUNT_OF(cells_ns) - 1];
}

uint64_t chart_cell_next(uint64_t cell_ns, int direction) {
    size_t count = COUNT_OF(cells_ns);
    if (direction > 0) {
        for (size_t i = 0; i < count; i++) {
            if (cells_ns[i] >= cell_ns / 10 * 19) {
                return cells_ns[i];
            }
        }
        return cells_ns[count - 1];
    }
    for (size_t i = count; i-- > 0;) {
        if (cells_ns[i] <= cell_ns / 19 * 10) {
            return cells_ns[i];
        }
    }
    return cells_ns[0];
}

static uint64_t jump_of(int cells) {
    return cells >= 8 ? (uint64_t)cells / 4 : 1;
}

uint64_t chart_follow_from(uint64_t cell_ns, int cells, uint64_t now_ns) {
    CHECK(cell_ns > 0 && cells > 0);
    uint64_t now_cell = now_ns / cell_ns;
    if (now_cell < (uint64_t)cells) {
        return 0;
    }
    return (round_up(now_cell + 1, jump_of(cells)) - (uint64_t)cells) * cell_ns;
}

uint64_t chart_from_with(uint64_t from_ns, uint64_t cell_ns, int cells, uint64_t at_ns) {
    CHECK(cell_ns > 0 && cells > 0);
    uint64_t from = from_ns / cell_ns;
    uint64_t at = at_ns / cell_ns;
    if (at < from) {
        from = at - at % jump_of(cells);
    } else if (at >= from + (uint64_t)cells) {
        from = round_up(at + 1, jump_of(cells)) - (uint64_t)cells;
    }
    return from * cell_ns;
}

uint64_t chart_time_end(const struct chart_time *time) {
    return time->from_ns + (uint64_t)time->cells * time->cell_ns;
}

int64_t chart_time_cell(const struct chart_time *time, uint64_t at_ns) {
    return (int64_t)(at_ns / time->cell_ns) - (int64_t)(time->from_ns / time->cell_ns);
}

uint64_t chart_time_last(const struct chart_time *time, int cell) {
    CHECK(cell >= 0);
    return time->from_ns + (uint64_t)(cell + 1) * time->cell_ns - 1;
}

uint64_t chart_time_step(uint64_t cell_ns, int cells_at_least) {
    CHECK(cell_ns > 0 && cells_at_least > 0);
    uint64_t least_ns = cell_ns * (uint64_t)cells_at_least;
    for (size_t i = 0; i < COUNT_OF(steps_ns); i++) {
        if (steps_ns[i] >= least_ns && steps_ns[i] % cell_ns == 0) {
            return steps_ns[i];
        }
    }
    return least_ns;
}

struct text chart_time_text(uint64_t at_ns, uint64_t step_ns) {
    uint64_t days = at_ns / DAYS;
    struct text text;
    if (step_ns % DAYS == 0 && days > 0) {
        snprintf(text.s, sizeof text.s, "%" PRIu64 "d", days);
    } else if (days > 0 && step_ns < MINUTES) {
        snprintf(text.s, sizeof text.s, "%" PRIu64 "d%02d:%02d:%02d", days,
                 (int)(at_ns / HOURS % 24), (int)(at_ns / MINUTES % 60),
                 (int)(at_ns / SECONDS % 60));
    } else if (days == 0 && step_ns < SECONDS) {
        bool tenths = step_ns % (100 * MS) == 0;
        snprintf(text.s, sizeof text.s, "%.20s.%0*d", format_axis_time(at_ns).s, tenths ? 1 : 2,
                 (int)(at_ns % SECONDS / (tenths ? 100 * MS : 10 * MS)));
    } else {
        text = format_axis_time(at_ns);
    }
    return text;
}

uint64_t chart_nice_step(uint64_t least) {
    static const uint64_t tenths[] = {10, 15, 20, 25, 30, 40, 50, 60, 80, 100};
    uint64_t unit = 10;
    while (unit <= UINT64_MAX / 1000 && unit * 10 < least) {
        unit *= 10;
    }
    for (size_t i = 0; i < COUNT_OF(tenths); i++) {
        if (unit / 10 * tenths[i] >= least) {
            return unit / 10 * tenths[i];
        }
    }
    return least;
}

/* The least and the most rows from tick to tick: few in a low plot, so that it has ticks. */
static void tick_rows_of(int rows, int *least, int *most) {
    enum { FEW = 6, MANY = 24 };
    *least = rows <= FEW ? 2 : rows <= MANY ? 3 : 5;
    *most = rows <= MANY ? 5 : 9;
    *most = *most > rows ? rows : *most;
    *most = *most < *least ? *least : *most;
}

struct chart_scale chart_scale_of(uint64_t most, int rows) {
    CHECK(rows > 0);
    most = most > 0 ? most : 1;
    struct chart_scale best = {.step = UINT64_MAX / 2, .tick_rows = 1, .rows = rows};
    uint64_t best_top = UINT64_MAX;
    int tick_rows, tick_rows_max;
    for (tick_rows_of(rows, &tick_rows, &tick_rows_max); tick_rows <= tick_rows_max; tick_rows++) {
        double per_tick = (double)most * tick_rows / (rows + 0.5);
        struct chart_scale scale = {chart_nice_step((uint64_t)per_tick + 1), tick_rows, rows};
        uint64_t top = chart_scale_top(&scale);
        if (top >= most && top < best_top) {
            best = scale;
            best_top = top;
        }
    }
    return best;
}

uint64_t chart_scale_top(const struct chart_scale *scale) {
    return (uint64_t)((double)scale->step * (scale->rows + 0.5) / scale->tick_rows);
}

int chart_scale_height(const struct chart_scale *scale, uint64_t value, int parts) {
    double rows = (double)value / (double)scale->step * scale->tick_rows - 0.5;
    double height = rows * parts + 0.5;
    int most = scale->rows * parts;
    return height < 0 ? 0 : height < most ? (int)height : most;
}
