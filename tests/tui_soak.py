#!/usr/bin/python3
"""tui_soak.py PROGRAM [--seed=N] [--runs=N] [--steps=N]: the dashboard under random keys, mouse
events and sizes from 1x1 to 300x100, and every way it can end.

PROGRAM should be built with the sanitizers (make VARIANT=asan). Each run takes a scenario and a
terminal by chance, `steps` things happen to it, then it must show a whole picture again and quit
with the terminal as it was. One "ok" or "not ok" line each, with the seed that repeats it; the last
line: N passed, N failed.
"""
import glob
import os
import random
import re
import signal
import sys
import tempfile
import time

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from pty_terminal import Program  # noqa: E402

KEYS = [chr(code) for code in range(32, 127) if chr(code) != "q"]
CONTROLS = [chr(code) for code in range(1, 32) if code not in (3, 28)] + ["\x7f"]
SEQUENCES = ["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\x1bOA", "\x1bOB", "\x1bOC", "\x1bOD",
             "\x1b[H", "\x1b[F", "\x1bOH", "\x1bOF", "\x1b[5~", "\x1b[6~", "\x1b[Z", "\x1bOP",
             "\x1b[1;2C", "\x1b[1;2D", "\x1b[1;5A", "\x1b[3~", "\x1b[200~", "\x1b", "\x1b\x1b",
             "\x1b[", "\udcff", "é", "世", "\x1b[<", "\x1b[<0;1", "\x1b[<99999;99999;99999M",
             "\x1b[M !!"]
TERMS = ["xterm-256color", "xterm", "tmux-256color", "screen", "linux", "vt100"]
passed = failed = 0


def check(name, good, seen=""):
    global passed, failed
    passed, failed = passed + bool(good), failed + (not good)
    print(f"{'ok' if good else 'not ok'}: {name}" + ("" if good else f"\n{seen}"), flush=True)


def start(reports, file, *options, term="xterm-256color", cols=200, rows=50):
    env = {"PATH": os.environ["PATH"], "TERM": term, "LC_ALL": "C.UTF-8", "HOME": reports,
           "ASAN_OPTIONS": f"abort_on_error=1:log_path={reports}/asan",
           "UBSAN_OPTIONS": f"print_stacktrace=1:abort_on_error=1:log_path={reports}/ubsan"}
    return Program([PROGRAM, "open", os.path.join(ROOT, file), *options], cols, rows, env)


def is_whole(screen):
    return ("GOGC" in screen.row(0) and screen.row(screen.rows - 1).strip() != "" and
            "HeapSys" in screen.text() and "events" in screen.text())


def last_words(program):
    """What it shows, or what it said when it ended."""
    if program.status is None:
        return program.screen.text()
    return program.raw[-1500:].decode("utf-8", "replace").split("\x1b[?1049l")[-1]


def reports_of(folder):
    """What the sanitizers had to say; forgets it."""
    text = ""
    for path in glob.glob(os.path.join(folder, "*san.*")):
        with open(path, errors="replace") as file:
            text += file.read()
        os.unlink(path)
    return text[:6000]


# ---- endings -----------------------------------------------------------------------------------

def end_by_key(key):
    return lambda program: program.type(key)


def end_by_signal(number):
    return lambda program: os.kill(program.pid, number)


ENDINGS = [("q", end_by_key("q"), 0), ("^C", end_by_key("\x03"), 130),
           ("^\\", end_by_key("\x1c"), 128 + signal.SIGQUIT)]
ENDINGS += [(number.name, end_by_signal(number), 128 + number)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT,
                           signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL,
                           signal.SIGABRT)]


def check_endings(reports):
    """While it is calm, and while the engine is in the midst of its work."""
    for state, options in (("", ["--speed=1"]), (", busy", ["--speed=100000"])):
        for name, end, status in ENDINGS:
            program = start(reports, "scenarios/goroutines.yaml", "--memory=accounted", *options)
            shown = program.until(is_whole, 20)
            program.read_for(0.1)
            end(program)
            ended = program.reap(10)
            wrong = program.wrong_with_terminal()
            check(f"{name}{state}: exit status {status}", shown and ended == status,
                  f"status {ended}\n{program.screen.text() if not shown else ''}")
            check(f"{name}{state}: the terminal is as it was", not wrong, wrong)
            program.close()
    check("endings: the sanitizers have nothing to say", not (said := reports_of(reports)), said)


# ---- soak --------------------------------------------------------------------------------------

def mouse_event(chance, screen):
    button = chance.choice([0, 0, 0, 1, 2, 32, 35, 64, 64, 65, 65, 4, 8, 16, 68])
    x, y = chance.randint(0, screen.cols + 2), chance.randint(0, screen.rows + 2)
    return f"\x1b[<{button};{x};{y}{chance.choice('MMMm')}"


def disturb(program, chance):
    kind = chance.random()
    if kind < 0.15:
        small = chance.random() < 0.3
        program.resize(chance.randint(1, 70 if small else 300),
                       chance.randint(1, 20 if small else 100))
    elif kind < 0.40:
        program.type("".join(mouse_event(chance, program.screen)
                             for _ in range(chance.randint(1, 3))))
    elif kind < 0.60:
        program.type(chance.choice(SEQUENCES).encode("utf-8", "surrogateescape"))
    elif kind < 0.66:
        program.type(chance.choice(CONTROLS))
    elif kind < 0.70:  # from object to object
        program.type(chance.choice(["9\r", "3\x1b[C\r", ":object largest\r"]) +
                     "".join(chance.choice(["\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D", "\r", "\x7f"])
                             for _ in range(chance.randint(0, 6))))
    elif kind < 0.72:
        os.kill(program.pid, chance.choice([signal.SIGWINCH, signal.SIGCONT]))
    else:
        program.type("".join(chance.choice(KEYS) for _ in range(chance.randint(1, 4))))


def is_back(program):
    """A whole picture, in a window that has room for it, whatever was open."""
    program.resize(200, 50)
    program.type("\x1b[201~")  # a paste that chance has begun takes all keys as text
    for _ in range(6):
        program.type("\x1b")
        program.read_for(0.1)
    program.type("310\x0c")  # the chart in front, all panels
    return program.until(is_whole, 20) is not None


def soak(reports, seed, steps):
    chance = random.Random(seed)
    scenarios = sorted(glob.glob("scenarios/*.yaml", root_dir=ROOT)) + ["tests/bench/many.yaml"]
    file = chance.choice(scenarios)
    options = [f"--glyphs={chance.choice(['auto', 'ascii', 'block', 'braille'])}",
               f"--color={chance.choice(['auto', 'never', '8', '256'])}",
               f"--speed={chance.choice([1, 60, 1000, 100000])}",
               f"--memory={chance.choice(['accounted', 'accounted', 'real'])}"]
    term = chance.choice(TERMS)
    name = f"{steps} steps, seed {seed} ({file}, {term}, {' '.join(options)})"
    program = start(reports, file, *options, term=term)
    program.until(is_whole, 20)
    done = 0
    while done < steps:
        if program.reap() is not None:
            if program.status != 0:
                break
            program.close()  # the palette may have been asked to quit
            program = start(reports, file, *options, term=term)
            program.until(is_whole, 20)
        disturb(program, chance)
        done += 1
        program.collect(chance.choice([0, 0, 0.001, 0.01, 0.04]))
        if done % 50 == 0:
            program.digest()
    alive = program.reap() is None
    back = alive and is_back(program)
    check(f"{name}: it shows a whole picture again", back,
          f"step {done}, status {program.status}\n{last_words(program)}\n{reports_of(reports)}")
    program.type("q")
    status = program.reap(20)
    wrong = program.wrong_with_terminal()
    check(f"{name}: q ends it, the terminal is as it was", status == 0 and not wrong,
          f"status {status}; {wrong}")
    said = reports_of(reports)
    check(f"{name}: the sanitizers have nothing to say", not said, said)
    program.close()


def main():
    global PROGRAM
    arguments = [word for word in sys.argv[1:] if not word.startswith("--")]
    options = dict(word[2:].partition("=")[::2] for word in sys.argv[1:] if word.startswith("--"))
    if len(arguments) != 1:
        sys.exit(__doc__)
    PROGRAM = os.path.abspath(arguments[0])
    os.chdir(ROOT)
    seed = int(options.get("seed") or time.time_ns() % 1000000)
    steps = int(options.get("steps") or 1000)
    with tempfile.TemporaryDirectory() as reports:
        os.chdir(reports)  # where P may leave pictures
        check_endings(reports)
        for run in range(int(options.get("runs") or 1)):
            soak(reports, seed + run, steps)
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed != 0)


main()
