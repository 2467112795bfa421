#include "tui/live/stderr_hold.h"

#include "tui/live/tty_write.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

/* There is one stderr: a copy of the real one while ours goes to a file; -1: it is not held. */
static volatile sig_atomic_t real = -1;

void stderr_hold(void) {
    if (!isatty(STDERR_FILENO)) {
        return;
    }
    FILE *file = tmpfile();
    if (file == NULL) {
        return;
    }
    int copy = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (copy >= 0 && dup2(fileno(file), STDERR_FILENO) >= 0) {
        real = copy;
    } else if (copy >= 0) {
        close(copy);
    }
    fclose(file); /* stderr has it */
}

void stderr_release(void) {
    char text[512];
    int terminal = real;
    if (terminal < 0) {
        return;
    }
    real = -1;
    lseek(STDERR_FILENO, 0, SEEK_SET);
    for (ssize_t bytes; (bytes = read(STDERR_FILENO, text, sizeof text)) > 0;) {
        tty_write(terminal, text, (size_t)bytes);
    }
    dup2(terminal, STDERR_FILENO);
    close(terminal);
}
