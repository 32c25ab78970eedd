"""Mail servers of a test, one for each worker: a sender can be held, or cut off, at a point of the talk.

The points are those of the hand-over: "EHLO" before it begins, "DATA" in it but before the letter, "." with the letter
taken and the answer owed.
"""

import re
import threading
from email import message_from_string

from tests.smtp import FakeMailServer

PATIENCE = 240


class CutOff(Exception):
    """The line ends here, without an answer."""


class PostOffice:
    """The servers, the letters that arrived, and what is to happen to the next sender at a point."""

    def __init__(self, *names):
        self._lock = threading.Lock()
        self._point, self._is_cut = None, False
        self._there, self._go_on = threading.Event(), threading.Event()
        self._who = None
        self.servers = {name: _Server(self, name) for name in names}

    @property
    def ids(self):
        """The rows of all letters that arrived, by their Message-ID."""
        return [row_of(letter) for server in self.servers.values() for letter in server.letters]

    def hold(self, point):
        """Hold the next sender who comes to this point."""
        self._expect(point, is_cut=False)

    def cut_off(self, point):
        """End the line of the next sender who comes to this point."""
        self._expect(point, is_cut=True)

    def wait(self):
        """Wait until a sender is there; returns whose it is, and the row of the letter last taken there."""
        if not self._there.wait(PATIENCE):
            raise TimeoutError(f"no sender came to {self._point}")
        letters = self.servers[self._who].letters
        return self._who, row_of(letters[-1]) if letters else None

    def release(self):
        self._go_on.set()

    def answer(self, command, said):
        for server in self.servers.values():
            server.answers[command] = said

    def answer_well(self):
        for server in self.servers.values():
            server.answers.clear()

    def stop(self):
        self._go_on.set()
        for server in self.servers.values():
            server.stop()

    def pass_by(self, name, point):
        with self._lock:
            if point != self._point:
                return
            self._point, self._who = None, name
        self._there.set()
        if self._is_cut:
            raise CutOff
        self._go_on.wait(PATIENCE)

    def _expect(self, point, *, is_cut):
        with self._lock:
            self._there.clear()
            self._go_on.clear()
            self._point, self._is_cut = point, is_cut


class _Server(FakeMailServer):
    def __init__(self, office, name):
        self.office, self.name = office, name
        super().__init__()

    def note_asked(self, command):
        if command in ("EHLO", "DATA"):
            self.office.pass_by(self.name, command)

    def note_taken(self):
        self.office.pass_by(self.name, ".")

    def handle_error(self, *_):
        """A sender that was killed or cut off is no news."""


def row_of(letter):
    """The row that a letter was made of."""
    return re.match(r"<([0-9a-f-]{36})@", message_from_string(letter)["Message-ID"])[1]
