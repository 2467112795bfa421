/*
 * test_spare.c: how much memory there is to be had, under a root made for it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tui/export/spare.h"

int test_spare(void);

/* Writes ROOT/NAME, and makes the folders on the way. */
static void put(const char *root, const char *name, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", root, name);
    for (char *at = path + strlen(root) + 1; (at = strchr(at, '/')) != NULL; at++) {
        *at = '\0';
        (void)mkdir(path, 0700); /* it may be there */
        *at = '/';
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

static void new_root(char root[64]) {
    snprintf(root, 64, "/tmp/test_spare.XXXXXX");
    assert_non_null(mkdtemp(root));
    put(root, "proc/meminfo", "MemTotal: 9000000 kB\nMemAvailable:    8000000 kB\n");
}

static int remove_one(const char *path, const struct stat *what, int kind, struct FTW *at) {
    (void)what, (void)kind, (void)at;
    return remove(path);
}

static void end_root(const char *root) {
    assert_int_equal(nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

static void a_machine_without_containers_has_what_it_says(void **state) {
    (void)state;
    char root[64];
    new_root(root);
    assert_int_equal(spare_bytes(root), UINT64_C(8000000) * 1024);
    put(root, "proc/self/cgroup", "0::/\n");
    assert_int_equal(spare_bytes(root), UINT64_C(8000000) * 1024);
    put(root, "proc/meminfo", "nothing\n");
    assert_true(spare_bytes(root) == UINT64_MAX);
    end_root(root);
}

static void the_tightest_group_of_version_2_counts(void **state) {
    (void)state;
    char root[64];
    new_root(root);
    put(root, "proc/self/cgroup", "0::/a/b\n");
    put(root, "sys/fs/cgroup/a/b/memory.max", "max\n");
    put(root, "sys/fs/cgroup/a/b/memory.high", "max\n");
    put(root, "sys/fs/cgroup/a/b/memory.current", "1000\n");
    assert_int_equal(spare_bytes(root), UINT64_C(8000000) * 1024);
    put(root, "sys/fs/cgroup/a/memory.max", "1000000000\n");
    put(root, "sys/fs/cgroup/a/memory.current", "300000000\n");
    assert_int_equal(spare_bytes(root), 700000000);
    put(root, "sys/fs/cgroup/a/memory.stat", "anon 5\ninactive_file 100000000\nfile 1\n");
    assert_int_equal(spare_bytes(root), 800000000);
    put(root, "sys/fs/cgroup/a/b/memory.high", "500000\n");
    assert_int_equal(spare_bytes(root), 499000);
    put(root, "sys/fs/cgroup/a/b/memory.current", "600000\n");
    assert_int_equal(spare_bytes(root), 0);
    end_root(root);
}

static void groups_of_version_1_count(void **state) {
    (void)state;
    char root[64];
    new_root(root);
    put(root, "proc/self/cgroup", "5:cpu,cpuacct:/x\n4:memory:/x/y\n0::/x\n");
    put(root, "sys/fs/cgroup/memory/x/memory.limit_in_bytes", "2000000\n");
    put(root, "sys/fs/cgroup/memory/x/memory.usage_in_bytes", "500000\n");
    put(root, "sys/fs/cgroup/memory/x/memory.stat", "total_inactive_file 100000\n");
    assert_int_equal(spare_bytes(root), 1600000);
    end_root(root);
}

int test_spare(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_machine_without_containers_has_what_it_says),
        cmocka_unit_test(the_tightest_group_of_version_2_counts),
        cmocka_unit_test(groups_of_version_1_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
