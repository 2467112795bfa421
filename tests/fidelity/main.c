/*
 * fidelity: how ours compares with the recordings of the real Go 1.1.2, as tables.
 *
 * Exit status 1 if anything is worse than what trace.c and crowd.h promise. The last line says how
 * many promises were kept; with --table only the tables are printed, as README has them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/crowd.h"
#include "tests/support/trace.h"

enum { TWINS_MAX = 16 };

struct comparison {
    struct trace *trace;
    struct agreement agreements[TRACE_COLUMNS_MAX];
};

/* The agreement in one of SAMPLE_COLUMNS; NULL: the recording does not have it. */
static const struct agreement *find(const struct comparison *c, size_t name) {
    for (uint32_t i = 0; i < c->trace->column_count; i++) {
        if (c->trace->columns[i] == (int)name) {
            return &c->agreements[i];
        }
    }
    return NULL;
}

static bool is_compared(const struct comparison *comparisons, size_t name) {
    bool compared = false;
    for (size_t i = 0; i < trace_twin_count; i++) {
        compared |= find(&comparisons[i], name) != NULL;
    }
    return compared;
}

/* How many samples are exact: a row for each statistic, a column for each program. */
static void print_exact(const struct comparison *comparisons) {
    printf("%-15s", "samples exact");
    for (size_t i = 0; i < trace_twin_count; i++) {
        printf(" %*s", (int)strlen(trace_twins[i].trace), trace_twins[i].trace);
    }
    printf("\n%-15s", "of");
    for (size_t i = 0; i < trace_twin_count; i++) {
        printf(" %*u", (int)strlen(trace_twins[i].trace), comparisons[i].trace->row_count);
    }
    printf("\n");
    for (size_t name = 1; name < trace_name_count; name++) {
        if (!is_compared(comparisons, name)) {
            continue;
        }
        printf("%-15s", trace_names[name]);
        for (size_t i = 0; i < trace_twin_count; i++) {
            const struct agreement *a = find(&comparisons[i], name);
            char cell[16] = "-";
            if (a != NULL) {
                snprintf(cell, sizeof cell, "%u", a->exact);
            }
            printf(" %*s", (int)strlen(trace_twins[i].trace), cell);
        }
        printf("\n");
    }
}

/* The statistics that are not exact: the largest difference, its place and its cause. */
static void print_worst(const struct comparison *comparisons) {
    printf("\n%-12s %-15s %-22s %s\n", "not exact", "statistic", "worst, ours - theirs",
           "promised");
    for (size_t i = 0; i < trace_twin_count; i++) {
        for (size_t name = 1; name < trace_name_count; name++) {
            const struct agreement *a = find(&comparisons[i], name);
            if (a == NULL || a->exact == a->compared) {
                continue;
            }
            const struct promise *p = trace_promise(&trace_twins[i], trace_names[name]);
            char worst[48];
            if (p->kind == PROMISE_FACTOR_2) {
                snprintf(worst, sizeof worst, "a factor of %.2f", a->worst_ratio);
            } else {
                snprintf(worst, sizeof worst, "%lld at %u", (long long)a->worst, a->worst_row);
            }
            static const char *const kinds[] = {
                [PROMISE_EXACT] = "exact",
                [PROMISE_WITHIN] = "at most that",
                [PROMISE_FACTOR_2] = "a factor of 2",
                [PROMISE_CHUNKS] = "chunks of 131072",
            };
            printf("%-12s %-15s %-22s %s%s\n", trace_twins[i].trace, trace_names[name], worst,
                   kinds[p->kind], a->broken > 0 ? "  BROKEN" : "");
        }
    }
}

static void print_causes(void) {
    printf("\n");
    const char *last = NULL;
    for (size_t i = 0; i < trace_twin_count; i++) {
        for (const struct promise *p = trace_twins[i].promises; p->column != NULL; p++) {
            const bool told = last != NULL && strcmp(last, p->cause) == 0;
            if (!told && (i == 0 || trace_twins[i].promises != trace_twins[i - 1].promises)) {
                printf("%s: %s\n", p->column, p->cause);
                last = p->cause;
            }
        }
    }
}

static void print_crowd(const struct crowd *crowd, const struct crowd_result *r) {
    for (int f = 0; f < CROWD_FIGURE_COUNT; f++) {
        const double unit = strcmp(crowd_figure_names[f], "makes") == 0 ||
                                    strcmp(crowd_figure_names[f], "num_gc") == 0
                                ? 1
                                : 1e6;
        char theirs[40];
        if (r->recordings > 1) {
            snprintf(theirs, sizeof theirs, "%.1f .. %.1f", r->theirs[f].low / unit,
                     r->theirs[f].high / unit);
        } else {
            snprintf(theirs, sizeof theirs, "%.1f", r->theirs[f].low / unit);
        }
        printf("%-13s %-11s %20s   %8.1f  (%.1f .. %.1f)%s\n", f == 0 ? crowd->name : "",
               crowd_figure_names[f], theirs, r->ours[f].median / unit, r->ours[f].low / unit,
               r->ours[f].high / unit, r->kept[f] ? "" : "  BROKEN");
    }
}

/* Counts the promises kept and broken. */
static void count(const struct comparison *comparisons, const struct crowd_result *results,
                  unsigned *kept, unsigned *broken) {
    for (size_t i = 0; i < trace_twin_count; i++) {
        for (uint32_t j = 0; j < comparisons[i].trace->column_count; j++) {
            const bool is_broken = comparisons[i].agreements[j].broken > 0;
            const bool is_ours = comparisons[i].trace->columns[j] > 0;
            *broken += is_ours && is_broken ? 1 : 0;
            *kept += is_ours && !is_broken ? 1 : 0;
        }
    }
    for (size_t i = 0; i < crowd_count; i++) {
        for (int f = 0; f < CROWD_FIGURE_COUNT; f++) {
            *broken += results[i].kept[f] ? 0 : 1;
            *kept += results[i].kept[f] ? 1 : 0;
        }
    }
}

int main(int argc, char **argv) {
    static struct comparison comparisons[TWINS_MAX];
    static struct crowd_result results[TWINS_MAX];
    const bool only_tables = argc > 1 && strcmp(argv[1], "--table") == 0;
    CHECK(trace_twin_count <= TWINS_MAX);
    CHECK(crowd_count <= TWINS_MAX);
    for (size_t i = 0; i < trace_twin_count; i++) {
        comparisons[i].trace = trace_load(trace_twins[i].trace);
        trace_compare(&trace_twins[i], comparisons[i].trace, comparisons[i].agreements);
    }
    print_exact(comparisons);
    print_worst(comparisons);
    print_causes();
    printf("\n%-13s %-11s %20s   %s\n", "goroutines", "mean, MB", "recorded", "ours, median of 20");
    for (size_t i = 0; i < crowd_count; i++) {
        crowd_compare(&crowds[i], CROWD_RUNS, &results[i]);
        print_crowd(&crowds[i], &results[i]);
    }
    unsigned kept = 0;
    unsigned broken = 0;
    count(comparisons, results, &kept, &broken);
    for (size_t i = 0; i < trace_twin_count; i++) {
        free(comparisons[i].trace);
    }
    if (!only_tables) {
        printf("\n%u passed, %u failed\n", kept, broken);
    }
    return broken > 0 ? 1 : 0;
}
