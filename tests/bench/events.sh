#!/bin/bash
# events.sh PROGRAM [WORD...]: the engine's scheduling half (PROGRAM: events.c with the engine)
# beside what is installed of Go, SimPy and ns-3. Cases with one of the WORDs in their name; all
# without. REPEAT=5 runs of each, in turns: A B C A B C ..., of a SHAREth of the work. Lines:
#     bench,case,impl,median,min,max,unit      (processor time)
#     skipped,IMPL,WHY
set -u
program=$1
shift
words=("$@")
repeat=${REPEAT:-5}
share=${SHARE:-1}
built=$(realpath "${program%/*}")
cd "$(dirname "$0")/../.." || exit 1
export LC_ALL=C GOMAXPROCS=1 GOGC=100 GOFLAGS=-mod=mod GOTOOLCHAIN=local
declare -A impls
impls[gomemlab]=$built/${program##*/}

if ! command -v go >/dev/null; then
    echo 'skipped,go,no go command'
elif GOCACHE=$built/go-cache go build -o "$built/events-go" tests/bench/events.go; then
    impls[go]=$built/events-go
fi
# Debian's Python has Debian's SimPy, whatever comes first in the PATH.
for python in /usr/bin/python3 python3; do
    $python -c 'import simpy' 2>/dev/null && impls[simpy]=$python && break
done
[ -n "${impls[simpy]:-}" ] || echo 'skipped,simpy,no module simpy (python3-simpy3)'
if ${CXX:-c++} -O2 -std=c++17 tests/bench/events_ns3.cc -lns3-core \
    -o "$built/events-ns3" 2>"$built/events-ns3.log"; then
    impls[ns3]=$built/events-ns3
else
    echo 'skipped,ns3,no ns-3 core library (libns3-dev)'
fi

# figure IMPL CASE: runs it once; nothing if it is not a case for that one
figure() {
    case $1 in
        go | go-*) [ -z "${impls[go]:-}" ] || "${impls[go]}" "$2" "$1" "$share" ;;
        simpy) [ -z "${impls[simpy]:-}" ] ||
            "${impls[simpy]}" tests/bench/events.py "$2" "$share" ;;
        *) [ -z "${impls[$1]:-}" ] || "${impls[$1]}" "$2" "$share" ;;
    esac
}
wanted() {
    [ ${#words[@]} -eq 0 ] && return 0
    for word in "${words[@]}"; do [[ $1 == *$word* ]] && return 0; done
    return 1
}
cases=$(for n in 10 1000 1000000; do echo queue-exp-$n queue-wide-$n queue-mix-$n; done
    echo int63 intn seed round-1000 round-1000000 sleeping-1000000)
declare -A figures
for name in $cases; do
    wanted "$name" || continue
    figures=()
    for ((i = 0; i < repeat; i++)); do
        for impl in gomemlab go go-heap go-timer ns3 simpy; do
            figures[$impl]+=" $(figure $impl "$name")"
        done
    done
    unit=ns
    [[ $name == sleeping-* ]] && unit=bytes
    for impl in gomemlab go go-heap go-timer ns3 simpy; do
        [ -n "${figures[$impl]// /}" ] || continue
        printf '%s\n' ${figures[$impl]} | sort -g | awk -v what="$name,$impl" -v unit=$unit '
            { v[NR] = $1 }
            END { printf "bench,%s,%s,%s,%s,%s\n", what, v[int((NR + 1) / 2)], v[1], v[NR], unit }'
    done
done
