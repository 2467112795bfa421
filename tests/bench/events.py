"""The events benchmark's queue cases (see events.c) for SimPy: N processes that sleep in a loop."""
import random
import sys
import time

import simpy

DELAYS = 1 << 16


def delay_of(kind, draw):
    if kind == 'exp':
        return int(draw.expovariate(1.0) * 1e6)
    if kind == 'wide':
        return int(draw.random() * 400e6)
    return int(draw.random() * (20e3 if draw.randrange(10) < 9 else 20e6))


def main():
    name, share = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1
    parts = name.split('-')
    if parts[0] != 'queue' or int(parts[2]) > 1000:
        sys.exit(3)
    draw = random.Random(1)
    table = [delay_of(parts[1], draw) for _ in range(DELAYS)]
    count = max(400000 // share, 1)
    events = 0
    env = simpy.Environment()
    done = env.event()

    def process(first):
        nonlocal events
        yield env.timeout(first)
        while True:
            events += 1
            if events == count:
                done.succeed()
            yield env.timeout(table[events % DELAYS])

    for _ in range(int(parts[2])):
        env.process(process(delay_of(parts[1], draw)))
    start = time.process_time()
    env.run(until=done)
    print('%.3f' % ((time.process_time() - start) * 1e9 / events))


main()
