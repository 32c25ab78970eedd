import pytest
from django.test import RequestFactory

from clinic.addresses import address_of


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8:1:2::1]:443", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::1]", "2001:db8:1:2::/64"),
        ("[::ffff:203.0.113.7]:1", "203.0.113.7"),
        (" 203.0.113.9 ", "203.0.113.9"),
        ("", ""),
        ("unix:", "unix:"),
    ],
)
def test_counts_by_household(address, counted_as):
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=address)) == counted_as
