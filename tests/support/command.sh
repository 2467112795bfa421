# command.sh: what the scripts that test from a shell share; source it. They count in `passed` and
# `failed`, print one "ok" or "not ok" line a check, and end with `finish`.
# shellcheck shell=bash
passed=0
failed=0

ok() {
    passed=$((passed + 1))
    echo "ok: $1"
}
not_ok() {
    failed=$((failed + 1))
    printf 'not ok: %s\n%s\n' "$1" "$2" | head -n 20
}
# expect NAME COMMAND...: COMMAND, a test or a function, must succeed
expect() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then ok "$name"; else not_ok "$name" "$* -> $said"; fi
}
# rule NAME OFFENDERS: holds if there are none
rule() {
    if [ -z "$2" ]; then ok "$1"; else not_ok "$1" "$2"; fi
}
# run ARGUMENT...: runs $program; leaves $status, $work/out and $work/err. $as: a command that runs
# it; $input: what it reads
run() {
    ${as:-} "$program" "$@" >"$work/out" 2>"$work/err" <"${input:-/dev/null}"
    status=$?
}
# ran NAME STATUS OUT ERR: what the last run must have given; patterns (ERE), '' for nothing at all
ran() {
    local problem=''
    [ "$status" = "$2" ] || problem+="exit status $status, not $2; "
    if [ -z "$3" ]; then [ ! -s "$work/out" ]; else grep -qE -- "$3" "$work/out"; fi ||
        problem+="stdout: $(head -n 5 "$work/out"); "
    if [ -z "$4" ]; then [ ! -s "$work/err" ]; else grep -qE -- "$4" "$work/err"; fi ||
        problem+="stderr: $(head -n 5 "$work/err"); "
    if [ -z "$problem" ]; then ok "$1"; else not_ok "$1" "$problem"; fi
}
# refused NAME PATTERN ARGUMENT...: exit 2, nothing on stdout, the pattern on stderr
refused() {
    local name=$1 pattern=$2
    shift 2
    run "$@"
    ran "$name" 2 '' "$pattern"
}
# column NAME FILE: one column of a CSV file, without its header
column() {
    awk -F, -v name="$1" '
        NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
        { print $c }' "$2"
}
# finish: prints the last line; its status is that of the script
finish() {
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
