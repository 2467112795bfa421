#include "tui/live/interrupts.h"

#include "tui/live/handback.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

/* What a signal does. */
enum way {
    ENDS, /* the terminal is given back, and the process ends by the signal, wherever it stands: in
             the midst of a long step, or waiting for a terminal that reads nothing */
    TELLS /* the main loop hears of it */
};

/* Every signal there is, but for those that cannot be caught (KILL, STOP), that do nothing (CHLD,
 * URG), and that stop a job in the background as they should (TTIN, TTOU). Those for real time end
 * it, too. */
static const struct {
    int number;
    enum way way;
} caught[] = {
    {SIGHUP, ENDS},    {SIGINT, ENDS},   {SIGQUIT, ENDS},   {SIGILL, ENDS},    {SIGTRAP, ENDS},
    {SIGABRT, ENDS},   {SIGBUS, ENDS},   {SIGFPE, ENDS},    {SIGUSR1, ENDS},   {SIGSEGV, ENDS},
    {SIGUSR2, ENDS},   {SIGPIPE, ENDS},  {SIGALRM, ENDS},   {SIGTERM, ENDS},   {SIGXCPU, ENDS},
    {SIGXFSZ, ENDS},   {SIGPROF, ENDS},  {SIGSYS, ENDS},    {SIGVTALRM, ENDS}, {SIGPOLL, ENDS},
#ifdef SIGSTKFLT
    {SIGSTKFLT, ENDS},
#endif
#ifdef SIGPWR
    {SIGPWR, ENDS},
#endif
#ifdef SIGEMT
    {SIGEMT, ENDS},
#endif
    {SIGTSTP, TELLS},  {SIGCONT, TELLS}, {SIGWINCH, TELLS},
};

enum { END_STACK_BYTES = 64 * 1024 };

static int ends[2] = {-1, -1};

static void on_tell(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    (void)!write(ends[1], &byte, 1);
    errno = saved;
}

/* Everything here may be called in a handler. */
static void on_end(int number) {
    sigset_t set;
    handback_now();
    signal(number, SIG_DFL);
    sigemptyset(&set);
    sigaddset(&set, number);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(number);
    _exit(128 + number); /* it was a signal that does not end a program */
}

/* What was ignored stays so. */
static void catch_signal(int number, enum way way) {
    struct sigaction before;
    struct sigaction action = {.sa_handler = way == ENDS ? on_end : on_tell,
                               .sa_flags = SA_ONSTACK | SA_RESTART};
    sigfillset(&action.sa_mask);
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
        sigaction(number, &action, NULL);
    }
}

static void forget_signal(int number) {
    struct sigaction now;
    if (sigaction(number, NULL, &now) == 0 && now.sa_handler != SIG_IGN) {
        signal(number, SIG_DFL);
    }
}

bool interrupts_open(void) {
    static char stack[END_STACK_BYTES]; /* for an end by a stack that has run over */
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    if (pipe(ends) != 0) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        if (fcntl(ends[i], F_SETFL, O_NONBLOCK) != 0 || fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0) {
            return false; /* a signal could wait for room, and we for a signal */
        }
    }
    sigaltstack(&alternate, NULL);
    for (size_t i = 0; i < COUNT_OF(caught); i++) {
        catch_signal(caught[i].number, caught[i].way);
    }
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
        catch_signal(number, ENDS);
    }
    return true;
}

void interrupts_close(void) {
    for (size_t i = 0; i < COUNT_OF(caught); i++) {
        forget_signal(caught[i].number);
    }
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++) {
        forget_signal(number);
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

/* What brings it back tells nobody: whoever stops here knows. */
void interrupts_stop_here(void) {
    signal(SIGCONT, SIG_DFL);
    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    catch_signal(SIGTSTP, TELLS);
    catch_signal(SIGCONT, TELLS);
}
