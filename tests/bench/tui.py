#!/usr/bin/python3
"""tui.py PROGRAM [--rounds=N] [--for=SECONDS] [--smoke]: the dashboard beside htop and btop.

All of them run in a pseudo terminal of 200x50 at 10 frames a second, one after the other, round
after round, so that what the machine does meanwhile happens to all. htop and btop get a HOME of
their own. Prints medians with the least and the most, and what was promised. Exit status 1 if a
bar is missed; with --smoke only if something could not be measured.
"""
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests"))
from pty_terminal import Program  # noqa: E402

COLS, ROWS = 200, 50
MANY = os.path.join(ROOT, "tests/bench/many.yaml")
SHARED = os.path.join(ROOT, "scenarios/shared.yaml")
BIG = os.path.join(ROOT, "scenarios/goroutines.yaml")
ARENA_BYTES = 1 << 37  # what a model reserves for its heap
TICK = os.sysconf("SC_CLK_TCK")
FRAME_GAP_NS = 20_000_000  # output with less between is one frame
HELP_OPENED, HELP_CLOSED = r"switch GOGC off", r"\bevents\b"

results = {}  # (figure, program): values


def note(figure, program, *values):
    results.setdefault((figure, program), []).extend(values)


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def waited_ms(pid):
    """How long a process has stood in line for a processor, because others had it."""
    with open(f"/proc/{pid}/schedstat") as file:
        return int(file.read().split()[1]) / 1e6


def memory(pid):
    """RSS and PSS in MB without the simulated heap, and the heap's RSS. The heap is the reservation
    of ARENA_BYTES, the fullest if there are more: what is committed of it, and behind that what is
    not."""
    parts = []  # [first, end, permissions, rss, pss]
    with open(f"/proc/{pid}/smaps") as file:
        for line in file:
            if match := re.match(r"([0-9a-f]+)-([0-9a-f]+) (\S+)", line):
                parts.append([int(match[1], 16), int(match[2], 16), match[3], 0, 0])
            elif match := re.match(r"(Rss|Pss): +(\d+) kB", line):
                parts[-1][3 if match[1] == "Rss" else 4] = int(match[2]) * 1024 / 1e6
    rss, pss = sum(part[3] for part in parts), sum(part[4] for part in parts)
    arenas = [part for part, behind in zip(parts, parts[1:])
              if behind[2] == "---p" and behind[1] - part[0] == ARENA_BYTES]
    heap = max(arenas, key=lambda part: part[3], default=[0] * 5)
    return rss - heap[3], pss - heap[4], heap[3]


def frames_of(pieces):
    """When each frame began and ended, from pieces of output."""
    frames = []
    for at_ns, _ in pieces:
        if frames and at_ns - frames[-1][1] < FRAME_GAP_NS:
            frames[-1][1] = at_ns
        else:
            frames.append([at_ns, at_ns])
    return frames


class Subject:
    """A program to measure: how to start it, what a whole frame looks like, its keys."""
    name = ""
    pause_key = None
    help_key = "h"
    help_shown = help_gone = None
    settle = 0.5

    def __init__(self, home):
        self.env = {"PATH": os.environ["PATH"], "TERM": "xterm-256color", "LC_ALL": "C.UTF-8",
                    "HOME": home, "XDG_CONFIG_HOME": home}

    def command(self):
        raise NotImplementedError

    def is_whole(self, screen):
        raise NotImplementedError

    def start(self, size=(COLS, ROWS)):
        return Program(self.command(), *size, self.env)

    def quit(self, program):
        program.type("q")
        program.reap(2)
        program.close()


class Gomemlab(Subject):
    pause_key = " "
    help_key = "?"
    help_shown, help_gone = HELP_OPENED, HELP_CLOSED

    def __init__(self, home, name, file, *options):
        super().__init__(home)
        self.name, self.file, self.options = name, file, options

    def command(self):
        return [PROGRAM, "open", self.file, *self.options]

    def is_whole(self, screen):
        return ("GOGC" in screen.row(0) and screen.row(screen.rows - 1).strip() != "" and
                "HeapSys" in screen.text() and "events" in screen.text())


class Htop(Subject):
    name = "htop"
    pause_key = "Z"
    help_shown, help_gone = r"htop \d.* - ", r"F10Quit"

    def command(self):
        return ["htop", "-d", "1"]

    def is_whole(self, screen):
        return ("F10Quit" in screen.row(screen.rows - 1) and "PID" in screen.text() and
                re.search(r"^ *\d+ \w+ +\d", screen.text(), re.M) is not None)


class Btop(Subject):
    name = "btop"
    help_shown, help_gone = r"Cycle view presets", r"┐per-core┌"
    settle = 1.0

    def __init__(self, home):
        super().__init__(home)
        os.makedirs(os.path.join(home, "btop"), exist_ok=True)
        with open(os.path.join(home, "btop/btop.conf"), "w") as file:
            file.write("#? Config file for btop v. 1.2.13\nupdate_ms = 100\n")

    def command(self):
        return ["btop"]

    def is_whole(self, screen):
        return (re.search(r"[╯┘]$", screen.row(screen.rows - 1)) is not None and
                re.search(r"│ +\d+ \S+", screen.text()) is not None)


# ---- what is measured --------------------------------------------------------------------------

def measure_start(subject):
    program = subject.start()
    first_ns = program.until(lambda screen: True, 5, 0.001)
    whole_ns = program.until(subject.is_whole, 5, 0.001) if first_ns else None
    if whole_ns is None and first_ns and subject.is_whole(program.screen):
        whole_ns = first_ns
    for figure, at_ns in (("first byte, ms", first_ns), ("first frame, ms", whole_ns)):
        if at_ns is not None:
            note(figure, subject.name, (at_ns - program.started_ns) / 1e6)
    subject.quit(program)


def measure_running(subject, seconds):
    program = subject.start()
    program.read_for(subject.settle + 1)
    before, bytes_before = cpu_seconds(program.pid), program.bytes
    began = time.monotonic()
    pieces = program.read_for(seconds)
    took = time.monotonic() - began
    note("CPU running, %", subject.name, (cpu_seconds(program.pid) - before) / took * 100)
    note("bytes/s running", subject.name, (program.bytes - bytes_before) / took)
    starts = [frame[0] for frame in frames_of(pieces)]
    note("frame interval, ms", subject.name,
         *[(b - a) / 1e6 for a, b in zip(starts, starts[1:])])
    rss, pss, heap = memory(program.pid)
    note("RSS beside the heap, MB", subject.name, rss)
    note("PSS beside the heap, MB", subject.name, pss)
    if heap > 0:
        note("simulated heap, MB", subject.name, heap)
    if subject.pause_key is not None:
        program.type(subject.pause_key)
        program.read_for(0.5)
        bytes_before = program.bytes
        program.read_for(max(1, seconds / 3))
        note("bytes/s paused", subject.name,
             (program.bytes - bytes_before) / max(1, seconds / 3))
    subject.quit(program)


def open_help(subject, program):
    """ns from the key to the picture; None: it did not come."""
    shown = re.compile(subject.help_shown)
    typed_ns = program.type(subject.help_key)
    at_ns = program.until(lambda screen: shown.search(screen.text()), 2, 0.0005)
    program.waited = waited_ms(program.pid)
    program.read_for(0.04)
    program.type("\x1b")
    gone = re.compile(subject.help_gone)
    program.until(lambda screen: gone.search(screen.text()) and not shown.search(screen.text()), 2)
    return at_ns - typed_ns if at_ns else None


def measure_repaint(subject, count):
    """What the CPU has to do for a picture that is new all over: ^L, again and again."""
    program = subject.start()
    program.read_for(subject.settle + 1)
    program.type(" ")
    program.read_for(0.3)
    cpu = cpu_seconds(program.pid)
    for _ in range(count):
        program.type("\x0c")
        program.collect(0.04)  # not more than 25 a second, which all are painted
    frames = len(frames_of(program.chunks))
    if frames > count / 2:
        note("CPU for a whole repaint, ms", subject.name,
             (cpu_seconds(program.pid) - cpu) * 1000 / frames)
    subject.quit(program)


def press_keys(subject, program, count):
    """Spread over the time between frames, so that every moment is met."""
    for i in range(count):
        program.read_for(0.23 + 0.0137 * (i % 8))
        waited = waited_ms(program.pid)
        took_ns = open_help(subject, program)
        if took_ns is not None:
            note("key to help, ms", subject.name, took_ns / 1e6)
            note("of it in line for a CPU", subject.name, program.waited - waited)


def measure_keys(subject, count):
    program = subject.start()
    program.read_for(subject.settle)
    press_keys(subject, program, count)
    subject.quit(program)


def measure_resize(subject):
    """From the new size to the end of the picture that fills it."""
    program = subject.start()
    program.read_for(subject.settle)
    if subject.pause_key == " ":
        program.type(" ")  # so that nothing but the resize is to be seen
        program.read_for(0.3)
    resized_ns = program.resize(120, 40)
    program.collect(0.3)
    frames = frames_of(program.chunks)
    count = 0
    while program.chunks:
        count += len(program.chunks[0][1])
        at_ns = program.digest_one()
        if subject.is_whole(program.screen):
            end_ns = next(end for start, end in frames if start <= at_ns <= end)
            count += sum(len(data) for piece_ns, data in program.chunks if piece_ns <= end_ns)
            note("resize, ms", subject.name, (end_ns - resized_ns) / 1e6)
            note("resize, bytes", subject.name, count)
            break
    subject.quit(program)


def measure_saturated(subject, seconds, keys):
    """More speed than there can be: is a key answered, do frames still come, what is left for the
    engine?"""
    program = subject.start()
    program.read_for(2)
    cpu, began = cpu_seconds(program.pid), time.monotonic()
    clock = virtual_seconds(program.screen)
    starts = [frame[0] for frame in frames_of(program.read_for(seconds))]
    took = time.monotonic() - began
    note("frame interval, ms", subject.name, *[(b - a) / 1e6 for a, b in zip(starts, starts[1:])])
    note("CPU running, %", subject.name, (cpu_seconds(program.pid) - cpu) / took * 100)
    note("speed reached", subject.name, (virtual_seconds(program.screen) - clock) / took)
    note("simulated heap, MB", subject.name, memory(program.pid)[2])
    press_keys(subject, program, keys)
    subject.quit(program)


def virtual_seconds(screen):
    """The clock in the header."""
    found = re.search(r"(?:(\d+)d )?(?:(\d+):)?(\d+):(\d\d(?:\.\d)?) +x", screen.row(0))
    days, hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def measure_headless(subject, seconds):
    """How fast the engine is with nobody looking."""
    speed = 0
    virtual = 10
    while True:
        began = time.monotonic()
        subprocess.run([PROGRAM, "run", subject.file, "--for", f"{virtual}s", "--csv", "/dev/null",
                        *[word for word in subject.options if word.startswith("--memory")]],
                       check=True, cwd=ROOT)
        took = time.monotonic() - began
        speed = virtual / took
        if took > seconds / 2:
            break
        virtual = int(virtual * min(10, max(1.5, seconds * 0.75 / took)))
    note("speed headless", subject.name, speed)


# ---- what is said of it ------------------------------------------------------------------------

UI, MANY_IDLE, FULL, FULL_BIG = "shared x60", "many x1", "many x10k", "goroutines x100k"

# figure, program, which value, bar, unit
BARS = (
    ("UI at 10 fps", "CPU running, %", UI, "median", 3, "% of a core"),
    ("UI at 10 fps", "bytes/s running", UI, "median", 12000, "B/s"),
    ("paused", "bytes/s paused", UI, "median", 1000, "B/s"),
    ("first complete frame", "first frame, ms", UI, "median", 50, "ms"),
    ("key to paint", "key to help, ms", UI, "median", 5, "ms"),
    ("key to paint", "key to help, ms", UI, "p95", 5, "ms"),
    ("key to paint, 10,000 goroutines at 10,000x", "key to help, ms", FULL, "median", 5, "ms"),
    ("key to paint, 10,000 goroutines at 10,000x", "key to help, ms", FULL, "p95", 5, "ms"),
    ("key to paint, 10 MB buffers at 100,000x", "key to help, ms", FULL_BIG, "median", 5, "ms"),
    ("key to paint, 10 MB buffers at 100,000x", "key to help, ms", FULL_BIG, "p95", 5, "ms"),
    ("resize to repaint", "resize, ms", UI, "median", 20, "ms"),
    ("memory beside the heap", "RSS beside the heap, MB", UI, "median", 12, "MB"),
    ("the same, 10,000 goroutines", "RSS beside the heap, MB", MANY_IDLE, "median", 12, "MB"),
)


def p95(values):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * 0.95))]


STATISTICS = {"median": statistics.median, "p95": p95, "max": max}


def value_of(figure, program, statistic="median"):
    values = results.get((figure, program))
    return STATISTICS[statistic](values) if values else None


def number(value):
    if value is None:
        return "-"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else \
        f"{value:.2f}"


def print_table(programs):
    figures = list(dict.fromkeys(figure for figure, _ in results))
    widths = [32] + [22] * len(programs)
    print("".join(f"{word:<{width}}" for width, word in zip(widths, ["", *programs])).rstrip())
    for figure in figures:
        tailed = figure.startswith(("key to", "of it", "frame interval"))
        for name in (["median", "p95", "max"] if tailed else [""]):
            cells = [f"{figure} {name}".strip()]
            for program in programs:
                values = results.get((figure, program), [])
                text = number(value_of(figure, program, name or "median"))
                if not name and len(values) > 1:
                    text += f" [{number(min(values))} {number(max(values))}]"
                cells.append(text)
            print("".join(f"{c:<{w}}" for w, c in zip(widths, cells)).rstrip())


def print_bars(anchors):
    """How many are missed."""
    missed = 0
    print(f"\n{'bar':<48}{'':<18}{'here':>9}  {'':<26}" + "".join(f"{a:>9}" for a in anchors))
    for name, figure, program, statistic, bar, unit in BARS:
        value = value_of(figure, program, statistic)
        beside = "".join(f"{number(value_of(figure, a, statistic)):>9}" for a in anchors)
        if value is None:
            verdict = "not measured"
        elif value <= bar:
            verdict = f"met, {number(bar - value)} below"
        else:
            verdict = f"MISSED by {number(value - bar)}"
            missed += 1
        limit = f"<= {bar:,} {unit}"
        label = name if statistic == "median" else f"{name}, {statistic}"
        print(f"{label:<48}{limit:<18}{number(value):>9}  {verdict:<26}{beside}")
    return missed


def print_engine(program):
    """What is left for the engine of the time of a processor."""
    alone, shown = (value_of(f, program) for f in ("speed headless", "speed reached"))
    if alone and shown:
        print(f"{program}: x{number(shown)} reached on the dashboard, x{number(alone)} without: "
              f"{shown / alone * 100:.0f} %")


def versions():
    yield subprocess.run([PROGRAM, "--version"], capture_output=True, text=True).stdout.strip()
    for name in ("htop", "btop"):
        if shutil.which(name) is None:
            print(f"{name} is not installed and is left out (Debian: apt-get install {name})")
        else:
            said = subprocess.run([name, "--version"], capture_output=True, text=True).stdout
            yield re.sub(r"\x1b\[[\d;]*m", "", said).split("\n")[0].replace("version: ", "")


def main():
    global PROGRAM
    arguments = [word for word in sys.argv[1:] if not word.startswith("--")]
    options = dict(word[2:].partition("=")[::2] for word in sys.argv[1:] if word.startswith("--"))
    PROGRAM = os.path.abspath(arguments[0] if arguments else "build/release/gomemlab")
    smoke = "smoke" in options
    rounds = int(options.get("rounds") or (1 if smoke else 3))
    seconds = float(options.get("for") or (1 if smoke else 10))
    keys = 2 if smoke else 12
    known = list(versions())
    home = tempfile.mkdtemp()
    here = Gomemlab(home, UI, SHARED, "--speed=60")
    calm = Gomemlab(home, MANY_IDLE, MANY, "--speed=1")
    full = Gomemlab(home, FULL, MANY, "--speed=10000")
    big = Gomemlab(home, FULL_BIG, BIG, "--speed=100000", "--memory=real")
    anchors = [kind(home) for kind in (Htop, Btop) if shutil.which(kind.__name__.lower())]
    load = os.getloadavg()[0]
    try:
        for _ in range(rounds):
            for subject in (here, *anchors, calm):
                for _ in range(1 if smoke else 5):
                    measure_start(subject)
                measure_running(subject, seconds)
                measure_keys(subject, keys)
                for _ in range(1 if smoke else 3):
                    measure_resize(subject)
            for subject in (here, calm):
                measure_repaint(subject, 5 if smoke else 60)
            for subject in (full, big):
                measure_saturated(subject, seconds, keys)
            measure_headless(full, 1 if smoke else 3)
    finally:
        shutil.rmtree(home)
    print(f"{'; '.join(known)}. {COLS}x{ROWS}, 10 fps, {rounds} rounds of {seconds:g} s; load "
          f"{load:.1f} before, {os.getloadavg()[0]:.1f} after\n")
    print_table([here.name, *[a.name for a in anchors], calm.name, full.name, big.name])
    missed = print_bars([a.name for a in anchors])
    print_engine(full.name)
    if smoke:
        lost = sum(value_of(bar[1], bar[2]) is None for bar in BARS)
        print(f"{len(BARS) - lost} passed, {lost} failed")
        sys.exit(lost != 0)
    sys.exit(missed != 0)


main()
