/*
 * test_headless.c: the records of `gomemlab run`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tui/export/csv.h"
#include "tui/export/gctrace.h"
#include "tui/export/ndjson.h"
#include "tui/export/output.h"

int test_headless(void);

/* What has been written to a stream in memory. */
struct written {
    char *bytes;
    size_t count;
    FILE *out;
};

static void text_open(struct written *text) {
    text->out = open_memstream(&text->bytes, &text->count);
    assert_non_null(text->out);
}

static void expect_text(struct written *text, const char *want) {
    assert_int_equal(fclose(text->out), 0);
    assert_string_equal(text->bytes, want);
    free(text->bytes);
}

static void csv_row_has_as_many_cells_as_the_header(void **state) {
    (void)state;
    struct written text;
    text_open(&text);
    csv_header(text.out);
    struct sample sample = {.slept_ns = 1000 * (uint64_t)NS_PER_MS, .rss_bytes = UINT64_MAX};
    csv_row(text.out, &sample);
    fclose(text.out);
    uint32_t commas = 0;
    for (size_t i = 0; i < text.count; i++) {
        commas += text.bytes[i] == ',';
    }
    assert_int_equal(commas, 2 * (csv_column_count - 1));
    assert_non_null(strstr(text.bytes, "\n1000,0,"));
    assert_non_null(strstr(text.bytes, ",18446744073709551615,"));
    free(text.bytes);
}

static void csv_starts_with_the_columns_of_the_traces(void **state) {
    (void)state;
    struct written text;
    text_open(&text);
    csv_header(text.out);
    expect_text(&text,
                "ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc,"
                "num_gc,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes,rss,reuses,"
                "drops,total_alloc\n");
}

static void ndjson_escapes_the_name_of_a_channel(void **state) {
    (void)state;
    char name[] = "a\"b\\c\td\x7f\xc2\x9b\u202e\U000E0041\u00e9\xff";
    struct channel_spec channels[] = {{.name = name, .capacity = 5}};
    struct scenario scenario = {.channels = channels, .channel_count = 1};
    struct event event = {.kind = EVENT_RESIZE, .at_ns = 7, .index = 2};
    event.resize = (struct resize_event){.channel = 0, .from = 5, .to = 1, .dropped = 3};
    struct written text;
    text_open(&text);
    ndjson_event(text.out, &event, &scenario);
    expect_text(&text, "{\"type\":\"resize\",\"at_ns\":7,\"index\":2,\"channel\":"
                       "\"a\\\"b\\\\c\\u0009d\\u007f\\u009b\\u202e"
                       "\\udb40\\udc41\u00e9\\ufffd\",\"from\":5,\"to\":1,\"dropped\":3}\n");
}

static void ndjson_says_minus_one_for_gogc_off(void **state) {
    (void)state;
    struct scenario scenario = {0};
    struct event event = {.kind = EVENT_GOGC};
    event.gogc = (struct gogc_event){.from = 100, .to = -1, .by_user = true};
    struct written text;
    text_open(&text);
    ndjson_event(text.out, &event, &scenario);
    expect_text(&text, "{\"type\":\"gogc\",\"at_ns\":0,\"index\":0,\"from\":100,\"to\":-1,"
                       "\"by_user\":true}\n");
}

static void gctrace_line_is_that_of_go(void **state) {
    (void)state;
    struct event event = {.kind = EVENT_GC};
    event.gc = (struct gc_event){.number = 9,
                                 .pause_ns = 4500000,
                                 .mark_ns = 1200000,
                                 .sweep_ns = 2000000,
                                 .heap_alloc_before = 92 << 20,
                                 .heap_alloc_after = (46 << 20) + 12345,
                                 .objects_before = 158,
                                 .objects_after = 152,
                                 .mallocs = 197,
                                 .frees = 45};
    struct written text;
    text_open(&text);
    assert_true(gctrace_line(text.out, &go11_words, &event));
    expect_text(&text, "gc9(1): 1+2+1 ms, 92 -> 46 MB 158 -> 152 (197-45) objects, 0(0) handoff, "
                       "0(0) steal, 0/0/0 yields\n");
}

static void output_gives_a_file_its_name_when_it_is_complete(void **state) {
    (void)state;
    char directory[] = "/tmp/gomemlab-test-XXXXXX";
    assert_non_null(mkdtemp(directory));
    char path[64], partial[80];
    snprintf(path, sizeof path, "%s/x.csv", directory);
    snprintf(partial, sizeof partial, "%s.partial", path);
    for (int complete = 0; complete < 2; complete++) {
        struct output output;
        assert_true(output_open(&output, path));
        fputs("1,2,3\n", output.file);
        assert_true(output_end_record(&output));
        assert_true(output_close(&output, complete != 0));
        assert_true(output_close(&output, true)); /* nothing more to do */
        assert_int_equal(remove(path), complete != 0 ? 0 : -1);
        assert_int_equal(remove(partial), complete != 0 ? -1 : 0);
    }
    assert_int_equal(remove(directory), 0);
}

int test_headless(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_row_has_as_many_cells_as_the_header),
        cmocka_unit_test(csv_starts_with_the_columns_of_the_traces),
        cmocka_unit_test(ndjson_escapes_the_name_of_a_channel),
        cmocka_unit_test(ndjson_says_minus_one_for_gogc_off),
        cmocka_unit_test(gctrace_line_is_that_of_go),
        cmocka_unit_test(output_gives_a_file_its_name_when_it_is_complete),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
