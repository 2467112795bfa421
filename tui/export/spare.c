#include "tui/export/spare.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

enum { PATH_BYTES = 1024, LINE_BYTES = 512 };

static uint64_t smaller(uint64_t a, uint64_t b) {
    return a < b ? a : b;
}

/* The number behind `key` at the beginning of a line; an empty key: the file's first. UINT64_MAX:
 * there is no such file, line or number ("max"). */
static uint64_t read_number(const char *path, const char *key) {
    FILE *file = fopen(path, "r");
    char line[LINE_BYTES];
    uint64_t number = UINT64_MAX;
    bool found = file == NULL;
    while (!found && fgets(line, sizeof line, file) != NULL) {
        found = strncmp(line, key, strlen(key)) == 0;
        if (found && sscanf(line + strlen(key), "%" SCNu64, &number) != 1) {
            number = UINT64_MAX;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return number;
}

/* How one version of control groups calls its files. */
struct names {
    const char *mount;
    const char *limits[2]; /* NULL: no more */
    const char *usage;
    const char *cache; /* in memory.stat: what of the usage can be had back */
};

/* What one group can still use. */
static uint64_t spare_of_group(const char *root, const char *group, const struct names *names) {
    char path[PATH_BYTES];
    uint64_t limit = UINT64_MAX;
    for (size_t i = 0; i < COUNT_OF(names->limits) && names->limits[i] != NULL; i++) {
        snprintf(path, sizeof path, "%s%s%s/%s", root, names->mount, group, names->limits[i]);
        limit = smaller(limit, read_number(path, ""));
    }
    snprintf(path, sizeof path, "%s%s%s/%s", root, names->mount, group, names->usage);
    uint64_t usage = read_number(path, "");
    if (limit == UINT64_MAX || usage == UINT64_MAX) {
        return limit;
    }
    snprintf(path, sizeof path, "%s%s%s/memory.stat", root, names->mount, group);
    const uint64_t cache = read_number(path, names->cache);
    usage -= cache < usage ? cache : 0;
    return limit > usage ? limit - usage : 0;
}

/* A group and all it is in. `group` is cut on the way. */
static uint64_t spare_of_groups(const char *root, char *group, const struct names *names) {
    uint64_t spare = UINT64_MAX;
    for (;;) {
        spare = smaller(spare, spare_of_group(root, group, names));
        char *slash = strrchr(group, '/');
        if (slash == NULL) {
            return spare;
        }
        *slash = '\0';
    }
}

/* Lines are "0::/group" of version 2, "4:memory:/group" of version 1. */
static uint64_t spare_in_line(const char *root, char *line) {
    static const struct names versions[] = {
        {.mount = "/sys/fs/cgroup/memory",
         .limits = {"memory.limit_in_bytes"},
         .usage = "memory.usage_in_bytes",
         .cache = "total_inactive_file "},
        {.mount = "/sys/fs/cgroup",
         .limits = {"memory.max", "memory.high"},
         .usage = "memory.current",
         .cache = "inactive_file "},
    };
    line[strcspn(line, "\n")] = '\0';
    char *controllers = strchr(line, ':');
    char *group = controllers != NULL ? strchr(controllers + 1, ':') : NULL;
    if (group == NULL) {
        return UINT64_MAX;
    }
    *group++ = '\0';
    const bool second = controllers[1] == '\0';
    if (!second && strstr(controllers, "memory") == NULL) {
        return UINT64_MAX;
    }
    return spare_of_groups(root, group, &versions[second ? 1 : 0]);
}

static uint64_t spare_of_containers(const char *root) {
    char path[PATH_BYTES];
    char line[LINE_BYTES];
    uint64_t spare = UINT64_MAX;
    snprintf(path, sizeof path, "%s/proc/self/cgroup", root);
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        spare = smaller(spare, spare_in_line(root, line));
    }
    if (file != NULL) {
        fclose(file);
    }
    return spare;
}

/* What is left of one of this process's limits. */
static uint64_t spare_of_limit(const char *root, rlim_t most, const char *key) {
    char path[PATH_BYTES];
    if (most == RLIM_INFINITY) {
        return UINT64_MAX;
    }
    snprintf(path, sizeof path, "%s/proc/self/status", root);
    const uint64_t kib = read_number(path, key);
    const uint64_t used = kib == UINT64_MAX ? 0 : kib * 1024;
    return most > used ? most - used : 0;
}

uint64_t spare_bytes(const char *root) {
    char path[PATH_BYTES];
    snprintf(path, sizeof path, "%s/proc/meminfo", root);
    const uint64_t kib = read_number(path, "MemAvailable:");
    uint64_t spare = kib == UINT64_MAX ? UINT64_MAX : kib * 1024;
    spare = smaller(spare, spare_of_containers(root));
    struct rlimit limit;
    if (getrlimit(RLIMIT_AS, &limit) == 0) {
        spare = smaller(spare, spare_of_limit(root, limit.rlim_cur, "VmSize:"));
    }
    if (getrlimit(RLIMIT_DATA, &limit) == 0) {
        spare = smaller(spare, spare_of_limit(root, limit.rlim_cur, "VmData:"));
    }
    return spare;
}
