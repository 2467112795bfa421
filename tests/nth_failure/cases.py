"""cases.py: what is run while calls fail, and what is wrong with how it ended."""
import collections
import errno
import os
import re
import shutil
import signal
import subprocess
import tempfile

from pty_terminal import Program

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SECONDS_MAX = 20
OLD = "what stood here before\n"


class Fault:
    """The n-th call of a function fails; with `stays`, those after it, too."""

    def __init__(self, call, n, reason, stays=False):
        self.call, self.n, self.reason, self.stays = call, n, reason, stays

    def __str__(self):
        return f"{self.call} {self.n} {self.reason}{' and on' if self.stays else ''}"

    def environment(self):
        return {"NTH_CALL": self.call, "NTH": str(self.n), "NTH_STAYS": str(int(self.stays)),
                "NTH_ERRNO": str(getattr(errno, self.reason))}

    def words(self):
        """What a sentence about it may say."""
        if self.reason == "ENOMEM":
            return "memory|address space"
        return re.escape(os.strerror(getattr(errno, self.reason)))


class Log:
    """What fail.c has to say: callers of what failed, and where a SIGSEGV came; None: neither."""

    def __init__(self, path):
        self.callers = self.crashed = None
        self.counts = collections.Counter()
        if os.path.exists(path):
            with open(path, errors="replace") as file:
                for line in file:
                    words = line.split()
                    if words[0] == "failed":
                        self.callers = " ".join(words[1:])
                    elif words[0] == "crashed":
                        self.crashed = " ".join(words[1:])
                    elif words[0] == "counted":
                        self.counts[words[1]] = int(words[2])


def without_rss(text):
    """There is none in accounted memory, which a run changes to where there is no other, nor if the
    kernel does not say."""
    lines = re.sub(r'"rss":\d+', '"rss":0', re.sub(r"\n  rss .*", "", text)).split("\n")
    header = lines[0].split(",")
    if "rss" not in header:
        return "\n".join(lines)
    column = header.index("rss")
    return "\n".join(",".join(cell for i, cell in enumerate(line.split(",")) if i != column)
                     for line in lines)


class Case:
    """A command, in a folder of its own with some scenarios and a file OLD in place of each
    output."""
    room = "headless"

    def __init__(self, name, program, library, arguments, files=(), config=""):
        self.name = name
        self.program, self.library = program, library
        self.arguments, self.files, self.config = arguments, files, config
        self.right = None
        self.counts = None

    def prepare(self, folder):
        os.mkdir(os.path.join(folder, "scenarios"))
        for file, to in (("scenarios/garbage.yaml", "scenarios"),
                         ("scenarios/shared.yaml", "scenarios"),
                         ("scenarios/request-server.yaml", "."),
                         ("tests/scenarios/good/every-key.yaml", "."),
                         ("tests/scenarios/bad/words.yaml", "bad.yaml")):
            shutil.copy(os.path.join(ROOT, file), os.path.join(folder, to))
        for name in self.files:
            with open(os.path.join(folder, name), "w") as file:
                file.write(OLD)
        if self.config:
            os.makedirs(os.path.join(folder, ".config/gomemlab"))
            with open(os.path.join(folder, ".config/gomemlab/config"), "w") as file:
                file.write(self.config)

    def environment(self, folder, fault):
        return {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8",
                "TERM": "xterm-256color", "LD_PRELOAD": self.library,
                "ASAN_OPTIONS": "abort_on_error=1", "UBSAN_OPTIONS": "abort_on_error=1",
                "NTH_LOG": folder + ".log",
                **(fault.environment() if fault else {"NTH_CALL": "all"})}

    def files_of(self, folder, before):
        """What is there now and was not, or not like this, before."""
        files = {}
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                with open(path, errors="replace") as file:
                    files[name] = file.read()
        return {name: text for name, text in files.items() if before.get(name) != text}

    def run(self, fault):
        """What is wrong with how it ended, "" if nothing, and who called what failed."""
        with tempfile.TemporaryDirectory(prefix="nth") as top:
            folder = os.path.join(top, "in")
            os.mkdir(folder)
            self.prepare(folder)
            before = self.files_of(folder, {})
            end = self.execute(folder, self.environment(folder, fault))
            for key in ("out", "err"):
                end[key] = end[key].replace(folder, "FOLDER")
            end["files"] = self.files_of(folder, before)
            log = Log(folder + ".log")
        if fault is None:
            self.right, self.counts = end, log.counts
            return ("" if end["status"] in (0, 1, 2) and not end["wrong"]
                    else f"{self.name}: {end}"), None
        crashed = f" in {self.names(log.crashed)}" if log.crashed else ""
        return self.judge(end, fault) + crashed, log.callers

    def run_undisturbed(self):
        return self.run(None)[0]

    def execute(self, folder, environment):
        try:
            done = subprocess.run([self.program, *self.arguments], cwd=folder, env=environment,
                                  stdin=subprocess.DEVNULL, capture_output=True,
                                  timeout=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            return {"status": None, "out": "", "err": "", "wrong": ""}
        return {"status": done.returncode, "out": done.stdout.decode("utf-8", "replace"),
                "err": done.stderr.decode("utf-8", "replace"), "wrong": ""}

    def is_same(self, end, fault):
        no_rss = fault.call == "mincore" or "memory is accounted from here on" in end["err"]
        if not no_rss:
            return all(end[key] == self.right[key] for key in ("status", "out", "files"))
        return (end["status"] == self.right["status"] and
                without_rss(end["out"]) == without_rss(self.right["out"]) and
                {name: without_rss(text) for name, text in end["files"].items()} ==
                {name: without_rss(text) for name, text in self.right["files"].items()})

    def judge(self, end, fault):
        err = end["err"].strip()
        if end["status"] is None:
            return "hangs"
        if "Sanitizer" in err:
            return "the sanitizers say: " + err[err.index("Sanitizer"):][:700]
        if end["status"] < 0 or end["status"] > 128:
            number = -end["status"] if end["status"] < 0 else end["status"] - 128
            return f"ended by {signal.Signals(number).name}: {err[-300:]}; {end['wrong']}"
        gone = fault.stays and fault.call in ("write", "ioctl")  # nobody can give it back
        if end["wrong"] and not gone:
            return end["wrong"]
        if self.is_same(end, fault):
            return ""
        if end["status"] == 0 or (end["status"] == self.right["status"] and
                                  end["err"] == self.right["err"]):
            return self.difference(end)
        if not re.search(fault.words(), err):
            return f"does not say what failed: status {end['status']}: {err[-300:]!r}"
        return self.wrong_with_files(end)

    def wrong_with_files(self, end):
        for name, text in end["files"].items():
            if name in self.right["files"]:
                if text != self.right["files"][name]:
                    return f"{name} is half a file: {text[-100:]!r}"
            elif name not in end["err"]:
                return f"{name} is left, and not named: {end['err'][-300:]!r}"
        return ""

    def difference(self, end):
        for key in ("status", "out", "files"):
            if end[key] != self.right[key]:
                a, b = str(self.right[key]), str(end[key])
                at = len(os.path.commonprefix([a, b]))
                return (f"status {end['status']}, but {key} differs: {b[at - 20:at + 60]!r} "
                        f"instead of {a[at - 20:at + 60]!r}; stderr {end['err'][-200:]!r}")
        return ""

    def names(self, callers):
        """The callers in the program, by function and line."""
        places = re.findall(r" " + re.escape(os.path.basename(self.program)) +
                            r"\+0x([0-9a-f]+)", callers)
        others = [word for word in callers.split() if ":" in word and "fail.so" not in word][:3]
        done = subprocess.run(["addr2line", "-s", "-f", "-e", self.program,
                               *[hex(int(place, 16) - 1) for place in places[:6]]],
                              capture_output=True, text=True)
        lines = re.sub(r" \(.*\)", "", done.stdout).split("\n")
        return " < ".join(others + [f"{lines[i]} {lines[i + 1]}"
                                    for i in range(0, len(lines) - 1, 2)])


# What opens every panel; every overlay and prompt; what changes the run. An Esc is one because
# nothing follows it at once.
ESC = "\x1b"
PANELS = ["1", "z", "Z", "t", "e", ESC, "n", "2", "\x1b[B", "3", "\x1b[B", "v", "z", "\r", "\r",
          "\x7f", ESC, "4", "\r", ESC, "5", "\x1b[A", "v", "\r", "6", "7", "\x1b[A", "8", "9", "0"]
OVERLAYS = ["?", ESC, ":", "object largest\r", "o", "\x1b[B", ESC, "G", "50\r", "m", "b", "P"]
CHANGES = ["c", "f", "g", "s", ".", ":", "goto 1s\r", "u", "U", ">", "S", "7\r", "o", "\r", "R"]


class TerminalCase(Case):
    """The dashboard in a terminal: all keys, another size, then q."""
    room = "terminal"

    def __init__(self, *more, keys, **others):
        super().__init__(*more, **others)
        self.keys = keys

    def execute(self, folder, environment):
        preload = environment.pop("LD_PRELOAD")  # not for env itself
        program = Program(["env", f"--chdir={folder}", f"LD_PRELOAD={preload}", self.program,
                           *self.arguments], 120, 40, environment)
        program.until_text("GOGC", 3)
        for key in self.keys:
            program.type(key)
            program.read_for(0.05 if key == ESC else 0.005)
        program.resize(100, 30)
        program.read_for(0.05)
        program.type("q")
        status = program.reap(SECONDS_MAX / 2)
        program.digest()
        end = {"status": status, "out": "", "wrong": program.wrong_with_terminal(),
               "err": program.raw.decode("utf-8", "replace").split("\x1b[?1049l")[-1]}
        if status is None:
            end["wrong"] = program.screen.text()
        program.close()
        return end

    def is_same(self, end, _fault):
        """A picture shows another moment each time; it is whole or not there."""
        pictures = [text for name, text in end["files"].items() if name.endswith(".svg")]
        return (end["status"] == 0 and len(pictures) == len(end["files"]) and
                all(text.endswith("</svg>\n") for text in pictures))


def case(name, arguments, kind=Case, **more):
    def make(program, library):
        return kind(name, program, library, arguments, **more)
    make.name, make.room = name, kind.room
    return make


CASES = [
    case("check", ["check", "every-key.yaml"]),
    case("check-bad", ["check", "bad.yaml", "nothing"]),
    case("summary", ["run", "garbage", "--for=20s", "--set", "gogc=50"]),
    case("csv", ["run", "shared", "--for=5s", "--csv=a.csv"], files=["a.csv"]),
    case("both", ["run", "request-server.yaml", "--for=2s", "--memory=accounted", "--csv=new.csv",
                  "--ndjson=b.json", "--gctrace"], files=["b.json"]),
    case("stdout", ["run", "garbage", "--for=5s", "--csv=-"]),
    case("keeps-alive", ["run", "request-server.yaml", "--for=2s", "--keeps-alive=largest"]),
    case("go", ["go", "every-key.yaml"]),
    case("list", ["list"]),
    case("help", ["help", "run"]),
    case("config", ["--print-config"], config="speed = 5 # fast\ncolor = never\n"),
    case("start", ["open", "garbage", "--speed=2"], kind=TerminalCase, keys=["+"],
         config="mouse = on\n"),
    case("panels", ["open", "garbage", "--speed=2"], kind=TerminalCase, keys=PANELS),
    case("overlays", ["open", "garbage"], kind=TerminalCase, keys=OVERLAYS),
    case("changes", ["open", "garbage", "--speed=5"], kind=TerminalCase, keys=CHANGES),
]
