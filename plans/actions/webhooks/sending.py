"""One POST over https to an address that was checked after its name was resolved, and to that very address.

Asking the resolver again at connecting would let the name point inward in between. No redirects, no proxies.
"""

import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from contextlib import suppress
from urllib.parse import SplitResult

from plans.actions.webhooks.addresses import read_address, resolve
from plans.exceptions import PlansError

STEP_SECONDS = 10.0
"""For connecting, and for each silence while it answers."""
WHOLE_SECONDS = 20.0
"""For all of it: a receiver that answers one byte at a time shall not hold a worker."""


class NotDelivered(PlansError):
    """The receiver could not be reached: {problem}."""

    code = "not_delivered"


def post(url: str, *, body: str, headers: Mapping[str, str]) -> int:
    """Send, and give the status of the answer; its body is not read.

    Raises AddressRefused, HostUnknown, NotDelivered.
    """
    address = read_address(url)
    port = address.port or 443
    link = _Pinned(address.hostname or "", port, resolve(address.hostname or "", port))
    ender = threading.Timer(WHOLE_SECONDS, link.cut)
    ender.start()
    try:
        link.request("POST", _target(address), body=body.encode(), headers=dict(headers))
        return link.getresponse().status
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotDelivered(problem=type(error).__name__) from error
    finally:
        ender.cancel()
        link.close()


class _Pinned(http.client.HTTPSConnection):
    """Connects to one of these addresses; name and certificate are still those of the host."""

    def __init__(self, host: str, port: int, addresses: list[str]) -> None:
        self.tls = ssl.create_default_context()
        super().__init__(host, port, timeout=STEP_SECONDS, context=self.tls)
        self.addresses = addresses

    def connect(self) -> None:
        """Try the addresses in their order until one takes the call."""
        plain = self._reach()
        self.sock = plain
        self.sock = self.tls.wrap_socket(plain, server_hostname=self.host)

    def cut(self) -> None:
        """End the call from outside."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def _reach(self) -> socket.socket:
        last: OSError = ConnectionError()
        for address in self.addresses:
            try:
                return socket.create_connection((address, self.port), STEP_SECONDS)
            except OSError as error:
                last = error
        raise last


def _target(address: SplitResult) -> str:
    return (address.path or "/") + (f"?{address.query}" if address.query else "")
