"""Which addresses a webhook may go to: https, by a name that stands for public addresses only."""

import ipaddress
import socket
from urllib.parse import SplitResult, urlsplit

from plans.exceptions import PlansError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# Addresses of the sixth version that carry one of the fourth inside: where they lead is what the inner one says.
_MAPPED_96 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("::/96"))
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")


class AddressRefused(PlansError):
    """A webhook's address is https, names a host on the public internet, and carries no password."""

    code = "address_refused"


class HostUnknown(PlansError):
    """The host of the webhook's address has no address now."""

    code = "host_unknown"


def read_address(url: str) -> SplitResult:
    """Read a webhook's address. Raises AddressRefused for one that can never be right."""
    try:
        read = urlsplit(url)
        host, port = read.hostname, read.port
    except ValueError:
        raise AddressRefused from None
    plain = url.isascii() and url.isprintable() and " " not in url and "\\" not in url
    if not plain or read.scheme != "https" or not host or read.username or read.password or read.fragment:
        raise AddressRefused
    if port == 0 or len(url) > 500 or _is_inner(host):
        raise AddressRefused
    return read


def resolve(host: str, port: int) -> list[str]:
    """Return the host's addresses, all of them public. Raises AddressRefused, HostUnknown.

    One inner address among several refuses the host: it would be a matter of luck which one is taken.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise HostUnknown from None
    addresses = list(dict.fromkeys(str(socket_address[0]) for *_, socket_address in found))
    if not addresses:
        raise HostUnknown
    if not all(is_public(address) for address in addresses):
        raise AddressRefused
    return addresses


def is_public(address: str) -> bool:
    """Whether this address is one of the public internet, also when it is wrapped into another."""
    try:
        read = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_is_public(inner) for inner in _unwrapped(read))


def _unwrapped(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    inner: list[Address] = [address]
    if address.sixtofour:
        inner.append(address.sixtofour)
    if address.teredo:
        inner += address.teredo
    if any(address in network for network in _MAPPED_96):
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    return inner


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address in _LOCAL_NAT64 or address.is_site_local):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _is_inner(host: str) -> bool:
    plain = host.rstrip(".")
    if "." not in plain and ":" not in plain:
        return True
    if plain.endswith((".localhost", ".local", ".internal", ".home.arpa")):
        return True
    try:
        ipaddress.ip_address(plain)
    except ValueError:
        # 127.1 or 0x7f.1 is an address to a resolver though not to us: no host name ends in a number.
        return plain.rpartition(".")[2][:1].isdigit()
    return not is_public(plain)
