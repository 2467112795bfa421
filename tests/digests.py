#!/usr/bin/python3
"""digests.py PROGRAM [--quick | --update]: every scenario gives what it gave before, to the byte.

Shipped scenarios run for their duration, 300 that chance has written for some seconds: CSV, NDJSON,
gctrace, summary and Go program of each are compared with the digests in tests/digests.txt. --update
writes that file anew: only after a change that was meant to change an output. --quick leaves most
of the random ones out.
One "ok" or "not ok" line each; the last line: N passed, N failed.
"""
import concurrent.futures
import glob
import hashlib
import os
import subprocess
import sys
import tempfile

KINDS = ["csv", "ndjson", "gctrace", "summary", "go"]
RANDOM_COUNT = 300
QUICK_COUNT = 30
RANDOM_SEED = 20130
RANDOM_FOR = "5s"
STORED = "tests/digests.txt"


def run(*command):
    """What a command prints to stdout and stderr; its status, if it is not 0, with the latter."""
    done = subprocess.run(command, capture_output=True, timeout=120, stdin=subprocess.DEVNULL)
    said = done.stderr
    if done.returncode != 0:
        said += b"status %d\n" % done.returncode
    return done.stdout, said


def digests(program, path, limit):
    with tempfile.TemporaryDirectory() as work:
        ndjson = f"{work}/ndjson"
        base = [program, "run", path, "--memory=accounted"] + limit
        csv, gctrace = run(*base, "--gctrace", "--csv=-", f"--ndjson={ndjson}")
        lines = open(ndjson, "rb").read() if os.path.exists(ndjson) else b""
        # a run that failed says last where it left its output, under a name that is new each time
        gctrace = b"".join(line for line in gctrace.splitlines(True) if work.encode() not in line)
        summary, said = run(*base)
        go, complaint = run(program, "go", path)
        outputs = [csv, lines, gctrace, summary + said, go + complaint]
    return [hashlib.sha256(text).hexdigest()[:16] for text in outputs]


def scenarios(work, count):
    """(name, path, options) of each."""
    for path in sorted(glob.glob("scenarios/*.yaml")):
        yield path, path, []
    for path in sorted(glob.glob("tests/scenarios/*/*.yaml")):
        if "/bad/" not in path:
            yield path, path, []
    for i in range(count):
        yield f"random-{i}", f"{work}/{RANDOM_SEED}-{i}.yaml", [f"--for={RANDOM_FOR}"]


def main():
    program = os.path.abspath(sys.argv[1])
    update = sys.argv[2:] == ["--update"]
    count = QUICK_COUNT if sys.argv[2:] == ["--quick"] else RANDOM_COUNT
    os.chdir(os.path.dirname(os.path.abspath(__file__)) + "/..")
    stored = {}
    if not update:
        for line in open(STORED, encoding="utf-8"):
            name, *rest = line.split()
            stored[name] = rest
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([sys.executable, "tests/random_scenario.py", work, str(RANDOM_COUNT),
                        str(RANDOM_SEED)], check=True)
        todo = list(scenarios(work, count))
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            found = list(pool.map(lambda one: digests(program, one[1], one[2]), todo))
    if update:
        with open(STORED, "w", encoding="utf-8") as out:
            for (name, _, _), figures in zip(todo, found):
                out.write(f"{name} {' '.join(figures)}\n")
        return 0
    passed = failed = 0
    for (name, _, _), figures in zip(todo, found):
        differ = [kind for kind, a, b in zip(KINDS, figures, stored.get(name, [""] * len(KINDS)))
                  if a != b]
        if differ:
            failed += 1
            print(f"not ok: {name}: {', '.join(differ)}: other than before")
        else:
            passed += 1
            print(f"ok: {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
