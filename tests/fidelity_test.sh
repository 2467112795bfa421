#!/bin/bash
# fidelity_test.sh PROGRAM: runs the comparison with the recordings of the real Go 1.1.2
# (tests/fidelity) and holds README's copy of its tables to it. UPDATE_PAGES=1 writes them into
# README instead.
# The last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
program=${1:-build/release/tests/fidelity/run}
out=$(mktemp)
trap 'rm -f "$out"' EXIT

"$program" >"$out"
read -r passed _ failed _ < <(tail -n 1 "$out")
table() { sed '/^[0-9]* passed/d' "$out" | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}'; }
if [ -n "${UPDATE_PAGES:-}" ]; then
    awk -v table="$(table)" '
        /^<!-- \/fidelity -->/ {printf "```text\n%s\n```\n", table; skip = 0}
        !skip {print}
        /^<!-- fidelity -->/ {skip = 1}' README.md >README.new && mv README.new README.md
fi
sed '$d' "$out"
if diff <(table) <(sed -n '/^<!-- fidelity -->/,/^<!-- \/fidelity -->/p' README.md | sed '1,2d;$d' |
    sed '$d'); then
    passed=$((passed + 1))
    echo 'ok: README has these tables'
else
    failed=$((failed + 1))
    echo 'not ok: README has other tables: make pages'
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
