#!/bin/bash
# run.sh BUILT [WORD...]: every benchmark there is, on one processor, against what is installed; one
# table: figures, how ours relates to each, and the bars this project has set itself. BUILT: the directory with
# gomemlab and tests/bench/. Only cases with one of the WORDs in their name; all without.
# SMOKE=1: a thousandth of the work, once, and no judgement: only to see that everything runs.
set -u
built=$1
shift
here=$(dirname "$0")
[ -n "${SMOKE:-}" ] && export REPEAT=1 SHARE=1000
export SMOKE=${SMOKE:-} LC_ALL=C

# Case, whose figure, whose figure it is compared with (-: nobody's), the most it may be.
bars='
queue-exp-10 gomemlab - 25          queue-wide-10 gomemlab - 25
queue-mix-10 gomemlab - 25          queue-exp-1000 gomemlab - 25
queue-wide-1000 gomemlab - 25       queue-mix-1000 gomemlab - 25
queue-exp-1000000 gomemlab - 45     queue-wide-1000000 gomemlab - 45
queue-mix-1000000 gomemlab - 45     int63 gomemlab go 0.45
intn gomemlab go 0.45               round-1000 gomemlab - 50
round-1000000 gomemlab - 100        sleeping-1000000 gomemlab - 64
bytes-16 go1.1 go 0.30              links-16 go1.1 go 0.25
bytes-32 go1.1 go 0.30              links-32 go1.1 go 0.25
bytes-64 go1.1 go 0.30              links-64 go1.1 go 0.25
bytes-256 go1.1 go 0.20             links-256 go1.1 go 0.20
bytes-1024 go1.1 go 0.20            links-1024 go1.1 go 0.20
bytes-8192 go1.1 go 0.20            links-8192 go1.1 go 0.20
bytes-32768 go1.1 go 0.45           links-32768 go1.1 go 0.45
trees-16 go1.1 go 0.40              trees-18 go1.1 go 0.40
collect-tree go1.1 go 0.20          collect-shuffled-tree go1.1 go 0.20
collect-shuffled-list go1.1 go 0.55 buffers-touched go1.1 go 0.50
buffers-accounted go1.1 - 100       pages-1000000 go1.1 - 1000
start gomemlab - 5                  year-garbage accounted - 10000'
# 900 virtual seconds of the scenarios of the talk; the others' figures are not judged.
talk='garbage free-os-memory free-os-memory-timeline idle-queue goroutines shared realistic-5
realistic-20 realistic-50 any-type gogc-off release recycler'
for name in $talk; do bars+=" 900s-$name accounted - 10"; done

lines() {
    "$here/events.sh" "$built/tests/bench/events" "$@"
    [ ! -x "$here/memory.sh" ] || "$here/memory.sh" "$built/tests/bench/memory" "$@"
    [ $# -gt 0 ] || "$here/scenarios.sh" "$built/gomemlab"
}
# Measures on the last processor, if it may choose.
if command -v taskset >/dev/null; then
    taskset -cp "$(($(nproc) - 1))" $$ >/dev/null 2>&1
fi
lines "$@" | awk -F, -v bars="$bars" -v smoke="${SMOKE:-}" -v all=$(($# == 0)) '
    BEGIN {
        n = split(bars, word, /[ \n]+/)
        for (i = 2; i + 3 <= n; i += 4) {
            against[word[i], word[i + 1]] = word[i + 2]
            most[word[i], word[i + 1]] = word[i + 3]
        }
    }
    # "met", or by how much it is missed; the figure is a ratio if it is compared.
    function verdict(name, impl, figure,  bar, other, value, text) {
        if (!((name, impl) in most) || smoke != "") return ""
        bar = most[name, impl]
        other = against[name, impl]
        if (other != "-" && !((name, other) in median)) return "no " other
        value = other == "-" ? figure : figure / median[name, other]
        text = other == "-" ? bar : bar "x " other
        if (value <= bar) return "<= " text ": met"
        text = sprintf("<= %s: missed by %.0f %%", text, (value / bar - 1) * 100)
        if (other == "-" || !((name, "floor") in median)) return text
        return text sprintf("; memory alone takes %.2fx", median[name, "floor"] / median[name, other])
    }
    # All figures of a case are there.
    function flush_case(  i, ratio) {
        for (i = 1; i <= count; i++) {
            ratio = sprintf("%.3f", median[name, impl[1]] / median[name, impl[i]])
            printf "%-28s %-10s %12.2f %12.2f %12.2f %-6s %8s  %s\n", i == 1 ? name : "", impl[i],
                median[name, impl[i]], least[i], greatest[i], unit, i == 1 || impl[i] == "real" ? "" : ratio,
                verdict(name, impl[i], median[name, impl[i]])
        }
        count = 0
    }
    $1 == "skipped" { flush_case(); printf "%s is skipped: %s\n", $2, $3; next }
    $1 == "bench" {
        if (!shown++) {
            printf "%-28s %-10s %12s %12s %12s %-6s %8s  %s\n", "case", "whose", "median", "min", "max",
                "", "ours to", "bar"
        }
        if ($2 != name) flush_case()
        name = $2
        unit = $7
        impl[++count] = $3
        median[name, $3] = $4
        least[count] = $5
        greatest[count] = $6
        seen[$3] = 1
        figures++
    }
    END {
        flush_case()
        if (smoke == "") exit figures == 0
        for (key in most) {
            split(key, part, SUBSEP)
            if (all && (seen[part[2]] || part[2] == "gomemlab") && !(key in median)) {
                print "not ok: no figure of " part[2] " for " part[1]
                missing++
            }
        }
        print figures " figures"
        exit figures == 0 || missing > 0
    }'
