#!/bin/bash
# portable.sh [aarch64] [musl]: builds gomemlab for a machine with another processor and against
# another C library, and sees that it gives the same bytes there. On Debian, as root or not:
# packages of the other machine are unpacked below build/portable, nothing is installed. It needs
#     apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user musl-tools
# The last line: N passed, N failed.
set -u
cd "$(dirname "$0")/.." || exit 1
export LC_ALL=C.UTF-8
root=$PWD
out=$root/build/portable
jobs=$(nproc 2>/dev/null || echo 2)
passed=0
failed=0
expect() {
    local name=$1
    shift
    if "$@" >>"$out/log" 2>&1; then
        passed=$((passed + 1))
        echo "ok: $name"
    else
        failed=$((failed + 1))
        echo "not ok: $name; see build/portable/log"
    fi
}
need() {
    command -v "$1" >/dev/null && return
    echo "portable.sh: there is no $1: apt-get install $2" >&2
    exit 2
}
mkdir -p "$out"
: >"$out/log"

# fetch ARCHITECTURE PACKAGE...: unpacks packages of another architecture into $out/ARCHITECTURE
fetch() {
    local architecture=$1 apt=$out/apt-$1
    shift
    mkdir -p "$apt/lists/partial" "$apt/cache/archives/partial" "$out/$architecture"
    : >"$apt/status"
    local options=(-o APT::Architecture="$architecture" -o APT::Architectures="$architecture"
        -o Dir::State="$apt" -o Dir::State::status="$apt/status" -o Dir::Cache="$apt/cache"
        -o APT::Sandbox::User=root -q)
    apt-get "${options[@]}" update >>"$out/log" 2>&1
    (cd "$apt" && apt-get "${options[@]}" download "$@" >>"$out/log" 2>&1) || return 1
    for package in "$apt"/*.deb; do dpkg-deb -x "$package" "$out/$architecture"; done
}
# same PROGRAM...: it gives what the program built for this machine gives
same() {
    local scenario
    for scenario in garbage idle-queue request-server binary-trees; do
        cmp <("$@" run "scenarios/$scenario.yaml" --for 60s --memory accounted --csv - \
            --gctrace 2>&1) \
            <(build/release/gomemlab run "scenarios/$scenario.yaml" --for 60s --memory accounted \
                --csv - --gctrace 2>&1) || return 1
    done
}
real() {
    "$@" run scenarios/garbage.yaml --for 60s --memory real
}

aarch64() {
    need aarch64-linux-gnu-gcc 'gcc-aarch64-linux-gnu libc6-dev-arm64-cross'
    need qemu-aarch64 qemu-user
    expect 'aarch64: its libraries are fetched' fetch arm64 libyaml-dev libyaml-0-2 libcyaml-dev \
        libcyaml1 libncurses-dev libncursesw6 libtinfo6
    local lib=$out/arm64/usr/lib/aarch64-linux-gnu low=$out/arm64/lib/aarch64-linux-gnu
    expect 'aarch64: it builds' make --no-print-directory -j"$jobs" B="$out/aarch64" \
        CC=aarch64-linux-gnu-gcc WERROR=-Werror CPPFLAGS="-isystem $out/arm64/usr/include" \
        LDFLAGS="-L$lib -L$low -Wl,-rpath-link,$lib:$low" "$out/aarch64/gomemlab"
    local emulated=(qemu-aarch64 -L /usr/aarch64-linux-gnu
        -E "LD_LIBRARY_PATH=$lib:$low" "$out/aarch64/gomemlab")
    expect 'aarch64: the same bytes as here' same "${emulated[@]}"
    expect 'aarch64: real memory' real "${emulated[@]}"
    # an emulated machine with little memory
    expect 'aarch64: with 2 GB of address space' \
        bash -c 'ulimit -v 2000000; exec "$@"' - "${emulated[@]}" run scenarios/garbage.yaml \
        --for 60s --memory accounted
}

# source PACKAGE: the unpacked sources of a Debian package
source_of() {
    (cd "$out/musl-sources" && apt-get source -q --download-only "$1" &&
        rm -rf "$1" && dpkg-source --no-check -x "$1"_*.dsc "$1") >>"$out/log" 2>&1
}
musl_libraries() {
    local to=$out/musl-root cc='musl-gcc -O2'
    [ -e "$to/done" ] && return
    mkdir -p "$out/musl-sources" "$to/lib" "$to/include"
    source_of libyaml && source_of libcyaml && source_of ncurses || return 1
    (cd "$out/musl-sources/libyaml" && { [ -x configure ] || autoreconf -fi; } &&
        ./configure CC="$cc" --prefix="$to" --disable-shared && make -j"$jobs" && make install) &&
        (cd "$out/musl-sources/libcyaml" && $cc -Iinclude -I"$to/include" -DVERSION_MAJOR=1 \
            -DVERSION_MINOR=0 -DVERSION_PATCH=0 -DVERSION_DEVEL=0 -c src/*.c &&
            ar rcs "$to/lib/libcyaml.a" ./*.o && cp -r include/cyaml "$to/include") &&
        (cd "$out/musl-sources/ncurses" && ./configure CC="$cc" --prefix="$to" --enable-widec \
            --without-cxx --without-cxx-binding --without-ada --without-tests --without-progs \
            --without-manpages --without-debug --with-default-terminfo-dir=/usr/share/terminfo \
            --with-terminfo-dirs=/etc/terminfo:/lib/terminfo:/usr/share/terminfo &&
            make -j"$jobs" libs && make install.libs install.includes) && touch "$to/done"
}
musl() {
    need musl-gcc musl-tools
    need dpkg-source dpkg-dev
    expect 'musl: libyaml, libcyaml and ncurses are built' musl_libraries
    local to=$out/musl-root
    expect 'musl: it builds' make --no-print-directory -j"$jobs" B="$out/musl" CC=musl-gcc \
        WERROR=-Werror CPPFLAGS="-isystem $to/include -isystem $to/include/ncursesw" \
        LDFLAGS="-static-pie -L$to/lib" "$out/musl/gomemlab"
    expect 'musl: the same bytes as here' same "$out/musl/gomemlab"
    expect 'musl: real memory' real "$out/musl/gomemlab"
}

expect 'it builds here' make --no-print-directory -j"$jobs" build/release/gomemlab
[ $# -gt 0 ] || set -- aarch64 musl
for target; do
    case $target in
        aarch64 | musl) $target ;;
        *)
            echo "portable.sh: '$target' is none of aarch64, musl" >&2
            exit 2
            ;;
    esac
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
