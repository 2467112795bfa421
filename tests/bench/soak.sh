#!/bin/bash
# soak.sh PROGRAM [SECONDS]: every scenario again and again with other seeds and settings, each run
# twice, sometimes in real memory too, until the time is over. Prints what to repeat if two differ.
set -u
program=${1:-build/release/gomemlab}
seconds=${2:-60}
RANDOM=${SEED:-1}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
runs=0
until [ $SECONDS -ge "$seconds" ]; do
    for name in $("$program" list | awk '{ print $1 }'); do
        arguments="run $name --for $((RANDOM % 1800 + 1))s --set seed=$RANDOM"
        arguments+=" --set gogc=$((RANDOM % 400 + 1))"
        modes='accounted accounted'
        [ $((RANDOM % 8)) = 0 ] && modes+=' real'
        for mode in $modes; do
            "$program" $arguments --memory=$mode --csv - >"$work/out" || {
                echo "failed: $program $arguments --memory=$mode --csv -"
                exit 1
            }
            cut -d, -f1-16,18- "$work/out" >"$work/now"
            if [ $mode != accounted ] || [ -e "$work/before" ]; then
                cmp -s "$work/before" "$work/now" || {
                    echo "differs: $program $arguments --memory=$mode --csv -"
                    exit 1
                }
            fi
            mv "$work/now" "$work/before"
        done
        rm -f "$work/before"
        runs=$((runs + 1))
        [ $SECONDS -ge "$seconds" ] && break
    done
done
echo "$runs programs in $SECONDS s, all alike"
