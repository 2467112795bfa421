#!/bin/bash
# memory.sh PROGRAM [WORD...]: the engine's memory (PROGRAM: memory.c with the model) beside what is
# installed of Go, mimalloc, jemalloc, glibc and bdwgc, and beside what memory alone takes (floor.c).
# Cases with one of the WORDs in their name; all without. REPEAT=5 runs of each, in turns: A B C
# A B C ...; SHARE=1000: a thousandth of the work. Lines:
#     bench,case,impl,median,min,max,unit      (processor time)
#     skipped,IMPL,WHY
set -u
program=$1
shift
words=("$@")
repeat=${REPEAT:-5}
here=$(dirname "$0")
built=${program%/*}
export LC_ALL=C GOMAXPROCS=1 GOGC=100 GC_MARKERS=1 GOFLAGS=-mod=mod GOTOOLCHAIN=local
declare -A impls
impls[go1.1]=$program

# peer NAME SOURCE FLAGS...: builds a program for that allocator, if it is there
peer() {
    local name=$1
    shift
    if ${CC:-cc} -std=c17 -D_DEFAULT_SOURCE -O2 -DHEAP_CHECK=1 -I. "$@" \
        -o "$built/memory-$name" 2>"$built/memory-$name.log"; then
        impls[$name]=$built/memory-$name
    else
        echo "skipped,$name,$(grep -m1 -E 'error|cannot find' "$built/memory-$name.log" | tr ',' ' ')"
    fi
}
cd "$here/../.." || exit 1
peer glibc tests/bench/memory.c
peer mimalloc tests/bench/memory.c -lmimalloc
peer jemalloc tests/bench/memory.c -ljemalloc
peer bdwgc tests/bench/memory.c -DBENCH_BDWGC -lgc
peer floor tests/bench/floor.c engine/model/go11/clear.c engine/base.c
if ! command -v go >/dev/null; then
    echo 'skipped,go,no go command'
elif GOCACHE=$PWD/$built/go-cache go build -o "$built/memory-go" tests/bench/memory.go; then
    impls[go]=$built/memory-go
fi

cases=$(for n in 8 16 32 64 256 1024 8192 32768; do echo bytes-$n links-$n; done
    for n in 16 17 18; do echo trees-$n; done
    echo collect-tree collect-shuffled-tree collect-list collect-shuffled-list
    echo buffers-touched buffers-written buffers-accounted pages-1000 pages-1000000)
wanted() {
    [ ${#words[@]} -eq 0 ] && return 0
    for word in "${words[@]}"; do [[ $1 == *$word* ]] && return 0; done
    return 1
}
declare -A figures
for name in $cases; do
    wanted "$name" || continue
    figures=()
    for ((i = 0; i < repeat; i++)); do
        for impl in go1.1 go mimalloc jemalloc glibc bdwgc floor; do
            [ -n "${impls[$impl]:-}" ] || continue
            figure=$("${impls[$impl]}" "$name" "${SHARE:-1}") && figures[$impl]+="$figure "
        done
    done
    for impl in go1.1 go mimalloc jemalloc glibc bdwgc floor; do
        [ -n "${figures[$impl]:-}" ] || continue
        printf '%s\n' ${figures[$impl]} | sort -g | awk -v what="$name,$impl" '{ v[NR] = $1 }
            END { printf "bench,%s,%s,%s,%s,ns\n", what, v[int((NR + 1) / 2)], v[1], v[NR] }'
    done
done
