#!/bin/bash
# files_test.sh PROGRAM: files as people and editors make them: where scenarios are looked for, what
# cannot be read, which file an option writes. One "ok" or "not ok" line each; the last line: N
# passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/support/command.sh
checkout=$PWD
program=$(realpath "${1:-build/release/gomemlab}")
export LC_ALL=C.UTF-8
export XDG_CONFIG_HOME=/nonexistent # the user's own must not matter
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
chmod 755 "$work"
cd "$work" || exit 1

# run ARGUMENT...: runs the program; leaves $status, out and err. $as: a command that runs it
right=$work/right.yaml
cat >"$right" <<'END'
title: Right
goroutines:
  - name: main
    slots: 20
    make: {bytes: [5MB, 10MB]}
    loop: [{make: buffer}, {pick: slot}, {put: slot}, {sleep: 1s}, {print: memstats}]
END
cp "$right" reference

# --- words that are no options ---
refused 'a cluster of letters is named whole' "unknown option '-garbage'\$" run -garbage
refused 'behind a file too' "unknown option '-xy'\$" run right.yaml -xy
refused 'a long option with one dash' "unknown option '-version'; did you mean '--version'" -version
refused 'one with a mistake in it' "unknown option '-versoin'; did you mean '--version'" -versoin
refused 'one with a value' "unknown option '-for'; did you mean '--for'" run -for=1.5s right.yaml
refused 'a file that begins with a dash' "'-dash.yaml'; a file of that name is './-dash.yaml'" \
    check -dash.yaml
refused 'a value for --help' '\-\-help takes no value' run --help=5
refused 'no name for a file' '\-\-csv: the name of a file is missing' run right.yaml --csv=
cp right.yaml ./-dash
refused 'a file with a dash that is there' "'-dash'; a file of that name is './-dash'" check -dash
run check -- -dash
ran 'behind -- it is a file' 0 '^-dash: ok$' ''
run check ./-dash
ran 'and with its folder' 0 '^./-dash: ok$' ''
rm ./-dash
run run --for 2s right.yaml --csv -
ran 'options stand before and behind the file' 0 '^2000,' ''

# --- the folder of scenarios ---
mkdir scenarios
cp right.yaml scenarios/one.yaml
cp right.yaml scenarios/two.yml
ln -s user@host.123:456 scenarios/.#one.yaml
: >scenarios/.two.yml
: >scenarios/one.yaml~
: >scenarios/notes.txt
mkdir scenarios/folder.yaml
mkfifo scenarios/pipe.yaml
run list
ran 'hidden files are no scenarios, nor is what is no file' 0 '^one +Right$' ''
expect 'a .yml is one' grep -qE '^two +Right$' out
expect 'the list has no more' [ "$(grep -cE '^(folder|pipe|notes|[.])' out)" = 0 ]
run check two
ran 'a .yml has a name' 0 '^scenarios/two.yml: ok$' ''
printf 'title: ]\n' >scenarios/one.yml
run check one
ran 'where both are there, .yaml counts' 0 '^scenarios/one.yaml: ok$' ''
rm scenarios/one.yml
refused 'a file here without its ending' "did you mean 'right.yaml'" check right
ln -s nowhere.yaml scenarios/broken.yaml
run list
ran 'a broken link is named' 2 '^one +Right' \
    "^scenarios/broken.yaml:1:1: error: .*No such file.*a link to 'nowhere.yaml'"
expect 'and the rest is listed' grep -qE '^two +Right$' out
rm scenarios/broken.yaml

# --- what cannot be read ---
ln -s circle-b circle-a
ln -s circle-a circle-b
refused 'links in a circle' '^circle-a:1:1: error: .*Too many levels of symbolic links' \
    check circle-a
ln -s nowhere gone
refused 'a broken link' "^gone:1:1: error: .*a link to 'nowhere'" check gone
long=$(printf 'x%.0s' {1..300})
refused 'a name that is too long' 'File name too long' check "$long.yaml"
refused 'a path that is too long' 'File name too long' \
    check "$(printf 'folder/%.0s' {1..700})x.yaml"
refused 'a folder' '^scenarios:1:1: error: .*Is a directory; give a file in it' check scenarios
refused 'a folder for run' 'Is a directory' run scenarios
refused 'a folder for go' 'Is a directory' go scenarios
refused 'a file as a folder' 'right.yaml/x.yaml:1:1: error: .*Not a directory' \
    check right.yaml/x.yaml
refused 'an endless file' '^/dev/zero:1:1: error: the file is larger than 1 MiB' check /dev/zero
for command in check run go open ''; do
    run $command circle-a
    ran "the reason is told by '$command'" 2 '' 'circle-a:1:1: error: .*Too many levels'
done
mkfifo fifo
timeout 10 cat right.yaml >fifo &
run check fifo
ran 'a named pipe is read' 0 '^fifo: ok$' ''
wait
run check <(cat right.yaml)
ran 'so is an unnamed one' 0 '^/dev/fd/[0-9]+: ok$' ''
refused 'an endless configuration' '^/dev/zero:1:1: error: this is too long, or no text' \
    --config=/dev/zero --print-config
timeout 10 "$program" --config=<(yes '# line') --print-config >out 2>err
status=$?
ran 'one of endless lines' 2 '' ':10001:1: error: this is too long'

# As somebody who may not do everything.
if [ "$(id -u)" != 0 ]; then
    somebody=env
elif setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$program" 2>/dev/null; then
    somebody='setpriv --reuid=65534 --regid=65534 --clear-groups'
else
    somebody=
    echo 'skipped: what permissions do: this is root, and nobody else can run the program'
fi
if [ -n "$somebody" ]; then
    as=$somebody
    mkdir locked
    cp right.yaml locked/x.yaml
    cp right.yaml secret.yaml
    chmod 000 locked secret.yaml
    refused 'a folder without permission' \
        '^locked/x.yaml:1:1: error: .*Permission denied; look at the permissions' \
        check locked/x.yaml
    refused 'a file without permission' '^secret.yaml:1:1: error: .*Permission denied' \
        check secret.yaml
    refused 'the same for run' 'Permission denied' run locked/x.yaml
    refused 'the same for the dashboard' 'Permission denied' locked/x.yaml
    chmod 000 scenarios
    run list
    ran 'a folder of scenarios without permission' 2 '' '^gomemlab: scenarios: Permission denied'
    refused 'a name that is looked for there' 'scenarios: Permission denied' check one
    chmod 755 scenarios
    as=
fi

# --- standard input ---
input=right.yaml
run check -
ran 'check reads standard input' 0 '^<stdin>: ok$' ''
run run - --for 2s --csv -
ran 'so does run' 0 '^2000,' ''
run go -
ran 'and go' 0 '^package main$' ''
printf 'title: x\ngoroutnes: []\n' >bad.yaml
input=bad.yaml
for command in check run go open; do
    run $command -
    ran "$command says where on standard input it is wrong" 2 '' \
        '^<stdin>:2:1: error: .*goroutines'
done
input=/dev/null
"$program" check - <&- >out 2>err
status=$?
ran 'a closed standard input' 2 '' '^<stdin>:1:1: error: .*Bad file descriptor; it is closed'
cp right.yaml ./-
run check ./-
ran 'a file of that name has its folder' 0 '^./-: ok$' ''
rm ./-

# --- files that are written ---
cp reference right.yaml
ln -s right.yaml link.yaml
ln right.yaml hard.yaml
mkdir sub
short='--for 2s'
lines() { wc -l <"$1" | tr -d ' '; }
for option in csv ndjson; do
    for name in right.yaml ./right.yaml sub/../right.yaml "$right" link.yaml hard.yaml; do
        refused "--$option onto the scenario, as ${name#"$work"}" \
            "\-\-$option '.*' is the scenario 'right.yaml', which would be lost" \
            run right.yaml $short --$option "$name"
    done
done
refused 'the scenario by a link, too' "is the scenario 'link.yaml'" \
    run link.yaml $short --csv right.yaml
input=right.yaml
refused 'a scenario on standard input, too' 'is the scenario' run - $short --csv right.yaml
input=/dev/null
for command in run go; do
    "$program" $command right.yaml >>right.yaml 2>err
    status=$?
    : >out
    ran "$command does not add to the scenario" 2 '' 'standard output is the scenario'
done
expect 'the scenario is as before' cmp right.yaml reference
refused 'one new file by two names' 'cannot both write' \
    run right.yaml $short --csv new.csv --ndjson sub/../new.csv
refused 'by a link to nothing' 'cannot both write' \
    run right.yaml $short --csv new.csv --ndjson "$(ln -s new.csv dangling; echo dangling)"
: >there.csv
ln there.csv there2.csv
refused 'one file with two names' 'cannot both write' \
    run right.yaml $short --csv there.csv --ndjson there2.csv
"$program" run right.yaml $short --csv there.csv --ndjson - >there.csv 2>err
expect 'a file and the standard output that goes there' [ $? = 2 ]
"$program" run right.yaml $short --csv there.csv 2>there.csv
expect 'a file and the standard error that goes there' [ $? = 2 ]
expect 'nothing new is there' [ ! -e new.csv ]
run run right.yaml $short --csv /dev/null --ndjson /dev/null
ran 'nobody misses what goes to /dev/null' 0 '' ''
mkdir -p xdg/gomemlab
echo 'speed = 2' >xdg/gomemlab/config
export XDG_CONFIG_HOME=$work/xdg
refused '--csv onto the configuration' "is the configuration '" \
    run right.yaml $short --csv xdg/gomemlab/config
export XDG_CONFIG_HOME=/nonexistent
expect 'the configuration is as before' [ "$(cat xdg/gomemlab/config)" = 'speed = 2' ]

"$program" run right.yaml $short --csv - >want.csv
# wrote NAME FILE: the last run went well and the file is whole, with no other beside it
wrote() {
    ran "$1" 0 '' ''
    expect "$1: the file is whole" cmp "$2" want.csv
    expect "$1: nothing else is left" [ -z "$(find . -name '*.partial*' -newer want.csv)" ]
}
without_rss() { cut -d, -f1-16,18- "$1"; }
umask 027
run run right.yaml $short --csv fresh.csv
wrote 'a new file' fresh.csv
expect 'a new file has the permissions of the mask' [ "$(stat -c %a fresh.csv)" = 640 ]
umask 022
chmod 600 fresh.csv
run run right.yaml $short --csv fresh.csv
expect 'what only I may read stays so' [ "$(stat -c %a fresh.csv)" = 600 ]
chmod 755 fresh.csv
run run right.yaml $short --csv fresh.csv
expect 'and what all may run' [ "$(stat -c %a fresh.csv)" = 755 ]
run run right.yaml $short --csv dangling
wrote 'a link to nothing' new.csv
expect 'the link stays one' [ -L dangling ]
long=$(printf 'ä%.0s' {1..126}).csv # 256 bytes less two
run run right.yaml $short --csv "${long:2}"
wrote 'the longest name there is' "${long:2}"
refused_to_write() {
    local name=$1 pattern=$2
    shift 2
    run "$@"
    ran "$name" 1 '' "$pattern"
}
refused_to_write 'a name with a slash behind it' 'Is a directory' run right.yaml --csv nothing/
refused_to_write 'a name too long to write' 'File name too long' run right.yaml --csv "x$long$long"
refused_to_write 'a circle of links to write' 'Too many levels' run right.yaml --csv circle-a
refused_to_write 'no file stays where the other cannot be opened' 'No such file' \
    run right.yaml --csv one.csv --ndjson nosuch/two
expect 'nor its beginning' [ -z "$(find . -name 'one.csv*')" ]

echo precious >victim
ln -s victim planted.csv.partial
echo others >planted.csv.partial-2
run run right.yaml $short --csv planted.csv
ran 'a planted link' 0 '' ''
expect 'is not followed' [ "$(cat victim)" = precious ]
expect 'nor is what somebody else left touched' [ "$(cat planted.csv.partial-2)" = others ]
expect 'and the file is whole' cmp planted.csv want.csv

(
    echo head
    "$program" run right.yaml $short --csv /dev/stdout
    echo tail
) >through
expect '/dev/stdout goes on where it stands' cmp through <(echo head; cat want.csv; echo tail)
"$program" run right.yaml $short --csv /dev/fd/7 7>seven
expect '/dev/fd/7 is written directly' cmp seven want.csv

# Two at a time: one of them is there, as a whole.
for seed in 1 2 3; do
    "$program" run right.yaml --for 300s --set seed=$seed --csv "alone$seed.csv" --memory=accounted
done
for seed in 1 2 3; do
    "$program" run right.yaml --for 300s --set seed=$seed --csv both.csv --memory=accounted &
done
wait
is_one_of_three() {
    for seed in 1 2 3; do
        cmp -s <(without_rss both.csv) <(without_rss "alone$seed.csv") && return
    done
    return 1
}
expect 'three runs with one file do not mix' is_one_of_three
expect 'and leave nothing' [ -z "$(find . -name 'both.csv.*')" ]

# Broken off.
long_run='run right.yaml --for 100000h --memory=accounted'
for signal in TERM HUP USR1; do
    "$program" $long_run --csv "cut$signal.csv" >out 2>err &
    pid=$!
    for _ in {1..100}; do
        [ -s "cut$signal.csv.partial" ] && break
        sleep 0.05
    done
    kill -s $signal $pid
    wait $pid 2>/dev/null
    status=$?
    ran "SIG$signal names what is left" $((128 + $(kill -l $signal))) '' \
        "^gomemlab: what was written is in cut$signal.csv.partial\$"
    expect "SIG$signal: and it has not got its name" [ ! -e "cut$signal.csv" ]
done
(
    ulimit -f 8
    "$program" run right.yaml --csv large.csv >out 2>err
)
status=$?
ran 'a file that may not grow' 1 '' 'large.csv: File too large'
expect 'is named' grep -qx 'gomemlab: what was written is in large.csv.partial' err
run run right.yaml --for 300s --ndjson /dev/full --csv beside.csv
ran 'a full disk' 1 '' '/dev/full: No space left on device'
"$program" $long_run --csv reader.csv --ndjson - 2>err | head -n 1 >out
expect 'a reader that goes away' grep -qx 'gomemlab: what was written is in reader.csv.partial' err
if [ -n "$somebody" ]; then
    as=$somebody
    echo old >read-only.csv
    chmod 444 read-only.csv
    mkdir -m 777 open-folder
    cp read-only.csv open-folder/
    chmod 444 open-folder/read-only.csv
    refused_to_write 'a file that may only be read' 'Permission denied' \
        run right.yaml --csv open-folder/read-only.csv
    expect 'is as before' [ "$(cat open-folder/read-only.csv)" = old ]
    echo old >writable.csv
    chmod 666 writable.csv
    chmod 555 .
    refused_to_write 'a folder that may only be read' 'Permission denied; write to another folder' \
        run right.yaml --csv new-one.csv
    as=
    chmod 755 .
fi

cd "$checkout" || exit 1
finish
