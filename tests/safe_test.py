#!/usr/bin/env python3
"""safe_test.py PROGRAM: no character that does something comes out of any command raw.

Control characters, direction overrides, what has no width, what is not UTF-8: each stands in a
scenario, a file's name, an option, the configuration, the environment. One "ok" or "not ok" line
each; the last line: N passed, N failed.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import xml.dom.minidom

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pty_terminal import Program  # noqa: E402

IGNORABLE = [0x34F, 0x115F, 0x1160, 0x17B4, 0x180B, 0x180F, 0x2065, 0x3164, 0xFE00, 0xFE0F,
             0xFFA0, 0xFFF0, 0xE0000, 0xE0101, 0xE0FFF, 0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE,
             0x10FFFF]
DANGEROUS = "".join(
    chr(c) for c in range(0x110000)
    if unicodedata.category(chr(c)) in ("Cc", "Cf", "Zl", "Zp") or c in IGNORABLE)
CONTROLS = "".join(c for c in DANGEROUS if unicodedata.category(c) == "Cc")
HIDDEN = "".join(c for c in DANGEROUS if c not in CONTROLS and ord(c) & 0xFFFE != 0xFFFE)
NOT_UTF8 = b"\x9b31m\xe9\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x80"
# For a name or an argument: a byte string without NUL and '/'.
WORD = b"\x1b]0;pwn\x07\x1b[31m" + DANGEROUS.replace("\0", "").encode() + NOT_UTF8
SHORT = b"\x1b[31m\n\r\x07\xc2\x9b\xe2\x80\xae\xe2\x80\xa8\xe2\x80\x8b" + NOT_UTF8
RIGHT = """title: {title}
about: {about}
duration: 2s
channels: [{{name: {channel}, capacity: 4}}]
types: [{{name: {type}, fields: [{{name: {field}, int: true}}]}}]
variables: [{{name: {variable}, pointer: {pointer}}}]
goroutines:
  - name: {group}
    slots: {slots}
    make: {{bytes: {bytes}}}
    loop:
      - make: {make}
      - sleep: {sleep}
timeline: [{{at: {at}, do: {do}}}]
"""
FINE = {"title": "t", "about": "a", "channel": "c", "type": "T", "field": "f", "variable": "v",
        "pointer": "T", "group": "main", "slots": "2", "bytes": "10", "make": "buffer",
        "sleep": "1s", "at": "1s", "do": "gc"}

passed = failed = 0


def expect(name, is_so, said=""):
    global passed, failed
    passed, failed = passed + bool(is_so), failed + (not is_so)
    print(f"ok: {name}" if is_so else f"not ok: {name}\n{ascii(said)[:1000]}")


def raw_in(data, allowed="\n"):
    """The first thing in the bytes that is not safe to show; None: there is none."""
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        return str(error)
    found = [c for c in text if c in DANGEROUS and c not in allowed]
    return f"U+{ord(found[0]):04X} in {text[:300]}" if found else None


class Safe:
    def __init__(self, program, work):
        self.program, self.work = program, work
        self.env = dict(os.environ, LC_ALL="C.UTF-8", XDG_CONFIG_HOME="/nonexistent",
                        TERM="xterm-256color")

    def run(self, *arguments, **env):
        return subprocess.run([self.program, *arguments], cwd=self.work, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=60, env={**self.env, **env},
                              check=False)

    def expect_safe(self, name, *arguments, status=None, **env):
        it = self.run(*arguments, **env)
        problem = raw_in(it.stdout, "\n\t" if "go" in arguments else "\n") or raw_in(it.stderr)
        if status is not None and it.returncode != status:
            problem = f"exit status {it.returncode}: {it.stderr}"
        expect(name, problem is None and it.returncode in (0, 1, 2), problem)
        return it

    def file(self, name, data):
        path = os.path.join(os.fsencode(self.work), os.fsencode(name))
        pathlib.Path(os.fsdecode(path)).write_bytes(data if isinstance(data, bytes) else
                                                    data.encode())
        return os.fsdecode(path)

    def scenario(self, name, **changed):
        return self.file(name, RIGHT.format(**{**FINE, **changed}))


def escaped(text):
    """As YAML writes it in double quotes."""
    return '"' + "".join(f"\\U{ord(c):08x}" if c not in " :/azAZ[]<>&" else c
                         for c in text) + '"'


def commands(safe, what, path):
    for arguments in (["check"], ["run", "--for", "2s"], ["go"],
                      ["run", "--for", "2s", "--gctrace", "--csv", "-"],
                      ["run", "--for", "2s", "--ndjson", "-"],
                      ["run", "--for", "2s", "--keeps-alive", "largest"]):
        it = safe.expect_safe(f"{what}: {' '.join(arguments)}", *arguments, path)
        if "--ndjson" in arguments and it.returncode == 0:
            lines = [json.loads(line) for line in it.stdout.splitlines()]
            expect(f"{what}: NDJSON can be read", len(lines) > 1)
        if arguments == ["go"] and it.returncode == 0:
            expect_go(safe, what, it.stdout)


def expect_go(safe, what, source):
    code = [line for line in source.decode().splitlines() if line.strip() and
            not line.startswith("//")]
    expect(f"{what}: the Go program begins with its package", code[0] == "package main", code[0])
    if shutil.which("gofmt"):
        it = subprocess.run(["gofmt", "-d"], input=source, capture_output=True, check=False)
        expect(f"{what}: gofmt changes nothing", it.returncode == 0 and it.stdout == b"",
               it.stdout + it.stderr)


def test_scenarios(safe):
    for place in FINE:
        for kind, characters in (("hidden", HIDDEN), ("control", CONTROLS)):
            text = FINE[place] + characters
            commands(safe, f"{kind} characters in '{place}'",
                     safe.scenario("x.yaml", **{place: escaped(text)}))
            if kind == "control" or place not in ("title", "about", "make"):
                safe.expect_safe(f"{kind} characters in '{place}', raw", "check",
                                 safe.scenario("x.yaml", **{place: f'"{text}"'}), status=2)
    for c in DANGEROUS:
        it = safe.run("check", safe.scenario("x.yaml", title=f'"a{c}b"', about=f"a {c}"))
        if raw_in(it.stdout + it.stderr) or it.returncode not in (0, 2):
            expect(f"U+{ord(c):04X} in a title, raw", False, it.stderr)
    expect("every character in a title, raw", True)
    for name, text in (("a key", escaped(HIDDEN) + ": x\n"), ("a control key", '"\\e[3\\x9b": x\n'),
                       ("a raw key", f'"{HIDDEN}": x\n'), ("an anchor", f"x: &{HIDDEN} y\n"),
                       ("a tag", f"x: !{HIDDEN} y\n"), ("an alias", f"x: *{HIDDEN}\n"),
                       ("a directive", f"%{HIDDEN}\n"), ("bytes", b"x: \x9b31m\n"),
                       ("a comment", f"# {HIDDEN}\n")):
        data = text if isinstance(text, bytes) else text.encode()
        safe.expect_safe(f"hidden characters in {name}", "check",
                         safe.file("x.yaml", data + RIGHT.format(**FINE).encode()))


def test_words(safe):
    name = SHORT.replace(b"/", b"")
    good = safe.file(name + b".yaml", RIGHT.format(**FINE))
    bad = safe.file(name + b"2.yaml", RIGHT.format(**{**FINE, "slots": "x"}))
    plain = safe.scenario("plain.yaml")
    commands(safe, "the name of a file", good)
    commands(safe, "the name of a bad file", bad)
    it = safe.expect_safe("every mistake is one line", "check", bad, status=2)
    expect("with file, line and column", it.stderr.count(b"\n") == 1 and
           b":9:12: error" in it.stderr,
           it.stderr)
    word = os.fsdecode(WORD)
    for arguments in (["check", word], ["run", word], ["go", word], [word], ["--" + word],
                      ["run", "--" + word, plain], ["-" + word], ["help", word], ["list", word],
                      ["run", "--for", word, plain], ["run", "--every", word, plain],
                      ["run", "--memory", word, plain], ["run", "--set", word, plain],
                      ["run", "--set", word + "=1", plain], ["run", "--set", "gogc=" + word, plain],
                      ["run", "--keeps-alive", word, plain], ["run", "--csv=" + word + "/x", plain],
                      ["run", "--ndjson=" + word + "/x", plain], ["--color", word, plain],
                      ["run", "--csv=" + word, "--ndjson=" + word, plain], ["--speed", word, plain],
                      ["--config", word, "--print-config"], ["--glyphs", word, plain],
                      ["--mouse", word, plain]):
        shown = " ".join(a if a != word else "WORD" for a in arguments).replace(word, "WORD")
        safe.expect_safe(shown.replace(plain, "FILE"), *arguments, status=(
            2 if "csv" not in shown and "ndjson" not in shown else None))
    safe.expect_safe("no terminal", plain, TERM=word)
    for name, text in (("key", WORD + b" = 1\n"), ("value", b"color = " + WORD + b"\n"),
                       ("line", WORD + b"\n")):
        config = safe.file("config", text)
        safe.expect_safe(f"a {name} of the configuration", "--config", config, "--print-config",
                         status=2)
    where = os.path.join(os.fsencode(safe.work), b"config" + SHORT)
    os.makedirs(os.path.join(where, b"gomemlab"))
    pathlib.Path(os.fsdecode(where + b"/gomemlab/config")).write_bytes(b"colour = 1\n")
    safe.expect_safe("the way to the configuration", "--print-config",
                     XDG_CONFIG_HOME=os.fsdecode(where), status=2)
    pathlib.Path(os.fsdecode(where + b"/gomemlab/config")).write_bytes(b"color = 8\n")
    it = safe.expect_safe("that it was read", "--print-config",
                          XDG_CONFIG_HOME=os.fsdecode(where), status=0)


def test_list(safe):
    folder = os.path.join(safe.work, "scenarios")
    os.mkdir(folder)
    safe.file(b"scenarios/" + SHORT + b".yaml", RIGHT.format(**{**FINE, "title": escaped(HIDDEN)}))
    safe.file(b"scenarios/" + SHORT + b"2.yaml", "titel: x\n")
    it = safe.expect_safe("list", "list")
    expect("list: a line for each scenario", b"<U+001B>[31m" in it.stdout, it.stdout)


def test_dashboard(safe):
    """Of what goes to the terminal, curses' own sequences are left out."""
    title = "]]></title>&<x> " + HIDDEN
    scenario = safe.scenario("shown.yaml", title=escaped(title), about=escaped(HIDDEN))
    name = os.path.join(os.fsencode(safe.work), b"shown" + SHORT + b".yaml")
    shutil.copy(scenario, name)
    program = Program(["env", "-C", safe.work, safe.program, "--paused", os.fsdecode(name)],
                      120, 40, env=safe.env)
    own = re.compile(rb"\x1b\[[0-9;:?<>=]*[ $\"']?[@-~]|\x1b[()][0-9A-Z]|\x1b[0-9=>A-Za-z]")
    try:
        seen = bytearray()
        for keys in ("", "P", "?", "\x1b", "o", "\x1b", ":"):
            program.type(keys)
            seen += b"".join(piece for _, piece in program.read_for(0.3))
        problem = raw_in(own.sub(b"", bytes(seen)), "\n\r\b\x0e\x0f")
        expect("the dashboard", problem is None and len(seen) > 1000, problem)
    finally:
        program.close()
    pictures = list(pathlib.Path(safe.work).glob("*.svg"))
    expect("a picture is saved", len(pictures) == 1, pictures)
    for picture in pictures:
        problem = raw_in(os.fsencode(picture)) or raw_in(picture.read_bytes())
        expect("the picture and its name are safe", problem is None, problem)
        titles = xml.dom.minidom.parse(str(picture)).getElementsByTagName("title")
        said = titles[0].firstChild.data
        expect("the picture is XML, its title the scenario's", "]]></title>&<x> <U+" in said, said)


def main():
    program = os.path.realpath(sys.argv[1])
    with tempfile.TemporaryDirectory() as work:
        safe = Safe(program, work)
        test_scenarios(safe)
        test_words(safe)
        test_list(safe)
        test_dashboard(safe)
    print(f"{passed} passed, {failed} failed")
    return failed != 0


if __name__ == "__main__":
    sys.exit(main())
