"""pty_terminal.py: a program in a pseudo terminal, and what its screen shows.

Every piece of output is kept with the time at which it came; it is turned into a screen afterwards,
so that what is measured does not wait for the measuring. Knows as much of a terminal (xterm) as
full-screen programs use; standard library only.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time

TOKENS = re.compile(
    r"\x1b\[(?P<mark>[?>=!]?)(?P<args>[\d;:]*)(?P<middle>[ $\"']?)(?P<final>[@-~])"
    r"|\x1b\](?:[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b[()*+][0-9A-Za-z]"
    r"|\x1b(?P<escape>[0-9=>A-Za-z])"
    r"|(?P<control>[\x00-\x1f\x7f])"
    r"|(?P<text>[^\x00-\x1f\x7f]+)")
UNFINISHED = re.compile(r"\x1b(?:\[[?>=!]?[\d;:]*[ $\"']?|\][^\x07\x1b]*|[()*+])?\Z")


class Screen:
    """Characters only: colours are left out."""

    def __init__(self, cols, rows):
        self.cols, self.rows = cols, rows
        self.lines = [[" "] * cols for _ in range(rows)]
        self.x = self.y = 0
        self.top, self.bottom = 0, rows - 1
        self.modes = set()  # the private ones that were switched on
        self.modes_off = set()  # and those that were switched off
        self.rest = ""
        self.last = " "

    def resize(self, cols, rows):
        """As a terminal does it: what fits stays."""
        for line in self.lines:
            line[:] = (line + [" "] * cols)[:cols]
        self.lines = (self.lines + [[" "] * cols for _ in range(rows)])[:rows]
        self.cols, self.rows = cols, rows
        self.top, self.bottom = 0, rows - 1
        self.x, self.y = min(self.x, cols - 1), min(self.y, rows - 1)

    def text(self):
        return "\n".join("".join(line).rstrip() for line in self.lines)

    def row(self, y):
        return "".join(self.lines[y])

    def feed(self, text):
        text = self.rest + text
        cut = UNFINISHED.search(text)
        self.rest = text[cut.start():] if cut else ""
        for token in TOKENS.finditer(text, 0, cut.start() if cut else len(text)):
            kind = token.lastgroup
            if token["text"]:
                self.write(token["text"])
            elif token["control"]:
                self.control(token["control"])
            elif token["final"]:
                args = [int(arg or 0) for arg in re.split("[;:]", token["args"])]
                if token["mark"] == "?":
                    self.mode(token["final"], args)
                elif not token["mark"] and not token["middle"]:
                    self.sequence(token["final"], args)
            elif kind == "escape":
                self.escape(token["escape"])

    def write(self, text):
        for char in text:
            if self.x >= self.cols:
                self.x = 0
                self.line_feed()
            self.lines[self.y][self.x] = char
            self.x += 1
        self.last = text[-1]

    def line_feed(self):
        if self.y == self.bottom:
            self.delete_lines(self.top, 1)
        else:
            self.y = min(self.y + 1, self.rows - 1)

    def delete_lines(self, at, count):
        count = min(count, self.bottom - at + 1)
        del self.lines[at:at + count]
        blank = [[" "] * self.cols for _ in range(count)]
        self.lines[self.bottom - count + 1:self.bottom - count + 1] = blank

    def insert_lines(self, at, count):
        count = min(count, self.bottom - at + 1)
        del self.lines[self.bottom - count + 1:self.bottom + 1]
        self.lines[at:at] = [[" "] * self.cols for _ in range(count)]

    def control(self, char):
        if char == "\r":
            self.x = 0
        elif char in "\n\x0b\x0c":
            self.line_feed()
        elif char == "\b":
            self.x = max(0, min(self.x, self.cols) - 1)
        elif char == "\t":
            self.x = min(self.x // 8 * 8 + 8, self.cols - 1)

    def escape(self, char):
        if char == "D":
            self.line_feed()
        elif char == "E":
            self.x = 0
            self.line_feed()
        elif char == "M":
            if self.y == self.top:
                self.insert_lines(self.top, 1)
            else:
                self.y = max(0, self.y - 1)

    def mode(self, final, args):
        if final == "h":
            self.modes.update(args)
            self.modes_off.difference_update(args)
            if 1049 in args:
                self.lines = [[" "] * self.cols for _ in range(self.rows)]
        elif final == "l":
            self.modes.difference_update(args)
            self.modes_off.update(args)

    def sequence(self, final, args):
        one = args[0] or 1
        line = self.lines[self.y]
        x = min(self.x, self.cols - 1)
        if final in "Hf":
            self.y = min(one, self.rows) - 1
            self.x = min((args[1] if len(args) > 1 else 1) or 1, self.cols) - 1
        elif final in "ABCDEF":
            dx, dy = {"A": (0, -1), "B": (0, 1), "C": (1, 0), "D": (-1, 0), "E": (0, 1),
                      "F": (0, -1)}[final]
            self.x = max(0, min(x + dx * one, self.cols - 1)) if final in "ABCD" else 0
            self.y = max(0, min(self.y + dy * one, self.rows - 1))
        elif final in "G`":
            self.x = min(one, self.cols) - 1
        elif final == "d":
            self.y = min(one, self.rows) - 1
        elif final == "J":
            first, last = {0: (self.y + 1, self.rows), 1: (0, self.y)}.get(args[0], (0, self.rows))
            if args[0] < 2:
                self.sequence("K", args)
            for y in range(first, last):
                self.lines[y] = [" "] * self.cols
        elif final == "K":
            first, last = {0: (x, self.cols), 1: (0, x + 1)}.get(args[0], (0, self.cols))
            line[first:last] = [" "] * (last - first)
        elif final == "X":
            count = min(one, self.cols - x)
            line[x:x + count] = [" "] * count
        elif final == "@":
            line[x:x] = [" "] * one
            del line[self.cols:]
        elif final == "P":
            count = min(one, self.cols - x)
            line[x:] = line[x + count:] + [" "] * count
        elif final == "L":
            self.insert_lines(self.y, one)
        elif final == "M":
            self.delete_lines(self.y, one)
        elif final == "S":
            self.delete_lines(self.top, one)
        elif final == "T":
            self.insert_lines(self.top, one)
        elif final == "b":
            self.write(self.last * one)
        elif final == "r":
            self.top = one - 1
            self.bottom = min(args[1] if len(args) > 1 and args[1] else self.rows, self.rows) - 1
            self.x = self.y = 0


class Program:
    """A program in a terminal of its own; `env` replaces the environment. It begins with the
    signals `ignored` being ignored, and no others. `size`: what the terminal says of its own, if
    that is another one."""

    def __init__(self, command, cols=200, rows=50, env=None, ignored=(), size=None):
        self.screen = Screen(cols, rows)
        self.status = None
        self.signal = 0  # that ended it
        self.bytes = 0
        self.raw = b""  # the last of the output, for who looks for sequences
        self.chunks = []  # (ns, bytes) that the screen has not seen
        self.decoder_rest = b""
        gate_out, gate_in = os.pipe()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                os.read(gate_out, 1)
                for number in {signal.SIGPIPE, signal.SIGINT, signal.SIGXFSZ, *ignored}:
                    signal.signal(number, signal.SIG_IGN if number in ignored else signal.SIG_DFL)
                os.execvpe(command[0], command, env if env is not None else os.environ)
            finally:
                os._exit(127)
        os.close(gate_out)
        self.set_size(*(size or (cols, rows)))
        self.modes_before = termios.tcgetattr(self.fd)
        os.set_blocking(self.fd, False)
        self.started_ns = time.monotonic_ns()
        os.write(gate_in, b"x")
        os.close(gate_in)

    def set_size(self, cols, rows):
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, 0, 0))

    def resize(self, cols, rows):
        """Returns when the terminal changed its size."""
        self.digest()
        self.screen.resize(cols, rows)
        at_ns = time.monotonic_ns()
        self.set_size(cols, rows)
        return at_ns

    def type(self, keys):
        """Returns when the keys were typed."""
        at_ns = time.monotonic_ns()
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            try:
                data = data[os.write(self.fd, data):]
            except BlockingIOError:  # it does not read: let it write, at least
                self.read(0.01)
            except OSError:
                break  # it has ended
        return at_ns

    def read(self, seconds):
        """Reads for so long at most, until one piece has come; False: none, or it has ended."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        at_ns = time.monotonic_ns()
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        if not data:
            if self.status is None:
                self.reap()
            return False
        self.chunks.append((at_ns, data))
        self.bytes += len(data)
        self.raw = (self.raw + data)[-65536:]
        return True

    def collect(self, seconds):
        """Reads for so long; the screen does not see it yet."""
        end = time.monotonic() + seconds
        while self.status is None and (left := end - time.monotonic()) > 0:
            self.read(left)

    def read_for(self, seconds):
        """Reads for so long; the pieces, which the screen gets too."""
        self.collect(seconds)
        pieces = list(self.chunks)
        self.digest()
        return pieces

    def digest_one(self):
        at_ns, data = self.chunks.pop(0)
        data = self.decoder_rest + data
        text = data.decode("utf-8", "ignore")
        cut = 0
        while cut < 3 and cut < len(data) and data[-1 - cut] & 0xC0 == 0x80:
            cut += 1
        lead = data[-1 - cut] if cut < len(data) else 0
        needed = 1 if lead < 0x80 else 2 if lead < 0xE0 else 3 if lead < 0xF0 else 4
        self.decoder_rest = data[-1 - cut:] if needed > cut + 1 and lead >= 0xC0 else b""
        self.screen.feed(text)
        return at_ns

    def digest(self):
        while self.chunks:
            self.digest_one()

    def until(self, is_so, seconds=10.0, quiet=0.004):
        """When (ns) the piece came that made is_so(screen) true; None: it did not, in time."""
        end = time.monotonic() + seconds
        while True:
            while self.read(quiet):
                pass
            while self.chunks:
                at_ns = self.digest_one()
                if is_so(self.screen):
                    return at_ns
            if self.status is not None or time.monotonic() > end:
                return None

    def until_text(self, pattern, seconds=10.0):
        found = re.compile(pattern, re.M)
        return self.until(lambda screen: found.search(screen.text()), seconds)

    def reap(self, seconds=0.0):
        """The exit status, 128 + signal for one that ended it; None: it runs."""
        end = time.monotonic() + seconds
        while self.status is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid != 0:
                self.status = os.waitstatus_to_exitcode(status)
                if self.status < 0:
                    self.signal = -self.status
                    self.status = 128 + self.signal
                while self.read(0):  # its last words
                    pass
            elif time.monotonic() >= end:
                break
            elif not self.read(0.005):
                time.sleep(0.002)
        return self.status

    def wrong_with_terminal(self):
        """What of it is not as it was before the program; "" if all is. A shell has no private mode
        on but those that are always: 7, lines wrap, and 25, the cursor is shown."""
        self.digest()
        wrong = [f"mode {mode} is on" for mode in sorted(self.screen.modes - {7, 25})]
        if 25 in self.screen.modes_off:
            wrong.append("the cursor is off")
        if termios.tcgetattr(self.fd) != self.modes_before:
            wrong.append("the modes of the line differ")
        return "; ".join(wrong)

    def close(self):
        if self.reap() is None:
            os.kill(self.pid, signal.SIGKILL)
            self.reap(5)
        os.close(self.fd)
