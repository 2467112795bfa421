/*
 * test_palette.c: the colours can be told apart, also with dichromatic colour blindness, and can be
 * read on black and on white.
 *
 * The simulation is that of Machado, Oliveira and Fernandes (2009) at full severity; distances are
 * those of CIE L*a*b*.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdio.h>

#include "tui/cells/palette.h"

int test_palette(void);

struct triple {
    double v[3];
};

static const struct {
    const char *name;
    double matrix[3][3];
} visions[] = {
    {"normal", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"without red cones",
     {{0.152286, 1.052583, -0.204868},
      {0.114503, 0.786281, 0.099216},
      {-0.003882, -0.048116, 1.051998}}},
    {"without green cones",
     {{0.367322, 0.860646, -0.227968},
      {0.280085, 0.672501, 0.047413},
      {-0.011820, 0.042940, 0.968881}}},
    {"without blue cones",
     {{1.255528, -0.076749, -0.178779},
      {-0.078411, 0.930809, 0.147602},
      {0.004733, 0.691367, 0.303900}}},
};

/* Linear light of a colour of the cube of 256-colour terminals. */
static struct triple light_of(int color) {
    static const int levels[] = {0, 95, 135, 175, 215, 255};
    assert_in_range(color, 16, 231);
    int index = color - 16;
    int parts[3] = {levels[index / 36], levels[index / 6 % 6], levels[index % 6]};
    struct triple light;
    for (int i = 0; i < 3; i++) {
        double v = parts[i] / 255.0;
        light.v[i] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
    return light;
}

static double bent(double t) {
    return t > 0.008856 ? cbrt(t) : 7.787 * t + 16.0 / 116;
}

/* L*a*b* of the light as it is seen. */
static struct triple seen(struct triple light, const double matrix[3][3]) {
    static const double to_xyz[3][3] = {
        {0.4124, 0.3576, 0.1805}, {0.2126, 0.7152, 0.0722}, {0.0193, 0.1192, 0.9505}};
    static const double white[3] = {0.9505, 1, 1.089};
    struct triple xyz = {{0}};
    for (int i = 0; i < 3; i++) {
        double part = 0;
        for (int j = 0; j < 3; j++) {
            part += matrix[i][j] * light.v[j];
        }
        part = part < 0 ? 0 : part > 1 ? 1 : part;
        for (int j = 0; j < 3; j++) {
            xyz.v[j] += to_xyz[j][i] * part;
        }
    }
    double x = bent(xyz.v[0] / white[0]), y = bent(xyz.v[1]), z = bent(xyz.v[2] / white[2]);
    return (struct triple){{116 * y - 16, 500 * (x - y), 200 * (y - z)}};
}

static double distance(struct triple a, struct triple b) {
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        sum += (a.v[i] - b.v[i]) * (a.v[i] - b.v[i]);
    }
    return sqrt(sum);
}

static const enum style meanings[] = {STYLE_INUSE,    STYLE_GARBAGE, STYLE_IDLE,
                                      STYLE_RELEASED, STYLE_NEXT,    STYLE_POOL};

static void colours_of_meanings_differ_for_every_eye(void **state) {
    (void)state;
    const double least = 15; /* 2.3 is just noticeable side by side */
    for (size_t v = 0; v < COUNT_OF(visions); v++) {
        for (size_t i = 0; i < COUNT_OF(meanings); i++) {
            for (size_t j = 0; j < i; j++) {
                int a = palette[meanings[i]].color_256, b = palette[meanings[j]].color_256;
                double apart = distance(seen(light_of(a), visions[v].matrix),
                                        seen(light_of(b), visions[v].matrix));
                if (apart < least) {
                    fail_msg("%s: %d and %d are only %.1f apart", visions[v].name, a, b, apart);
                }
            }
        }
    }
}

static void colours_can_be_read_on_black_and_on_white(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT_OF(meanings); i++) {
        struct triple light = light_of(palette[meanings[i]].color_256);
        double luminance = 0.2126 * light.v[0] + 0.7152 * light.v[1] + 0.0722 * light.v[2];
        assert_true((luminance + 0.05) / 0.05 >= 3);
        assert_true(1.05 / (luminance + 0.05) >= 2.5);
    }
}

int test_palette(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_of_meanings_differ_for_every_eye),
        cmocka_unit_test(colours_can_be_read_on_black_and_on_white),
    };
    return cmocka_run_group_tests_name("palette", tests, NULL, NULL);
}
