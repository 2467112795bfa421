#!/bin/bash
# instructions.sh BUILT: instructions that an operation of the hot paths takes, counted by callgrind,
# against the figures stored below; 5 % more is a failure. Instructions repeat; seconds do not.
# UPDATE=1 prints the table as it is now. One "ok" or "not ok" line a path; last line: N passed,
# N failed.
#
# Each path is a case of a program of this directory, run with a small part of its work and with a
# larger one: the difference is what the operations cost, without start-up. Only this project's own
# instructions are counted, not those of the C library, which has others for each processor.
set -u
built=$1
cd "$(dirname "$0")/../.." || exit 1
export LC_ALL=C
passed=0
failed=0

# name | program | case | a SHAREth of the work, and more of it | operations between | instructions
table='
alloc 32 bytes|memory|bytes-32|1000|100|113247|75.2
alloc 32 bytes with a pointer|memory|links-32|1000|100|113247|89.4
build, walk and collect binary trees|memory|trees-14|64|8|245936|138.4
build a tree and collect it four times|memory|collect-tree|1000|200|40000|440.9
allocate and free spans among many|memory|pages-20000|1000|100|18000|475.8
make large blocks and collect them|memory|buffers-accounted|1000|100|36000|1979.4
take and push a wake-up among 1,000|events|queue-exp-1000|1000|100|225000|210.9
draw a number below 1,000|events|intn|10000|1000|180000|23.4
sleep, wake and make 64 bytes|events|round-1000|1000|100|112563|743.1'

compiler=$(${CC:-cc} -dumpfullversion 2>/dev/null)
if [ "${compiler%%.*}" != 12 ] || ! ${CC:-cc} --version | head -n 1 | grep -q 'gcc\|cc (Debian'; then
    echo "skipped: the figures are those of gcc 12, this is ${compiler:-another compiler}"
    echo '1 passed, 0 failed'
    exit 0
fi
if ! command -v valgrind >/dev/null; then
    echo 'skipped: no valgrind here'
    echo '1 passed, 0 failed'
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# count PROGRAM CASE SHARE: our instructions in a whole run
count() {
    rm -f "$work/out"
    valgrind --tool=callgrind --callgrind-out-file="$work/out" \
        "$built/tests/bench/$1" "$2" "$3" >"$work/log" 2>&1 || cat "$work/log" >&2
    callgrind_annotate --threshold=100 --auto=no "$work/out" | awk '
        /\) +(\.\/)?(engine|tests)\// {
            gsub(",", "", $1)
            sum += $1
        }
        END { printf "%d\n", sum }'
}

while IFS='|' read -r name program case less more operations stored; do
    [ -n "$name" ] || continue
    few=$(count "$program" "$case" "$less")
    many=$(count "$program" "$case" "$more")
    now=$(awk -v d=$((many - few)) -v n="$operations" 'BEGIN { printf "%.1f", d / n }')
    if [ -n "${UPDATE:-}" ]; then
        echo "$name|$program|$case|$less|$more|$operations|$now"
    elif awk -v a="$now" -v b="$stored" 'BEGIN { exit !(a > 0 && a <= b * 1.05) }'; then
        passed=$((passed + 1))
        echo "ok: $name: $now instructions, stored $stored"
    else
        failed=$((failed + 1))
        echo "not ok: $name: $now instructions, stored $stored and 5 %"
    fi
done <<<"$table"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
