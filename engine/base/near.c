#include "engine/base/near.h"

#include <string.h>

enum { ROWS = 3 };

static uint32_t min(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* distances[i % ROWS][j]: of the first i letters of a from the first j letters of b. Only cells
 * that are `limit` off the diagonal at most can lead to the answer; those beside them count as FAR.
 */
static uint32_t distance_within(const char *a, const char *b, uint32_t limit) {
    enum { FAR = 2 * NEAR_LETTERS_MAX };
    uint32_t distances[ROWS][NEAR_LETTERS_MAX + 2] = {{0}};
    const uint32_t a_count = (uint32_t)strnlen(a, NEAR_LETTERS_MAX + 1);
    const uint32_t b_count = (uint32_t)strnlen(b, NEAR_LETTERS_MAX + 1);
    if (a_count > NEAR_LETTERS_MAX || b_count > NEAR_LETTERS_MAX || a_count > b_count + limit ||
        b_count > a_count + limit) {
        return UINT32_MAX;
    }
    for (uint32_t j = 0; j <= b_count; j++) {
        distances[0][j] = j;
    }
    uint32_t least_above = 0;
    for (uint32_t i = 1; i <= a_count; i++) {
        uint32_t *row = distances[i % ROWS];
        const uint32_t *above = distances[(i - 1) % ROWS];
        const uint32_t first = i > limit ? i - limit : 1, last = min(b_count, i + limit);
        row[first - 1] = first == 1 ? i : FAR;
        uint32_t least = row[first - 1];
        for (uint32_t j = first; j <= last; j++) {
            row[j] = min(min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = min(row[j], distances[(i - 2) % ROWS][j - 2] + 1);
            }
            least = min(least, row[j]);
        }
        row[last + 1] = FAR;
        if (least > limit && least_above > limit) {
            return UINT32_MAX; /* a swap goes back two rows, and no further */
        }
        least_above = least;
    }
    const uint32_t distance = distances[a_count % ROWS][b_count];
    return distance <= limit ? distance : UINT32_MAX;
}

uint32_t near_distance(const char *a, const char *b) {
    return distance_within(a, b, NEAR_LETTERS_MAX);
}

void near_consider(struct near *near, const char *candidate) {
    CHECK(near->word != NULL);
    /* One mistake in a short word, two in a middling one, three in a long one; and something of
     * the candidate has to be left. */
    const size_t letters = strlen(near->word);
    const uint32_t allowed = letters < 4 ? 1 : letters < 8 ? 2 : 3;
    const bool first = near->best[0] == '\0';
    if (!first && near->distance == 0) {
        return;
    }
    const uint32_t limit = first ? allowed : min(allowed, near->distance - 1);
    const uint32_t distance = distance_within(near->word, candidate, limit);
    if (distance <= limit && distance < strlen(candidate)) {
        memcpy(near->best, candidate, strlen(candidate) + 1);
        near->distance = distance;
    }
}
