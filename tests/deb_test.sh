#!/bin/bash
# deb_test.sh: make deb gives two packages that Debian's own checker has nothing to say of. Where
# there are no Debian tools, there is nothing to test. The last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
. tests/support/command.sh
export LC_ALL=C.UTF-8
if ! command -v dpkg-shlibdeps >/dev/null; then
    echo 'ok: skipped, this is no Debian with dpkg-dev'
    echo '1 passed, 0 failed'
    exit 0
fi
expect 'the packages are made' make --no-print-directory deb
program=$(echo build/deb/gomemlab_*.deb)
library=$(echo build/deb/libgomemlab-dev_*.deb)
for file in usr/bin/gomemlab usr/share/man/man1/gomemlab.1.gz \
    usr/share/man/man5/gomemlab-scenario.5.gz usr/share/bash-completion/completions/gomemlab \
    usr/share/zsh/vendor-completions/_gomemlab usr/share/gomemlab/scenarios/garbage.yaml \
    usr/share/fish/vendor_completions.d/gomemlab.fish usr/share/doc/gomemlab/copyright; do
    expect "$file is in it" grep -c " ./$file\$" <(dpkg-deb -c "$program")
done
for file in libgomemlab.a gomemlab.pc engine/engine.h examples/example.c; do
    expect "$file is in the library" grep -c "/$file\$" <(dpkg-deb -c "$library")
done
expect 'it depends on the libraries it uses' \
    grep -q 'libncursesw6.*libyaml' <(dpkg-deb -f "$program" Depends)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dpkg-deb -x "$program" "$work"
expect 'the program in it runs' "$work/usr/bin/gomemlab" run scenarios/garbage.yaml --for 1s
if command -v lintian >/dev/null; then
    expect 'lintian has nothing to say' [ -z "$(lintian "$program" "$library" 2>/dev/null)" ]
else
    echo 'skipped: no lintian'
fi
finish
