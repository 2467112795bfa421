#!/bin/bash
# coverage.sh: how many lines and branches of engine and tui the unit tests run; tui without what
# needs a terminal, which they do not link. It fails below the bars.
# The last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C.UTF-8
# room, lines, branches: at least, in percent
bars='engine 97 90
tui 92 85'
command -v gcov >/dev/null || {
    echo 'coverage.sh: there is no gcov; it comes with gcc' >&2
    exit 2
}
make --no-print-directory -s -j"$(nproc 2>/dev/null || echo 2)" CC=gcc B=build/coverage \
    OPT='-O0 -g -DHEAP_CHECK=1' CFLAGS='--coverage -fprofile-update=atomic' \
    build/coverage/tests/run >/dev/null || exit 1
find build/coverage -name '*.gcda' -delete
build/coverage/tests/run >build/coverage/log 2>&1 || {
    tail -n 1 build/coverage/log
    echo 'coverage.sh: a unit test fails; see build/coverage/log' >&2
    exit 1
}
python3 - "$bars" <<'END'
import collections, glob, gzip, json, subprocess, sys

covered = collections.Counter()
files = collections.defaultdict(collections.Counter)
for data in glob.glob("build/coverage/**/*.gcda", recursive=True):
    text = subprocess.run(["gcov", "--stdout", "--json-format", "--branch-probabilities", data],
                          capture_output=True, check=True).stdout
    for line in text.splitlines():
        for file in json.loads(line)["files"]:
            name = file["file"]
            room = name.split("/")[0]
            if room not in ("engine", "tui") or not name.endswith(".c"):
                continue
            for entry in file["lines"]:
                # what aborts a wrong program never runs in a right one
                branches = [b for b in entry["branches"] if not b["throw"]]
                for kind, all_of, hit in (
                        ("lines", 1, entry["count"] > 0),
                        ("branches", len(branches), sum(b["count"] > 0 for b in branches))):
                    covered[room, kind, "all"] += all_of
                    covered[room, kind, "run"] += hit
                    files[name][kind, "all"] += all_of
                    files[name][kind, "run"] += hit
failed = 0
for bar in sys.argv[1].splitlines():
    room, *least = bar.split()
    for kind, at_least in zip(("lines", "branches"), map(float, least)):
        share = 100 * covered[room, kind, "run"] / covered[room, kind, "all"]
        good = share >= at_least
        failed += not good
        print("ok" if good else "not ok", f": {room}: {share:.1f} % of {kind}, "
              f"at least {at_least:.0f}", sep="")
print("the least covered:")
for name, c in sorted(files.items(), key=lambda item: item[1]["branches", "run"] -
                      item[1]["branches", "all"])[:25]:
    print(f"  {name}: {c['lines', 'all'] - c['lines', 'run']} lines, "
          f"{c['branches', 'all'] - c['branches', 'run']} branches not run")
print(f"{4 - failed} passed, {failed} failed")
sys.exit(failed > 0)
END
