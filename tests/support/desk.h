/*
 * desk.h: a dashboard without a screen, for tests that press keys.
 */
#ifndef TESTS_SUPPORT_DESK_H
#define TESTS_SUPPORT_DESK_H

#include "tests/support/record_fixture.h"
#include "tui/screen/app.h"

struct desk {
    struct record *record; /* to be freed with record_fixture_free() */
    struct ui ui;
};

/* 80x24, the record of the fixture. */
struct desk desk_new(void);

struct request press(struct desk *desk, int key);
void type(struct desk *desk, const char *text);

#endif
