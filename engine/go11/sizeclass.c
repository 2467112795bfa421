#include "engine/go11/sizeclass.h"

enum { CLASS_COUNT = 61, SMALL_STEP = 8, SMALL_MAX = 1016, LARGE_STEP = 128, LARGE_BASE = 1024 };

/* clang-format off */
static const struct sizeclass classes[CLASS_COUNT] = {
    [1] = {8, 1, 512, 32},
    [2] = {16, 1, 256, 32},
    [3] = {32, 1, 128, 32},
    [4] = {48, 1, 85, 32},
    [5] = {64, 1, 64, 32},
    [6] = {80, 1, 51, 32},
    [7] = {96, 1, 42, 32},
    [8] = {112, 1, 36, 32},
    [9] = {128, 1, 32, 32},
    [10] = {144, 1, 28, 32},
    [11] = {160, 1, 25, 32},
    [12] = {176, 1, 23, 32},
    [13] = {192, 1, 21, 32},
    [14] = {208, 1, 19, 32},
    [15] = {224, 1, 18, 32},
    [16] = {240, 1, 17, 32},
    [17] = {256, 1, 16, 32},
    [18] = {288, 1, 14, 32},
    [19] = {320, 1, 12, 32},
    [20] = {352, 1, 11, 32},
    [21] = {384, 1, 10, 32},
    [22] = {448, 1, 9, 32},
    [23] = {512, 1, 8, 32},
    [24] = {576, 1, 7, 32},
    [25] = {640, 1, 6, 32},
    [26] = {704, 2, 11, 32},
    [27] = {768, 1, 5, 32},
    [28] = {832, 2, 9, 32},
    [29] = {1024, 1, 4, 32},
    [30] = {1152, 2, 7, 32},
    [31] = {1280, 1, 3, 32},
    [32] = {1408, 3, 8, 32},
    [33] = {1536, 2, 5, 32},
    [34] = {1664, 3, 7, 32},
    [35] = {2048, 1, 2, 32},
    [36] = {2304, 3, 5, 28},
    [37] = {2560, 2, 3, 25},
    [38] = {3072, 3, 4, 21},
    [39] = {3328, 5, 6, 19},
    [40] = {4096, 1, 1, 16},
    [41] = {4352, 6, 5, 15},
    [42] = {4608, 5, 4, 14},
    [43] = {5120, 4, 3, 12},
    [44] = {6144, 3, 2, 10},
    [45] = {6656, 5, 3, 9},
    [46] = {6912, 7, 4, 9},
    [47] = {8192, 2, 1, 8},
    [48] = {8704, 7, 3, 7},
    [49] = {10240, 5, 2, 6},
    [50] = {10496, 8, 3, 6},
    [51] = {12288, 3, 1, 5},
    [52] = {14080, 7, 2, 4},
    [53] = {16384, 4, 1, 4},
    [54] = {17664, 9, 2, 3},
    [55] = {20480, 5, 1, 3},
    [56] = {21248, 11, 2, 3},
    [57] = {24576, 6, 1, 2},
    [58] = {24832, 13, 2, 2},
    [59] = {28672, 7, 1, 2},
    [60] = {32768, 8, 1, 2},
};

/* Index (n + 7) / 8 for n <= 1016. */
static const uint8_t class_by_8[] = {
    1, 1, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13,
    13, 14, 14, 15, 15, 16, 16, 17, 17, 18, 18, 18, 18, 19, 19, 19, 19, 20, 20, 20, 20, 21, 21, 21,
    21, 22, 22, 22, 22, 22, 22, 22, 22, 23, 23, 23, 23, 23, 23, 23, 23, 24, 24, 24, 24, 24, 24, 24,
    24, 25, 25, 25, 25, 25, 25, 25, 25, 26, 26, 26, 26, 26, 26, 26, 26, 27, 27, 27, 27, 27, 27, 27,
    27, 28, 28, 28, 28, 28, 28, 28, 28, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29, 29,
    29, 29, 29, 29, 29, 29, 29, 29,
};

/* Index (n - 1024 + 127) / 128 for n > 1016. */
static const uint8_t class_by_128[] = {
    29, 30, 31, 32, 33, 34, 35, 35, 35, 36, 36, 37, 37, 38, 38, 38, 38, 39, 39, 40, 40, 40, 40, 40,
    40, 41, 41, 42, 42, 43, 43, 43, 43, 44, 44, 44, 44, 44, 44, 44, 44, 45, 45, 45, 45, 46, 46, 47,
    47, 47, 47, 47, 47, 47, 47, 47, 47, 48, 48, 48, 48, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49, 49,
    49, 50, 50, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 51, 52, 52, 52, 52, 52, 52, 52,
    52, 52, 52, 52, 52, 52, 52, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53, 53,
    53, 54, 54, 54, 54, 54, 54, 54, 54, 54, 54, 55, 55, 55, 55, 55, 55, 55, 55, 55, 55, 55, 55, 55,
    55, 55, 55, 55, 55, 55, 55, 55, 55, 56, 56, 56, 56, 56, 56, 57, 57, 57, 57, 57, 57, 57, 57, 57,
    57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 58, 58, 59, 59, 59, 59, 59,
    59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59, 59,
    59, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60,
    60, 60, 60, 60, 60, 60, 60, 60, 60,
};
/* clang-format on */

_Static_assert(COUNT_OF(class_by_8) == SMALL_MAX / SMALL_STEP + 1, "one entry for each 8 bytes");
_Static_assert(COUNT_OF(class_by_128) == (32768 - LARGE_BASE) / LARGE_STEP + 1,
               "one entry for each 128 bytes");

const struct sizeclass *sizeclass_get(uint32_t class) {
    CHECK(class > 0);
    CHECK(class < CLASS_COUNT);
    return &classes[class];
}

uint32_t sizeclass_of(uint64_t bytes) {
    CHECK(bytes > 0);
    CHECK(bytes <= 32768);
    if (bytes <= SMALL_MAX) {
        return class_by_8[(bytes + SMALL_STEP - 1) / SMALL_STEP];
    }
    return class_by_128[(bytes + LARGE_STEP - 1 - LARGE_BASE) / LARGE_STEP];
}

/* How far apart candidates are from `bytes` on. */
static uint32_t candidate_step(uint32_t bytes, uint32_t step) {
    const bool power_of_two = (bytes & (bytes - 1)) == 0;
    if (!power_of_two) {
        return step;
    }
    if (bytes >= 2048) {
        return 256;
    }
    if (bytes >= 128) {
        return bytes / 8;
    }
    return bytes >= 16 ? 16 : step;
}

/* Smallest span that wastes at most an eighth at its end. */
static uint32_t span_bytes_for(uint32_t bytes) {
    uint32_t span = 4096;
    while (span % bytes > span / 8) {
        span += 4096;
    }
    return span;
}

uint32_t sizeclass_generate(struct sizeclass *table) {
    uint32_t count = 1;
    uint32_t step = 8;
    for (uint32_t bytes = 8; bytes <= 32768; bytes += step) {
        step = candidate_step(bytes, step);
        const uint32_t span = span_bytes_for(bytes);
        uint32_t refill = 65536 / bytes;
        refill = refill < 2 ? 2 : refill > 32 ? 32 : refill;
        const struct sizeclass made = {bytes, span / 4096, span / bytes, refill};
        const struct sizeclass *last = &table[count - 1];
        if (count > 1 && last->pages == made.pages && last->blocks == made.blocks) {
            table[count - 1] = made;
        } else {
            CHECK(count < CLASS_COUNT);
            table[count++] = made;
        }
    }
    return count;
}
