#include "tui/live/machine.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

uint64_t machine_now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * NS_PER_SECOND + (uint64_t)now.tv_nsec;
}

uint64_t machine_memory_available(void) {
    FILE *file = fopen("/proc/meminfo", "r");
    if (file == NULL) {
        return UINT64_MAX;
    }
    char line[128];
    uint64_t kib = UINT64_MAX;
    while (kib == UINT64_MAX && fgets(line, sizeof line, file) != NULL) {
        sscanf(line, "MemAvailable: %" SCNu64, &kib);
    }
    fclose(file);
    return kib == UINT64_MAX ? UINT64_MAX : kib * 1024;
}
