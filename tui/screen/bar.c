#include "tui/screen/bar.h"

enum { RANK_MAX = 20, BINDINGS_MAX = 512, BLANKS = 2 };

/* The rank of a key: the lower, the longer it stays when the bar gets narrow. 0: it is not
 * shown. */
static int rank_of(const struct binding *b, enum key_context context) {
    if (b->bar_rank == 0) {
        return 0;
    }
    if (b->context == context && context != KEYS_MAIN) {
        return b->bar_rank / 2 + 2; /* the context's keys stay longer than most main keys */
    }
    /* A key of the focused view hides the main key. An overlay hides all main keys. */
    bool hidden = context >= KEYS_STEP || (context != KEYS_MAIN && binding_find(context, b->first));
    return b->context == KEYS_MAIN && !hidden ? b->bar_rank : 0;
}

static int item_cols(const struct binding *b) {
    return text_cols(b->bar_name) + 1 + text_cols(b->bar_label);
}

/* Takes the lowest ranks first, and later ones that still fit. */
static void choose(enum key_context context, int cols, bool shown[BINDINGS_MAX]) {
    CHECK(binding_count <= BINDINGS_MAX);
    int ranks[BINDINGS_MAX];
    for (size_t i = 0; i < binding_count; i++) {
        ranks[i] = rank_of(&bindings[i], context);
    }
    int used = 1 - BLANKS;
    for (int rank = 1; rank <= RANK_MAX; rank++) {
        for (size_t i = 0; i < binding_count; i++) {
            int needed = BLANKS + (ranks[i] == rank ? item_cols(&bindings[i]) : cols);
            if (used + needed <= cols) {
                shown[i] = true;
                used += needed;
            }
        }
    }
}

int bar_items(const struct ui *ui, int cols, struct bar_item items[BAR_ITEMS_MAX]) {
    enum key_context context = panes_context(ui);
    bool shown[BINDINGS_MAX] = {false};
    choose(context, cols, shown);
    int count = 0;
    int x = 1;
    for (int own = 1; own >= 0; own--) { /* the focused view's first, then the main ones */
        for (size_t i = 0; i < binding_count; i++) {
            bool now = shown[i] && (bindings[i].context == context) == (own == 1);
            if (now && count < BAR_ITEMS_MAX) {
                int wide = item_cols(&bindings[i]);
                items[count++] = (struct bar_item){&bindings[i], x, wide};
                x += wide + BLANKS;
            }
        }
    }
    return count;
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
