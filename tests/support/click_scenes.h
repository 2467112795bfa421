/*
 * click_scenes.h: the views, in states and at sizes, in which test_clicks.c clicks.
 */
#ifndef TESTS_SUPPORT_CLICK_SCENES_H
#define TESTS_SUPPORT_CLICK_SCENES_H

#include "engine/engine.h"
#include "tui/panel/view.h"

enum { KEYS_MAX = 8 };

enum kind { KIND_ROWS, KIND_CHART, KIND_MAP, KIND_PICTURE };

/* A view of a run, in some state. */
struct scene {
    enum view_id view;
    enum kind kind;
    const char *scenario;
    const char *settings[2]; /* as of --set; NULL: none */
    enum memory_mode memory;
    int seconds;
    int keys[KEYS_MAX]; /* typed first */
    int cursor_s;       /* the time cursor; 0: off */
    int first, next;    /* keys that go to the first row and to the next; 0: Home, Down */
    int skip;           /* columns of a row that change when it is chosen */
    bool boxed;         /* the rows are in a box, beside which a click closes it */
    bool whole;         /* a row may be clicked where it is not marked, too */
    bool runs_on;       /* rows below one may be a part of it */
    bool collects;      /* the record must be asked again after a click */
    const char *object; /* the type of the object that is shown */
};

extern const struct scene scenes[];
extern const size_t scene_count;

#endif
