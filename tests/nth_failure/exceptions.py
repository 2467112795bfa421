"""exceptions.py: what is known to end otherwise than it should, and why that cannot be helped.

Each is as narrow as can be: what failed, who called it, what came of it.
"""
import re


class Known:
    def __init__(self, why, calls, callers, wrong):
        self.why = why
        self.calls = calls
        self.callers = re.compile(callers)
        self.wrong = re.compile(wrong)

    def covers(self, fault, wrong, callers):
        return (fault.call in self.calls and self.callers.search(callers) is not None and
                self.wrong.search(wrong) is not None)


EXCEPTIONS = [
    Known("curses crashes where it has no memory to put a sequence together; the terminal is given "
          "back all the same",
          ["malloc", "calloc", "realloc"],
          r":(_nc_tiparm|_nc_tparm_analyze|tparm)\b",
          r"^ended by SIGSEGV: .*;  in libtinfo\S*:(_nc_tiparm|tparm)\b"),
    Known("curses looks for the description of a terminal in several places, and does not tell why "
          "none would do: the sentence says that there is none",
          ["open", "read", "stat", "ioctl"],
          r" is_capable ",
          r"the terminal type TERM=xterm-256color is not known here"),
    Known("curses does not tell why it cannot set up a terminal: the sentence says only that",
          ["open", "read", "stat", "ioctl", "malloc", "calloc", "realloc"],
          r":newterm\b| term_open ",
          r"does not say what failed: status 2: .*the terminal cannot be set up"),
]
