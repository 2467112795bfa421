/*
 * test_pages.c: the tables of man/gomemlab.1 are those of the code.
 *
 * A part of the page between `.\" generated: NAME` and `.\" end` is compared with what the code
 * prints; `make pages` (UPDATE_PAGES in the environment) puts it there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/snapshot.h"
#include "tui/cli/parse.h"
#include "tui/export/csv.h"
#include "tui/input/keys.h"

int test_pages(void);

static const char page_path[] = "man/gomemlab.1";

/* The whole file, terminated; the caller frees it. */
static char *read_page(void) {
    FILE *in = fopen(page_path, "r");
    assert_non_null(in);
    assert_int_equal(fseek(in, 0, SEEK_END), 0);
    long end = ftell(in);
    assert_true(end > 0);
    rewind(in);
    size_t bytes = (size_t)end;
    char *text = malloc(bytes + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, bytes, in), bytes);
    text[bytes] = '\0';
    fclose(in);
    return text;
}

/* Puts `table` where [start, end) was. */
static void update_page(const char *page, const char *start, const char *end, const char *table) {
    FILE *out = fopen(page_path, "w");
    assert_non_null(out);
    fprintf(out, "%.*s%s%s", (int)(start - page), page, table, end);
    assert_int_equal(fclose(out), 0);
}

/* Compares what `print` prints with the page's part `name`. */
static void expect_part(const char *name, void (*print)(FILE *out)) {
    char *table = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&table, &bytes);
    assert_non_null(out);
    print(out);
    fclose(out);
    char mark[64];
    snprintf(mark, sizeof mark, ".\\\" generated: %s\n", name);
    char *page = read_page();
    const char *start = strstr(page, mark);
    assert_non_null(start);
    start += strlen(mark);
    const char *end = strstr(start, ".\\\" end\n");
    assert_non_null(end);
    if (getenv("UPDATE_PAGES") != NULL) {
        update_page(page, start, end, table);
    } else if (strlen(table) != (size_t)(end - start) ||
               strncmp(table, start, (size_t)(end - start)) != 0) {
        fail_msg("%s: the table of %s is not what the code says: make pages", page_path, name);
    }
    free(page);
    free(table);
}

static const char *unit_text(enum unit unit) {
    static const char *const texts[] = {
        [UNIT_BYTES] = "bytes", [UNIT_COUNT] = "number", [UNIT_NS] = "ns", [UNIT_FLAG] = "0 or 1"};
    return texts[unit];
}

static void print_statistics(FILE *out) {
    fputs(".Bl -tag -width Ds -compact\n", out);
    for (size_t i = 0; i < MEMSTATS_COUNT; i++) {
        const struct memstats_entry *entry = &memstats_entries[i];
        fprintf(out, ".It Cm %s Pq Va %s , No %s\n%s\n", entry->field, entry->name,
                unit_text(entry->unit), entry->text);
    }
    fputs(".El\n", out);
}

static void print_counts(FILE *out) {
    fputs(".Bl -tag -width Ds -compact\n", out);
#define X(field, unit, text) fprintf(out, ".It Cm %s Pq %s\n%s\n", #field, unit_text(unit), text);
    PROGRAM_COUNTS(X)
#undef X
    fputs(".El\n", out);
}

static void print_columns(FILE *out) {
    fputs(".Bd -unfilled -offset indent\n", out);
    for (uint32_t i = 0; i < csv_column_count; i++) {
        bool last = i + 1 == csv_column_count;
        fprintf(out, "%s%s", csv_columns[i], last ? "\n" : i % 6 == 5 ? ",\n" : ",");
    }
    fputs(".Ed\n", out);
}

static void print_causes(FILE *out) {
    fputs(".Bd -unfilled -offset indent\n", out);
    for (int cause = 0; cause < GC_CAUSE_COUNT; cause++) {
        fprintf(out, "%s\n", gc_cause_text((enum gc_cause)cause));
    }
    fputs(".Ed\n", out);
}

/* As keys_print_man(), with the punctuation that is special to mdoc made plain. */
static void print_keys(FILE *out) {
    static const char item[] = ".It Ic ";
    char *table = NULL;
    size_t bytes = 0;
    FILE *raw = open_memstream(&table, &bytes);
    assert_non_null(raw);
    keys_print_man(raw);
    fclose(raw);
    for (const char *line = table; *line != '\0';) {
        size_t length = strcspn(line, "\n") + 1;
        bool lone =
            length == sizeof item + 1 && strchr("[](),:;!?|", line[sizeof item - 1]) != NULL;
        if (strncmp(line, item, sizeof item - 1) == 0 && lone) {
            fprintf(out, "%s\\&%c\n", item, line[sizeof item - 1]);
        } else {
            fprintf(out, "%.*s", (int)length, line);
        }
        line += length;
    }
    free(table);
}

static void man_page_lists_the_options(void **state) {
    (void)state;
    expect_part("options", options_print_man);
}

static void man_page_lists_the_keys(void **state) {
    (void)state;
    expect_part("keys", print_keys);
}

static void man_page_lists_the_statistics(void **state) {
    (void)state;
    expect_part("statistics", print_statistics);
}

static void man_page_lists_the_program_counts(void **state) {
    (void)state;
    expect_part("counts", print_counts);
}

static void man_page_lists_the_csv_columns(void **state) {
    (void)state;
    expect_part("columns", print_columns);
}

static void man_page_lists_the_causes_of_a_collection(void **state) {
    (void)state;
    expect_part("causes", print_causes);
}

int test_pages(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(man_page_lists_the_options),
        cmocka_unit_test(man_page_lists_the_keys),
        cmocka_unit_test(man_page_lists_the_statistics),
        cmocka_unit_test(man_page_lists_the_program_counts),
        cmocka_unit_test(man_page_lists_the_csv_columns),
        cmocka_unit_test(man_page_lists_the_causes_of_a_collection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
