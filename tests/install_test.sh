#!/bin/bash
# install_test.sh: make install puts everything where it belongs, the installed program finds its
# scenarios, make uninstall takes all of it away. The last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/support/command.sh
export LC_ALL=C.UTF-8
here=$PWD
version=$(sed -n 's/^VERSION := //p' Makefile)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
files='bin/gomemlab lib/libgomemlab.a lib/pkgconfig/gomemlab.pc include/gomemlab/engine/engine.h
share/man/man1/gomemlab.1 share/man/man5/gomemlab-scenario.5
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

# the engine as a library: the example of the manual
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
expect 'pkg-config knows the version' [ "$(pkg-config --modversion gomemlab)" = "$version" ]
# shellcheck disable=SC2046
expect 'the example builds with what pkg-config says' bash -c "
    eval \"\${CC:-cc} -std=c17 -Wall -Wextra -Wpedantic -Werror '$here/tests/library/example.c' \
        \$(pkg-config --cflags --libs --static gomemlab) -o '$work/example'\""
expect 'and reads what the program writes' \
    [ "$("$work/example" "$prefix/share/gomemlab/scenarios/garbage.yaml" 11 |
        awk '/HeapAlloc/ { print $4 }')" = "$(column heap_alloc "$work/x.csv")" ]
expect 'a bad scenario ends it with 2' \
    [ "$("$work/example" nowhere.yaml 1 2>/dev/null; echo $?)" = 2 ]

# as distributions build
cd "$here" || exit 1
built=$prefix/bin/gomemlab
if command -v readelf >/dev/null; then
    expect 'it is position independent' grep -q 'Type: *DYN' <(readelf -h "$built")
    expect 'its addresses are bound at the start' \
        grep -q 'BIND_NOW\|Flags:.*NOW' <(readelf -d "$built")
    expect 'and then read only' grep -q GNU_RELRO <(readelf -lW "$built")
    expect 'its stack is protected' grep -q __stack_chk_fail <(readelf -sW --dyn-syms "$built")
    expect 'its buffers are checked' grep -q '__[a-z]*printf_chk' <(readelf -sW --dyn-syms "$built")
else
    echo 'skipped: no readelf'
fi
said=$(make -n V=1 B="$work/none" CPPFLAGS=-DMARK_1 CFLAGS=-DMARK_2 LDFLAGS=-Wl,-O1 all |
    grep -- ' -o ')
for flag in MARK_1 MARK_2; do
    expect "$flag reaches every compilation and the link" \
        [ -z "$(grep -v -- "-D$flag" <<<"$said")" ]
done
expect 'LDFLAGS reach the link' [ "$(grep -c -- -Wl,-O1 <<<"$said")" = 1 ]
expect '-m32 is refused with a sentence' \
    grep -q 'models Go on 64-bit machines' <(make B="$work/none" CFLAGS=-m32 all 2>&1)

# the same bytes, wherever it is built
mkdir "$work/elsewhere"
tar -cf - Makefile engine | tar -xf - -C "$work/elsewhere"
make --no-print-directory -s build/release/libgomemlab.a >/dev/null
expect 'it builds elsewhere' make --no-print-directory -s -C "$work/elsewhere" \
    -j"$(nproc 2>/dev/null || echo 2)" build/release/libgomemlab.a
expect 'and gives the same bytes there' \
    cmp build/release/libgomemlab.a "$work/elsewhere/build/release/libgomemlab.a"

finish
