#!/bin/bash
# random_test.sh PROGRAM [SECONDS]: scenarios that chance has written (SEED=n), each run in a
# hostile memory and a usual one, by tests/random built with the sanitizers.
# One "ok" or "not ok" line each; the last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
program=$(realpath "${1:-build/asan/tests/random/run}")
seconds=${2:-20}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
seed=${SEED:-$((RANDOM % 10000))}
echo "SEED=$seed"

# try FILE NAME: NAME is what repeats it
try() {
    local said status
    said=$(timeout 120 "$program" "$seed" "$1" 2>&1)
    status=$?
    if [ $status -eq 0 ]; then
        passed=$((passed + 1))
        echo "ok: $2 ($said)"
    else
        failed=$((failed + 1))
        printf 'not ok: %s, status %s\n%s\n' "$2" $status "$(head -n 30 <<<"$said")"
        cp "$1" "build/random-failed.yaml" && echo 'it is build/random-failed.yaml'
    fi
}

batch=0
until [ $SECONDS -ge "$seconds" ] && [ $batch -gt 0 ]; do
    python3 tests/random_scenario.py "$work" 8 $((seed + batch))
    for i in 0 1 2 3 4 5 6 7; do
        try "$work/$((seed + batch))-$i.yaml" "random scenario $i of seed $((seed + batch))"
        [ $SECONDS -ge "$seconds" ] && break
    done
    batch=$((batch + 1))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
