#include "tui/suggest.h"

#include <stdint.h>
#include <string.h>

enum { LETTERS_MAX = 64 };

static size_t min(size_t a, size_t b) {
    return a < b ? a : b;
}

size_t suggest_distance(const char *a, const char *b) {
    /* rows[i % 3][j]: the distance of the first i letters of a to the first j of b */
    static const size_t swap_rows = 3;
    size_t rows[3][LETTERS_MAX + 1];
    size_t a_count = strlen(a), b_count = strlen(b);
    if (a_count > LETTERS_MAX || b_count > LETTERS_MAX) {
        return SIZE_MAX;
    }
    for (size_t j = 0; j <= b_count; j++) {
        rows[0][j] = j;
    }
    for (size_t i = 1; i <= a_count; i++) {
        size_t *row = rows[i % swap_rows];
        const size_t *above = rows[(i - 1) % swap_rows];
        const size_t *two_above = rows[(i + 1) % swap_rows];
        row[0] = i;
        for (size_t j = 1; j <= b_count; j++) {
            size_t changed = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = min(changed, min(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = min(row[j], two_above[j - 2] + 1);
            }
        }
    }
    return rows[a_count % swap_rows][b_count];
}

void suggest_consider(struct suggestion *suggestion, const char *candidate) {
    size_t distance = suggest_distance(suggestion->word, candidate);
    /* One mistake in a short word, one in three letters of a long one. */
    size_t letters = strlen(suggestion->word);
    size_t limit = letters < 4 ? 1 : letters / 3 + 1;
    if (distance <= limit && (suggestion->best == NULL || distance < suggestion->distance)) {
        suggestion->best = candidate;
        suggestion->distance = distance;
    }
}
