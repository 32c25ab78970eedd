"""Connections that may take only so long: a thread cannot end its own wait for bytes, so another one does."""

import socket
import threading
import time
from contextlib import suppress

READING, ANSWERING = socket.SHUT_RD, socket.SHUT_RDWR


class Deadlines:
    """What each connection does now, and until when."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._ends: dict[socket.socket, tuple[float, int]] = {}

    def begin(self, connection: socket.socket, doing: int, *, seconds: float) -> None:
        """Let the connection read or answer for so long; this replaces what was said of it before."""
        with self._lock:
            self._ends[connection] = time.monotonic() + seconds, doing

    def end(self, connection: socket.socket) -> None:
        with self._lock:
            self._ends.pop(connection, None)

    def close_late(self) -> None:
        """End the waiting of those whose time is over: a reader finds no more bytes, and may still answer."""
        now = time.monotonic()
        with self._lock:
            late = [(one, doing) for one, (end, doing) in self._ends.items() if end < now]
            for connection, _ in late:
                del self._ends[connection]
        for connection, doing in late:
            with suppress(OSError):  # it has closed meanwhile
                connection.shutdown(doing)


deadlines = Deadlines()
"""Those of this process."""
