#include "tui/panel/list.h"

bool list_move(enum action action, uint32_t count, int page, uint32_t *at) {
    uint32_t last = count > 0 ? count - 1 : 0;
    uint32_t step = page > 1 ? (uint32_t)page - 1 : 1;
    uint32_t to = *at;
    switch ((int)action) {
    case ACTION_UP:
        to = to > 0 ? to - 1 : 0;
        break;
    case ACTION_DOWN:
        to++;
        break;
    case ACTION_PAGE_UP:
        to = to > step ? to - step : 0;
        break;
    case ACTION_PAGE_DOWN:
        to += step;
        break;
    case ACTION_FIRST:
        to = 0;
        break;
    case ACTION_LAST:
        to = last;
        break;
    default:
        return false;
    }
    *at = to > last ? last : to;
    return true;
}

uint32_t list_top(uint32_t at, uint32_t count, int rows) {
    uint32_t seen = rows > 0 ? (uint32_t)rows : 0;
    if (count <= seen) {
        return 0;
    }
    uint32_t top = at > seen / 2 ? at - seen / 2 : 0;
    return top > count - seen ? count - seen : top;
}
