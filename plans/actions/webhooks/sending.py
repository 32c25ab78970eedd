"""One POST over https to an address that was checked after its name was resolved, and to that very address.

Asking the resolver again at connecting would let the name point inward in between. No redirects, no proxies. One
deadline holds for all steps together: name, each address, TLS, sending, each byte of the answer.
"""

import http.client
import queue
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult

from plans.actions.webhooks.addresses import read_address, resolve
from plans.exceptions import PlansError

SECONDS = 15.0
"""For all of it: a receiver that is silent, or answers one byte at a time, shall not hold a sender."""
MAX_ADDRESSES = 4
"""A name may stand for many; each that is silent takes its share of the time."""


class NotDelivered(PlansError):
    """The receiver could not be reached: {problem}."""

    code = "not_delivered"


class Deadline:
    """A moment by which all steps must have ended."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, parts: int = 1) -> float:
        """Return the seconds that are left for one of so many steps. Raises TimeoutError when it is over."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left / parts


def post(url: str, *, body: str, headers: Mapping[str, str]) -> int:
    """Send, and give the status of the answer; its body is not read.

    Raises AddressRefused, HostUnknown, NotDelivered.
    """
    address = read_address(url)
    deadline = Deadline(SECONDS)
    host, port = address.hostname or "", address.port or 443
    link: _Pinned | None = None
    try:
        link = _Pinned(host, port, _resolve(host, port, deadline), deadline)
        link.request("POST", _target(address), body=body.encode(), headers=dict(headers))
        return link.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotDelivered(problem=type(error).__name__) from error
    finally:
        if link:
            link.close()


def _resolve(host: str, port: int, deadline: Deadline) -> list[str]:
    """Ask the resolver in a thread: the system's call cannot be ended, so a silent one is left to its own time."""
    answers: queue.SimpleQueue[list[str] | PlansError] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolve(host, port))
        except PlansError as error:
            answers.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(answer, PlansError):
        raise answer
    return answer


class _Bounded(ssl.SSLSocket):
    """A socket whose every call gets the time that is left: its own time-out would begin anew with each byte."""

    deadline: Deadline | None = None

    def send(self, *args: Any) -> int:
        self._take_what_is_left()
        return super().send(*args)

    def recv_into(self, *args: Any) -> int:
        self._take_what_is_left()
        return super().recv_into(*args)

    def _take_what_is_left(self) -> None:
        if self.deadline:
            self.settimeout(self.deadline.left())


class _Pinned(http.client.HTTPSConnection):
    """Connects to one of these addresses; name and certificate are still those of the host."""

    def __init__(self, host: str, port: int, addresses: list[str], deadline: Deadline) -> None:
        self.tls = ssl.create_default_context()
        self.tls.sslsocket_class = _Bounded
        super().__init__(host, port, context=self.tls)
        self.addresses = addresses[:MAX_ADDRESSES]
        self.deadline = deadline

    def connect(self) -> None:
        self.sock = plain = self._reach()
        # A handshake has one time-out for all of its messages.
        plain.settimeout(self.deadline.left())
        secure = self.tls.wrap_socket(plain, server_hostname=self.host)
        secure.deadline = self.deadline  # type: ignore[attr-defined]  # of our own class
        self.sock = secure

    def _reach(self) -> socket.socket:
        last: OSError = ConnectionError()
        for place, address in enumerate(self.addresses):
            share = self.deadline.left(len(self.addresses) - place)
            try:
                return socket.create_connection((address, self.port), share)
            except OSError as error:
                last = error
        raise last


def _target(address: SplitResult) -> str:
    return (address.path or "/") + (f"?{address.query}" if address.query else "")
