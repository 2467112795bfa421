#!/bin/bash
# go_test.sh PROGRAM: the Go programs of scenarios, of all that ship and of random ones (SEED=n),
# are formatted as gofmt does, vetted and built by Go, and print what they should. Where there is no
# Go it says that it skipped. One "ok" or "not ok" line each; the last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/support/command.sh
program=$(realpath "${1:-build/release/gomemlab}")
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
header=ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc,num_gc
header+=,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes

# quietly COMMAND...: what a command says, and its status if it fails
quietly() {
    "$@" 2>&1 || echo "status $?"
}

# Every key of the man page is in some of them.
seed=${SEED:-$((RANDOM % 10000))}
echo "SEED=$seed"
mkdir -p "$work/src/programs" "$work/src/random" "$work/random" "$work/repeatable"
python3 tests/random_scenario.py "$work/random" 48 "$seed"
python3 tests/random_scenario.py "$work/repeatable" 12 "$seed" repeatable
rule 'random scenarios are valid' "$(
    "$program" check "$work"/random/*.yaml "$work"/repeatable/*.yaml 2>&1 | grep -v ': ok$')"
rule 'random scenarios use every key' "$(
    sed -n 's/^\.It Cm \([a-z-]*\) :.*/\1/p' man/gomemlab-scenario.5 | sort -u |
        while read -r key; do
            grep -qF "\"$key\":" "$work"/random/*.yaml || echo "$key is in none"
        done)"
rule 'random scenarios have programs' "$(
    for file in "$work"/random/*.yaml "$work"/repeatable/*.yaml; do
        name=$(basename "$(dirname "$file")")-$(basename "$file" .yaml)
        mkdir "$work/src/random/$name"
        quietly "$program" go "$file" >"$work/src/random/$name/main.go"
        grep -l '^status' "$work/src/random/$name/main.go"
    done)"
for file in scenarios/*.yaml tests/scenarios/good/*.yaml tests/scenarios/traces/*.yaml; do
    name=$(basename "$file" .yaml)
    mkdir "$work/src/programs/$name"
    said=$("$program" go "$file" 2>&1 >"$work/src/programs/$name/main.go") || said+=" status $?"
    rule "$file has a program" "$said"
done
rule 'a full disk is told' "$(
    [ -e /dev/full ] || exit
    "$program" go garbage >/dev/full 2>"$work/said" && echo 'ended well'
    grep -q '^gomemlab: stdout: ' "$work/said" || cat "$work/said")"
rule 'a closed stdout is told' "$(
    "$program" go garbage >&- 2>"$work/said" && echo 'ended well'
    grep -q '^gomemlab: stdout: ' "$work/said" || cat "$work/said")"

if ! command -v go >/dev/null 2>&1 || ! command -v gofmt >/dev/null 2>&1; then
    echo 'skipped: there is no Go here, so nothing was built'
    finish
    exit
fi

# Nothing of the user's settings, no network, no modules: Go 1.1 knows none.
export GOPATH=$work GO111MODULE=off GOCACHE=$work/cache GOFLAGS='' GOPROXY=off GOTOOLCHAIN=local
export GOENV=off
unset GOGC GODEBUG GOMAXPROCS GOROOT
rule 'gofmt has nothing to change' "$(quietly gofmt -l "$work/src")"
mkdir "$work/bin"
cd "$work/src" || exit 1
rule 'go vet has nothing to say' "$(quietly go vet programs/... random/...)"
rule 'go build builds every program, in the language of Go 1.1' "$(
    quietly go build -gcflags=-lang=go1.1 -o "$work/bin/" programs/... random/...)"
cd "$OLDPWD" || exit 1

# Users build one file, outside of any module: there Go has other defaults than in GOPATH.
mkdir "$work/own"
rule 'go build FILE builds programs too' "$(
    for file in "$work"/src/random/repeatable-*/main.go "$work/src/programs/garbage/main.go"; do
        name=$(basename "$(dirname "$file")")
        quietly env -u GO111MODULE -u GOPATH HOME="$work" go build -o "$work/own/$name" "$file"
    done)"

# rows COUNT PROGRAM: the header and the first rows it prints to PROGRAM.csv
rows() {
    timeout 20 "$2" 2>"$2.err" | head -n $(($1 + 1)) >"$2.csv"
}
rows 3 "$work/bin/garbage" &
rows 3 "$work/bin/shared" &
rows 3 "$work/own/garbage" &
wait

# has_rows PROGRAM: a header, then a row a second with as many columns
has_rows() {
    [ -s "$1.err" ] && cat "$1.err"
    [ "$(head -n 1 "$1.csv")" = "$header" ] || echo 'another header'
    awk -F, '
        NR > 1 && (NF != 16 || $0 !~ /^[0-9,]+$/) { print "row " NR ": " $0 }
        NR > 1 && $1 != (NR - 1) * 1000 { print "row " NR " at " $1 " ms" }
        NR > 1 && ($2 != $3 + $4 || $14 <= 0 || $16 <= 0) { print "row " NR ": " $0 }
        END { if (NR < 4) print NR " rows" }' "$1.csv"
}
for name in bin/garbage bin/shared own/garbage; do
    rule "$name prints a row a second" "$(has_rows "$work/$name")"
done
# pools CSV: the bytes in the pool and the makes of the first rows
pools() { tail -n +2 "$1" | head -n 3 | cut -d, -f14,16; }
"$program" run garbage --for 3s --csv "$work/run.csv" >/dev/null 2>&1
for name in bin/garbage own/garbage; do
    rule "$name makes the buffers that gomemlab run makes" "$(
        diff <(pools "$work/run.csv") <(pools "$work/$name.csv"))"
done

# told CSV: what of its first rows must be the same in Go and here
told() { head -n 51 "$1" | cut -d, -f1,14-16; }
# agrees DIR FILE: the scenario's program in DIR prints what the simulation says
agrees() {
    local name=repeatable-$(basename "$2" .yaml) rows
    rows 50 "$1/$name"
    [ -s "$1/$name.err" ] && cat "$1/$name.err"
    "$program" run "$2" --for 5s --csv "$1/$name.run.csv" 2>&1
    rows=$(told "$1/$name.csv" | wc -l)
    [ "$rows" -eq 51 ] || echo "$name: $rows rows"
    diff <(told "$1/$name.csv") <(told "$1/$name.run.csv") ||
        echo "in $name: $(<"$2")"
}
rule 'the seeds of programs of one goroutine are several' "$(
    seeds=$(cat "$work"/repeatable/*.yaml | grep -o '"seed": [-0-9]*' | sort -u | wc -l)
    [ "$seeds" -ge 5 ] || echo "$seeds seeds")"
for way in bin own; do
    rule "random programs of one goroutine make and keep what gomemlab run says ($way)" "$(
        for file in "$work"/repeatable/*.yaml; do
            agrees "$work/$way" "$file"
        done)"
done

finish
