#include "tui/live/reset.h"

#include "engine/base/escape.h"
#include "tui/live/modes.h"
#include "tui/live/tty_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* A standard stream that is a terminal, else the one that controls us; -1: there is none. */
static int find_terminal(void) {
    static const int streams[] = {STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO};
    for (size_t i = 0; i < COUNT_OF(streams); i++) {
        if (isatty(streams[i])) {
            return streams[i];
        }
    }
    return open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
}

/* As `stty sane` has it, but that the characters with a meaning (erase, interrupt) stay. */
static bool set_line(int fd) {
    struct termios line;
    if (tcgetattr(fd, &line) != 0) {
        return false;
    }
    line.c_iflag &= ~(tcflag_t)(IGNBRK | INLCR | IGNCR | IXOFF | ISTRIP);
    line.c_iflag |= BRKINT | ICRNL | IXON | IMAXBEL;
    line.c_oflag &= ~(tcflag_t)(OCRNL | ONOCR | ONLRET);
    line.c_oflag |= OPOST | ONLCR;
    line.c_cflag |= CREAD;
    line.c_lflag &= ~(tcflag_t)(ECHONL | NOFLSH | TOSTOP);
    line.c_lflag |= ISIG | ICANON | IEXTEN | ECHO | ECHOE | ECHOK | ECHOCTL | ECHOKE;
    return tcsetattr(fd, TCSANOW, &line) == 0;
}

/* Reading and writing wait again. */
static void wait_again(int fd) {
    int flags = fcntl(fd, F_GETFL);
    if (flags >= 0 && (flags & O_NONBLOCK) != 0) {
        fcntl(fd, F_SETFL, flags & ~O_NONBLOCK);
    }
}

bool reset_terminal(void) {
    int fd = find_terminal();
    bool good = fd >= 0 && set_line(fd);
    if (!good) {
        escape_line(stderr, "gomemlab: --reset-terminal: there is no terminal here: %s",
                    strerror(errno));
    } else {
        tty_write(fd, modes_sane, strlen(modes_sane));
        wait_again(fd);
    }
    if (fd > STDERR_FILENO) {
        close(fd);
    }
    return good;
}
