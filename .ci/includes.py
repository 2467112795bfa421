#!/usr/bin/python3
"""includes.py RULE: checks the #include lines of engine/ and tui/; prints the offenders.

floors  A room includes only the rooms that the table allows. Standard input: the table of .ci/lint,
        `room: rooms it may include`; the list may go on in the next line. A room is a folder, or a
        file with a line of its own. A room may include itself.
knots   No files include each other in a circle but those on standard input: a line for each circle,
        names without extension. A .c file and its .h file are one.
unused  Every included header gives a name that the file uses, directly or through what the header
        includes. Checks tests/, too; of the system's headers, only those in NAMES.
"""
import os
import re
import sys

# What each system header is included for: patterns of names. Other system headers are not checked.
NAMES = {
    "assert.h": "assert",
    "ctype.h": r"(is|to)[a-z]+",
    "errno.h": r"errno|E[A-Z]+",
    "fcntl.h": r"open|fcntl|O_\w+|F_\w+",
    "float.h": r"(FLT|DBL)_\w+",
    "getopt.h": r"getopt\w*|opt\w+|option|\w+_argument",
    "inttypes.h": r"PR[Iidux]\w+|SCN\w+|strto[iu]max",
    "limits.h": r"\w+_(MAX|MIN)|CHAR_BIT",
    "locale.h": r"setlocale|LC_\w+",
    "math.h": r"\w*(log|exp|pow|sqrt|floor|ceil|fabs|rint|round|fmod|modf)\w*|is(nan|inf|finite)"
              r"|INFINITY|NAN|HUGE_VAL|sin|cos|tan|M_\w+",
    "poll.h": r"poll\w*|POLL\w+",
    "signal.h": r"\w*sig\w+|SIG\w+|kill",
    "stdarg.h": r"va_\w+",
    "stdbool.h": "bool|true|false",
    "stddef.h": "offsetof|size_t|ptrdiff_t|NULL",
    "stdint.h": r"u?int\w*_t|U?INT\w+|SIZE_MAX|UINTPTR_MAX",
    "stdio.h": r"\w*printf|f\w+|FILE|std(in|out|err)|\w*get[cs]|put\w+|open_memstream|EOF|rename"
               r"|remove|perror|size_t|NULL",
    "stdlib.h": r"\w*alloc|free|abort|exit|\w*env|strto\w+|qsort|bsearch|abs|mkstemp|realpath"
                r"|atexit|EXIT_\w+|system|NULL|size_t",
    "string.h": r"(mem|str)\w+|NULL|size_t",
    "strings.h": r"str\w+|ffs\w*",
    "sys/ioctl.h": r"ioctl|TIOC\w+|winsize",
    "sys/mman.h": r"m[a-z]+|MAP_\w+|PROT_\w+|MADV_\w+",
    "sys/resource.h": r"[gs]etr\w+|RLIMIT_\w+|rlimit|rusage|RUSAGE_\w+",
    "sys/stat.h": r"\w*stat|S_I\w+|mkdir|f?chmod|umask",
    "sys/wait.h": r"wait\w*|W[A-Z]+",
    "termios.h": r"tc\w+|termios|TC\w+|VMIN|VTIME|ICANON|ECHO",
    "time.h": r"time\w*|clock\w*|CLOCK_\w+|nanosleep|strftime|localtime\w*|gmtime\w*",
    "unistd.h": r"\w*read|\w*write|close|dup2?|pipe|fork|exec\w+|isatty|unlink|access|u?sleep"
                r"|getp?pid|STD\w+_FILENO|_?exit|sysconf|_SC_\w+|getopt|optarg|chdir|ttyname|fsync"
                r"|ftruncate|getcwd|[RWFX]_OK|gete?uid|lseek|getpagesize|link|ssize_t|readlink"
                r"|alarm|setsid",
    "wchar.h": r"wc\w+|wchar_t|mb\w+|WEOF",
}
BEFORE_CMOCKA = {"setjmp.h", "stdarg.h", "stddef.h", "stdint.h"}  # it wants them
PASSED_ON = "for whoever includes this"
KEYWORDS = set("""auto break case char const continue default do double else enum extern float for
goto if inline int long register restrict return short signed sizeof static struct switch typedef
union unsigned void volatile while _Static_assert _Alignas bool define ifdef ifndef
endif""".split())
COMMENT = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(["<])([^">]+)[">]', re.M)


def files_of(*tops):
    for top in tops:
        for folder, _, names in sorted(os.walk(top)):
            for name in sorted(names):
                if name.endswith((".c", ".h")):
                    yield f"{folder}/{name}"


def text_of(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def includes(path):
    """(line, header, is ours) of each #include, but for those marked as passed on to includers."""
    text = text_of(path)
    for match in INCLUDE.finditer(text):
        if PASSED_ON in text[match.end():text.index("\n", match.end())]:
            continue
        yield text.count("\n", 0, match.start()) + 1, match.group(2), match.group(1) == '"'


def bare(text):
    """The text without comments, #include lines and the contents of string literals."""
    return COMMENT.sub(lambda m: '""' if m.group(0)[0] == '"' else " ", INCLUDE.sub("", text))


# ---- floors

def room_of(path, rooms):
    """The room of a file: the file itself, if that is a room, or its folder."""
    stem = path.rsplit(".", 1)[0]
    return stem if stem in rooms else os.path.dirname(path)


def floors():
    rooms = {}
    name = None
    for line in sys.stdin:
        if ":" in line:
            name, _, line = line.partition(":")
            name = name.strip()
            rooms[name] = set()
        if name is not None:
            rooms[name] |= set(line.split())
    for name, below in rooms.items():
        for other in below - set(rooms):
            print(f"the table: {name} may include {other}, which is no room")
    used = {name: set() for name in rooms}
    for path in files_of("engine", "tui"):
        room = room_of(path, rooms)
        if room not in rooms:
            print(f"{path}: its room, {room}, is not in the table")
            continue
        for line, header, ours in includes(path):
            other = room_of(header, rooms)
            if not ours or other == room:
                continue
            used[room].add(other)
            if other not in rooms[room]:
                print(f"{path}:{line}: {room} may not include {other}")
    for name, below in rooms.items():
        for other in sorted(below - used[name]):
            print(f"the table: {name} includes nothing of {other}")


# ---- knots

def units():
    """Which of our files each file includes, all without extension."""
    graph = {}
    for path in files_of("engine", "tui"):
        unit = path.rsplit(".", 1)[0]
        near = graph.setdefault(unit, set())
        near |= {header.rsplit(".", 1)[0] for _, header, ours in includes(path) if ours} - {unit}
    return graph


def circles(graph):
    """The strongly connected components of more than one unit (Tarjan's algorithm, iterative)."""
    number, low, stack, on_stack, found = {}, {}, [], set(), []
    for root in graph:
        if root in number:
            continue
        work = [(root, iter(sorted(graph[root])))]
        number[root] = low[root] = len(number)
        stack.append(root)
        on_stack.add(root)
        while work:
            unit, rest = work[-1]
            for other in rest:
                if other not in graph:
                    continue
                if other not in number:
                    number[other] = low[other] = len(number)
                    stack.append(other)
                    on_stack.add(other)
                    work.append((other, iter(sorted(graph[other]))))
                    break
                if other in on_stack:
                    low[unit] = min(low[unit], number[other])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[unit])
                if low[unit] == number[unit]:
                    at = stack.index(unit)
                    if len(stack) - at > 1:
                        found.append(sorted(stack[at:]))
                    on_stack -= set(stack[at:])
                    del stack[at:]
    return found


def knots():
    allowed = [set(line.split()) for line in sys.stdin if line.strip()]
    found = circles(units())
    for circle in found:
        if not any(set(circle) <= knot for knot in allowed):
            print("these include each other in a circle:", " ".join(circle))
    for knot in allowed:
        if not any(set(circle) == knot for circle in found):
            print("this knot is not there as it is listed:", " ".join(sorted(knot)))


# ---- unused

def names_of(text):
    """The names that a header declares, and the prefixes of those that its X-macros make."""
    text = bare(text)
    names = set(re.findall(r"^[ \t]*#[ \t]*define[ \t]+(\w+)", text, re.M))
    starts = set(re.findall(r"\b(\w+_)##", text))
    flat = re.sub(r"^[ \t]*#(?:.*\\\n)*.*$", " ", text, flags=re.M)
    names |= set(re.findall(r"\b(?:struct|union|enum)\s+(\w+)\s*(?=[{;])", flat))
    for body in re.findall(r"\benum\s*\w*\s*{([^}]*)}", flat):
        names |= set(re.findall(r"(?:^|,)\s*([A-Z]\w*)", body))
    outer, depth = [], 0
    for char in flat:  # keep only what is outside of braces
        depth += (char == "{") - (char == "}")
        if depth == 0:
            outer.append(char)
    outer = "".join(outer)
    names |= set(re.findall(r"\b([a-z]\w*)\s*\(", outer))
    names |= set(re.findall(r"\btypedef\b[^;]*?(\w+)\s*(?:\([^;]*\))?;", outer))
    names |= set(re.findall(r"\bextern\b[^;]*?(\w+)\s*(?:\[[^;]*)?;", outer))
    names |= set(re.findall(r"\bstatic const\b[^;=]*?(\w+)\s*(?:\[[^;=]*)?=", outer))
    return names - KEYWORDS, starts


class Header:
    """The names that a header gives: its own, and those of the headers that it includes."""

    known = {}

    def __init__(self, path):
        Header.known[path] = self
        text = text_of(path)
        self.names, self.starts = names_of(text)
        self.system = re.findall(r"^#include <([^>]+)>", text, re.M)
        self.ours = [one[1] for one in includes(path) if one[2] and os.path.exists(one[1])]

    @staticmethod
    def of(path):
        return Header.known.get(path) or Header(path)

    def serves(self, words):
        return (self.names & words or any(word.startswith(start) for start in self.starts
                                          for word in words)
                or any(system_serves(header, words) for header in self.system)
                or any(Header.of(header).serves(words) for header in self.ours))


def system_serves(header, words):
    """Whether a system header gives one of the words; True for headers that NAMES does not have."""
    pattern = NAMES.get(header)
    return pattern is None or any(re.fullmatch(pattern, word) for word in words)


def unused():
    for path in files_of("engine", "tui", "tests"):
        words = set(re.findall(r"[A-Za-z_]\w*", bare(text_of(path))))
        lines = list(includes(path))
        if any(header == "cmocka.h" for _, header, _ in lines):
            lines = [one for one in lines if one[1] not in BEFORE_CMOCKA]
        for line, header, ours in lines:
            if ours and header.rsplit(".", 1)[0] == path.rsplit(".", 1)[0]:
                continue
            if ours and os.path.exists(header):
                needed = Header.of(header).serves(words)
            else:
                needed = ours or system_serves(header, words)
            if not needed:
                print(f"{path}:{line}: nothing of {header} is used")


{"floors": floors, "knots": knots, "unused": unused}[sys.argv[1]]()
