/*
 * test_escape.c: foreign text comes out as something that can only be seen.
 */
#include "tests/unit.h"

#include <stdlib.h>
#include <string.h>

#include "engine/base/escape.h"
#include "engine/base/utf8.h"

int test_escape(void);

static void expect(const char *text, const char *want) {
    struct text_builder out = {0};
    escape_add(&out, text, strlen(text));
    text_put(&out, '\0');
    assert_false(out.no_memory);
    assert_string_equal(out.bytes, want);
    free(out.bytes);
}

static void what_can_be_seen_stays(void **state) {
    (void)state;
    static const char *const texts[] = {"",
                                        "a buffer, 5 MB",
                                        "caf\u00e9",
                                        "世界",
                                        "Ελλάδα",
                                        "שלום",
                                        "«\u00a0là\u202f!\u00a0»",
                                        "a\u0301",
                                        "<U+0041> \\x1b",
                                        "😀",
                                        "\ufffd",
                                        "\u2800"};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        expect(texts[i], texts[i]);
    }
}

static void what_does_something_becomes_its_number(void **state) {
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"\x1b[31m", "<U+001B>[31m"},
        {"a\nb\tc\r", "a<U+000A>b<U+0009>c<U+000D>"},
        {"\x7f", "<U+007F>"},
        {"\xc2\x9b", "<U+009B>"},
        {"\xc2\x85", "<U+0085>"},
        {"\u202e\u2066\u2069\u061c\u200f", "<U+202E><U+2066><U+2069><U+061C><U+200F>"},
        {"\u2028\u2029", "<U+2028><U+2029>"},
        {"\ufeff", "<U+FEFF>"},
        {"a\u200bb\u200d\u00ad", "a<U+200B>b<U+200D><U+00AD>"},
        {"\U000E0041\U000E0101", "<U+E0041><U+E0101>"},
        {"\xef\xbf\xbe\xf4\x8f\xbf\xbf\xef\xb7\x90", "<U+FFFE><U+10FFFF><U+FDD0>"},
        {"\u3164\uffa0\u115f", "<U+3164><U+FFA0><U+115F>"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        expect(cases[i].text, cases[i].want);
    }
}

static void bytes_that_are_not_utf8_become_their_number(void **state) {
    (void)state;
    expect("\xe9q", "<0xE9>q");
    expect("\x9b", "<0x9B>");
    expect("\xe2\x80", "<0xE2><0x80>");
    expect("\xe2\x80z", "<0xE2><0x80>z");
    expect("\xc0\xaf", "<0xC0><0xAF>");                     /* longer than need be */
    expect("\xed\xa0\x80", "<0xED><0xA0><0x80>");           /* a surrogate */
    expect("\xf4\x90\x80\x80", "<0xF4><0x90><0x80><0x80>"); /* behind the last character */
    struct escape nul = {.at = "\0", .end = nul.at + 1};
    assert_true(escape_next(&nul));
    assert_string_equal(nul.shown, "<U+0000>");
    assert_false(escape_next(&nul));
}

static void an_emoji_keeps_what_holds_it_together(void **state) {
    (void)state;
    expect("👩\u200d💻!", "👩\u200d💻!");
    expect("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥");
    expect("👩\u200dx", "👩<U+200D>x");
    expect("x\u200d👩", "x<U+200D>👩");
    expect("👩\u200d", "👩<U+200D>");
    expect("👩\u200d\u200d👩", "👩<U+200D><U+200D>👩");
    expect("a\ufe0f", "a<U+FE0F>");
    expect("❤\ufe0f\ufe0f\ufe0e", "❤\ufe0f<U+FE0F><U+FE0E>");
}

/* Every character of every plane, and every byte, by itself. */
static void nothing_comes_out_that_is_not_safe(void **state) {
    (void)state;
    for (uint32_t character = 1; character <= 0x10ffff; character++) {
        char bytes[5] = "";
        size_t count = 0;
        if (character < 0x80) {
            bytes[count++] = (char)character;
        } else if (character < 0x800) {
            bytes[count++] = (char)(0xc0 | character >> 6);
        } else if (character < 0x10000) {
            bytes[count++] = (char)(0xe0 | character >> 12);
            bytes[count++] = (char)(0x80 | (character >> 6 & 0x3f));
        } else {
            bytes[count++] = (char)(0xf0 | character >> 18);
            bytes[count++] = (char)(0x80 | (character >> 12 & 0x3f));
            bytes[count++] = (char)(0x80 | (character >> 6 & 0x3f));
        }
        if (character >= 0x80) {
            bytes[count++] = (char)(0x80 | (character & 0x3f));
        }
        for (struct escape e = {.at = bytes, .end = bytes + count}; escape_next(&e);) {
            const char *at = e.shown;
            const bool same = strcmp(e.shown, bytes) == 0;
            assert_true(same == escape_is_safe(character) || character == UTF8_BAD);
            while (at < e.shown + e.count) {
                assert_true(escape_is_safe(utf8_read(&at, e.shown + e.count)));
            }
        }
    }
}

static char *written(const char *text, bool line) {
    char *bytes = NULL;
    size_t count = 0;
    FILE *out = open_memstream(&bytes, &count);
    assert_non_null(out);
    if (line) {
        escape_line(out, "%s:%d: wrong", text, 7);
    } else {
        escape_print(out, "%s", text);
    }
    fclose(out);
    return bytes;
}

static void a_line_ends_only_at_its_end(void **state) {
    (void)state;
    char *line = written("a\n\x1b[2Jb.yaml", true);
    assert_string_equal(line, "a<U+000A><U+001B>[2Jb.yaml:7: wrong\n");
    free(line);
}

static void a_text_of_any_length_is_written_whole(void **state) {
    (void)state;
    for (size_t letters = 1000; letters < 1040; letters++) {
        char text[1100], want[1200];
        memset(text, 'x', letters);
        memcpy(text + letters, "\u202e", sizeof "\u202e");
        memset(want, 'x', letters);
        memcpy(want + letters, "<U+202E>", sizeof "<U+202E>");
        char *got = written(text, false);
        assert_string_equal(got, want);
        free(got);
    }
}

static void a_copy_is_cut_between_characters(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t room;
        const char *want;
    } cases[] = {
        {"abc", 4, "abc"},   {"abcd", 4, "abc"}, {"ab\u00e9", 4, "ab"}, {"a\u00e9", 4, "a\u00e9"},
        {"a世界", 6, "a世"}, {"世", 3, ""},      {"a", 1, ""},          {"", 1, ""}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char out[8];
        utf8_copy(out, cases[i].room, cases[i].text);
        assert_string_equal(out, cases[i].want);
    }
}

int test_escape(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_can_be_seen_stays),
        cmocka_unit_test(what_does_something_becomes_its_number),
        cmocka_unit_test(bytes_that_are_not_utf8_become_their_number),
        cmocka_unit_test(an_emoji_keeps_what_holds_it_together),
        cmocka_unit_test(nothing_comes_out_that_is_not_safe),
        cmocka_unit_test(a_line_ends_only_at_its_end),
        cmocka_unit_test(a_text_of_any_length_is_written_whole),
        cmocka_unit_test(a_copy_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
