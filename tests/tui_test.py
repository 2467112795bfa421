#!/usr/bin/python3
"""tui_test.py PROGRAM [WORD]: drives the real dashboard in tmux and reads its screen.

One "ok" or "not ok" line a check; the last line: N passed, N failed. With WORD, only the groups
with that word in their name run. Needs tmux and nothing else.
"""
import os
import random
import re
import shlex
import signal
import subprocess
import sys
import tempfile
import time

import pty_terminal

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SOCKET = f"gomemlab-test-{os.getpid()}"
IDLE = "scenarios/idle-queue.yaml"
passed = 0
failed = 0


def check(name, good, seen=""):
    global passed, failed
    if good:
        passed += 1
        print(f"ok: {name}", flush=True)
    else:
        failed += 1
        print(f"not ok: {name}\n{seen}", flush=True)


def wait(good, seconds=5.0):
    """Waits until good() is true; whether it became so."""
    end = time.monotonic() + seconds
    while True:
        if good():
            return True
        if time.monotonic() > end:
            return False
        time.sleep(0.02)


def holds(good, seconds):
    """Whether good() is true all the time. For checks that nothing happens: that has no end to
    wait for, so it is looked at for a while."""
    return not wait(lambda: not good(), seconds)


def tmux(*args):
    return subprocess.run(["tmux", "-L", SOCKET, *args], capture_output=True, text=True).stdout


class Terminal:
    """A shell in a window of its own; the program is run from it, so that what the program leaves
    behind can be seen."""

    def __init__(self, cols=200, rows=50, **env):
        base = {
            "PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": "tmux-256color",
            "LC_ALL": "C.UTF-8", "PS1": "$ ", "PS2": "> ",
        }
        base.update(env)
        words = [f"{key}={value}" for key, value in base.items() if value is not None]
        shell = ["env", "-i", *words, "bash", "--norc", "--noprofile"]
        tmux("-f", "/dev/null", "new-session", "-d", "-s", "t", "-x", str(cols), "-y", str(rows),
             "-c", ROOT, shlex.join(shell))
        tmux("set", "-g", "status", "off")
        self.size(cols, rows)
        self.until(r"\$ ?$")

    def close(self):
        tmux("kill-server")
        time.sleep(0.05)

    def size(self, cols, rows):
        tmux("resize-window", "-t", "t", "-x", str(cols), "-y", str(rows))

    def keys(self, *keys):
        """Types keys. Only a pause tells Esc and a key from that key with Alt."""
        for key in keys:
            tmux("send-keys", "-t", "t", *(["-l", key] if len(key) == 1 else [key]))
            if key == "Escape":
                time.sleep(0.1)

    def keys_raw(self, text):
        tmux("send-keys", "-t", "t", "-l", text)

    def line(self, text):
        tmux("send-keys", "-t", "t", "-l", text)
        tmux("send-keys", "-t", "t", "Enter")

    def text(self, *flags):
        return tmux("capture-pane", "-t", "t", "-p", *flags)

    def value(self, name):
        return tmux("display", "-t", "t", "-p", f"#{{{name}}}").strip()

    def becomes(self, name, value, seconds=5.0):
        """Waits for a value of tmux's own."""
        return wait(lambda: self.value(name) == value, seconds)

    def until(self, pattern, seconds=5.0):
        """Waits for a text on the screen; the screen, or None."""
        end = time.monotonic() + seconds
        while True:
            screen = self.text()
            if re.search(pattern, screen, re.M):
                return screen
            if time.monotonic() > end:
                return None
            time.sleep(0.02)

    def expect(self, name, pattern, seconds=5.0):
        found = self.until(pattern, seconds)
        check(name, found is not None, f"no /{pattern}/ in\n{self.text()}")
        return found or self.text()

    def expect_gone(self, name, pattern, seconds=5.0):
        """Waits until a text is no longer on the screen."""
        gone = wait(lambda: not re.search(pattern, self.text(), re.M), seconds)
        check(name, gone, f"still /{pattern}/ in\n{self.text()}")

    def child(self):
        """The pid of the program that runs in the shell."""
        shell = self.value("pane_pid")
        for _ in range(100):
            with open(f"/proc/{shell}/task/{shell}/children") as file:
                pids = file.read().split()
            if pids:
                return int(pids[-1])
            time.sleep(0.02)
        return 0

    def settled(self):
        """The screen when it has stopped changing; the clock may go on."""
        last = None
        for _ in range(50):
            screen = "\n".join(self.text().split("\n")[1:])
            if screen == last:
                break
            last = screen
            time.sleep(0.1)
        return last

    def clock(self):
        match = re.search(r"(\d+):(\d\d)\.(\d)", self.text().split("\n")[0])
        return int(match[1]) * 60 + int(match[2]) + int(match[3]) / 10 if match else -1.0

    def reaches(self, clock, seconds=10.0):
        """Waits for a moment of the program's clock, in seconds."""
        return wait(lambda: self.clock() >= clock, seconds)


def opened(*options, file=IDLE, cols=200, rows=50, **env):
    """A terminal with the dashboard on."""
    term = Terminal(cols, rows, **env)
    term.line(shlex.join([PROGRAM, "open", *options, file]))
    term.until(r"\? help|too small")
    return term


class Output:
    """What the program writes from now on."""

    def __init__(self, term):
        self.folder = tempfile.TemporaryDirectory()
        self.file = f"{self.folder.name}/output"
        self.end = f"{self.folder.name}/end"
        tmux("pipe-pane", "-t", "t", f"cat >{self.file}; touch {self.end}")
        self.await_file(self.file)

    def await_file(self, file):
        if not wait(lambda: os.path.exists(file)):
            raise RuntimeError("tmux does not copy what is written")

    def size(self):
        return os.path.getsize(self.file)

    def close(self):
        """How many bytes it was."""
        tmux("pipe-pane", "-t", "t")
        self.await_file(self.end)
        size = self.size()
        self.folder.cleanup()
        return size


def written(term, seconds):
    """How many bytes the program writes. For checks that it writes none, so it takes the whole
    time if all is well."""
    output = Output(term)
    holds(lambda: output.size() == 0, seconds)
    return output.close()


def group_sizes():
    for cols, rows in ((200, 50), (120, 40), (80, 24)):
        term = opened("--speed=60", cols=cols, rows=rows)
        screen = term.expect(f"{cols}x{rows} shows the heap", r"━ 1 heap ")
        for title in ("2 MemStats", "3 heap map", "4 program", "5 events"):
            check(f"{cols}x{rows} shows {title}", f"─ {title} " in screen, screen)
        term.expect(f"{cols}x{rows} says what happens next", r"next +GC at .*scavenger in \d")
        for word in ("HeapSys", "HeapReleased", "NextGC", "GOGC 100", "go1.1"):
            check(f"{cols}x{rows} shows {word}", word in screen, screen)
        term.expect(f"{cols}x{rows} explains a collection",
                    r"HeapAlloc reached\s+NextGC", 10)
        term.close()
    term = opened(cols=60, rows=15)
    screen = term.expect("60x15 shows one panel, and names the others",
                         r"━ 1 heap ━ 2 .*━ 5 ")
    check("60x15 has no room for two", "─ 5 events ─" not in screen, screen)
    term.keys("Tab")
    term.expect("60x15: Tab goes on to the next", r"HeapSys +\d")
    term.keys("5")
    term.expect("60x15: a digit goes to that panel", r"grow +HeapSys")
    term.close()


def group_too_small():
    term = opened("--speed=60", cols=40, rows=10)
    term.expect("40x10 says what it has and needs", r"It has 40x10, gomemlab needs 60x15")
    term.keys("c", "f", "g", "R")
    # the keys do nothing, so there is nothing to wait for but time to read them
    check("keys in it leave it as it is", holds(lambda: "needs 60x15" in term.text(), 0.3),
          term.text())
    term.size(200, 50)
    screen = term.expect("it comes back when the window grows", r"─ 5 events")
    check("keys meanwhile did nothing", "you asked" not in screen and "GOGC 100" in screen, screen)
    term.size(40, 10)
    term.until("too small")
    term.keys("q")
    term.expect("q works in it", r"\$ ?$")
    term.close()


def group_knobs():
    term = opened("--speed=20")
    term.until("makes [1-9]")
    term.keys("g")
    term.expect("g switches GOGC off", r"^ Use.*GOGC off")
    term.expect("g: the journal says so", r"you +GOGC 100 -> off")
    term.expect("g: what happens next says so", r"GOGC off: no collection by size")
    term.keys("g")
    term.expect("g again switches it back", r"^ Use.*GOGC 100")
    term.keys("G")
    term.expect("G asks", r"set GOGC: a percentage, or off")
    term.keys("5", "0", "Enter")
    term.expect("G sets GOGC", r"^ Use.*GOGC 50 ")
    term.keys("g", "g")
    term.expect("g goes back to what was set", r"you +GOGC off -> 50")
    term.keys("G", "x", "y", "Enter")
    term.expect("G refuses what is no number", r'not "xy"')
    term.keys("Escape")
    term.keys("c")
    term.expect("c collects", r"gc +\d+ .*you asked for it")
    term.keys("G", "o", "f", "f", "Enter")
    term.expect("G takes off", r"^ Use.*GOGC off")
    term.keys("c")
    term.expect("c with GOGC off: why nothing was collected", r"collects nothing while GOGC is off")
    term.keys("f")
    term.expect("f gives memory back", r"FreeOSMemory takes every idle span")
    term.keys("+")
    term.expect("+ makes the queue longer", r"^ Use.*idle \d/6")
    term.expect("+: the journal says so", r"you +channel idle: capacity 5 -> 6")
    term.keys("-", "-")
    term.expect("- makes it shorter", r"^ Use.*idle \d/4")
    term.keys("]")
    term.expect("] says which channel is chosen", r"resize channel idle")
    term.keys("[")
    term.expect("[ does too", r"resize channel idle")
    term.keys("x")
    term.expect("an unknown key says so", r"x does nothing here")
    term.close()


def number_of(term, name):
    """A count in the panel of MemStats."""
    found = re.search(rf"{name} +([\d,]+)", term.text())
    return int(found[1].replace(",", "")) if found else None


def group_time():
    term = opened("--speed=10")
    term.until("makes [1-9]")
    term.keys("Space")
    term.expect("space pauses", r"paused $|paused$")
    before = term.clock()
    check("paused, virtual time stands still", holds(lambda: term.clock() == before, 0.7),
          term.text())
    count = written(term, 1.5)
    check("paused and untouched, nothing is written", count == 0, f"{count} bytes")
    term.keys(".")
    wait(lambda: term.clock() != before, 3)
    step = term.clock()
    check(". runs one step", before < step < before + 1.5, f"{before} -> {step}")
    mallocs = number_of(term, "Mallocs")
    term.keys("s")
    term.expect("s opens a menu", r"to the next collection")
    term.keys("a")
    wait(lambda: number_of(term, "Mallocs") != mallocs, 3)
    after = number_of(term, "Mallocs")
    check("s a runs to the next allocation", after == mallocs + 1 and "paused" in term.text(),
          f"{mallocs} -> {after}\n{term.text()}")
    before = term.clock()
    collections = int(re.search(r"NumGC +(\d+)", term.text())[1])
    term.keys("s", "g")
    term.expect("s g runs to the next collection", rf"NumGC +{collections + 1}\b", 10)
    check("s g pauses there", "paused" in term.text(), term.text())
    check("no scavenge gave back as yet", not re.search(r"scavenge +gave back", term.text()),
          term.text())
    term.keys("s", "v")
    term.expect("s v looks for a scavenge", r"scavenge +gave back|nothing of that kind", 20)
    term.keys("s")
    term.expect("the menu says how to leave it", "Esc leaves")
    term.keys("Escape")
    term.expect_gone("Esc leaves the menu", "Esc leaves")
    term.keys("Space")
    term.expect("space goes on", r"running $|running$")
    term.keys(">")
    term.expect("> is faster", r"^ Use.*x20 ")
    term.keys("<", "<")
    term.expect("< is slower", r"^ Use.*x5 ")
    for _ in range(20):
        term.keys("<")
    term.expect("down to x0.1", r"^ Use.*x0\.1 ")
    term.keys("+")
    term.expect("a command is in the journal", r"you +channel idle")
    term.keys("R")
    screen = term.expect("R starts again, with an empty journal",
                         r"^ Use.* 00:0[0-4]\.\d(?![\s\S]*you +channel)[\s\S]*you +restarted")
    check("R gives the queue its size back", "idle 0/5" in screen.split("\n")[0], screen)
    term.close()
    term = opened("--speed=1")
    check("x1 runs", term.reaches(0.5), term.text())
    began, before = time.monotonic(), term.clock()
    term.reaches(before + 5)
    after = term.clock()
    off_s = after - before - (time.monotonic() - began)
    # a frame may stand for 0.25 s, and shows tenths
    check("x1 is real time", abs(off_s) < 0.4, f"{off_s}")
    term.keys("C-z")
    term.expect("^Z gives the shell back", r"Stopped")
    check("^Z leaves the alternate screen", term.value("alternate_on") == "0", "")
    term.until(r"Stopped[\s\S]*^\$ ?$")
    # real time must pass, for virtual time not to have followed it
    count = written(term, 2)
    check("^Z: stopped, nothing is written", count == 0, f"{count} bytes")
    term.line("fg")
    term.until(r"1 heap ")
    jump = term.clock() - after
    check("fg: time has not jumped", jump < 1.5, f"{jump} s")
    term.expect("fg: it runs on", rf"x1 ")
    term.close()


def group_screen_keys():
    term = opened("--speed=60")
    term.until("makes [1-9]")
    term.keys("?")
    screen = term.expect("? shows the keys",
                         r"switch GOGC off, or back to what it was[\s\S]* closes ")
    pages = screen
    for _ in range(4):
        term.keys("PgDn")
        pages += term.settled()
    for word in ("FreeOSMemory", "scavenge", "Shift-Tab", "x100,000", "quit; also"):
        check(f"the help has {word}", word in pages, pages)
    term.keys("x")
    term.expect_gone("any key closes the help", r"switch GOGC off, or| closes ")
    term.keys("F1")
    term.expect("F1 does the same", r"switch GOGC off, or back to what it was")
    term.keys("Escape")
    term.keys("1")
    term.expect("1 again shows its panel alone",
                r"━ 1 heap .*5 events[\s\S]*HeapSys +[0-9.]+M[\s\S]*1 column = ")
    for panel, title, word in ((2, "MemStats", "MCacheSys"), (3, "heap map", "released"),
                               (4, "program", "makes"), (5, "events", "grow"), (1, "heap", "GC")):
        term.keys(str(panel))
        term.expect(f"{panel} shows another", rf"━ {panel} {title} ━[\s\S]*{word}")
    term.keys("0")
    term.expect("0 shows all", r"─ 2 MemStats ")
    term.keys("Tab")
    term.expect("Tab goes to the next panel", r"─ 1 heap .*━ 2 MemStats ━")
    term.keys("BTab")
    term.expect("Shift-Tab goes back", r"━ 1 heap .*─ 2 MemStats ─")
    term.keys("Enter")
    term.expect("Enter shows it alone", r"━ 1 heap .*5 events")
    term.keys("Escape")
    term.expect("Esc shows all", r"─ 5 events")
    term.keys("9")
    term.expect("9 shows what an object would be", r"No object is looked at\.")
    term.keys("1")
    term.expect("1 has the chart in front again", r"━ 1 heap ━ 9 object ━ stacked")
    term.keys("C-s")
    term.expect("^S does not freeze the picture", r"\^S does nothing here")
    term.keys("z")
    term.expect("z zooms in", r"time axis: ")
    term.keys("Z")
    term.expect("Z zooms out", r"time axis: ")
    term.keys("5", "z")
    term.expect("another panel has other keys", r"z does nothing here")
    term.keys("1")
    term.keys("Space")
    term.until("paused")
    frame = term.text()
    output = Output(term)
    term.keys("C-l")
    check("^L paints", wait(lambda: output.size() > 0))
    term.settled()
    output.close()
    check("^L paints the same again", term.text() == frame, term.text())
    term.keys("o")
    screen = term.expect("o lists the scenarios", r"open a scenario")
    check("the list has titles", "Use a buffered channel" in screen, screen)
    term.keys("Escape")
    term.expect_gone("Esc leaves the list", "open a scenario")
    term.keys("o", "Home", "Down", "Enter")
    term.expect("Enter opens a scenario", r"opened .*yaml")
    term.close()


def group_palette():
    term = opened("--speed=60")
    term.until("makes [1-9]")
    term.keys(":")
    term.expect(": lists what can be done", r"do anything[\s\S]*gogc 100")
    term.keys_raw("collect garb")
    term.expect(": what is typed filters",
                r":collect garb[\s\S]*collect garbage: runtime.GC\(\) +c")
    term.keys("Enter")
    term.expect(": Enter does it", r"gc +\d+ .*you asked for it")
    term.keys(":")
    term.keys_raw("idle 12")
    term.keys("Enter")
    term.expect(": a channel's name takes a capacity", r"^ Use.*idle \d+/12")
    term.keys(":")
    term.keys_raw("gogc many")
    term.keys("Enter")
    term.expect(": bad input says why", r'GOGC is a whole percentage.*not "many"')
    term.keys("Escape")
    term.keys(":")
    term.keys_raw("open garb")
    term.keys("Enter")
    term.expect(": opens a scenario by its name", r"opened scenarios/garbage.yaml")
    term.keys(":")
    term.keys_raw("goto 30m")
    term.keys("Enter")
    term.expect(": goto runs to a moment, and pauses there", r"30:00\.0 .*paused", 20)
    term.keys(":")
    term.keys_raw("goto 2m")
    term.keys("Enter")
    term.expect(": goto goes back, too", r"02:00\.0 .*paused", 20)
    term.expect("and says so in the journal", r"you +back to 02:00")
    term.keys("u")
    term.expect("u takes that back", r"30:00\.0 .*paused", 20)
    term.close()


def stats_of(term):
    """The values of MemStats in a window of 200x50. The changes beside them are left out: these are
    since an earlier reading, and which readings there are depends on the frames that were drawn."""
    return [line[162:188] for line in term.text().split("\n")[2:20]]


def group_undo():
    term = opened("--speed=60")
    term.until("makes [1-9]")
    term.keys("Space")
    term.until("paused")
    term.settled()
    before = stats_of(term)
    clock = term.clock()
    term.keys("u")
    term.expect("u with nothing changed says so", r"there is nothing to take back")
    term.keys("g")
    term.until(r"^ Use.*GOGC off")
    term.keys("+")
    term.until(r"^ Use.*idle \d+/6")
    term.keys("c")
    term.until("you +collect")
    term.keys("u")
    term.expect("u takes a collection back", r"you +took back: collect\b")
    check("it is no longer in the journal", not re.search("you +collect", term.text()), term.text())
    term.keys("u")
    term.expect("u takes a resize back", r"^ Use.*idle \d+/5[\s\S]*you +took back: channel idle")
    term.keys("u")
    term.expect("u takes GOGC back", r"^ Use.*GOGC 100[\s\S]*you +took back: GOGC off")
    check("u: the moment is the same", term.clock() == clock, term.text())
    check("u: MemStats are as before", wait(lambda: stats_of(term) == before, 5),
          "\n".join(before) + "\nbefore, and now\n" + term.text())
    term.keys("U", "U")
    term.expect("U does it again",
                r"^ Use.*GOGC off.*idle \d+/6[\s\S]*you +did again: channel idle")
    term.keys(">")
    term.expect("a speed is in the journal", r"x100 [\s\S]*you +speed x100")
    term.keys("u")
    term.expect("u takes a speed back", r"x60 [\s\S]*took back: speed x60 -> x100")
    term.keys("R")
    term.until(r"00:00\.\d")
    term.keys("u")
    term.expect("u takes a restart back", r"GOGC off.*idle \d+/6[\s\S]*you +took back: restarted")
    check("and goes to where it was", term.clock() == clock, term.text())
    term.keys("S")
    term.expect("S asks for a seed", r":seed")
    term.keys("7", "Enter")
    term.expect("S starts again with a seed", r"seed 7 .*00:00\.\d[\s\S]*restarted with seed 7")
    term.keys("u")
    term.expect("u takes the seed back", r"GOGC off[\s\S]*you +took back: restarted with seed 7")
    term.keys("o", "Home", "Enter")
    term.until("opened scenarios")
    term.keys("u")
    term.expect("u goes back to the scenario before",
                r"^ Use.*GOGC off[\s\S]*you +took back: opened")
    check("at its moment", term.clock() == clock, term.text())
    term.keys("Space")
    term.expect("and it runs on", r"running *$")
    term.close()
    term = opened("--speed=100", "--memory=accounted", file="scenarios/goroutines.yaml")
    term.until("makes [1-9]")
    term.keys("f")
    term.until("you +free OS memory")
    term.keys(":")
    term.keys_raw("goto 40m")
    term.keys("Enter")
    term.expect("goto 40 minutes on", r"40:00\.\d .*paused", 60)
    term.keys("u")
    term.expect("while a run is repeated, the header says so", "repeating")
    term.keys("Space", "Space", "Escape", "c")
    term.expect("keys meanwhile do no harm",
                r"40:00\.\d.*paused[\s\S]*took back: free OS memory", 60)
    term.close()


def group_chart():
    term = opened("--speed=100", "--memory=accounted", file="scenarios/garbage.yaml")
    term.until(r"gc +16 ", 20)
    term.keys("Space")
    term.expect("marks have a legend", r"▲ gc")
    term.keys("Left")
    term.expect("Left sets the cursor, which reads all values",
                r"now|live \+ .*garbage \+ .*= HeapSys|gc \d+ ")
    term.keys("N")
    told = r"^ \d\d:\d\d\.\d gc (\d+) .* -> [^│\n]*\n*\Z"
    screen = term.expect("N goes to the mark before and tells it", told)
    number = int(re.search(told, screen, re.M)[1])
    term.keys("N")
    term.expect("N again: the one before", rf"^ \d\d:\d\d\.\d gc {number - 1} [^│\n]*\n*\Z")
    term.keys("n")
    term.expect("n goes to the next", rf"^ \d\d:\d\d\.\d gc {number} [^│\n]*\n*\Z")
    term.keys("h", "h", "h", "H")
    term.expect("arrows move it", r"live \+ .*garbage \+ .*= HeapSys|gc \d+ .* -> ")
    term.keys("Escape")
    term.expect("Esc takes it away", r"now +max")
    term.keys("t")
    term.expect("t shows lines", r"1 heap ━ 9 object ━ lines ━[\s\S]*HeapInuse")
    term.keys("e")
    term.expect("e opens a list", r"show: space ticks")
    term.keys("Down", "Down", "Space")
    term.expect("space takes a series away", r"\[ \] HeapInuse")
    term.keys("Escape")
    screen = term.expect("Esc leaves the list", r"\A(?![\s\S]*space ticks)")
    chart = "\n".join(line[:156] for line in screen.split("\n")[:24])
    check("it is not in the legend", "HeapInuse" not in chart and "HeapIdle" in chart, screen)
    term.keys("t")
    term.expect("t stacks again", r"1 heap ━ 9 object ━ stacked ")
    term.keys("z", "z", "z", "PPage")
    term.expect("PgUp holds the window", r"stacked, held: End follows[\s\S]*time axis: \d")
    term.keys("Home")
    term.expect("Home goes to the beginning", r"time axis: 0:00 to ")
    term.keys("End")
    term.expect("End follows again", r"1 heap ━ 9 object ━ stacked ━")
    term.keys("f")
    term.expect("what you did is marked", r"◆[\s\S]*▽[\s\S]*FreeOSMemory +◆ you")
    term.close()


def group_mouse():
    term = opened("--speed=60")
    term.until("makes [1-9]")

    def point(button, x, y):
        term.keys_raw(f"\x1b[<{button};{x + 1};{y + 1}M\x1b[<{button};{x + 1};{y + 1}m")

    point(0, 180, 9)
    term.expect("a click in a panel gives it the keyboard", r"─ 1 heap .*━ 2 MemStats ━")
    lines = term.text().split("\n")
    row = next(i for i, line in enumerate(lines) if "5 events" in line)
    point(0, 3, row)
    term.expect("a click on a title does too", r"━ 5 events ━")
    lines = term.until(r"v only").split("\n")  # the bar is that of the events
    point(0, lines[-2].index("space"), 49)
    term.expect("a click on the key bar presses the key", r"paused *$")
    point(64, 40, 8)
    term.expect("the wheel zooms the chart", r"time axis: ")
    point(0, 199, 49)
    point(2, 150, 9)
    check("another button does nothing", holds(lambda: "━ 5 events ━" in term.text(), 0.2),
          term.text())
    point(0, 10, 8)
    term.expect("a click in the chart sets the cursor", r"cursor +max")
    check("the mouse is reported to the program", term.value("mouse_any_flag") == "1")
    term.keys("m")
    term.expect("m says that the mouse is off", r"mouse off")
    check("m gives the mouse back", term.becomes("mouse_any_flag", "0"))
    term.keys("m")
    term.expect("m again says how to select text", r"mouse on: hold Shift")
    check("m again takes the mouse", term.becomes("mouse_any_flag", "1"))
    term.keys("C-z")
    term.until("Stopped")
    check("^Z gives the mouse back", term.value("mouse_any_flag") == "0")
    term.line("fg")
    term.until("5 events")
    check("fg takes it again", term.becomes("mouse_any_flag", "1"))
    term.close()


def typed_into(*options, term="xterm-256color", **env):
    """A dashboard that stands still, in a terminal that can send any bytes."""
    base = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TERM": term, "LC_ALL": "C.UTF-8"}
    program = pty_terminal.Program([PROGRAM, "open", "--paused", *options, IDLE], 120, 40,
                                   {**base, **env})
    program.until_text(r"\? help")
    program.read_for(0.1)
    return program


def shows(program, pattern, seconds=5.0):
    """Whether the screen has the text, or gets it in time."""
    def found(screen):
        return re.search(pattern, screen.text(), re.M) is not None
    return found(program.screen) or program.until(found, seconds) is not None


def group_typed():
    """What a terminal sends that is no key is not obeyed."""
    program = typed_into()
    check("bracketed paste is asked for", 2004 in program.screen.modes)
    probe = 0
    for name, sent in (
            ("pasted text", "\x1b[200~gc quit\x1b[201~"), ("Alt-q", "\x1bq"),
            ("Alt-q of kitty", "\x1b[113;3u"), ("Alt-q of xterm", "\x1b[27;3;113~"),
            ("a late place of the cursor", "\x1b[24;80R"), ("a late kind", "\x1b[?62;22c"),
            ("a late colour", "\x1b]11;rgb:ffff/ffff/ffff\x1b\\"),
            ("a late colour that ends with BEL", "\x1b]11;rgb:ffff/ffff/ffff\a"),
            ("a late version", "\x1bP>|XTerm(379)cq\x1b\\"), ("a late mode", "\x1b[?2026;2$y"),
            ("an old click in column 81", "\x1b[M qq"), ("a click of urxvt", "\x1b[32;113;24M"),
            ("a change of the focus", "\x1b[I\x1b[O"), ("a key let go", "\x1b[113;1:3u"),
            ("APC", "\x1b_Gi=1;OK q\x1b\\"), ("a byte of Latin-1", b"\xe9")):
        program.type(sent)
        probe += 1
        key = "xy"[probe % 2]
        program.read_for(0.1)
        program.type(key)
        good = shows(program, rf"^ *{key} does nothing here")
        screen = program.screen.text()
        check(f"{name} is not obeyed", good and not re.search(r"you  +\S", screen), screen)
    program.type("\x1bq")
    check("Alt-q says that it does nothing", shows(program, "Alt-q does nothing here"))
    program.type("\x1b[200~gc quit\x1b[201~")
    check("a paste says so", shows(program, "pasted text does nothing here"))
    program.type(":\x1b[200~gogc\n50\n\x1b[201~")
    check("a prompt takes pasted text", shows(program, ":gogc 50"))
    program.type("\r")
    check("Enter behind it does it", shows(program, r"GOGC 100 -> 50"))
    for key in ":os?":
        program.type(key)
        program.read_for(0.2)
        before = program.bytes
        program.type("\x0c")
        wait(lambda: program.read(0.05) and program.bytes - before > 2000, 3)
        program.digest()
        screen = program.screen.text()
        check(f"^L paints again behind {key}", program.bytes - before > 2000 and
              "^L does nothing" not in screen, f"{program.bytes - before} bytes\n{screen}")
        program.type("\x1b")
        program.read_for(0.2)
    os.kill(program.pid, signal.SIGTSTP)  # nobody stops it, as it has no shell
    off_on = re.compile(rb"\x1b\[\?2004l.*\x1b\[\?2004h", re.S)
    check("bracketed paste is off while it is suspended",
          wait(lambda: program.read(0.05) is not None and off_on.search(program.raw)))
    program.type(b"\xe9q")
    check("a byte of Latin-1 does not swallow the next key", program.reap(5) == 0)
    program.digest()
    check("bracketed paste is turned off at the end", 2004 in program.screen.modes_off)
    program.close()
    program = typed_into()
    os.kill(program.pid, signal.SIGSEGV)
    program.reap(5)
    program.digest()
    check("and after a crash", 2004 in program.screen.modes_off)
    program.close()


def group_typed_keys():
    for name, sent, pattern in (
            ("PuTTY's End", ["s", "\x1b[4~"], "End does nothing here"),
            ("F5", ["\x1b[15~"], "F5 does nothing here"),
            ("the console's F2", ["\x1b[[B"], "F2 does nothing here"),
            ("rxvt's Shift-Up", ["\x1b[a"], "Shift-Up does nothing here"),
            ("Ctrl-Del", ["\x1b[3;5~"], "Ctrl-Del does nothing here")):
        program = typed_into()
        for text in sent:
            program.type(text)
            program.read_for(0.1)
        check(f"{name} is that key", shows(program, pattern), program.screen.text())
        check(f"{name} is no letters", "4 program ━" not in program.screen.text())
        program.close()
    program = typed_into(ESCDELAY="2000")
    program.type("\x1b")
    program.read_for(0.4)
    program.type("[15")
    program.read_for(0.2)
    program.type("~")
    check("a key that comes in pieces is one, within ESCDELAY",
          shows(program, "F5 does nothing here"), program.screen.text())
    program.type("?")
    shows(program, " closes ")
    program.type("\x1b")
    gone = program.until(lambda screen: " closes " not in screen.text(), 1)
    check("an Esc waits as long as ESCDELAY says", gone is None)
    gone = program.until(lambda screen: " closes " not in screen.text(), 5)
    check("and then is one", gone is not None, program.screen.text())
    program.close()
    program = typed_into()
    program.type("\x1b")
    program.read_for(0.4)
    program.type("[15~")
    check("the rest behind a late Esc is no letters", shows(program, "F5 does nothing here"),
          program.screen.text())
    program.type("\x1b[200~gc")
    program.read_for(2.5)
    program.type("q")
    check("a paste without an end ends by itself", program.reap(5) == 0)
    program.close()


def group_resize():
    term = opened("--speed=60")
    term.until("makes [1-9]")
    seed = int(time.time())
    chance = random.Random(seed)
    for _ in range(60):
        term.size(chance.randint(1, 300), chance.randint(1, 100))
    for cols, rows in ((1, 1), (80, 24), (300, 90), (61, 16), (5, 50), (200, 3), (120, 40)):
        term.size(cols, rows)
        time.sleep(0.03)  # nothing is read here: some sizes are drawn, and some are passed over
    print(f"# sizes of seed {seed}")
    term.expect("after a storm of sizes it fits the last", r"^ Use.{100,120}$")
    check("and still runs", term.child() != 0, term.text())
    term.size(80, 24)
    term.expect("80x24 after 120x40", r"─ 2 MemStats ─ 6 classes ─+$")
    term.close()


def ends(name, how, status, **options):
    """The program is ended by `how`; the terminal must be as it was."""
    term = Terminal(100, 30)
    term.line("stty -g >/tmp/%s.before; echo WAS-HERE" % SOCKET)
    term.until(r"^WAS-HERE")
    term.line(shlex.join([PROGRAM, "open", IDLE]) + '; echo "STATUS $?"')
    term.until(r"\? help")
    check(f"{name}: it runs before", term.reaches(0.3), term.text())
    how(term)
    if status == 128 + signal.SIGINT:
        # it died of ^C, so the shell gave up the rest of its line
        term.until(r"^WAS-HERE")
        term.line('echo "STATUS $?"')
    screen = term.expect(f"{name}: exit status {status}", rf"STATUS {status}$")
    check(f"{name}: the old screen is back", "WAS-HERE" in screen and "HeapSys" not in screen,
          screen)
    check(f"{name}: the alternate screen is left", term.value("alternate_on") == "0")
    check(f"{name}: the mouse is off", term.value("mouse_any_flag") == "0")
    check(f"{name}: the cursor is on", term.value("cursor_flag") == "1")
    term.line("stty -g | cmp - /tmp/%s.before && echo SAME-MODES" % SOCKET)
    term.expect(f"{name}: the modes are the same", r"^SAME-MODES")
    os.unlink(f"/tmp/{SOCKET}.before")
    term.close()


def group_map():
    term = opened("--speed=1000", file="scenarios/release.yaml", cols=178)
    term.until(r" 0[4-9]:\d\d\.\d  x1000")
    term.keys("Space", "3", "3")
    term.expect("3 gives the map the keyboard", r"━ 3 heap map ━.* 1 cell = \d+ \w+ ")
    whole = re.search(r"1 cell = \d+ \w+", term.text())[0]
    term.keys("z")
    term.expect("z zooms in", r"^ 1 cell = \d+ KiB *$")
    check("z: the map says so too", whole not in term.text(), term.text())
    term.keys(*"zzzzz")
    term.expect("z ends at a page a cell", r"1 cell = 4 KiB; that is the limit")
    term.expect("z: the rows are numbered by pages", r"^ +\d\d+ [█░]")
    term.keys(*"ZZZZZZ")
    term.expect("Z ends at the whole arena", r"1 cell = .*: the whole arena; that is the limit")
    term.keys("Right")
    term.expect("an arrow shows the cursor, which says what is there",
                r"^ span +page.* holds? \d+ blocks of \d+ bytes")
    term.expect("a small span's blocks are drawn", r"^ blocks +■")
    term.keys("L")
    term.expect("L goes to the next span", r"^ span +pages? [1-9]")
    term.keys("End")
    term.expect("End: the last span is idle", r"^ span +pages.* idle since\s+0\d:\d\d")
    term.expect("an idle span says when it goes back",
                r"the scavenger's tick at \d\d:\d\d.* will\s+find it idle for\s+more than 5 min")
    term.keys("Enter")
    term.expect("Enter shows the moment it was freed", r"as of 0[0-4]:\d\d\.\d +█ live")
    term.keys("Escape")
    term.expect("Esc goes back to the present", r"^ span +pages.* idle since")
    check("Esc: the past is gone", "as of 0" not in term.text(), term.text())
    term.keys("v")
    term.expect("v colours by size class", r"^ █ large *(\w \d+ B)?")
    term.keys("v", "Home", "Escape")
    term.expect("Esc again takes the cursor away", r"█ live .*\n next ")
    row = next(i for i, line in enumerate(term.text().split("\n")) if "3 heap map" in line)
    term.keys_raw(f"\x1b[<0;20;{row + 2}M\x1b[<0;20;{row + 2}m")
    term.expect("a click selects a cell", r"^ span +page")
    term.keys_raw(f"\x1b[<64;20;{row + 2}M")
    term.expect("the wheel zooms", r"^ 1 cell = \d+ \w+ *$")
    term.close()


def group_objects():
    term = opened("--speed=1000", file="scenarios/forgotten-entry.yaml")
    term.until(r" 0[1-9]:\d\d\.\d  x1000")
    term.keys("Space", "3", "Right", "Enter")
    term.expect("Enter in the map shows an object", r"━ 9 object ━.*\n .* at 0xc2\w+, \d+ bytes")
    term.keys("Right")
    term.expect("Right shows the next", r"at 0xc2000[0-9a-f]+, \d+ bytes(: block \d+ of \d+)?")
    term.line(":object session")
    term.expect("an object is found by its type", r"^ session at 0xc2")
    term.expect("what keeps it alive is told",
                r"^ sessions +map +0xc2.*\n   \.buckets +buckets +0xc2")
    term.expect("its fields have names", r" owner +\*user +[▸>] user 0xc2")
    term.keys("Down", "Down", "Enter")
    term.expect("Enter follows a pointer", r"^ user at 0xc2")
    term.expect("and the way is one longer", r"^ +\.owner +user +0xc2")
    term.keys("BSpace")
    term.expect("Backspace goes back", r"^ session at 0xc2")
    term.line(":object nothing")
    term.expect("what is not there is said", r"no nothing can be reached")
    term.keys("Escape")
    term.expect("Esc goes back to the map", r"━ 3 heap map ━")
    check("Esc: the chart is back", " 1 heap ─ 9 object ─" in term.text(), term.text())
    term.close()
    term = opened(file="scenarios/false-pointer.yaml", cols=80, rows=24)
    term.line(":goto 70s")
    term.until(r" 01:10\.0 ")
    term.line(":object node")
    term.expect("a false pointer is called one", r"^ False pointer: the word is the number\s")
    term.expect("80x24 has the number too", r"^ 833224011840, which is 0xc200057040")
    term.close()


def group_picture():
    with tempfile.TemporaryDirectory() as folder:
        term = Terminal()
        term.line(shlex.join(["cd", folder]))
        term.line(shlex.join([PROGRAM, "open", "--paused", f"{ROOT}/scenarios/garbage.yaml"]))
        term.until(r"\? help")
        term.keys("P")
        term.expect("P says what is saved, and where",
                    rf"^ saved as gomemlab-garbage-00m00s\.svg in {folder}")
        term.line(":picture")
        term.expect("the palette saves another", r"^ saved as gomemlab-garbage-00m00s-2\.svg in")
        pictures = []
        for more in ("", "-2"):
            with open(f"{folder}/gomemlab-garbage-00m00s{more}.svg", encoding="utf-8") as file:
                pictures.append(file.read())
        first, second = pictures
        check("a picture is of the screen", "HeapSys" in first and "</svg>" in first, first[:500])
        check("the message is not in the next one", "saved as" not in second, second[:500])
        term.close()


def group_standard_input():
    with tempfile.TemporaryDirectory() as folder:
        for name, how in (("a pipe", f"cat {ROOT}/scenarios/garbage.yaml | {PROGRAM} open -"),
                          ("a file", f"{PROGRAM} open - <{ROOT}/scenarios/garbage.yaml"),
                          ("/dev/stdin", f"{PROGRAM} /dev/stdin <{ROOT}/scenarios/garbage.yaml"),
                          ("<()", f"{PROGRAM} <(cat {ROOT}/scenarios/garbage.yaml)")):
            term = Terminal()
            term.line(f"cd {folder}; set +o history")
            term.line(f"{how} --speed=100")
            term.until(r"\? help")
            term.expect(f"a scenario from {name} is shown", "Test garbage making program")
            check(f"{name}: it runs", term.reaches(20), term.text())
            term.keys("R")
            term.expect(f"{name}: keys come from the terminal, and it runs again", "restarted")
            check(f"{name}: it runs on", term.reaches(5), term.text())
            term.keys("P")
            term.expect(f"{name}: a picture has a name of letters",
                        r"saved as gomemlab-[a-z0-9]+-00m\d\ds(-\d)?\.svg")
            term.keys("q")
            check(f"{name}: q quits", term.becomes("alternate_on", "0"), term.text())
            term.close()
        term = Terminal()
        term.line(f"printf 'title: x\\0' | {PROGRAM} -")
        term.expect("a zero byte on standard input is told", r"^<stdin>:1:9: error")
        term.close()


def group_classes():
    term = opened("--speed=1000", "--memory=accounted", file="scenarios/any-type.yaml")
    term.until(r" 0[1-9]:\d\d\.\d  x1000")
    term.keys("Space", "6")
    term.expect("6 shows the size classes", r"━ 6 size classes ━")
    term.expect("they are explained", r"objects of 1 to 8 bytes")
    term.keys("Down")
    term.expect("Down chooses the next", r"objects of 9 to 16 bytes")
    term.keys("t")
    term.expect("t sorts by bytes", r"^ sorted by the bytes held")
    term.keys("End")
    term.expect("large objects are the last line", r"large objects, above")
    term.expect("the sums are below", r"^.* all +[\d.,k]+ +[\d.,k]+")
    term.size(60, 15)
    term.expect("60x15 has them all too", r"^ +size +spans +used .*bytes held")
    term.size(80, 24)
    term.keys("6")
    term.expect("80x24 has them beside the chart", r"━ 6 size classes ━")
    term.close()


def group_source():
    term = opened("--speed=5", file="scenarios/realistic-5.yaml", cols=80, rows=24)
    term.keys("8", "8")
    term.expect("8 shows the source, the running lines marked",
                r"^[▸▶] +\d+ .*(worker \d+|main|here) *$")
    term.keys("Space")
    term.keys("Up")
    for _ in range(6):
        term.keys("PageUp")
    term.expect("PgUp goes to the beginning", r"^ +1 // More realistic")
    term.keys("End")
    term.expect("End goes to the end", r"^ +\d+ }$")
    term.keys("Home")
    term.expect("Home follows again", r"^[▸▶] +\d+ ")
    term.close()
    term = opened("--speed=100", file="scenarios/realistic-5.yaml")
    term.expect("at 200x50 source stands beside the program",
                r"4 program .*8 source .* at line \d+", 10)
    term.keys("8", "Right", "Right")
    term.expect("Right follows the next goroutine", r"8 source ━ worker 3 at line \d+")
    term.close()


def group_program():
    term = opened("--speed=20", "--memory=accounted", file="scenarios/shared.yaml")
    term.until(r"makes [1-9]\d", 10)
    term.keys("Space", "4", "Home")
    term.expect("Home chooses the first goroutine", r"▸main 1 ")
    term.keys("Down", "Down")
    term.expect("Down chooses the next", r"▸worker 2 ")
    term.keys("Enter")
    term.expect("Enter goes to its line", r"━ 8 source ━ worker 2 at line \d+")
    term.keys("4", "v")
    term.expect("v shows one group", r"only main: 1 goroutine")
    term.keys("v")
    term.expect("v again: the next", r"only worker: 10 goroutines")
    term.keys("Escape")
    term.expect("Esc goes out", r"4 program ━ 11 goroutines, \d+ running ━")
    term.close()
    term = opened("--speed=1", "--memory=accounted", "--paused", file="tests/bench/many.yaml")
    term.keys(".", "4")
    term.expect("ten thousand are a picture", r"worker x10,000 ")
    term.keys("Down", "Right")
    term.expect("a cell says who is in it", r"worker [\d,]+ and \d+ more|worker [\d,]+ +[□■]")
    term.keys("Enter")
    term.expect("Enter goes in", r"Esc goes out|▸worker \d")
    term.keys("Escape")
    term.expect("Esc goes out of the cell", r"4 program ━ [\d,]+ goroutines, [\d.,k]+ running ━")
    term.close()


def group_events():
    term = opened("--speed=100", "--memory=accounted", file="scenarios/garbage.yaml")
    term.until(r"gc +12 ", 20)
    term.keys("Space", "5")
    term.expect("paused, the newest is explained", r"│ Cause +An allocation|│ Cause +\d")
    term.keys("v")
    term.expect("v: collections only", r"━ 5 events ━.*only collections")
    term.keys("Up", "Up")
    screen = term.expect("Up explains the one before",
                         r"│ Next +NextGC = .* x \(1 \+ 100/100\) = ")
    term.keys("Enter")
    term.expect("Enter puts the time cursor there", r"^.*as of \d\d:\d\d\.\d")
    term.keys("Home")
    term.expect("Home goes to the first", r"│ Rule +The first goal is 0")
    term.keys("7", "e")
    term.expect("the gc log explains its columns",
                r"gc\d+ +the collection's number: NumGC after it")
    term.keys("Escape", "Escape", "2", "Down")
    term.expect("MemStats explains a member", r"HeapSys = HeapInuse \+ HeapIdle")
    term.expect("... with numbers", r"[\d.]+ [MG]B = [\d.]+ [MG]B \+ [\d.]+ [KMG]?B")
    term.keys("End")
    term.expect("End explains the last", r"DebugGC: always 0\.")
    check("what happened was explained", "Effect" in screen, screen)
    term.close()


def group_huge():
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write("title: Huge\nabout: A heap of 100 GB.\nmodel: go1.1\nduration: 15m\n"
                   "goroutines:\n  - name: worker\n    count: 20\n    slots: 350\n"
                   "    make: {bytes: [5000000, 9999999]}\n    loop:\n      - make: buffer\n"
                   "      - pick: slot\n      - put: slot\n      - sleep: [0ms, 9ms]\n")
        file.flush()
        term = opened("--speed=10", "--memory=accounted", file=file.name)
        term.expect("a heap of more than 100 GB is shown", r"HeapSys +1\d\d\.\d\d GB", 30)
        term.keys("3", "3", *"zzzzzzzzzzzz")
        term.expect("... down to its pages", r"1 cell = 4 KiB")
        term.keys("End")
        term.expect("... to the last of them", r"^ span +pages? \d\d,\d\d\d,\d\d\d")
        start = time.monotonic()
        term.keys("?")
        term.until("closes")
        check("... and keys are answered at once", time.monotonic() - start < 0.5)
        term.close()


def group_endings():
    ends("q", lambda term: term.keys("q"), 0)
    ends("^C", lambda term: term.keys("C-c"), 130)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGSEGV, signal.SIGABRT):
        ends(number.name, lambda term, n=number: os.kill(term.child(), n), 128 + number)


def refused(name, pattern, command, **env):
    base = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "TERM": "tmux-256color"}
    base.update(env)
    base = {key: value for key, value in base.items() if value is not None}
    run = subprocess.run(command, shell=True, cwd=ROOT, env=base, capture_output=True, text=True)
    said = run.stdout + run.stderr
    good = run.returncode == 2 and "\x1b" not in said and run.stdout == ""
    good = good and re.search(pattern, said) and len(said.splitlines()) == 1
    check(f"{name}: refused with a reason", good, f"{run.returncode}: {said!r}")


def group_refusals():
    command = shlex.join([PROGRAM, "open", IDLE])
    hint = r"gomemlab run"
    refused("no terminal", rf"not a terminal.*{hint}", command + " </dev/null")
    # `script` gives a terminal for stdin only, so that stdout is a pipe
    for name, term, pattern in (("TERM=dumb", "dumb", "cannot move its cursor"),
                                ("unknown TERM", "no-such-terminal", "not known"),
                                ("empty TERM", "", "not set")):
        window = Terminal(100, 30)
        window.line(f"TERM={term} {command}; echo STATUS $?")
        screen = window.expect(f"{name}: exit status 2", r"STATUS 2$")
        flat = screen.replace("\n", "")
        check(f"{name}: a reason and what to do",
              re.search(rf"{pattern}.*{hint}", flat) is not None, screen)
        window.close()
    window = Terminal(100, 30)
    window.line(f"{command} | cat -v; echo STATUS ${{PIPESTATUS[0]}}")
    screen = window.expect("stdout a pipe: exit status 2", r"STATUS 2$")
    check("stdout a pipe: no escape codes", "^[" not in screen, screen)
    window.close()
    refused("a scenario that is not there", r"no-such", f"{PROGRAM} open no-such.yaml </dev/null")


def group_looks():
    colour = re.compile(r"\x1b\[[0-9;]*(?:3[0-7]|38;5|4[0-7]|48;5|9[0-7])[0-9;]*m")
    term = opened("--speed=60")
    term.until("makes [1-9]")
    check("colours by default", colour.search(term.text("-e")) is not None)
    term.close()
    for name, options, env in (("NO_COLOR", (), {"NO_COLOR": "1"}),
                               ("--color=never", ("--color=never",), {})):
        term = opened("--speed=60", *options, **env)
        term.until("makes [1-9]")
        check(f"{name}: no colour at all", colour.search(term.text("-e")) is None)
        term.close()
    term = opened("--speed=60", "--color=8")
    term.until("makes [1-9]")
    check("--color=8: only the first eight", "38;5" not in term.text("-e"))
    term.close()
    term = opened("--speed=60", "--color=256", NO_COLOR="1")
    term.until("makes [1-9]")
    check("--color beats NO_COLOR", "38;5" in term.text("-e"))
    term.close()
    for name, options, env in (("LC_ALL=C", (), {"LC_ALL": "C"}),
                               ("--glyphs=ascii", ("--glyphs=ascii",), {})):
        term = opened("--speed=60", *options, **env)
        screen = term.expect(f"{name}: draws", r"= 1 heap .*[\s\S]*makes [1-9]")
        check(f"{name}: nothing but ASCII", screen.isascii(), screen)
        term.close()
    term = opened("--speed=60", "--glyphs=block")
    check("--glyphs=block: there is something to draw", term.reaches(90), term.text())
    term.keys("t")
    screen = term.until(r"1 heap ━ 9 object ━ lines ") or term.text()
    check("--glyphs=block: no braille",
          not re.search("[\u2801-\u28ff]", screen) and re.search("[\u2580-\u259f]", screen), screen)
    term.close()
    term = opened("--speed=60", "--mouse=off")
    term.until("makes [1-9]")
    check("--mouse=off: it is not reported", term.value("mouse_any_flag") == "0")
    term.close()
    term = opened("--speed=60", "--color=always", NO_COLOR="1")
    term.until("makes [1-9]")
    check("--color=always beats NO_COLOR", colour.search(term.text("-e")) is not None)
    term.keys("t")  # lines: a stack has no braille
    for what, has in (("blocks", "[\u2580-\u259f]"), ("ASCII", "#"),
                      ("braille", "[\u2801-\u28ff]")):
        term.keys("b")
        term.expect(f"b draws with {what}", rf"{has}[\s\S]*drawing with {what}")
        check(f"b: nothing else than {what}", what == "braille" or
              not re.search("[\u2801-\u28ff]", term.text()), term.text())
    term.close()
    term = opened("--speed=60", LC_ALL="C")
    term.until("makes [1-9]")
    term.keys("t", "b")
    term.expect("b in LC_ALL=C: what was asked for", r"[\u2801-\u28ff][\s\S]*drawing with braille")
    term.close()
    term = opened("--memory=accounted")
    term.expect("--memory=accounted: the header says so", r"^ Use.*accounted")
    term.close()
    term = opened("--paused")
    term.expect("--paused: starts paused", r"00:00\.0 .*paused")
    term.close()


def scheduled(pid):
    """Seconds that a process has run or stood in line for a processor."""
    with open(f"/proc/{pid}/schedstat") as file:
        return sum(int(word) for word in file.read().split()[:2]) / 1e9


def group_terminals():
    """Terminals that know few colours or none, and none that is Unicode: all is told by glyphs."""
    foreground = re.compile(r"\x1b\[[0-9;]*?(3[0-7]|38;5;\d+|9[0-7])[0-9;]*m")
    for kind, colours in (("vt100", 0), ("linux", 8), ("xterm", 8), ("xterm-256color", 256)):
        term = opened("--speed=60", TERM=kind)
        screen = term.expect(f"TERM={kind}: draws", r"1 heap .*[\s\S]*makes [1-9]")
        seen = set(foreground.findall(term.text("-e")))
        many = any(colour.startswith("38;5") for colour in seen)
        check(f"TERM={kind}: uses {colours} colours",
              bool(seen) == (colours > 0) and many == (colours == 256), f"{sorted(seen)}")
        check(f"TERM={kind}: the focused panel is told by its rule", "━ 1 heap ━" in screen, screen)
        term.keys("Space")
        term.expect(f"TERM={kind}: pause is told by a word", r"paused *$")
        term.keys("q")
        term.expect(f"TERM={kind}: gives the screen back", r"\$ ?$")
        term.close()
    term = opened("--speed=60", "--color=16")
    term.until("makes [1-9]")
    check("--color=16: no more than sixteen", "38;5" not in term.text("-e")
          and foreground.search(term.text("-e")) is not None)
    term.close()


def group_load():
    term = opened("--speed=100000", file="scenarios/goroutines.yaml")
    term.expect("too fast a speed: the speed reached is told", r"x100k \(x[\d.]+k? reached\)", 20)
    worst = 0.0
    for _ in range(5):
        start = time.monotonic()
        term.keys("?")
        found = term.until("switch GOGC off, or", 2)
        worst = max(worst, time.monotonic() - start)
        check("saturated: a key is answered", found is not None, term.text())
        term.keys("Escape")
        term.expect_gone("saturated: Esc is, too", "switch GOGC off, or")
    check("saturated: within 100 ms, tmux and all", worst < 0.1, f"{worst * 1000:.0f} ms")
    term.close()
    term = opened("--speed=10000", file="tests/bench/many.yaml")
    term.expect("10,000 goroutines: the speed reached is told", r"x10k \(x[\d.]+k? reached\)", 20)
    before, start = scheduled(term.child()), time.monotonic()
    time.sleep(2)  # a share of a span of time is measured: the span is the measure, not a wait
    wanted = (scheduled(term.child()) - before) / (time.monotonic() - start)
    check("saturated: the engine wants the processor all the time", wanted > 0.8, f"{wanted:.2f}")
    term.close()


def main():
    global PROGRAM
    if len(sys.argv) < 2:
        sys.exit("usage: tui_test.py PROGRAM [WORD]")
    PROGRAM = os.path.abspath(sys.argv[1])
    word = sys.argv[2] if len(sys.argv) > 2 else ""
    groups = [(name, run) for name, run in globals().items()
              if name.startswith("group_") and word in name]
    try:
        for name, run in groups:
            try:
                run()
            except Exception as problem:  # a group that cannot go on is one failure
                check(name, False, repr(problem))
            tmux("kill-server")
    finally:
        tmux("kill-server")
    print(f"{passed} passed, {failed} failed")
    sys.exit(failed != 0)


main()
