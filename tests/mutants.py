#!/usr/bin/python3
"""mutants.py [--count=60] [--seed=1] [--rooms=engine] [--only=FILE[:LINE]]: what do tests catch?

Changes one thing in a copy of the sources (a comparison turned, a constant off by one, a condition
the other way round), builds, and runs the tests until one fails: those of the file's own room
first, then all unit tests, then the digests, then the recordings of the real Go. A change that no
test notices survives. Those in tests/mutants.txt cannot be noticed: each has its reason there.
One line each; the last line: N passed, N failed. It fails if fewer than 95 % are caught.
"""
import argparse
import concurrent.futures
import os
import queue
import random
import re
import resource
import shutil
import signal
import subprocess
import sys

EQUIVALENT = "tests/mutants.txt"
LEAST_CAUGHT = 0.95
BUILD_SECONDS = 900
TEST_SECONDS = 600
DATA_BYTES_MAX = 6 << 30  # a mutant that never stops allocating ends here, not the machine
# A row of a table, whose every number is a fact.
ROW_OF_NUMBERS = re.compile(r"(?:[\s\dxa-fA-FuUlL\[\]={},()-]|UINT64_C)*")
SLOW = {"clicks", "naive", "engine", "memory"}  # modules that are run last

# What becomes of each token. A constant N becomes N + 1.
FLIPS = {
    "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "==", "&&": "||", "||": "&&",
    "true": "false", "false": "true", "+": "-", "-": "+", "++": "--", "--": "++", "+=": "-=",
    "-=": "+=", "!": "",
}
TOKEN = re.compile(
    r"""(?P<skip>/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\#(?:\\\n|[^\n])*)
      |(?P<word>[A-Za-z_]\w*)
      |(?P<number>(?:0[xX][0-9a-fA-F]+|\d+)(?:[uUlL]*)(?![\w.]))
      |(?P<odd>[\d.]+\w*)
      |(?P<sign><<=|>>=|<<|>>|->|\+\+|--|\+=|-=|\*=|/=|&=|\|=|\^=|%=|<=|>=|==|!=|&&|\|\||[^\s\w])
      |\s+""", re.S | re.X)
# Calls whose arguments are no behaviour: what they check never fails in a program that is right.
ASIDE = {"CHECK", "_Static_assert", "__attribute__", "sizeof", "assert"}


def tokens(text):
    """(kind, text, start) of each token; skips what is inside of calls that only check."""
    found = []
    for match in TOKEN.finditer(text):
        kind = match.lastgroup
        if kind not in (None, "skip"):
            found.append((kind, match.group(), match.start()))
    depth, aside = 0, None
    for i, (kind, word, start) in enumerate(found):
        if word == "(":
            depth += 1
            if aside is None and i > 0 and found[i - 1][1] in ASIDE:
                aside = depth
        elif word == ")":
            if aside == depth:
                aside = None
            depth -= 1
        elif aside is None:
            yield i, found, kind, word, start


def is_binary(found, i):
    """Whether the + or - there stands between two values."""
    kind, word, _ = found[i - 1] if i > 0 else ("sign", "(", 0)
    value = kind in ("word", "number", "odd") and word not in ("return", "case")
    return value or word in (")", "]")


def candidates(path):
    """(line, what it says, start, old, new) of every change that can be made to a file."""
    text = open(path, encoding="utf-8").read()
    for i, found, kind, word, start in tokens(text):
        new = None
        begin = text.rfind("\n", 0, start) + 1
        says = text[begin:text.find("\n", start)]
        if kind == "number" and ROW_OF_NUMBERS.fullmatch(says):
            continue
        if kind == "number":
            digits = word.rstrip("uUlL")
            # the length of an array, a member of an enum: changing those is seldom a fault
            if found[i - 1][1] == "[" and found[i - 2][0] == "word" and found[i + 2][1] in ";=,)":
                continue
            new = (hex if digits.lower().startswith("0x") else str)(int(digits, 0) + 1)
            new += word[len(digits):]
        elif word in FLIPS and (word not in "+-" or is_binary(found, i)):
            new = FLIPS[word]
        if new is not None:
            line = text.count("\n", 0, start) + 1
            column = start - begin
            yield (line, says[:column] + "[" + word + "->" + new + "]" + says[column + len(word):],
                   start, word, new)


def equivalents():
    """Changes that no test can notice, as (file, the line as it is printed), and why."""
    known = {}
    place = None
    for line in open(EQUIVALENT, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("    "):
            known[place] = line.strip()
        elif line and not line.startswith("#"):
            path, _, says = line.partition(": ")
            place = (path, says.strip())
    return known


class Tree:
    """A copy of the sources with objects of its own."""

    def __init__(self, number):
        self.root = os.path.abspath(f"build/mutants/{number}")
        self.log = open(f"build/mutants/{number}.log", "wb")
        os.makedirs(self.root, exist_ok=True)
        files = subprocess.run(["git", "ls-files", "-z", "--cached", "--others",
                                "--exclude-standard"], capture_output=True, check=True).stdout
        for name in files.decode().split("\0"):
            if name and os.path.isfile(name):
                self.copy(name)
        if not self.build():
            sys.exit(f"the sources themselves do not build: see {self.log.name}")

    def copy(self, name):
        """Copies a file only if it differs, so that nothing else is built again."""
        target = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        text = open(name, "rb").read()
        if not os.path.exists(target) or open(target, "rb").read() != text:
            shutil.copy(name, target)

    def run(self, command, seconds):
        """Whether a command ends well and in time."""
        def limit():
            os.setsid()
            resource.setrlimit(resource.RLIMIT_DATA, (DATA_BYTES_MAX, DATA_BYTES_MAX))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        process = subprocess.Popen(command, cwd=self.root, stdout=self.log, stderr=self.log,
                                   stdin=subprocess.DEVNULL, preexec_fn=limit)
        try:
            return process.wait(seconds) == 0
        except subprocess.TimeoutExpired:
            return False
        finally:
            try:
                os.killpg(process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            process.wait()

    def build(self):
        return self.run(["make", "-s", "WARN=-w", "all", "build/release/tests/run",
                         "build/release/tests/fidelity/run"], BUILD_SECONDS)

    def tests(self, path):
        """The commands that test a file, those most likely to notice a change first."""
        room = os.path.basename(os.path.dirname(path))
        folder = f"tests/{room}" if room != "go11" else "tests/model"
        own = sorted(name[len("test_"):-len(".c")] for name in os.listdir(f"{self.root}/{folder}")
                     if name.startswith("test_")) if os.path.isdir(f"{self.root}/{folder}") else []
        for name in own:
            if name not in SLOW:
                yield f"unit {name}", ["build/release/tests/run", name]
        yield "digests", ["tests/digests.py", "build/release/gomemlab", "--quick"]
        yield "unit", ["build/release/tests/run"]
        yield "fidelity", ["tests/fidelity_test.sh", "build/release/tests/fidelity/run"]

    def caught(self, change):
        """The name of the test that notices a change; None: none does; "" if it does not build."""
        path, (_, _, start, old, new) = change
        target = os.path.join(self.root, path)
        text = open(target, encoding="utf-8").read()
        assert text[start:start + len(old)] == old
        try:
            with open(target, "w", encoding="utf-8") as file:
                file.write(text[:start] + new + text[start + len(old):])
            if not self.build():
                return ""
            for name, command in self.tests(path):
                if not self.run(command, TEST_SECONDS):
                    return name
            return None
        finally:
            with open(target, "w", encoding="utf-8") as file:
                file.write(text)


def sources(rooms):
    for room in rooms.split(","):
        for folder, _, names in sorted(os.walk(room)):
            for name in sorted(names):
                if name.endswith(".c"):
                    yield os.path.join(folder, name)


def chosen(options):
    """The changes to try, in an order that the seed makes: each change is equally likely."""
    path, _, line = (options.only or "").partition(":")
    every = [(name, change) for name in ([path] if path else sources(options.rooms))
             for change in candidates(name) if not line or change[0] == int(line)]
    random.Random(options.seed).shuffle(every)
    return every


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rooms", default="engine")
    parser.add_argument("--only")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 2)
    options = parser.parse_args()
    os.makedirs("build/mutants", exist_ok=True)
    known = equivalents()
    counts = {"caught": 0, "survived": 0, "equivalent": 0}
    trees = queue.Queue()
    for number in range(options.jobs):
        trees.put(Tree(number))

    def attempt(change):
        tree = trees.get()
        try:
            return change, tree.caught(change)
        finally:
            trees.put(tree)

    print(f"seed {options.seed}", flush=True)
    todo = iter(chosen(options))

    def pick():
        """The next change that is not known to be without effect."""
        for path, change in todo:
            reason = known.get((path, change[1].strip()))
            if reason is None:
                return path, change
            counts["equivalent"] += 1
            print(f"left out: {path}:{change[0]}: {change[1].strip()}: {reason}", flush=True)
        return None

    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        running = set()
        while True:
            while len(running) < options.jobs and \
                    counts["caught"] + counts["survived"] + len(running) < options.count:
                change = pick()
                if change is None:
                    break
                running.add(pool.submit(attempt, change))
            if not running:
                break
            done, running = concurrent.futures.wait(
                running, return_when=concurrent.futures.FIRST_COMPLETED)
            for future in done:
                (path, change), by = future.result()
                place = f"{path}:{change[0]}: {change[1].strip()}"
                if by == "":
                    print(f"does not build: {place}", flush=True)
                elif by is None:
                    counts["survived"] += 1
                    print(f"SURVIVED: {place}", flush=True)
                else:
                    counts["caught"] += 1
                    print(f"ok: {place}  ({by})", flush=True)
    total = counts["caught"] + counts["survived"]
    share = counts["caught"] / total if total else 0
    print(f"{counts['caught']} of {total} caught ({100 * share:.1f} %, at least "
          f"{100 * LEAST_CAUGHT:.0f}), {counts['equivalent']} left out as without effect")
    good = share >= LEAST_CAUGHT
    print(f"{int(good)} passed, {int(not good)} failed")
    sys.exit(not good)


if __name__ == "__main__":
    main()
