/*
 * main.c: runs every test module, each in a process of its own, and adds up the results.
 *
 * Each tests/FOLDER/test_X.c defines `int test_X(void)`, which runs one or more cmocka groups; the
 * Makefile makes the list of modules from the file names. As many modules run at a time as there
 * are processors. A module that crashes, or takes longer than MODULE_SECONDS, loses its remaining
 * tests and counts as one failure. With an argument, only tests run that have this word in their
 * name or in the name of their module.
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
#include <time.h>
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

enum { MODULES = sizeof modules / sizeof modules[0], MODULE_SECONDS = 360 };

/* A module's process; pid is 0 until it starts. `output` is what it prints. */
struct job {
    pid_t pid;
    FILE *output;
    time_t began, ended;
    int status;
    bool over;
};

struct totals {
    unsigned long passed, failed;
};

static _Noreturn void give_up(const char *what) {
    perror(what);
    exit(3);
}

/* In the child: runs the tests that `word` selects, and prints line by line into `out`. */
static _Noreturn void run_module(const struct module *module, const char *word, int out) {
    static char filter[256];
    if (dup2(out, STDOUT_FILENO) < 0 || dup2(out, STDERR_FILENO) < 0) {
        _exit(3);
    }
    setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
    if (word != NULL && strstr(module->name, word) == NULL) {
        snprintf(filter, sizeof filter, "*%s*", word);
        cmocka_set_test_filter(filter);
    }
    alarm(MODULE_SECONDS);
    int failed = module->run();
    exit(failed != 0);
}

static void start(struct job *job, const struct module *module, const char *word) {
    job->output = tmpfile();
    if (job->output == NULL) {
        give_up("tmpfile");
    }
    fflush(NULL);
    job->began = time(NULL);
    job->pid = fork();
    if (job->pid < 0) {
        give_up("fork");
    }
    if (job->pid == 0) {
        run_module(module, word, fileno(job->output));
    }
}

/* Waits until one of the jobs is over. */
static void wait_for_one(struct job *jobs) {
    int status = 0;
    pid_t pid = wait(&status);
    if (pid < 0) {
        give_up("wait");
    }
    for (int i = 0; i < MODULES; i++) {
        if (jobs[i].pid == pid) {
            jobs[i].status = status;
            jobs[i].ended = time(NULL);
            jobs[i].over = true;
        }
    }
}

/* The number before " test(s)" in what follows `tag`; 0 if the line has no such thing. */
static unsigned long tagged_count(const char *line, const char *tag) {
    const char *tagged = strstr(line, tag);
    const char *end = tagged != NULL ? strstr(tagged, " test(s)") : NULL;
    if (end == NULL) {
        return 0;
    }
    while (end > tagged && end[-1] >= '0' && end[-1] <= '9') {
        end--;
    }
    return strtoul(end, NULL, 10);
}

/* Prints a module's output without the groups that the filter left empty. Returns its counts. */
static struct totals print_output(FILE *in) {
    struct totals totals = {0, 0};
    unsigned long single = 0;
    char *line = NULL;
    size_t size = 0;
    rewind(in);
    while (getline(&line, &size, in) >= 0) {
        totals.passed += tagged_count(line, "[  PASSED  ] ");
        totals.failed += tagged_count(line, "[  FAILED  ] ");
        single += strstr(line, "[       OK ] ") != NULL;
        if (strstr(line, " 0 test(s)") == NULL) {
            fputs(line, stdout);
        }
    }
    free(line);
    /* A module that ended early has printed no totals. */
    totals.passed = single > totals.passed ? single : totals.passed;
    return totals;
}

static void report(const struct module *module, struct job *job, struct totals *totals) {
    struct totals mine = print_output(job->output);
    fclose(job->output);
    bool clean = WIFEXITED(job->status) && WEXITSTATUS(job->status) == 0;
    if (!clean && mine.failed == 0) {
        mine.failed = 1;
        printf("[  FAILED  ] module %s ended early: %s %d\n", module->name,
               WIFSIGNALED(job->status) ? "signal" : "exit status",
               WIFSIGNALED(job->status) ? WTERMSIG(job->status) : WEXITSTATUS(job->status));
    }
    if (mine.passed + mine.failed > 0) {
        printf("module %s: %lu passed, %lu failed in %ld s\n", module->name, mine.passed,
               mine.failed, (long)(job->ended - job->began));
    }
    fflush(stdout);
    totals->passed += mine.passed;
    totals->failed += mine.failed;
}

/* Runs all modules; reports them in the order of their names. */
static struct totals run_all(const char *word) {
    static struct job jobs[MODULES];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    struct totals totals = {0, 0};
    long running = 0;
    int next = 0;
    for (int reported = 0; reported < MODULES;) {
        while (next < MODULES && running < (processors > 1 ? processors : 1)) {
            start(&jobs[next], &modules[next], word);
            next++;
            running++;
        }
        wait_for_one(jobs);
        running--;
        while (reported < MODULES && jobs[reported].over) {
            report(&modules[reported], &jobs[reported], &totals);
            reported++;
        }
    }
    return totals;
}

int main(int argc, char **argv) {
    const char *word = argc > 1 && argv[1][0] != '\0' ? argv[1] : NULL;
    struct totals totals = run_all(word);
    if (totals.passed + totals.failed == 0) {
        printf("no test has '%s' in its name\n", word != NULL ? word : "");
        return 1;
    }
    printf("%lu passed, %lu failed\n", totals.passed, totals.failed);
    return totals.failed != 0;
}
