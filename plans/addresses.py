"""The network address that tries are counted by."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest

HOUSEHOLD_BITS = 64


def address_of(request: HttpRequest) -> str:
    """Give the client's address; of IPv6 the /64, since one household or one guesser has all of it."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        parsed = ip_address(address)
    except ValueError:
        return str(address)
    if isinstance(parsed, IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ip_network((parsed.packed, HOUSEHOLD_BITS), strict=False))
    return str(parsed)
