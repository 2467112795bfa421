#include "tui/live/handback.h"

#include "tui/live/stderr_hold.h"
#include "tui/live/tty_write.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { MODE_TRIES = 3 };

/* The text is kept twice, so that one is whole while the other is being made. */
static struct {
    volatile sig_atomic_t armed;
    volatile sig_atomic_t current;
    char texts[2][HANDBACK_BYTES_MAX];
    size_t bytes[2];
    struct termios modes;
} hand;

void handback_arm(const struct termios *modes) {
    hand.modes = *modes;
    hand.armed = 1;
}

void handback_lend(void) {
    hand.armed = 0;
}

void handback_take(void) {
    hand.armed = 1;
}

void handback_prepare(const char *text, size_t bytes) {
    CHECK(bytes <= HANDBACK_BYTES_MAX);
    int next = 1 - hand.current;
    memcpy(hand.texts[next], text, bytes);
    hand.bytes[next] = bytes;
    hand.current = next;
}

void handback_now(void) {
    if (hand.armed) {
        hand.armed = 0;
        tty_write(STDOUT_FILENO, hand.texts[hand.current], hand.bytes[hand.current]);
        for (int tries = 0; tries < MODE_TRIES && tty_is_ours(STDIN_FILENO) &&
                            tcsetattr(STDIN_FILENO, TCSANOW, &hand.modes) != 0;
             tries++) {
        }
    }
    stderr_release();
}
