#include "tui/live/interrupts.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static const int caught[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT, SIGWINCH};

static int ends[2] = {-1, -1};

static void on_signal(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    (void)!write(ends[1], &byte, 1);
    errno = saved;
}

static void catch_signal(int number) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, NULL);
}

bool interrupts_open(void) {
    if (pipe(ends) != 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        fcntl(ends[i], F_SETFL, O_NONBLOCK);
        fcntl(ends[i], F_SETFD, FD_CLOEXEC);
    }
    for (size_t i = 0; i < COUNT_OF(caught); i++) {
        catch_signal(caught[i]);
    }
    return true;
}

void interrupts_close(void) {
    for (size_t i = 0; i < COUNT_OF(caught); i++) {
        signal(caught[i], SIG_DFL);
    }
    close(ends[0]);
    close(ends[1]);
}

int interrupts_fd(void) {
    return ends[0];
}

int interrupts_take(int *numbers, int room) {
    unsigned char byte;
    int count = 0;
    while (count < room && read(ends[0], &byte, 1) == 1) {
        bool again = byte == SIGWINCH && count > 0 && numbers[count - 1] == SIGWINCH;
        if (!again) {
            numbers[count++] = byte;
        }
    }
    return count;
}

void interrupts_stop_here(void) {
    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    catch_signal(SIGTSTP);
}
