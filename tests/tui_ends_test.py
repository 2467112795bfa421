#!/usr/bin/python3
"""tui_ends_test.py PROGRAM [WORD]: every way the dashboard can end, stop and begin, in a pseudo
terminal: what becomes of the terminal, and of the process.

One "ok" or "not ok" line a check; the last line: N passed, N failed. With WORD, only the groups
with that word in their name run. Needs tic (ncurses) and nothing else.
"""
import fcntl
import os
import re
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from pty_terminal import Program  # noqa: E402

IDLE = os.path.join(ROOT, "scenarios/idle-queue.yaml")
# Private modes of which none may be on for a shell, but for those that are always on (7: lines
# wrap, 25: the cursor is shown).
MODES_OF_OURS = {1, 9, 1000, 1001, 1002, 1003, 1004, 1005, 1006, 1015, 1016, 1047, 1049, 2004, 2026}
AT_ONCE_S = 0.1
passed = failed = 0


def check(name, good, seen=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f"{'ok' if good else 'not ok'}: {name}" + ("" if good else f"\n{seen}"), flush=True)


def is_whole(screen):
    return ("GOGC" in screen.row(0) and screen.row(screen.rows - 1).strip() != "" and
            "HeapSys" in screen.text())


def start(*options, file=IDLE, cols=120, rows=40, ignored=(), wrap=None, size=None, **env):
    """The dashboard. `wrap` makes the command of it another one."""
    base = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8"}
    base.update(env)
    command = [PROGRAM, "open", "--no-config", *options, file]
    return Program(wrap(command) if wrap else command, cols, rows,
                   {key: value for key, value in base.items() if value is not None}, ignored, size)


def opened(*options, **how):
    """The same, once it shows its picture."""
    program = start(*options, **how)
    if program.until(is_whole, 20) is None:
        check("it shows a picture", False, program.screen.text())
    return program


def seconds_to_end(program, seconds=5.0):
    """Until the process is gone, without reading what it writes."""
    begin = time.monotonic()
    while time.monotonic() - begin < seconds:
        if os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            break
        time.sleep(0.001)
    return time.monotonic() - begin


def check_end(name, program, number=0):
    """It has been ended: by that signal, or, if 0, well."""
    program.reap(10)
    check(f"{name}: {'ends by the signal' if number else 'exit status 0'}",
          program.status is not None and program.signal == number and
          (number != 0 or program.status == 0), f"status {program.status}")
    wrong = program.wrong_with_terminal()
    check(f"{name}: the terminal is as it was", not wrong, wrong)
    program.close()


# ---- signals -----------------------------------------------------------------------------------

def name_of(number):
    return signal.Signals(number).name if number in list(signal.Signals) else f"signal {number}"


def deadly_signals():
    """All whose default is to end the process, but for SIGKILL."""
    harmless = {signal.SIGCHLD, signal.SIGURG, signal.SIGWINCH, signal.SIGCONT, signal.SIGSTOP,
                signal.SIGTSTP, signal.SIGTTIN, signal.SIGTTOU, signal.SIGKILL}
    usual = [number for number in range(1, 32) if number not in harmless]
    return usual + [signal.SIGRTMIN, signal.SIGRTMIN + 5, signal.SIGRTMAX]


def group_signals():
    for number in deadly_signals():
        program = opened("--paused")
        os.kill(program.pid, number)
        check_end(name_of(number), program, number)


def group_signals_while_it_runs():
    for number in (signal.SIGTERM, signal.SIGUSR1, signal.SIGALRM, signal.SIGSEGV):
        program = opened("--speed=100000", file=os.path.join(ROOT, "scenarios/goroutines.yaml"))
        os.kill(program.pid, number)
        check_end(f"{name_of(number)} in the midst of work", program, number)


def group_keys():
    for key, number in (("q", 0), ("\x03", signal.SIGINT), ("\x1c", signal.SIGQUIT)):
        program = opened()
        program.type(key)
        check_end(f"key {key!r}", program, number)


def group_ignored():
    """What is ignored at the start, as by nohup, stays so."""
    ignored = (signal.SIGHUP, signal.SIGINT, signal.SIGUSR1, signal.SIGTERM, signal.SIGPIPE,
               signal.SIGTSTP)
    program = opened(ignored=ignored)
    for number in ignored:
        os.kill(program.pid, number)
        program.read_for(0.1)
        check(f"{name_of(number)} ignored at the start: it goes on", program.reap() is None,
              f"status {program.status}")
    program.type("q")
    check_end("q after signals that are ignored", program)


def group_terms():
    """However a terminal is left, with an alternate screen or without one."""
    for term in ("xterm-256color", "tmux-256color", "linux", "vt100", "ansi"):
        for number in (0, signal.SIGTERM):
            program = opened(TERM=term)
            if number:
                os.kill(program.pid, number)
            else:
                program.type("q")
            check_end(f"TERM={term}, {name_of(number) if number else 'q'}", program, number)


def group_cpu_limit():
    program = start("--speed=100000", file=os.path.join(ROOT, "scenarios/goroutines.yaml"),
                    wrap=lambda command: ["sh", "-c", 'ulimit -S -t 1; exec "$@"', "sh", *command])
    program.reap(20)
    check_end("a limit of processor time", program, signal.SIGXCPU)


# ---- stopped and continued ---------------------------------------------------------------------

def set_line_as_a_shell_does(program):
    line = termios.tcgetattr(program.fd)
    line[0] |= termios.ICRNL | termios.IXON
    line[3] |= termios.ICANON | termios.ECHO
    termios.tcsetattr(program.fd, termios.TCSANOW, line)


def group_stop():
    program = opened("--speed=20")
    ours = termios.tcgetattr(program.fd)
    os.kill(program.pid, signal.SIGSTOP)
    program.read_for(0.2)
    set_line_as_a_shell_does(program)
    program.screen.feed("\x1b[?1049l\x1b[?1002l\x1b[?1006l\x1b[?25h\x1b[2J")
    os.kill(program.pid, signal.SIGCONT)
    whole = program.until(is_whole, 5)
    check("SIGSTOP, SIGCONT: it is painted whole", whole is not None, program.screen.text())
    check("... the line has its modes again", termios.tcgetattr(program.fd) == ours,
          str(termios.tcgetattr(program.fd)))
    modes = program.screen.modes
    check("... alternate screen and mouse are on again", {1049, 1002, 1006} <= modes, str(modes))
    check("... the cursor is hidden again", 25 in program.screen.modes_off)
    program.type("q")
    check_end("... a single q ends it", program)


def group_stop_key():
    """^Z in a shell, and fg."""
    program = Program(["bash", "--norc", "--noprofile", "-i"], 120, 40,
                      {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
                       "PS1": "P> "})
    program.until_text("P> $")
    for how in ("^Z", "SIGSTOP"):
        program.type(f"{PROGRAM} open --no-config {IDLE}; echo\r")
        check(f"{how}: it begins", program.until(is_whole) is not None, program.screen.text())
        if how == "^Z":
            program.type("\x1a")
        else:
            with open(f"/proc/{program.pid}/task/{program.pid}/children") as file:
                os.kill(int(file.read().split()[-1]), signal.SIGSTOP)
        program.until_text("Stopped")
        program.type("fg\r")
        check(f"{how}, fg: the picture is back", program.until(is_whole) is not None,
              program.screen.text())
        program.raw = b""
        program.type("q")
        prompt = program.until(lambda screen, raw=program: b"P> " in raw.raw, 5)
        check(f"{how}, fg: a single q ends it", prompt is not None, program.screen.text())
    program.type("exit\r")
    program.reap(5)
    check("... the terminal is as it was", not program.wrong_with_terminal(),
          program.wrong_with_terminal())
    program.close()


# ---- a terminal that is not read ---------------------------------------------------------------

def waits_for_terminal(program):
    """Whether the program waits for its output to be read: it asks for pictures, and at last no
    key is taken any more."""
    slave = os.open(os.readlink(f"/proc/{program.pid}/fd/0"), os.O_RDONLY | os.O_NOCTTY)
    try:
        untaken = 0
        for _ in range(400):
            os.write(program.fd, b"\x0c")
            time.sleep(0.01)
            waiting = struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, b"\0" * 4))[0]
            untaken = untaken + 1 if waiting > 0 else 0
            if untaken > 30:
                return True
        return False
    finally:
        os.close(slave)


def group_unread():
    ways = [(name_of(number), number, lambda program, n=number: os.kill(program.pid, n))
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGUSR1)]
    ways.append(("^C", signal.SIGINT, lambda program: os.write(program.fd, b"\x03")))
    for name, number, end in ways:
        program = opened("--speed=1000", cols=200, rows=60)
        check(f"{name}: the terminal is not read", waits_for_terminal(program))
        end(program)
        took = seconds_to_end(program)
        check(f"{name} with a terminal that is not read: ends at once", took < AT_ONCE_S,
              f"{took * 1000:.0f} ms")
        check_end(f"{name} with a terminal that is not read", program, number)


# ---- in the midst of a step ---------------------------------------------------------------------

LONG_STEP = """title: a step of many objects
duration: 1000s
types:
  - name: node
    fields:
      - {name: next, pointer: node, nil: true}
      - {name: other, pointer: node, nil: true}
goroutines:
  - name: main
    slots: 1
    make: {%s: node, length: 10000000}
    loop:
      - make: b
      - sleep: 1s
"""


def seconds_to_hand_back(program):
    """Until the alternate screen is left."""
    begin = time.monotonic()
    while 1049 in program.screen.modes and time.monotonic() - begin < 10:
        program.read(0.001)
        program.digest()
    return time.monotonic() - begin


def group_long_step():
    ways = [("q", "q", 0), ("q behind a command", "cq", 0), ("q behind many", "c" * 200 + "q", 0),
            ("^C", "\x03", signal.SIGINT), ("SIGTERM", None, signal.SIGTERM),
            ("SIGHUP", None, signal.SIGHUP)]
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        for make in ("list", "graph"):
            file.seek(0)
            file.write(LONG_STEP % make)
            file.truncate()
            file.flush()
            for name, keys, number in ways:
                took = []
                for delay in (0.15, 0.5, 1.0):
                    program = opened(file=file.name)
                    program.read_for(delay)
                    if keys:
                        program.type(keys)
                    else:
                        os.kill(program.pid, number)
                    took.append(seconds_to_hand_back(program))
                    check_end(f"{name} in a step ({make}) after {delay} s", program, number)
                check(f"{name} in a step ({make}): the terminal is back at once",
                      sorted(took)[1] < AT_ONCE_S, " ".join(f"{one * 1000:.0f}" for one in took))


# ---- killed ------------------------------------------------------------------------------------

def group_killed():
    program = opened(wrap=lambda command: [
        "sh", "-c", '"$@"; stty -a; gomemlab_left=1; printf "LEFT\\n"; read line; '
        f'{PROGRAM} --reset-terminal; echo "STATUS $?"; read line', "sh", *command])
    with open(f"/proc/{program.pid}/task/{program.pid}/children") as file:
        os.kill(int(file.read().split()[-1]), signal.SIGKILL)
    program.until_text("LEFT")
    check("SIGKILL leaves the terminal as it is", program.wrong_with_terminal() != "")
    program.type("\n")
    check("--reset-terminal: exit status 0", program.until_text("STATUS 0") is not None,
          program.screen.text())
    modes = program.screen.modes & MODES_OF_OURS
    check("--reset-terminal: no mode of ours is on", not modes, str(modes))
    check("--reset-terminal: the cursor is on", 25 not in program.screen.modes_off)
    line = termios.tcgetattr(program.fd)
    check("--reset-terminal: the line is as it was",
          line[:4] == program.modes_before[:4] or
          (line[3] & termios.ECHO and line[3] & termios.ICANON and line[0] & termios.ICRNL),
          str(line))
    program.type("\n")
    program.reap(5)
    program.close()
    run = subprocess.run([PROGRAM, "--reset-terminal"], stdin=subprocess.DEVNULL,
                         capture_output=True, text=True, start_new_session=True)
    check("--reset-terminal without a terminal says so",
          run.returncode == 1 and "no terminal" in run.stderr and run.stdout == "", str(run))


# ---- beginning ---------------------------------------------------------------------------------

def group_sizes():
    for name, cols, rows, env in (("4097 columns", 4097, 40, {}), ("5000 rows", 120, 5000, {}),
                                  ("65535 both", 65535, 65535, {}),
                                  ("no size, COLUMNS=5000", 0, 0, {"COLUMNS": "5000"}),
                                  ("no size, a COLUMNS that no memory has room for", 0, 0,
                                   {"COLUMNS": "2000000000", "LINES": "2000000000"}),
                                  ("no size, COLUMNS=-5", 0, 0, {"COLUMNS": "-5", "LINES": "x"}),
                                  ("no size at all", 0, 0, {}), ("1 column", 1, 1, {})):
        program = start(cols=1000, rows=500, size=(cols, rows), **env)
        program.until(lambda screen: 1049 in screen.modes, 5)
        program.read_for(0.2)
        check(f"{name}: it begins", program.reap() is None, f"status {program.status}")
        program.type("q")
        check_end(name, program)


def compiled_terms(folder):
    """Kinds of terminals that few machines have entries for."""
    source = os.path.join(folder, "terms.ti")
    rgb = ("setaf=\\E[%?%p1%{8}%<%t3%p1%d%e38\\:2\\:\\:%p1%{65536}%/%d\\:%p1%{256}%/%{255}%&%d"
           "\\:%p1%{255}%&%d%;m,\n\tsetab=\\E[%?%p1%{8}%<%t4%p1%d%e48\\:2\\:\\:%p1%{65536}%/%d"
           "\\:%p1%{256}%/%{255}%&%d\\:%p1%{255}%&%d%;m,\n\tuse=xterm-256color,\n")
    with open(source, "w", encoding="ascii") as file:
        for name, rgb_is, colors, pairs in (("direct-flag", "RGB", "0x1000000", "0x7fff"),
                                            ("direct-number", "RGB#8", "0x1000000", "0x10000"),
                                            ("direct-text", "RGB=8/8/8", "0x1000000", "0x7fff"),
                                            ("direct-small", "RGB=5/6/5", "0x10000", "0x7fff")):
            file.write(f"{name}|a test,\n\t{rgb_is}, ccc@, colors#{colors}, pairs#{pairs}, "
                       f"initc@, oc@,\n\t{rgb}")
    subprocess.run(["tic", "-x", "-o", os.path.join(folder, "T"), source], check=True)
    return {"TERMINFO_DIRS": f"{folder}/T:/lib/terminfo:/usr/share/terminfo"}


def group_direct_colours():
    with tempfile.TemporaryDirectory() as folder:
        env = compiled_terms(folder)
        for term, is_rgb in (("direct-flag", True), ("direct-number", True), ("direct-text", True),
                             ("direct-small", False)):
            program = opened("--speed=60", TERM=term, **env)
            program.read_for(0.3)
            seen = set(re.findall(rb"38:2::(\d+:\d+:\d+)", program.raw))
            if is_rgb:
                check(f"TERM={term}: grey is grey", b"128:128:128" in seen, str(seen))
                dark = [one for one in seen if sum(map(int, one.split(b":"))) < 200]
                check(f"TERM={term}: nothing is dark blue", seen and not dark, str(dark))
            else:
                check(f"TERM={term}: the first eight colours only",
                      not seen and re.search(rb"\x1b\[[\d;]*3[1-6]m", program.raw), str(seen))
            program.type("q")
            check_end(f"TERM={term}", program)
        program = opened("--speed=60", "--color=8", TERM="direct-flag", **env)
        program.read_for(0.2)
        check("--color=8 on a terminal of direct colours", b"38:2:" not in program.raw)
        program.type("q")
        check_end("--color=8 on a terminal of direct colours", program)


def group_unknown_terms():
    way = "TERM=xterm-256color gomemlab"
    for term in ("xterm-kitty", "foot", "alacritty", "xterm-ghostty", "dumb", "", None,
                 "\x1b[31mred"):
        program = start(TERM=term, TERMINFO_DIRS="/lib/terminfo")
        program.reap(5)
        said = program.raw.decode("utf-8", "replace")
        check(f"TERM={term!r}: exit status 2", program.status == 2, str(program.status))
        check(f"TERM={term!r}: names a way to the dashboard", way in said, said)
        check(f"TERM={term!r}: no control sequence", "\x1b" not in said, said)
        program.close()


def main():
    global PROGRAM
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(sys.argv[1])
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    groups = [(name, run) for name, run in globals().items()
              if name.startswith("group_") and word in name]
    for name, run in groups:
        try:
            run()
        except Exception as problem:  # a group that cannot go on is one failure
            check(name, False, repr(problem))
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed != 0)


main()
