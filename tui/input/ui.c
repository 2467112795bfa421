#include "tui/input/ui.h"

#include <stdarg.h>
#include <stdio.h>

static const double speeds[] = {0.1, 0.2, 0.5,  1,    2,    5,     10,    20,    50,    100,
                                200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000};

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

void ui_set_cursor(struct ui *ui, uint64_t at_ns) {
    ui->cursor_on = true;
    ui->cursor_ns = at_ns;
}
