#include "tui/record/ability.h"

#include "engine/base.h"

#include <stdio.h>

static const char *const texts[] = {
#define X(name, text) [ABILITY_BIT_##name] = text,
    ABILITIES(X)
#undef X
};

bool ability_explain(unsigned needed, unsigned abilities, const char *origin, char *out,
                     size_t bytes) {
    CHECK(bytes > 0);
    out[0] = '\0';
    unsigned missing = needed & ~abilities;
    for (unsigned bit = 0; bit < ABILITY_COUNT; bit++) {
        if ((missing & 1u << bit) != 0) {
            snprintf(out, bytes, "%s %s", texts[bit], origin);
            return true;
        }
    }
    CHECK(missing == 0);
    return false;
}
