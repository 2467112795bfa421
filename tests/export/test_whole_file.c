/*
 * test_whole_file.c: files that appear under their names only when they are complete, and which
 * paths lead to one file.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tui/export/place.h"
#include "tui/export/whole_file.h"

int test_whole_file(void);

/* A folder of our own; `path` makes the path of a file in it. */
struct folder {
    char name[32];
};

static struct folder folder_new(void) {
    struct folder folder = {"/tmp/gomemlab-test-XXXXXX"};
    assert_non_null(mkdtemp(folder.name));
    return folder;
}

struct path {
    char s[512];
};

static struct path in(const struct folder *folder, const char *name) {
    struct path path;
    snprintf(path.s, sizeof path.s, "%s/%s", folder->name, name);
    return path;
}

static void folder_done(const struct folder *folder) {
    char command[64];
    snprintf(command, sizeof command, "rm -r %s", folder->name);
    assert_int_equal(system(command), 0);
}

static void write_text(const char *path, const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void expect_text(const char *path, const char *want) {
    char text[64] = "";
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    assert_string_equal(text, want);
}

static void expect_nothing(const char *path) {
    struct stat info;
    assert_int_equal(lstat(path, &info), -1);
    assert_int_equal(errno, ENOENT);
}

static void finish(struct whole_file *whole, const char *text) {
    fputs(text, whole->file);
    assert_true(whole_file_close(whole));
    assert_true(whole_file_publish(whole));
    whole_file_leave(whole);
}

static void a_file_gets_its_name_at_the_end(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    const struct path path = in(&folder, "x"), partial = in(&folder, "x.partial");
    write_text(path.s, "old");
    struct whole_file whole;
    assert_true(whole_file_open(&whole, path.s));
    assert_string_equal(whole.temporary, partial.s);
    fputs("new", whole.file);
    assert_true(whole_file_close(&whole));
    expect_text(path.s, "old");
    expect_text(partial.s, "new");
    assert_true(whole_file_publish(&whole));
    whole_file_leave(&whole);
    expect_text(path.s, "new");
    expect_nothing(partial.s);
    folder_done(&folder);
}

static void what_is_there_is_never_opened(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    const struct path path = in(&folder, "x"), victim = in(&folder, "victim");
    write_text(victim.s, "precious");
    assert_int_equal(symlink(victim.s, in(&folder, "x.partial").s), 0);
    assert_int_equal(link(victim.s, in(&folder, "x.partial-2").s), 0);
    struct whole_file first, second;
    assert_true(whole_file_open(&first, path.s));
    assert_true(whole_file_open(&second, path.s));
    assert_string_equal(first.temporary, in(&folder, "x.partial-3").s);
    assert_string_equal(second.temporary, in(&folder, "x.partial-4").s);
    finish(&second, "second");
    expect_text(path.s, "second");
    finish(&first, "first");
    expect_text(path.s, "first");
    expect_text(victim.s, "precious");
    folder_done(&folder);
}

static void permissions_stay(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    const struct path path = in(&folder, "x");
    static const mode_t modes[] = {0600, 0640, 0755, 0666};
    write_text(path.s, "old");
    for (size_t i = 0; i < COUNT_OF(modes); i++) {
        struct whole_file whole;
        struct stat info;
        assert_int_equal(chmod(path.s, modes[i]), 0);
        assert_true(whole_file_open(&whole, path.s));
        assert_int_equal(stat(whole.temporary, &info), 0);
        assert_int_equal(info.st_mode & 0777, modes[i]);
        finish(&whole, "new");
        assert_int_equal(stat(path.s, &info), 0);
        assert_int_equal(info.st_mode & 0777, modes[i]);
    }
    folder_done(&folder);
}

static void links_lead_to_the_name(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    assert_int_equal(mkdir(in(&folder, "sub").s, 0700), 0);
    assert_int_equal(symlink("sub/b", in(&folder, "a").s), 0);
    assert_int_equal(symlink("../c", in(&folder, "sub/b").s), 0);
    for (int round = 0; round < 2; round++) { /* c is not there, then it is */
        struct whole_file whole;
        struct stat info;
        assert_true(whole_file_open(&whole, in(&folder, "a").s));
        expect_nothing(in(&folder, "a.partial").s);
        finish(&whole, "text");
        expect_text(in(&folder, "c").s, "text");
        assert_int_equal(lstat(in(&folder, "a").s, &info), 0);
        assert_true(S_ISLNK(info.st_mode));
    }
    assert_int_equal(symlink("e", in(&folder, "d").s), 0);
    assert_int_equal(symlink("d", in(&folder, "e").s), 0);
    struct whole_file whole;
    assert_false(whole_file_open(&whole, in(&folder, "d").s));
    assert_int_equal(errno, ELOOP);
    folder_done(&folder);
}

static void long_names_are_cut_between_characters(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    for (size_t lead = 0; lead < 2; lead++) {
        char name[256] = "x";
        for (size_t i = lead; i + 2 < sizeof name; i += 2) {
            snprintf(name + i, sizeof name - i, "\xC3\xA4");
        }
        const struct path path = in(&folder, name);
        struct whole_file whole;
        assert_true(whole_file_open(&whole, path.s));
        char *ending = strstr(whole.temporary, ".partial");
        assert_non_null(ending);
        assert_int_equal((unsigned char)ending[-1], 0xA4);
        finish(&whole, "text");
        expect_text(path.s, "text");
    }
    folder_done(&folder);
}

static void a_fresh_name_is_never_taken_from_another(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    const struct path path = in(&folder, "x"), partial = in(&folder, "x.partial");
    struct whole_file whole;
    assert_true(whole_file_open_fresh(&whole, path.s));
    fputs("new", whole.file);
    write_text(path.s, "another's"); /* in the meantime */
    assert_true(whole_file_close(&whole));
    assert_false(whole_file_publish(&whole));
    assert_int_equal(errno, EEXIST);
    whole_file_remove(&whole);
    expect_nothing(partial.s);
    assert_false(whole_file_open_fresh(&whole, path.s));
    assert_int_equal(errno, EEXIST);
    expect_text(path.s, "another's");
    assert_int_equal(remove(path.s), 0);
    assert_true(whole_file_open_fresh(&whole, path.s));
    finish(&whole, "new");
    expect_text(path.s, "new");
    expect_nothing(partial.s);
    folder_done(&folder);
}

static void what_fails_leaves_nothing(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    struct whole_file whole;
    static const struct {
        const char *name;
        int error;
    } cases[] = {{"", EISDIR}, {"no/x", ENOENT}, {"x/", EISDIR}, {"sub", EISDIR}};
    assert_int_equal(mkdir(in(&folder, "sub").s, 0700), 0);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_false(whole_file_open(&whole, in(&folder, cases[i].name).s));
        assert_int_equal(errno, cases[i].error);
        assert_null(whole.file);
    }
    assert_true(whole_file_open(&whole, in(&folder, "y").s));
    whole_file_remove(&whole);
    assert_true(whole_file_open(&whole, "/dev/full"));
    assert_null(whole.temporary);
    fputs("text", whole.file);
    assert_false(whole_file_close(&whole));
    assert_int_equal(errno, ENOSPC);
    whole_file_leave(&whole);
    assert_int_equal(rmdir(in(&folder, "sub").s), 0);
    assert_int_equal(rmdir(folder.name), 0); /* nothing is in it */
}

static bool is_same(const char *a, const char *b) {
    struct place first, second;
    assert_true(place_find(a, &first));
    assert_true(place_find(b, &second));
    const bool same = place_is_same(&first, &second);
    assert_int_equal(same, place_is_same(&second, &first));
    place_done(&first);
    place_done(&second);
    return same;
}

static void one_file_is_found_by_all_its_names(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    const struct path a = in(&folder, "a"), hard = in(&folder, "hard"), soft = in(&folder, "soft");
    write_text(a.s, "text");
    write_text(in(&folder, "b").s, "text");
    assert_int_equal(link(a.s, hard.s), 0);
    assert_int_equal(symlink("a", soft.s), 0);
    assert_int_equal(mkdir(in(&folder, "sub").s, 0700), 0);
    assert_true(is_same(a.s, a.s));
    assert_true(is_same(a.s, hard.s));
    assert_true(is_same(soft.s, hard.s));
    assert_true(is_same(a.s, in(&folder, "sub/../a").s));
    assert_false(is_same(a.s, in(&folder, "b").s));
    assert_false(is_same(a.s, in(&folder, "new").s));
    assert_true(is_same(in(&folder, "new").s, in(&folder, "sub/../new").s));
    assert_false(is_same(in(&folder, "new").s, in(&folder, "sub/new").s));
    assert_false(is_same(in(&folder, "new").s, in(&folder, "new2").s));
    folder_done(&folder);
}

static void a_descriptor_is_no_name(void **state) {
    (void)state;
    const struct folder folder = folder_new();
    const struct path path = in(&folder, "x");
    const int file = open(path.s, O_RDWR | O_CREAT, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, "head ", 5), 5);
    char name[32];
    snprintf(name, sizeof name, "/dev/fd/%d", file);
    struct place place;
    assert_true(place_find(name, &place));
    assert_int_equal(place.descriptor, file);
    assert_true(place.passing);
    place_done(&place);
    assert_true(is_same(name, path.s));
    struct whole_file whole;
    assert_true(whole_file_open(&whole, name));
    assert_null(whole.temporary);
    finish(&whole, "tail");
    close(file);
    expect_text(path.s, "head tail");
    folder_done(&folder);
}

int test_whole_file(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_gets_its_name_at_the_end),
        cmocka_unit_test(what_is_there_is_never_opened),
        cmocka_unit_test(permissions_stay),
        cmocka_unit_test(links_lead_to_the_name),
        cmocka_unit_test(long_names_are_cut_between_characters),
        cmocka_unit_test(a_fresh_name_is_never_taken_from_another),
        cmocka_unit_test(what_fails_leaves_nothing),
        cmocka_unit_test(one_file_is_found_by_all_its_names),
        cmocka_unit_test(a_descriptor_is_no_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
