#include "tui/export/leftovers.h"

#include "engine/base/escape.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What ends a program from outside, and what it ends itself by. */
static const int ends[] = {SIGHUP,  SIGINT,  SIGQUIT,   SIGTERM, SIGUSR1, SIGUSR2,
                           SIGALRM, SIGXCPU, SIGVTALRM, SIGPROF, SIGABRT};

static sigset_t all_ends(void) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        sigaddset(&set, ends[i]);
    }
    return set;
}

static char *volatile lines[LEFTOVERS_MAX];

static void on_end(int number) {
    for (int i = 0; i < LEFTOVERS_MAX; i++) {
        const char *line = lines[i];
        if (line != NULL) {
            (void)!write(STDERR_FILENO, line, strlen(line));
        }
    }
    signal(number, SIG_DFL);
    raise(number); /* it comes when this function is left */
}

static void watch(int number, void (*handler)(int)) {
    struct sigaction before;
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler == SIG_DFL) {
        struct sigaction action = {
            .sa_handler = handler, .sa_flags = SA_RESTART, .sa_mask = all_ends()};
        (void)sigaction(number, &action, NULL); /* refused: then it ends without a word */
    }
}

/* NULL: no memory. */
static char *line_about(const char *path) {
    struct text_builder line = {0};
    text_add_string(&line, LEFTOVERS_SENTENCE);
    escape_add(&line, path, strlen(path));
    text_add(&line, "\n", sizeof "\n");
    if (line.no_memory) {
        free(line.bytes);
        return NULL;
    }
    return line.bytes;
}

int leftovers_add(const char *path) {
    int number = 0;
    while (number < LEFTOVERS_MAX && lines[number] != NULL) {
        number++;
    }
    char *line = number < LEFTOVERS_MAX ? line_about(path) : NULL;
    if (line == NULL) {
        return -1;
    }
    lines[number] = line;
    for (size_t i = 0; i < COUNT_OF(ends); i++) {
        watch(ends[i], on_end);
    }
    watch(SIGXFSZ, SIG_IGN);
    return number;
}

void leftovers_remove(int number) {
    if (number >= 0) {
        char *line = lines[number];
        lines[number] = NULL;
        free(line);
    }
}

void leftovers_hold(sigset_t *before) {
    const sigset_t set = all_ends();
    (void)sigprocmask(SIG_BLOCK, &set, before); /* nothing of this can be refused */
}

void leftovers_release(const sigset_t *before) {
    (void)sigprocmask(SIG_SETMASK, before, NULL);
}
