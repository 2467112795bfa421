"""exceptions.py: what is known to end badly, and why it cannot be helped.

Each is as narrow as can be: who called, what failed, what came of it.
"""
import re


class Known:
    def __init__(self, why, calls, callers, wrong):
        self.why = why
        self.calls = calls
        self.callers = re.compile(callers)
        self.wrong = re.compile(wrong)

    def covers(self, case, fault, wrong, callers):
        return (fault.call in self.calls and self.callers.search(callers) is not None and
                self.wrong.search(wrong) is not None)


EXCEPTIONS = []
