/*
 * test_scenario_bad.c: every error of a scenario file is reported, with its line and column.
 *
 * tests/scenarios/bad/NAME.yaml must give exactly the messages in NAME.txt. UPDATE_SCENARIOS=1
 * writes those anew: look at what git says has changed before committing.
 */
#include "tests/unit.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/scenario.h"

int test_scenario_bad(void);

static const char bad_path[] = "tests/scenarios/bad";

/* The messages of parsing the text, in order; the caller frees them. */
static char *messages_of(const char *text, size_t bytes, enum result *result) {
    char *messages = NULL;
    size_t size = 0;
    FILE *errors = open_memstream(&messages, &size);
    assert_non_null(errors);
    struct scenario *scenario = NULL;
    *result = scenario_parse("file", text, bytes, errors, &scenario);
    fclose(errors);
    if (*result == RESULT_OK) {
        scenario_free(scenario);
    } else {
        assert_null(scenario);
    }
    return messages;
}

/* The whole file; the caller frees it. */
static char *read_file(const char *path, size_t *bytes) {
    FILE *in = fopen(path, "rb");
    if (in == NULL) {
        fail_msg("%s cannot be read", path);
    }
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    char block[4096];
    size_t count = 0;
    while ((count = fread(block, 1, sizeof block, in)) > 0) {
        fwrite(block, 1, count, out);
    }
    fclose(in);
    fclose(out);
    *bytes = size;
    return text;
}

static void write_file(const char *path, const char *text) {
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
}

/* Whether a line has the form "file:LINE:COLUMN: error: WHAT; HOW", with any words for HOW. */
static bool is_message(const char *line, unsigned *row, unsigned *column) {
    int length = 0;
    if (sscanf(line, "file:%u:%u: error: %n", row, column, &length) != 2 || length == 0) {
        return false;
    }
    const char *semicolon = strstr(line + length, "; ");
    return *row > 0 && *column > 0 && semicolon != NULL && semicolon[2] != '\0';
}

/* Whether every line is a message, and they are in order, without duplicates. */
static bool are_messages(const char *messages) {
    unsigned last_row = 0, last_column = 0;
    const char *last = "";
    char *copy = strdup(messages), *rest = NULL;
    assert_non_null(copy);
    bool good = messages[0] != '\0' && messages[strlen(messages) - 1] == '\n';
    for (char *line = strtok_r(copy, "\n", &rest); line != NULL;
         line = strtok_r(NULL, "\n", &rest)) {
        unsigned row = 0, column = 0;
        good = good && is_message(line, &row, &column) && strcmp(line, last) != 0 &&
               (row > last_row || (row == last_row && column >= last_column));
        last_row = row;
        last_column = column;
        last = line;
    }
    free(copy);
    return good;
}

static int is_yaml(const struct dirent *entry) {
    const size_t letters = strlen(entry->d_name);
    return letters > 5 && strcmp(entry->d_name + letters - 5, ".yaml") == 0;
}

static void check_bad_file(const char *name) {
    char path[512], expected_path[512];
    snprintf(path, sizeof path, "%s/%s", bad_path, name);
    snprintf(expected_path, sizeof expected_path, "%s/%.*s.txt", bad_path, (int)strlen(name) - 5,
             name);
    size_t bytes = 0, expected_bytes = 0;
    char *text = read_file(path, &bytes);
    enum result result = RESULT_OK;
    char *messages = messages_of(text, bytes, &result);
    if (getenv("UPDATE_SCENARIOS") != NULL) {
        write_file(expected_path, messages);
    }
    char *expected = read_file(expected_path, &expected_bytes);
    if (strcmp(messages, expected) != 0) {
        fail_msg("%s (UPDATE_SCENARIOS=1 accepts)\n--- want ---\n%s--- got ---\n%s", path, expected,
                 messages);
    }
    assert_int_equal(result, RESULT_BAD_INPUT);
    assert_true(are_messages(messages));
    free(expected);
    free(messages);
    free(text);
}

static void every_bad_file_gives_its_messages(void **state) {
    (void)state;
    struct dirent **entries = NULL;
    const int count = scandir(bad_path, &entries, is_yaml, alphasort);
    assert_true(count > 40);
    for (int i = 0; i < count; i++) {
        check_bad_file(entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
}

static void assert_messages(const char *text, size_t bytes, const char *expected) {
    enum result result = RESULT_OK;
    char *messages = messages_of(text, bytes, &result);
    assert_string_equal(messages, expected);
    assert_int_equal(result, RESULT_BAD_INPUT);
    free(messages);
}

#define ASSERT_MESSAGES(text, expected) assert_messages(text, sizeof(text) - 1, expected)

static void what_is_not_utf8_text_is_refused(void **state) {
    (void)state;
    ASSERT_MESSAGES("title: a\0b\n",
                    "file:1:9: error: the character U+0000 cannot be here; remove it\n");
    ASSERT_MESSAGES("title: t\nabout: \xC3\xA4\xFF\n",
                    "file:2:9: error: the byte 0xff is not UTF-8; save the file as UTF-8 text\n");
    ASSERT_MESSAGES("\xFFtitle: t\n",
                    "file:1:1: error: the byte 0xff is not UTF-8; save the file as UTF-8 text\n");
    static const char utf16[] = "file:1:1: error: the file is UTF-16; save it as UTF-8 text\n";
    ASSERT_MESSAGES("\xFF\xFEt\0i\0", utf16);
    ASSERT_MESSAGES("\xFE\xFF\0t\0i", utf16);
    ASSERT_MESSAGES("t\0i\0", utf16);
    ASSERT_MESSAGES("\0t\0i", utf16);
    ASSERT_MESSAGES("title: \xC0\x80\n",
                    "file:1:8: error: the byte 0xc0 is not UTF-8; save the file as UTF-8 text\n");
    ASSERT_MESSAGES("title: \xED\xA0\x80\n",
                    "file:1:8: error: the byte 0xed is not UTF-8; save the file as UTF-8 text\n");
    ASSERT_MESSAGES("title: \xF4\x90\x80\x80\n",
                    "file:1:8: error: the byte 0xf4 is not UTF-8; save the file as UTF-8 text\n");
    ASSERT_MESSAGES("title: t\r\nabout: \xE2\x82",
                    "file:2:8: error: the byte 0xe2 is not UTF-8; save the file as UTF-8 text\n");
    ASSERT_MESSAGES("title: \x1B[31m\n",
                    "file:1:8: error: the character U+001B cannot be here; remove it\n");
    ASSERT_MESSAGES("title: \xEF\xBF\xBF\n",
                    "file:1:8: error: the character U+FFFF cannot be here; remove it\n");
    ASSERT_MESSAGES("", "file:1:1: error: the file is empty; a scenario needs at least 'title' and "
                        "'goroutines'\n");
}

/* However the lines end, and whatever stands before it. */
static void an_odd_character_has_its_place(void **state) {
    (void)state;
    static const char *const before[] = {"",
                                         "title: t\n",
                                         "title: t\r\n",
                                         "title: t\r",
                                         "title: \u00e4\u2014 \u4e16\r\n",
                                         "\n\r\n\r# \u00e4\n",
                                         "about: |\n  a\n  b\n\n",
                                         "about: \"a\\\n\n  b\"\n"};
    static const unsigned lines[] = {1, 2, 2, 2, 2, 5, 5, 4};
    for (size_t i = 0; i < COUNT_OF(before); i++) {
        char text[200], want[200];
        snprintf(text, sizeof text, "%sgogc: 5\u00a0%%\n", before[i]);
        snprintf(want, sizeof want,
                 "file:%u:8: error: U+00A0 (no-break space) stands here, which YAML does not take "
                 "for a blank; write an ordinary space\n",
                 lines[i]);
        assert_messages(text, strlen(text), want);
    }
}

static void odd_characters_do_no_harm_in_what_is_for_people(void **state) {
    (void)state;
    struct scenario *scenario;
    assert_int_equal(scenario_load("tests/scenarios/good/odd-text.yaml", stderr, &scenario),
                     RESULT_OK);
    assert_string_equal(scenario->title,
                        "\u00ab\u00a0L\u00e0\u202f!\u00a0\u00bb 👩\u200d💻 \u202e \u2212 „ресурс“");
    scenario_free(scenario);
}

static void a_file_too_large_is_refused_and_one_just_small_enough_is_read(void **state) {
    (void)state;
    static const char head[] = "title: t\ngoroutines: [{name: main, loop: [{sleep: 1s}]}]\n#";
    const size_t most = 1 << 20;
    char *text = malloc(most + 1);
    assert_non_null(text);
    memset(text, 'x', most + 1);
    memcpy(text, head, sizeof head - 1);
    enum result result = RESULT_BAD_INPUT;
    free(messages_of(text, most, &result));
    assert_int_equal(result, RESULT_OK);
    assert_messages(text, most + 1,
                    "file:1:1: error: the file is larger than 1 MiB; is it a scenario?\n");
    free(text);
}

/* `head`, then `count` times `piece`; the caller frees it. */
static char *repeated(const char *head, const char *piece, size_t count) {
    char *text = malloc(strlen(head) + count * strlen(piece) + 1);
    assert_non_null(text);
    char *at = stpcpy(text, head);
    for (size_t i = 0; i < count; i++) {
        at = stpcpy(at, piece);
    }
    return text;
}

static void depth_without_end_is_refused_at_once(void **state) {
    (void)state;
    static const struct {
        const char *head, *piece;
    } cases[] = {
        {"title: t\ngoroutines: [{name: m, loop: ", "[{repeat: 1, steps: "},
        {"title: t\ngoroutines: [{name: m, loop: ", "[{select: [{receive: c, then: "},
        {"title: ", "["},
        {"title: ", "{a: "},
        {"goroutines:\n", "- "},
        {"", "? "},
        {"unknown: ", "["},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *text = repeated(cases[i].head, cases[i].piece, 20000);
        enum result result = RESULT_OK;
        char *messages = messages_of(text, strlen(text), &result);
        assert_int_equal(result, RESULT_BAD_INPUT);
        assert_true(are_messages(messages));
        free(messages);
        free(text);
    }
}

static void very_many_mistakes_are_told_up_to_a_thousand(void **state) {
    (void)state;
    char *text =
        repeated("title: t\ngoroutines: [{name: m, loop: [{sleep: 1s}]}]\n", "x: 1\n", 9000);
    enum result result = RESULT_OK;
    char *messages = messages_of(text, strlen(text), &result);
    assert_true(are_messages(messages));
    size_t lines = 0;
    for (const char *at = messages; *at != '\0'; at++) {
        lines += *at == '\n';
    }
    assert_int_equal(lines, 1001);
    assert_non_null(strstr(messages, ":1002:1: error: 8000 more mistakes are not shown; "
                                     "correct these first\n"));
    free(messages);
    free(text);
}

static void a_file_that_cannot_be_read_is_told(void **state) {
    (void)state;
    static const struct {
        const char *path, *why;
    } cases[] = {
        {"scenarios/none.yaml", "No such file or directory; is the name right?"},
        {"scenarios", "Is a directory; give a file in it"},
        {"README.md/x.yaml", "Not a directory; what stands before a '/' is no folder"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char expected[200];
        char *messages = NULL;
        size_t size = 0;
        FILE *errors = open_memstream(&messages, &size);
        assert_non_null(errors);
        struct scenario *scenario = NULL;
        assert_int_equal(scenario_load(cases[i].path, errors, &scenario), RESULT_NO_FILE);
        fclose(errors);
        snprintf(expected, sizeof expected, "%s:1:1: error: this cannot be read: %s\n",
                 cases[i].path, cases[i].why);
        assert_string_equal(messages, expected);
        assert_null(scenario);
        free(messages);
    }
}

/* A text that is being mutated, and the generator that decides how. */
struct mutant {
    char text[16384];
    size_t bytes;
    uint64_t random;
};

static size_t draw(struct mutant *m, size_t below) {
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return below == 0 ? 0 : (size_t)(m->random >> 11) % below;
}

/* Puts `count` bytes where [at, at + gone) was, if there is room. */
static void replace(struct mutant *m, size_t at, size_t gone, const char *with, size_t count) {
    if (at + gone > m->bytes || m->bytes - gone + count > sizeof m->text) {
        return;
    }
    memmove(m->text + at + count, m->text + at + gone, m->bytes - at - gone);
    memcpy(m->text + at, with, count);
    m->bytes = m->bytes - gone + count;
}

/* The line that holds a random byte, with its end. */
static size_t draw_line(struct mutant *m, size_t *length) {
    size_t start = draw(m, m->bytes);
    while (start > 0 && m->text[start - 1] != '\n') {
        start--;
    }
    const char *end = memchr(m->text + start, '\n', m->bytes - start);
    *length = end == NULL ? m->bytes - start : (size_t)(end - (m->text + start)) + 1;
    return start;
}

static void mutate_piece(struct mutant *m) {
    static const char *const pieces[] = {
        " ",
        "  ",
        "\n",
        "\t",
        "- ",
        ": ",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        "'",
        "\"",
        "|",
        ">",
        "&a ",
        "*a",
        "!!str ",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "\\",
        "~",
        "null",
        "5x",
        "-1",
        "0",
        "99999999999999999999",
        "1.5",
        "off",
        "\xC3\xA4",
        "\xFF",
        "\x01",
        "\xE2\x80\xA8",
        "loop:\n",
        "then:\n",
        "- sleep: 0s\n",
        "- print: memstats\n",
        "- pick: slot\n",
        "- select:\n",
        "from: list\n",
        "<<: ",
        "name: main\n",
        "count: 0\n",
        "slots: 50000000\n",
        "idle",
        "\r",
    };
    const char *piece = pieces[draw(m, COUNT_OF(pieces))];
    replace(m, draw(m, m->bytes + 1), draw(m, 3), piece, strlen(piece));
}

static void mutate(struct mutant *m) {
    size_t length = 0;
    const size_t start = draw_line(m, &length);
    char line[512];
    switch (draw(m, 6)) {
    case 0: /* a line goes */
        replace(m, start, length, "", 0);
        break;
    case 1: /* a line comes again elsewhere */
        if (length <= sizeof line) {
            memcpy(line, m->text + start, length);
            replace(m, draw_line(m, &length), 0, line, length);
        }
        break;
    case 2: /* indentation */
        replace(m, start, 0, "      ", 1 + draw(m, 6));
        break;
    case 3: /* a byte */
        line[0] = (char)draw(m, 256);
        replace(m, draw(m, m->bytes), 1, line, 1);
        break;
    case 4: /* some bytes go */
        replace(m, draw(m, m->bytes), 1 + draw(m, 8), "", 0);
        break;
    default:
        mutate_piece(m);
        break;
    }
}

static void try_mutants(const char *path, uint64_t seed, int rounds) {
    static struct mutant m;
    size_t bytes = 0;
    char *text = read_file(path, &bytes);
    assert_true(bytes <= sizeof m.text);
    m.random = seed;
    for (int i = 0; i < rounds; i++) {
        memcpy(m.text, text, bytes);
        m.bytes = bytes;
        for (size_t j = 1 + draw(&m, 4); j > 0; j--) {
            mutate(&m);
        }
        enum result result = RESULT_OK, again = RESULT_OK;
        char *messages = messages_of(m.text, m.bytes, &result);
        char *repeat = messages_of(m.text, m.bytes, &again);
        const bool good = result == RESULT_OK
                              ? messages[0] == '\0'
                              : result == RESULT_BAD_INPUT && are_messages(messages);
        if (!good || again != result || strcmp(messages, repeat) != 0) {
            fail_msg("%s seed %llu round %d\n%.*s\n%s", path, (unsigned long long)seed, i,
                     (int)m.bytes, m.text, messages);
        }
        free(messages);
        free(repeat);
    }
    free(text);
}

static void mutants_of_good_files_load_or_are_explained(void **state) {
    (void)state;
    static const char *const paths[] = {
        "scenarios/any-type.yaml",
        "scenarios/free-os-memory-timeline.yaml",
        "scenarios/idle-queue.yaml",
        "scenarios/realistic-20.yaml",
        "scenarios/recycler.yaml",
        "scenarios/release.yaml",
        "tests/scenarios/good/every-key.yaml",
    };
    for (size_t i = 0; i < COUNT_OF(paths); i++) {
        try_mutants(paths[i], UINT64_C(0x9E3779B97F4A7C15) + i, 800);
    }
}

int test_scenario_bad(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_bad_file_gives_its_messages),
        cmocka_unit_test(what_is_not_utf8_text_is_refused),
        cmocka_unit_test(an_odd_character_has_its_place),
        cmocka_unit_test(odd_characters_do_no_harm_in_what_is_for_people),
        cmocka_unit_test(a_file_too_large_is_refused_and_one_just_small_enough_is_read),
        cmocka_unit_test(depth_without_end_is_refused_at_once),
        cmocka_unit_test(very_many_mistakes_are_told_up_to_a_thousand),
        cmocka_unit_test(a_file_that_cannot_be_read_is_told),
        cmocka_unit_test(mutants_of_good_files_load_or_are_explained),
    };
    return cmocka_run_group_tests_name("scenario_bad", tests, NULL, NULL);
}
