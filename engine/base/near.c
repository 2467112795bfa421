#include "engine/base/near.h"

#include <string.h>

enum { ROWS = 3 };

static uint32_t min(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* distances[i % ROWS][j]: of the first i letters of a from the first j letters of b. */
uint32_t near_distance(const char *a, const char *b) {
    uint32_t distances[ROWS][NEAR_LETTERS_MAX + 1];
    const size_t a_count = strlen(a), b_count = strlen(b);
    if (a_count > NEAR_LETTERS_MAX || b_count > NEAR_LETTERS_MAX) {
        return UINT32_MAX;
    }
    for (uint32_t j = 0; j <= b_count; j++) {
        distances[0][j] = j;
    }
    for (uint32_t i = 1; i <= a_count; i++) {
        uint32_t *row = distances[i % ROWS];
        const uint32_t *above = distances[(i - 1) % ROWS];
        row[0] = i;
        for (uint32_t j = 1; j <= b_count; j++) {
            row[j] = min(min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = min(row[j], distances[(i - 2) % ROWS][j - 2] + 1);
            }
        }
    }
    return distances[a_count % ROWS][b_count];
}

void near_consider(struct near *near, const char *candidate) {
    CHECK(near->word != NULL);
    /* One mistake in a short word, two in a middling one, three in a long one; and something of
     * the candidate has to be left. */
    const size_t letters = strlen(near->word);
    const uint32_t limit = letters < 4 ? 1 : letters < 8 ? 2 : 3;
    const uint32_t distance = near_distance(near->word, candidate);
    const bool nearer = near->best[0] == '\0' || distance < near->distance;
    if (nearer && distance <= limit && distance < strlen(candidate)) {
        memcpy(near->best, candidate, strlen(candidate) + 1);
        near->distance = distance;
    }
}
