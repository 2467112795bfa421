#include "tests/support/desk.h"

struct desk desk_new(void) {
    struct desk desk = {.record = record_fixture_new()};
    app_init(&desk.ui, GLYPHS_BRAILLE, 80, 24);
    app_new_run(&desk.ui, 0, desk.record);
    return desk;
}

struct request press(struct desk *desk, int key) {
    return app_key(&desk->ui, ALONE(desk->record), key);
}

void type(struct desk *desk, const char *text) {
    while (*text != '\0') {
        press(desk, *text++);
    }
}
