#!/bin/bash
# pages_test.sh PROGRAM: manual pages are clean, completions know every option, the documents name
# what there is. One "ok" or "not ok" line each; the last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/support/command.sh
program=$(realpath "${1:-build/release/gomemlab}")
export LC_ALL=C.UTF-8

# absent FILE WORD...: the words that are not in the file
absent() {
    local file=$1 word
    shift
    for word; do grep -qF -- "$word" "$file" || echo "$file: no $word"; done
}

for page in man/*.[15]; do
    command -v mandoc >/dev/null 2>&1 || break
    rule "$page is clean" \
        "$(mandoc -T lint "$page" 2>&1 | grep -vE 'referenced manual not found: Xr gomemlab')"
done
options=$("$program" --help | grep -oE -- '--[a-z][a-z-]+' | sort -u)
for file in man/completion/gomemlab.bash man/completion/_gomemlab; do
    rule "$file knows every option" "$(absent $file $options)"
    rule "$file knows every command" "$(absent $file $("$program" --help |
        sed -n 's/^  gomemlab \([a-z]*\) .*/\1/p'))"
done
rule 'man/gomemlab.1 knows every option' "$(
    for option in $options; do
        grep -qE -- "Fl Fl ${option#--}( |$)" man/gomemlab.1 || echo "$option"
    done)"
rule 'no completion knows an option there is not' "$(
    for word in $(grep -ohE -- '--[a-z][a-z-]+' man/completion/*); do
        grep -qx -- "$word" <<<"$options" || echo "$word"
    done)"
rule 'man/completion/gomemlab.fish knows every option, and no other' "$(
    diff <(sed -nE 's/^complete .* -l ([a-z-]+).*/--\1/p' man/completion/gomemlab.fish |
        sort -u) <(echo "$options"))"
if command -v fish >/dev/null 2>&1; then
    # what fish would offer for the last word of a line
    fish_offers() {
        PATH=$(dirname "$program"):$PATH HOME=/nonexistent fish -N -c \
            "source man/completion/gomemlab.fish; complete -C '$1'" 2>&1 | cut -f1
    }
    rule 'fish offers commands' \
        "$(for word in open run go check list help; do
            fish_offers 'gomemlab ' | grep -qx "$word" || echo "$word"
        done)"
    rule 'fish offers options of the command' "$(
        fish_offers 'gomemlab run --' | grep -qx -- --keeps-alive || echo 'run: --keeps-alive'
        fish_offers 'gomemlab run --' | grep -x -- --speed
        fish_offers 'gomemlab --' | grep -qx -- --speed || echo 'open: --speed')"
    rule 'fish offers values and scenarios' "$(
        fish_offers 'gomemlab run --memory=' | grep -q accounted || echo accounted
        fish_offers 'gomemlab run lru-c' | grep -qx lru-cache || echo lru-cache)"
fi
rule 'bash reads its completion' "$(bash -n man/completion/gomemlab.bash 2>&1)"
if command -v zsh >/dev/null 2>&1; then
    rule 'zsh reads its completion' "$(zsh -n man/completion/_gomemlab 2>&1)"
fi

# complete WORD...: what bash would offer for the last word
complete_words() {
    PATH=$(dirname "$program"):$PATH bash -c '
        compopt() { :; }
        source man/completion/gomemlab.bash
        COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
        _gomemlab
        printf "%s\n" "${COMPREPLY[@]}"' - "$@" 2>&1
}
# offers NAME EXPECTED WORD...
offers() {
    local name=$1 expected=$2 got
    shift 2
    got=$(complete_words "$@" | sort | xargs)
    rule "$name" "$([ "$got" = "$expected" ] || echo "offers '$got', not '$expected'")"
}
offers 'bash completes a command' 'check' gomemlab che
offers 'bash completes a scenario' 'garbage' gomemlab run garb
offers 'bash completes an option' '--gctrace' gomemlab run --gc
offers 'bash completes an option of the dashboard' '--glyphs=' gomemlab --gl
offers 'bash completes a value' 'accounted' gomemlab run --memory = acc
offers 'bash completes all values' 'accounted real' gomemlab run --memory =

for name in $("$program" list | awk '{ print $1 }'); do
    [ -e "scenarios/$name.yaml" ] || continue
    rule "README.md names $name" "$(absent README.md "$name")"
done
rule 'README.md names every command' \
    "$(absent README.md 'make run' 'make check' 'gomemlab run' 'gomemlab check' 'gomemlab list')"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$PWD/scenarios" "$work/scenarios"
awk '/^```/ { on = /yaml/; next } on' README.md >"$work/example.yaml"
rule 'the scenario of README.md is one' "$("$program" check "$work/example.yaml" 2>&1 >"$work/out")"
tick=$(printf '\140')
keys=$(sed -nE 's/^\.It Ic (\\&)?//p' man/gomemlab.1
    sed -nE 's/^\.It Ic ([0-9]) to ([0-9])$/\1 \2/p' man/gomemlab.1 | while read -r first last; do
        seq "$first" "$last"
    done)
rule 'the keys of README.md are those of the program' "$(
    sed -n '/^## Keys/,/^## Scen/p' README.md |
        grep -oE "${tick}[^$tick ]+$tick" | tr -d "$tick" |
        grep -vE '^(runtime|debug)\.' | while read -r key; do
        grep -qxF -- "$key" <<<"$keys" || echo "$key"
    done)"
# one virtual second of each command that the documents show
examples() {
    grep -hE '^(gomemlab run|\.Dl \$ gomemlab run)' README.md man/gomemlab.1 |
        sed 's/^\.Dl \$ //; s/ *[#|].*//; s/^gomemlab run//'
}
rule 'the examples of the documents run' "$(
    examples | while read -r arguments; do
        (cd "$work" && "$program" run $arguments --for 1s >out 2>err) ||
            echo "$arguments: $(cat "$work/err")"
    done)"
rule 'there are such examples' "$([ "$(examples | wc -l)" -ge 8 ] || examples)"
if command -v rsvg-convert >/dev/null 2>&1; then
    rule 'the picture of README.md renders' "$(
        rsvg-convert --width=820 man/dashboard.svg -o "$work/picture.png" 2>&1
        [ "$(stat -c %s "$work/picture.png")" -gt 40000 ] || echo 'almost nothing is on it')"
fi
rule 'links of the documents lead somewhere' "$(
    for document in *.md; do
        grep -oE '\]\([^)#]+' "$document" | sed 's/^](//' | grep -vE '^https?:' |
            while read -r target; do [ -e "$target" ] || echo "$document: $target"; done
    done)"
rule 'no machine of ours in the documents' "$(grep -nE '/(work|root|home)/' *.md man/*.[15])"

finish
