// The events benchmark's queue cases (see events.c) for ns-3: functions that schedule themselves,
// with the scheduler that its users know as the fastest one, a priority queue.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <random>

#include <ns3/core-module.h>

static const int kDelays = 1 << 16;
static uint64_t table[kDelays];
static uint64_t events;
static uint64_t warm;
static uint64_t count;
static double start;

static double CpuNs() {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1e9 + t.tv_nsec;
}

static uint64_t DelayOf(char kind, std::mt19937_64 &draw) {
    const double uniform = (draw() >> 11) * 0x1p-53;
    if (kind == 'e') {
        return static_cast<uint64_t>(-std::log(1 - uniform) * 1e6);
    }
    if (kind == 'w') {
        return static_cast<uint64_t>(uniform * 400e6);
    }
    return static_cast<uint64_t>(uniform * (draw() % 10 < 9 ? 20e3 : 20e6));
}

static void Run() {
    events++;
    if (events == warm) {
        start = CpuNs();
    } else if (events == warm + count) {
        std::printf("%.3f\n", (CpuNs() - start) / count);
        ns3::Simulator::Stop();
    }
    ns3::Simulator::Schedule(ns3::NanoSeconds(table[events % kDelays]), &Run);
}

int main(int argc, char **argv) {
    if (argc < 2 || std::strncmp(argv[1], "queue-", 6) != 0) {
        return 3;
    }
    const char kind = argv[1][6];
    const uint64_t pending = std::strtoull(std::strrchr(argv[1], '-') + 1, nullptr, 10);
    const uint64_t share = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 1;
    count = 2000000 / share;
    warm = count / 4 + pending;
    std::mt19937_64 draw(1);
    for (auto &delay : table) {
        delay = DelayOf(kind, draw);
    }
    ns3::ObjectFactory scheduler;
    scheduler.SetTypeId("ns3::PriorityQueueScheduler");
    ns3::Simulator::SetScheduler(scheduler);
    for (uint64_t i = 0; i < pending; i++) {
        ns3::Simulator::Schedule(ns3::NanoSeconds(DelayOf(kind, draw)), &Run);
    }
    ns3::Simulator::Run();
    return 0;
}
