#!/usr/bin/python3
"""nth_failure_test.py PROGRAM [LIBRARY] [OPTION]...: each call that can fail fails, one at a time.

Each case of cases.py is run undisturbed, then with the first call of malloc failing, the second,
and so on until a run passes untouched; then those of calloc, of write, and so on (fail.c does it).
A run survives if it ends by itself, within its time, and

- either gives the status, output and files of the undisturbed one,
- or ends with another status than 0, and says on stderr what failed; then a file of its own bears
  its name only if it is as it was before or complete, and what else is left is named on stderr;

and if a terminal that it had is as before. What is known to be different stands in exceptions.py.
A PROGRAM that fail.c is linked into needs no LIBRARY.

Options: --part=SECONDS  only what fits into that time, chosen by chance
         --seed=N        of this chance
         --stays         the calls after the n-th fail, too
         --case=WORD, --call=WORD, --room=headless, --room=terminal   only these
         --from=N, --verbose        for finding out

One "not ok" line for each run that did not survive, with the command that repeats it; a table; the
last line: N passed, N failed.
"""
import argparse
import collections
import concurrent.futures
import errno
import os
import random
import re
import sys
import time

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from nth_failure.cases import CASES, Fault  # noqa: E402
from nth_failure.exceptions import EXCEPTIONS  # noqa: E402

# What fails, and why it may.
CALLS = {
    "malloc": ["ENOMEM"], "calloc": ["ENOMEM"], "realloc": ["ENOMEM"],
    "aligned_alloc": ["ENOMEM"], "mmap": ["ENOMEM"], "mprotect": ["ENOMEM"],
    "madvise": ["ENOMEM"], "mincore": ["EAGAIN"], "open": ["EMFILE"],
    "read": ["EIO", "EINTR"], "write": ["ENOSPC", "EIO", "EINTR"], "fsync": ["EIO"],
    "rename": ["ENOSPC"], "link": ["EIO"], "unlink": ["EIO"], "chmod": ["EPERM"],
    "lseek": ["EIO"], "stat": ["EIO"], "readdir": ["EIO"], "poll": ["ENOMEM", "EINTR"],
    "ioctl": ["EIO"], "fcntl": ["ENOMEM"], "dup": ["EMFILE"], "pipe": ["EMFILE"],
    "sigaction": ["EINVAL"],
}


class Judge:
    """Counts what survives, and prints what does not."""

    def __init__(self, options):
        self.options = options
        self.tried = collections.Counter()
        self.survived = collections.Counter()
        self.excused = collections.Counter()
        self.seen = collections.Counter()

    def take(self, case, fault, wrong, callers):
        """Whether the run was disturbed at all; `wrong`: what is, as text."""
        if callers is None:
            return False
        where = (case.room, fault.call)
        self.tried[where] += 1
        path = case.names(callers) if wrong else ""
        for exception in EXCEPTIONS if wrong else ():
            if exception.covers(fault, wrong, f"{callers} {path}"):
                self.excused[exception] += 1
                wrong = ""
                break
        if not wrong:
            self.survived[where] += 1
            if self.options.verbose:
                print(f"ok: {case.name}: {fault}")
            return True
        self.seen[(case.name, fault.call, path)] += 1
        if self.seen[(case.name, fault.call, path)] == 1 or self.options.verbose:
            print(f"not ok: {case.name}: {fault}: {wrong}\n  in {path}", flush=True)
        return True

    def report(self):
        print(f"\n{'survived of tried':16} {'headless':>16} {'in a terminal':>16}")
        for call in CALLS:
            if any(self.tried[(room, call)] for room in ("headless", "terminal")):
                rooms = [f"{self.survived[(room, call)]:,} / {self.tried[(room, call)]:,}"
                         for room in ("headless", "terminal")]
                print(f"{call:16} {rooms[0]:>16} {rooms[1]:>16}")
        for (name, call, path), count in self.seen.items():
            if count > 1:
                print(f"not ok {count} times: {name}: {call} in {path}")
        for exception, count in self.excused.items():
            print(f"excused {count:4}: {exception.why}")
        passed = sum(self.survived.values())
        failed = sum(self.tried.values()) - passed
        if passed + failed == 0:
            failed = 1
        print(f"{passed} passed, {failed} failed")
        return failed == 0


def try_all(case, judge, options):
    """Each call of each function, until a run passes untouched. One task a function."""
    def one(call, reason):
        for n in range(options.start, 1000000):
            fault = Fault(call, n, reason, options.stays and reason != "EINTR")
            if not judge.take(case, fault, *case.run(fault)):
                return

    for call, reasons in CALLS.items():
        if case.counts[call] > 0 and (not options.call or call == options.call):
            for reason in reasons:
                yield lambda call=call, reason=reason: one(call, reason)


def some(cases, judge, options):
    """Tasks: the last call of each function in each case, where the case does what is its own; then
    by chance, and all functions take turns, however often they are called."""
    chance = random.Random(options.seed)
    end = time.monotonic() + options.part

    def one(case, fault):
        if time.monotonic() < end:
            judge.take(case, fault, *case.run(fault))

    turns = [(case, call) for case in cases for call in CALLS
             if case.counts[call] > 0 and (not options.call or call == options.call)]
    for turn in range(1000):
        chance.shuffle(turns)
        for case, call in turns:
            if turn == 0:
                fault = Fault(call, case.counts[call], CALLS[call][0])
                yield lambda case=case, fault=fault: one(case, fault)
                continue
            reason = chance.choice(CALLS[call])
            stays = reason != "EINTR" and (options.stays or chance.random() < 0.2)
            fault = Fault(call, chance.randint(1, case.counts[call]), reason, stays)
            yield lambda case=case, fault=fault: one(case, fault)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("program")
    parser.add_argument("library", nargs="?", default="")
    parser.add_argument("--part", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--stays", action="store_true")
    parser.add_argument("--case", default="")
    parser.add_argument("--room", default="", choices=["", "headless", "terminal"])
    parser.add_argument("--call", default="", choices=["", *CALLS])
    parser.add_argument("--from", dest="start", type=int, default=1)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    library = os.path.abspath(options.library) if options.library else ""
    cases = [make(os.path.abspath(options.program), library)
             for make in CASES if options.case in make.name and options.room in make.room]
    judge = Judge(options)
    jobs = len(os.sched_getaffinity(0))
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for wrong in pool.map(lambda case: case.run_undisturbed(), cases):
            if wrong:
                sys.exit(f"not ok: undisturbed: {wrong}\n0 passed, 1 failed")
        if options.part is not None:
            print(f"seed {options.seed}")
            tasks = list(some(cases, judge, options))
        else:
            tasks = [task for case in cases for task in try_all(case, judge, options)]
        for done in pool.map(lambda task: task(), tasks):
            pass
    sys.exit(0 if judge.report() else 1)


if __name__ == "__main__":
    main()
