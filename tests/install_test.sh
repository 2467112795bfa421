#!/bin/bash
# install_test.sh: make install puts everything where it belongs, the installed program finds its
# scenarios, make uninstall takes all of it away. The last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C.UTF-8
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
expect() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1); then
        passed=$((passed + 1))
        echo "ok: $name"
    else
        failed=$((failed + 1))
        printf 'not ok: %s\n%s -> %s\n' "$name" "$*" "$said"
    fi
}
files='bin/gomemlab share/man/man1/gomemlab.1 share/man/man5/gomemlab-scenario.5
share/bash-completion/completions/gomemlab share/zsh/site-functions/_gomemlab
share/fish/vendor_completions.d/gomemlab.fish
share/gomemlab/scenarios/garbage.yaml share/gomemlab/scenarios/recycler.yaml'
make='make --no-print-directory B=build/install'
# objects of the release build are as good; only what knows the prefix is made again
rm -rf build/install
if cp -a build/release build/install 2>/dev/null; then
    find build/install -name '*.d' -exec sed -i 's|build/release/|build/install/|g' {} +
fi

stage=$work/stage
expect 'install below DESTDIR' $make install DESTDIR="$stage" PREFIX=/usr
for file in $files; do expect "$file is there" test -s "$stage/usr/$file"; done
expect 'nothing is beside PREFIX' [ "$(ls "$stage")" = usr ]
expect 'the program can be executed by all' [ "$(stat -c %a "$stage/usr/bin/gomemlab")" = 755 ]
expect 'every scenario is there' \
    [ "$(ls "$stage/usr/share/gomemlab/scenarios")" = "$(ls scenarios)" ]
expect 'uninstall' $make uninstall DESTDIR="$stage" PREFIX=/usr
expect 'no file stays' [ -z "$(find "$stage" -type f)" ]

prefix="$work/a prefix"
expect 'install into a PREFIX with a space' $make install PREFIX="$prefix"
cd / || exit 1
expect 'the installed program lists its scenarios' \
    grep -q '^garbage ' <("$prefix/bin/gomemlab" list)
expect 'and runs one by name' "$prefix/bin/gomemlab" run garbage --for 10s --csv "$work/x.csv"
expect 'with ten rows' [ "$(wc -l <"$work/x.csv")" = 11 ]
mkdir -p "$work/here/scenarios"
sed 's/^title:.*/title: mine/' "$prefix/share/gomemlab/scenarios/garbage.yaml" \
    >"$work/here/scenarios/garbage.yaml"
cd "$work/here" || exit 1
expect 'scenarios of the current directory come first' \
    grep -q '^garbage  *mine$' <("$prefix/bin/gomemlab" list)

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
