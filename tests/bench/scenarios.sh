#!/bin/bash
# scenarios.sh PROGRAM: real time of whole processes, reading the file included: from start to the
# first sample; 900 virtual seconds of each scenario, in accounted and in real memory; a virtual
# year of garbage. REPEAT=5 runs; SMOKE=1: seconds instead of all that. Lines:
#     bench,case,impl,median,min,max,unit
set -u
program=${1:-build/release/gomemlab}
repeat=${REPEAT:-5}
seconds=900
hours=8760
[ -n "${SMOKE:-}" ] && seconds=5 hours=1
status=0
now_us() { echo "${EPOCHREALTIME/[.,]/}"; }

# measure CASE IMPL MS_MAX ARGUMENT...: stops repeating when one run took longer than MS_MAX
measure() {
    local what=$1,$2 most=$3 took=0 figures=() i start
    shift 3
    for ((i = 0; i < repeat && took < most * 1000; i++)); do
        start=$(now_us)
        "$program" run "$@" >/dev/null || status=1
        took=$(($(now_us) - start))
        figures+=("$took")
    done
    printf '%s\n' "${figures[@]}" | sort -n | awk -v what="$what" '{ v[NR] = $1 / 1000 }
        END { printf "bench,%s,%.2f,%.2f,%.2f,ms\n", what, v[int((NR + 1) / 2)], v[1], v[NR] }'
}
measure start gomemlab 1000 garbage --for 1s --csv -
for name in $("$program" list | awk '{ print $1 }'); do
    for memory in accounted real; do
        measure 900s-"$name" $memory 1000 "$name" --for ${seconds}s --memory=$memory --csv -
    done
done
measure year-garbage accounted 1000 garbage --for ${hours}h --memory=accounted --every 1h --csv -
exit $status
