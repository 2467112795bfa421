#include "tui/live/tty_write.h"

#include <errno.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

enum {
    ROOM_WAIT_MS = 20, /* a slow line gets so long to make room, once */
    ERRORS_MAX = 3     /* nobody comes after us to give the terminal back */
};

static bool has_room(int fd, int wait_ms) {
    struct pollfd poll_fd = {.fd = fd, .events = POLLOUT};
    int ready = poll(&poll_fd, 1, wait_ms);
    if (ready < 0 && errno != EINTR) {
        return true; /* nobody knows: a terminal has room nearly always */
    }
    return ready == 1 && (poll_fd.revents & POLLOUT) != 0;
}

bool tty_is_ours(int fd) {
    pid_t front = tcgetpgrp(fd);
    return front < 0 || front == getpgrp();
}

/* Waits a little; then what is not read yet is thrown away, if it is ours. False: no more can be
 * done. `tries` counts. */
static bool make_room(int fd, int *tries) {
    switch ((*tries)++) {
    case 0:
        (void)has_room(fd, ROOM_WAIT_MS); /* it is asked again */
        return true;
    case 1:
        if (tty_is_ours(fd)) {
            tcflow(fd, TCOON);
            tcflush(fd, TCOFLUSH);
            return true;
        }
        return false;
    default:
        return false;
    }
}

/* A terminal says that it has room, but not how much: a byte at a time is sure not to wait. */
void tty_write(int fd, const char *text, size_t bytes) {
    int tries = 0, errors = 0;
    for (size_t done = 0; done < bytes;) {
        if (!has_room(fd, 0)) {
            if (!make_room(fd, &tries)) {
                return;
            }
            continue;
        }
        ssize_t wrote = write(fd, text + done, 1);
        if (wrote < 0 && errno != EINTR && ++errors > ERRORS_MAX) {
            return;
        }
        done += wrote > 0 ? (size_t)wrote : 0;
    }
}
