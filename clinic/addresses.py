"""The network address that tries are counted by."""

import re
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

HOUSEHOLD_BITS = 64
_WITH_PORT = re.compile(r"\[([^\[\]]*)\](?::\d{1,5})?|([^:]*):\d{1,5}", re.ASCII)
"""As proxies write it: 203.0.113.9:4711, [2001:db8::1]:443, [2001:db8::1]. The port differs with each connection."""


def address_of(request: HttpRequest) -> str:
    """Return the client's address; of IPv6 the /64, since one household or one guesser has all of it."""
    return household_of(request.META.get("REMOTE_ADDR", ""))


def household_of(address: str) -> str:
    plain = without_port(address)
    try:
        parsed = ip_address(plain)
    except ValueError:
        return plain
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed.packed, HOUSEHOLD_BITS), strict=False))
    return str(parsed)


def without_port(address: str) -> str:
    found = _WITH_PORT.fullmatch(address.strip())
    return (found[1] or found[2] or "") if found else address.strip()


def is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
