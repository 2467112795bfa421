/*
 * main.c: runs every test module, each in a process of its own, and adds up.
 *
 * Each tests/test_X.c defines `int test_X(void)`, which runs one or more cmocka groups; the
 * Makefile makes the list from the file names. A module that crashes costs its own remaining tests
 * only and counts as one failure. With an argument, only tests with that word in their name, or in
 * the name of their module, are run.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#define X(name) int test_##name(void);
#include "tests/modules.h"
#undef X

struct module {
    const char *name;
    int (*run)(void);
};

static const struct module modules[] = {
#define X(name) {#name, test_##name},
#include "tests/modules.h"
#undef X
};

struct totals {
    unsigned long passed, failed;
};

/* In the child: only the tests that `word` selects, their output line by line into `out`. */
static _Noreturn void run_module(const struct module *module, const char *word, int out) {
    static char filter[256];
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0) {
        _exit(3);
    }
    close(out);
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    if (word != NULL && strstr(module->name, word) == NULL) {
        snprintf(filter, sizeof filter, "*%s*", word);
        cmocka_set_test_filter(filter);
    }
    int failed = module->run();
    exit(failed != 0);
}

/* The number before " test(s)" in what follows `tag`; 0 if the line has no such thing. */
static unsigned long tagged_count(const char *line, const char *tag) {
    const char *start = strstr(line, tag);
    const char *end = start != NULL ? strstr(start, " test(s)") : NULL;
    if (end == NULL) {
        return 0;
    }
    while (end > start && end[-1] >= '0' && end[-1] <= '9') {
        end--;
    }
    return strtoul(end, NULL, 10);
}

/* Passes the child's output on, but for what filtered-out groups say; counts. */
static void read_output(FILE *in, struct totals *totals) {
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, in) >= 0) {
        totals->passed += tagged_count(line, "[  PASSED  ] ");
        totals->failed += tagged_count(line, "[  FAILED  ] ");
        if (strstr(line, " 0 test(s)") == NULL) {
            fputs(line, stdout);
        }
    }
    free(line);
}

static void test_module(const struct module *module, const char *word, struct totals *totals) {
    int ends[2];
    fflush(NULL);
    if (pipe(ends) != 0) {
        perror("pipe");
        exit(3);
    }
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        exit(3);
    }
    if (child == 0) {
        close(ends[0]);
        run_module(module, word, ends[1]);
    }
    close(ends[1]);
    struct totals mine = {0, 0};
    FILE *in = fdopen(ends[0], "r");
    if (in == NULL) {
        perror("fdopen");
        exit(3);
    }
    read_output(in, &mine);
    fclose(in);
    int status = 0;
    waitpid(child, &status, 0);
    bool clean = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!clean && mine.failed == 0) {
        mine.failed = 1;
        printf("[  FAILED  ] module %s ended early: %s %d\n", module->name,
               WIFSIGNALED(status) ? "signal" : "exit status",
               WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
    }
    totals->passed += mine.passed;
    totals->failed += mine.failed;
}

int main(int argc, char **argv) {
    const char *word = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    struct totals totals = {0, 0};
    for (size_t i = 0; i < sizeof modules / sizeof modules[0]; i++) {
        test_module(&modules[i], word, &totals);
    }
    if (totals.passed + totals.failed == 0) {
        printf("no test has '%s' in its name\n", word != NULL ? word : "");
        return 1;
    }
    printf("%lu passed, %lu failed\n", totals.passed, totals.failed);
    return totals.failed != 0;
}
