#!/bin/bash
# cli_test.sh PROGRAM: the rules of the command line, of CSV and NDJSON, and of what happens when
# writing fails. One "ok" or "not ok" line each; the last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/support/command.sh
program=$(realpath "${1:-build/release/gomemlab}")
export LC_ALL=C.UTF-8
export XDG_CONFIG_HOME=/nonexistent # the user's own must not matter
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
columns=ms,heap_sys,heap_inuse,heap_idle,heap_released,heap_alloc,heap_objects,next_gc,num_gc
columns+=,pause_total_ns,mallocs,frees,sys,pool_bytes,idle_len,makes,rss,reuses,drops,total_alloc
story='garbage free-os-memory free-os-memory-timeline idle-queue goroutines shared realistic-5
realistic-20 realistic-50 any-type gogc-off release recycler'

lines() { wc -l <"$1" | tr -d ' '; }
# counts FIRST STEP LAST FILE: whether the column ms has just these numbers
counts() { cmp <(column ms "$4") <(seq "$1" "$2" "$3"); }
without_rss() { cut -d, -f1-16,18- "$1"; }

# --- help and usage ---
for command in --help help 'help run' 'run --help' 'check -h' 'list --help' 'open --help' -h; do
    run $command
    ran "$command goes to stdout" 0 'gomemlab' ''
done
run --version
ran 'version' 0 '^gomemlab [0-9]+\.[0-9]+\.[0-9]+$' ''
run -V
ran 'version, short' 0 '^gomemlab [0-9]' ''
refused 'mistyped command' "did you mean 'run'" rnu garbage
refused 'mistyped scenario' "did you mean 'garbage'" run garbge
refused 'mistyped scenario without a command' "did you mean 'idle-queue'" idle-queu
refused 'nothing like it' 'neither a command nor a scenario' qqqqqqqqqq
refused 'mistyped option' "did you mean '--every'" run garbage --evry=1s
refused 'option like none' "unknown option '--zzzzzzz'" run garbage --zzzzzzz
refused 'unknown letter' "unknown option '-x'" run garbage -x
refused 'mistyped mode' "did you mean 'accounted'" run garbage --memory=acounted
refused 'mistyped help' "did you mean 'check'" help chek
refused 'run without a file' 'needs a FILE' run
refused 'check without a file' 'needs a FILE' check
refused 'run with two files' 'one word too many' run garbage shared
refused 'list with a file' 'one word too many' list garbage
refused 'option without its value' '--for needs a value' run garbage --for
refused 'value for an option that has none' '--gctrace takes no value' run garbage --gctrace=1
refused 'option of another command' "option of 'gomemlab run'" open --csv=x
refused 'command after an option' 'a command comes first' --paused run
refused 'time with trailing junk' "'5x' is not a time" run garbage --for=5x
refused 'no time' 'is not a time' run garbage --for=
refused 'time of nothing' 'out of range' run garbage --for=0s
refused 'negative time' 'is not a time' run garbage --for=-5s
refused 'speed out of range' 'not a number from' open --speed=0
refused 'speed with junk' 'not a number from' open --speed=5y
refused 'both outputs to stdout' 'cannot both' run garbage --csv - --ndjson -
refused 'both outputs to one file' 'cannot both' \
    run garbage --csv "$work/same" --ndjson "$work/same"
refused 'setting that does not exist' 'gogc' run garbage --set gocg=50
refused 'setting with junk' '.' run garbage --set gogc=50x
refused 'setting without a value' '.' run garbage --set gogc
run nosuch/file.yaml
ran 'file that is not there' 2 '' 'nosuch/file.yaml'
run run "$work"
ran 'directory as a file' 2 '' '.'

# --- the scenarios ---
run list
ran 'list' 0 '^garbage  +Test garbage making program' ''
expect 'list has the order of the talk' \
    cmp <(awk '{ print $1 }' "$work/out" | head -n 13) <(printf '%s\n' $story)
run check scenarios/*.yaml
ran 'every scenario that ships is good' 0 'garbage.yaml: ok' ''
run check $story
ran 'check takes names' 0 'recycler.yaml: ok' ''
printf 'title: x\ngoroutnes: []\n' >"$work/bad.yaml"
printf 'title: [\n' >"$work/worse.yaml"
run check "$work/bad.yaml" garbage "$work/worse.yaml"
ran 'check goes on after a bad file' 2 'garbage.yaml: ok' "worse.yaml:[0-9]+:[0-9]+: error"
expect 'check gives the place and a hint' grep -qE "bad.yaml:2:1: error: .*goroutines" "$work/err"
for command in run open; do
    run $command "$work/bad.yaml"
    ran "$command of a bad file" 2 '' 'bad.yaml:2:1: error'
done

cat >"$work/million.yaml" <<'END'
title: A million sleepers
goroutines:
  - name: worker
    count: 1000000
    make: {bytes: 64}
    loop: [{sleep: [0us, 999ms]}, {make: b}]
END
run run "$work/million.yaml" --for 1s --memory=accounted --csv -
ran 'a million goroutines make and sleep' 0 '^1000,' ''
expect 'each has made something in a second' \
    [ "$(column makes "$work/out")" -ge 1000000 ]

# --- CSV ---
run run scenarios/garbage.yaml --for 900s --csv -
cp "$work/out" "$work/garbage.csv"
ran 'garbage for 900 s' 0 '^900000,' ''
expect 'header' [ "$(head -n 1 "$work/garbage.csv")" = "$columns" ]
expect '900 rows' [ "$(lines "$work/garbage.csv")" = 901 ]
expect 'ms counts from 1000 to 900000' counts 1000 1000 900000 "$work/garbage.csv"
expect 'plain numbers only' \
    [ -z "$(tail -n +2 "$work/garbage.csv" | grep -vE '^[0-9]+(,[0-9]+){19}$')" ]
expect 'heap_sys = heap_inuse + heap_idle' \
    [ -z "$(tail -n +2 "$work/garbage.csv" | awk -F, '$2 != $3 + $4')" ]
run run garbage --csv -
expect 'by name, for its own duration: the same' cmp "$work/out" "$work/garbage.csv"
(cd / && "$program" run "$OLDPWD/scenarios/garbage.yaml" --csv - --for 15m) >"$work/out" 2>&1
expect 'from another directory: the same' cmp "$work/out" "$work/garbage.csv"
run run garbage --csv "$work/file.csv"
ran 'to a file: nothing on stdout' 0 '' ''
expect 'to a file: the same' cmp "$work/file.csv" "$work/garbage.csv"
expect 'no partial file stays' [ ! -e "$work/file.csv.partial" ]
run run --memory accounted garbage --csv -
expect 'accounted: the same but for rss' \
    cmp <(without_rss "$work/out") <(without_rss "$work/garbage.csv")
expect 'real memory is really there' \
    [ "$(column rss "$work/garbage.csv" | tail -n 1)" -gt 50000000 ]
for name in $story; do
    run run $name --memory=accounted --csv "$work/a.csv"
    "$program" run $name --memory=accounted --csv - >"$work/b.csv" 2>>"$work/err"
    status=$((status + $?))
    ran "$name runs" 0 '' ''
    expect "$name twice: the same" cmp "$work/a.csv" "$work/b.csv"
    expect "$name: 900 rows" [ "$(lines "$work/a.csv")" = 901 ]
done
for name in goroutines any-type recycler release; do
    "$program" run $name --for 200s --memory=real --csv "$work/a.csv"
    "$program" run $name --for 200s --memory=accounted --csv "$work/b.csv"
    expect "$name: real and accounted differ in rss only" \
        cmp <(without_rss "$work/a.csv") <(without_rss "$work/b.csv")
done
run run garbage --for 300s --csv -
expect 'a shorter run is the beginning of a longer one' \
    cmp "$work/out" <(head -n 301 "$work/garbage.csv")
run run garbage --for 1ms --csv -
ran 'too short for a sample: the header alone' 0 '^ms,' ''
run run garbage --for 10s --csv - --set seed=2
expect 'another seed, other numbers' \
    [ "$(tail -n 1 "$work/out")" != "$(sed -n 11p "$work/garbage.csv")" ]
run run garbage --for 100s --csv - --set gogc=off
expect 'gogc=off: no collection after the start' \
    [ "$(column num_gc "$work/out" | sort -u | wc -l)" = 1 ]
run run shared --for 100s --csv - --set idle.capacity=0
expect 'no queue, no reuse' [ "$(column reuses "$work/out" | sort -u)" = 0 ]

# --- every ---
run run garbage --csv - --every 10s
expect 'every 10 s: a tenth of the rows' \
    cmp "$work/out" <(awk -F, 'NR == 1 || $1 % 10000 == 0' "$work/garbage.csv")
run run garbage --csv - --every 1s
expect 'every 1 s: all of them' cmp "$work/out" "$work/garbage.csv"
refused 'a program cannot be read more often than it samples' 'samples itself, every 1000 ms' \
    run garbage --csv - --every 500ms
"$program" run shared --for 60s --csv "$work/shared.csv"
run run shared --for 60s --csv - --every 20s
expect 'a multiple of the pace leaves rows out' \
    cmp "$work/out" <(awk -F, 'NR == 1 || $1 % 20000 == 0' "$work/shared.csv")
run run shared --for 60s --csv - --every 250ms
expect 'another pace samples anew' counts 250 250 60000 "$work/out"

# --- NDJSON, gctrace, summary ---
run run garbage --for 300s --ndjson - --csv "$work/side.csv" --gctrace
cp "$work/out" "$work/run.ndjson"
ran 'NDJSON and gctrace' 0 '"type":"sample"' '^gc[0-9]+\(1\): '
expect 'CSV beside NDJSON is the same' cmp "$work/side.csv" <(head -n 301 "$work/garbage.csv")
# N stands for a number
form='^gcN\(1\): N\+N\+N ms, N -> N MB N -> N \(N-N\) objects'
form+=', N\(N\) handoff, N\(N\) steal, N/N/N yields$'
expect 'gctrace has the form of Go 1.1' [ -z "$(grep -vE "${form//N/[0-9]+}" "$work/err")" ]
expect 'a gctrace line for every collection' \
    [ "$(grep -c '^gc' "$work/err")" = "$(grep -c '"type":"gc"' "$work/run.ndjson")" ]
cat >"$work/check.py" <<'END'
import csv, json, re, sys
page = open("man/gomemlab.1", encoding="utf-8").read()
explained = set(re.findall(r"^\.(?:It )?Cm ([a-z_]+)", page, re.M)) | {"type"}
rows = list(csv.DictReader(open(sys.argv[2])))
samples, last, kinds = [], 0, set()
for line in open(sys.argv[1], encoding="utf-8"):
    record = json.loads(line)
    assert isinstance(record, dict) and len(record) == len(set(record)), line
    assert set(record) <= explained, "not in the man page: " + str(set(record) - explained)
    assert record["at_ns"] >= last, "out of order: " + line
    last = record["at_ns"]
    kinds.add(record["type"])
    if record["type"] == "sample":
        samples.append(record)
assert len(samples) == len(rows), (len(samples), len(rows))
for sample, row in zip(samples, rows):
    for name, value in row.items():
        assert name == "rss" or sample[name] == int(value), (name, sample, row)
assert {"sample", "gc", "grow"} | set(sys.argv[3:]) <= kinds, kinds
END
expect 'NDJSON is JSON, in order, and says what the CSV says' \
    python3 "$work/check.py" "$work/run.ndjson" "$work/side.csv"
# What keeps an object alive is a way from a variable to it.
run run forgotten-entry --for 60s --keeps-alive session
ran 'what keeps a session alive is told behind the summary' 0 'sessions .* map .* 64 bytes' ''
expect 'down to the session' grep -qE '^ +\[[0-9]+\] +0xc2[0-9a-f]+ +session +48 bytes$' "$work/out"
run run garbage --for 5s --csv - --keeps-alive largest
ran 'on stderr where stdout has samples' 0 '^ms,' 'main pool'
run run garbage --for 5s --keeps-alive 0xc2ffffffff
ran 'no way is told' 0 'Nothing keeps 0xc2ffffffff alive' ''
run run forgotten-entry --for 5s --keeps-alive sesion
ran 'an unknown type is refused' 2 '' "did you mean 'session'"
cat >"$work/kinds.yaml" <<'END'
title: Every kind of event
channels:
  - {name: idle, capacity: 5}
goroutines:
  - name: main
    slots: 2
    make: {bytes: [5MB, 10MB]}
    steps:
      - gogc: 50
      - repeat: 5
        steps:
          - make: buffer
          - pick: slot
          - put: slot
          - sleep: 1s
          - print: memstats
      - do: free-os-memory
timeline:
  - {at: 2s, resize: idle, to: 1}
  - {at: 3s, gogc: off}
END
run run "$work/kinds.yaml" --ndjson - --csv "$work/kinds.csv" --for 60s
ran 'a program that ends, and changes from outside' 0 '"type":"end"' ''
expect 'every kind of event is JSON too' \
    python3 "$work/check.py" "$work/out" "$work/kinds.csv" resize gogc scavenge end
expect 'a channel has its name' grep -q '"type":"resize".*"channel":"idle"' "$work/out"
expect 'a program that ends gives the rows it gave' [ "$(lines "$work/kinds.csv")" = 6 ]
run run free-os-memory-timeline --ndjson - --memory=accounted
expect 'scavenges are events' grep -q '"type":"scavenge"' "$work/out"
run run garbage
ran 'summary' 0 '^  HeapSys +[0-9]+\.[0-9] MB$' ''
run run garbage --gctrace
ran 'summary beside gctrace' 0 '^  NumGC +[0-9]+$' '^gc1\(1\)'

# --- the Go program ---
for name in $story; do
    run go $name
    ran "go $name" 0 '^package main$' ''
done
refused 'go without a file' 'needs a FILE' go

# --- when writing fails ---
run run garbage --csv /dev/full
ran 'full disk' 1 '' '/dev/full: No space left'
run run garbage --ndjson /dev/full
ran 'full disk, NDJSON' 1 '' '/dev/full: No space left'
for arguments in 'run garbage --csv -' 'run garbage' 'go garbage' list --help --version \
    'check garbage'; do
    "$program" $arguments >/dev/full 2>"$work/err"
    status=$?
    : >"$work/out"
    ran "full stdout: $arguments" 1 '' 'stdout: No space left'
    "$program" $arguments >&- 2>"$work/err"
    status=$?
    ran "closed stdout: $arguments" 1 '' 'stdout: Bad file descriptor'
done
# into_pipe ARGUMENT...: runs the program into a pipe; its status goes to a file
into_pipe() {
    "$program" "$@" --memory=accounted 2>"$work/err"
    echo $? >"$work/status"
}
into_pipe run realistic-5 --ndjson - | head -n 1 >"$work/out"
status=$(cat "$work/status")
ran 'a reader that goes away' 1 '.' ''
into_pipe run garbage --csv - --for 1000h | head -c 100 >/dev/null
status=$(cat "$work/status")
expect 'a reader that goes away ends a long run' [ "$status" = 1 ]
run run garbage --csv "$work/nosuch/x.csv"
ran 'no such directory' 1 '' 'nosuch/x.csv: No such file'
run run garbage --csv "$work"
ran 'a directory as output' 1 '' 'Is a directory'
mkdir "$work/small"
(
    ulimit -f 8
    trap '' XFSZ
    "$program" run garbage --csv "$work/small/x.csv" 2>"$work/err"
)
status=$?
: >"$work/out"
ran 'a file that grows too large' 1 '' 'File too large'
expect 'has no name that looks complete' [ ! -e "$work/small/x.csv" ]
expect 'and its beginning is there' [ -s "$work/small/x.csv.partial" ]
echo old >"$work/small/y.csv"
(
    ulimit -f 8
    trap '' XFSZ
    "$program" run garbage --csv "$work/small/y.csv" 2>/dev/null
)
expect 'an old file survives a failure' [ "$(cat "$work/small/y.csv")" = old ]
ln -s y.csv "$work/small/link.csv"
run run garbage --for 5s --csv "$work/small/link.csv"
expect 'a symbolic link stays one' [ -L "$work/small/link.csv" ]
expect 'and its file is written' [ "$(lines "$work/small/y.csv")" = 6 ]
mkfifo "$work/fifo"
timeout 10 cat "$work/fifo" >"$work/out2" &
run run garbage --for 5s --csv "$work/fifo"
wait
expect 'a named pipe is written through' [ "$(lines "$work/out2")" = 6 ]
"$program" run garbage --for 5s --csv - <&- >"$work/out" 2>&-
expect 'closed stdin and stderr do no harm' [ "$(lines "$work/out")" = 6 ]

# --- without a terminal ---
run open garbage
ran 'the dashboard needs a terminal' 2 '' '.'
expect 'and says so in one line' [ "$(lines "$work/err")" -le 2 ]
expect 'and sends no escape codes' [ -z "$(grep -l "$(printf '\033')" "$work/out" "$work/err")" ]
run
ran 'without any word: the dashboard' 2 '' 'terminal'

# ---- the configuration file ---------------------------------------------------------------------
# configured TEXT ARGUMENT...: runs the program with that file as the user's configuration
configured() {
    mkdir -p "$work/xdg/gomemlab"
    printf '%s\n' "$1" >"$work/xdg/gomemlab/config"
    shift
    XDG_CONFIG_HOME=$work/xdg run "$@"
}
shown() { grep -qx -- "$1" "$work/out"; }

configured 'speed = 60   # a comment' --print-config
ran 'a configuration is read' 0 '^speed = 60$' ''
expect 'and is said to be' grep -q "^# Read: $work/xdg/gomemlab/config" "$work/out"
configured $'# nothing\n\n  glyphs=ascii  \nmouse = off\r' --print-config
expect 'blanks do not matter' shown 'glyphs = ascii'
expect 'nor does the end of the line' shown 'mouse = off'
configured 'speed = 60' --print-config --speed=5
expect 'an option overrules it' shown 'speed = 5'
configured 'speed = 60' --print-config --no-config
expect '--no-config does not read it' shown 'speed = 1'
expect 'it is not written' [ "$(cat "$work/xdg/gomemlab/config")" = 'speed = 60' ]
printf 'color = 16\nmemory = accounted\n' >"$work/config"
configured 'color = 8' --print-config --config="$work/config"
expect '--config reads another' shown 'color = 16'
cp "$work/out" "$work/printed"
run --print-config --config="$work/printed"
expect 'what --print-config prints can be read' cmp -s <(grep -v '^# Read' "$work/out") \
    <(grep -v '^# Read' "$work/printed")
expect 'with a comment for each setting' \
    [ "$(grep -c '^# ' "$work/out")" -eq $(($(grep -c ' = ' "$work/out") + 3)) ]
mkdir -p "$work/home/.config/gomemlab"
echo 'speed = 7' >"$work/home/.config/gomemlab/config"
HOME=$work/home XDG_CONFIG_HOME='' run --print-config
expect 'without XDG_CONFIG_HOME it is in ~/.config' shown 'speed = 7'
HOME=$work/nowhere XDG_CONFIG_HOME='' run --print-config
ran 'without a file there are defaults' 0 '^speed = 1$' ''
configured 'color = never' run garbage --for 1s
ran 'a headless run does not read it' 0 'HeapSys|Mallocs' ''
# misread NAME PATTERN TEXT: the file is refused, with the place
misread() {
    configured "$3" --print-config
    ran "$1" 2 '' "^$work/xdg/gomemlab/config:$2"
}
misread 'an unknown setting' "2:1: error: unknown setting 'colour'; did you mean 'color'\?" \
    $'speed = 2\ncolour = 8'
misread 'an option that is no setting' "1:1: error: unknown setting 'csv'" 'csv = x'
misread 'a wrong value' "1:9: error: color: 'blue' is none of auto, always" 'color = blue'
misread 'a wrong number' "1:11: error: speed: '5x' is not a number" '  speed = 5x'
misread 'no equals sign' "1:6: error: .* there is no '='" 'speed'
misread 'no key' '1:1: error: there is no key' '= 5'
misread 'no value' '1:8: error: there is no value' 'speed ='
misread 'a setting given twice' "3:1: error: 'speed' is set a second time, after line 1" \
    $'speed = 1\n\nspeed = 2'
configured $'colour = 1\nspeed = 0\nx' --print-config
expect 'all mistakes are told in one go' [ "$(wc -l <"$work/err")" -eq 3 ]
configured 'speed = 0' --print-config --speed=5
ran 'a wrong value is one though it is overruled' 2 '' 'speed'
refused 'a --config that is not there' 'No such file' --config="$work/none" --print-config
refused 'a --config that is no file' 'directory' --config="$work" --print-config
refused '--config and --no-config' 'exclude each other' --config="$work/config" --no-config
configured 'speed = 0' garbage
ran 'the dashboard does not open with a wrong one' 2 '' '^[^ ]*:1:9: error: speed'

# Ten nodes of a list, fifteen of a tree, five of a graph, each with a text of 100,000 bytes.
run run tests/scenarios/good/filled-nodes.yaml --for 1s --csv -
expect 'nodes of lists, trees and graphs are made with their other fields' \
    [ "$(tail -n 1 "$work/out" | cut -d, -f6)" -gt 3000000 ]

finish
