#!/bin/bash
# go_test.sh PROGRAM: the Go programs of scenarios are formatted as gofmt does, vetted and built by
# Go, and print what they should. Where there is no Go it says that it skipped. One "ok" or "not ok"
# line each; the last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
program=$(realpath "${1:-build/release/gomemlab}")
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
passed=0
failed=0
header=ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc,num_gc
header+=,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes

# rule NAME OFFENDERS: holds if there are none
rule() {
    if [ -z "$2" ]; then
        passed=$((passed + 1))
        echo "ok: $1"
    else
        failed=$((failed + 1))
        printf 'not ok: %s\n%s\n' "$1" "$2" | head -n 20
    fi
}
# quietly COMMAND...: what a command says, and its status if it fails
quietly() {
    "$@" 2>&1 || echo "status $?"
}

mkdir -p "$work/src/programs"
for file in scenarios/*.yaml tests/scenarios/good/*.yaml; do
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
    echo "$passed passed, $failed failed"
    [ $failed -eq 0 ]
    exit
fi

# Nothing of the user's settings, no network, no modules: Go 1.1 knows none.
export GOPATH=$work GO111MODULE=off GOCACHE=$work/cache GOFLAGS='' GOPROXY=off GOTOOLCHAIN=local
export GOENV=off
unset GOGC GODEBUG GOMAXPROCS GOROOT
rule 'gofmt has nothing to change' "$(quietly gofmt -l "$work/src")"
mkdir "$work/bin"
cd "$work/src" || exit 1
rule 'go vet has nothing to say' "$(quietly go vet programs/...)"
rule 'go build builds every program' "$(quietly go build -o "$work/bin/" programs/...)"
cd "$OLDPWD" || exit 1

# runs NAME: for some seconds; a header, then a row a second with as many columns
runs() {
    timeout 4.5 "$work/bin/$1" >"$work/$1.csv" 2>"$work/$1.err"
    [ -s "$work/$1.err" ] && cat "$work/$1.err"
    [ "$(head -n 1 "$work/$1.csv")" = "$header" ] || echo 'another header'
    awk -F, '
        NR > 1 && (NF != 16 || $0 !~ /^[0-9,]+$/) { print "row " NR ": " $0 }
        NR > 1 && $1 != (NR - 1) * 1000 { print "row " NR " at " $1 " ms" }
        NR > 1 && ($2 != $3 + $4 || $14 <= 0 || $16 <= 0) { print "row " NR ": " $0 }
        END { if (NR < 4) print NR " rows" }' "$work/$1.csv"
}
# makes CSV: its column
makes() { tail -n +2 "$1" | cut -d, -f16; }
for name in garbage shared; do
    [ -x "$work/bin/$name" ] && rule "$name prints a row a second" "$(runs $name)"
done
# One goroutine and the seed 1, by default or not, make what the simulation makes.
rule 'garbage makes one buffer a second, as gomemlab run says' "$(
    "$program" run garbage --for 3s --csv "$work/run.csv" 2>&1
    diff <(makes "$work/run.csv" | head -n 3) <(makes "$work/garbage.csv" | head -n 3))"

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
