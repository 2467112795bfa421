#include "tui/bar.h"

/* Whether the bar shows the binding at all if it shows those up to `rank`. */
static bool is_shown(const struct binding *b, enum key_context context, int rank) {
    if (b->bar_rank == 0 || b->bar_rank > rank) {
        return false;
    }
    /* What the focused view does with a key hides what the key does elsewhere. */
    return b->context == context || (b->context == KEYS_MAIN && context < KEYS_STEP &&
                                     binding_find(context, b->first) == NULL);
}

/* Puts the items of one context behind each other from x on; returns where they end. */
static int line_up(enum key_context of, enum key_context context, int rank, int x, int *count,
                   struct bar_item items[BAR_ITEMS_MAX]) {
    for (size_t i = 0; i < binding_count && *count < BAR_ITEMS_MAX; i++) {
        const struct binding *b = &bindings[i];
        if (b->context == of && is_shown(b, context, rank)) {
            int cols = text_cols(b->bar_name) + 1 + text_cols(b->bar_label);
            items[(*count)++] = (struct bar_item){.binding = b, .x = x, .cols = cols};
            x += cols + 2;
        }
    }
    return x;
}

int bar_items(const struct ui *ui, int cols, struct bar_item items[BAR_ITEMS_MAX]) {
    enum { RANK_MAX = 20, BLANKS_BEHIND = 2 };
    enum key_context context = view_context(ui);
    for (int rank = RANK_MAX; rank > 0; rank--) {
        int count = 0;
        int x = 1;
        if (context != KEYS_MAIN) {
            x = line_up(context, context, rank, x, &count, items);
        }
        x = line_up(KEYS_MAIN, context, rank, x, &count, items);
        if (x - BLANKS_BEHIND <= cols) {
            return count;
        }
    }
    return 0;
}

int bar_key_at(const struct ui *ui, int cols, int x) {
    struct bar_item items[BAR_ITEMS_MAX];
    int count = bar_items(ui, cols, items);
    for (int i = 0; i < count; i++) {
        if (x >= items[i].x && x < items[i].x + items[i].cols) {
            const struct binding *b = items[i].binding;
            /* "<>" stands for two keys: each half presses its own. */
            bool pair = text_cols(b->bar_name) == 2 && b->bar_name[0] == b->first;
            return pair && x == items[i].x + 1 ? b->bar_name[1] : b->first;
        }
    }
    return 0;
}
