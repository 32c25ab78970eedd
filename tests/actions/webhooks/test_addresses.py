"""Which addresses a webhook may go to."""

import socket

import pytest

from plans.actions.webhooks import addresses
from plans.actions.webhooks.addresses import AddressRefused, HostUnknown, is_public, read_address, resolve


@pytest.mark.parametrize(
    "url",
    ["https://practice.example.org/hook", "https://practice.example.org:8443/a?b=c", "https://8.8.8.8/", "https://[2606:4700::1111]/x"],
)  # fmt: skip
def test_public_https_is_taken(url):
    assert read_address(url).scheme == "https"


@pytest.mark.parametrize(
    "url",
    [
        "http://practice.example.org/",
        "ftp://practice.example.org/",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://user:pass@practice.example.org/",
        "https://user@practice.example.org/",
        "https://practice.example.org/#x",
        "https://practice.example.org:0/",
        "https://practice.example.org:99999/",
        "https://practice.example.org:x/",
        "https://localhost/",
        "https://LOCALHOST/",
        "https://localhost./",
        "https://database/",
        "https://a.localhost/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://router.home.arpa/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://2130706433/",
        "https://0/",
        "https://10.0.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://exämple.org/",
        "https://practice.example.org/ x",
        "https://practice.example.org/\n",
        "https://practice.example.org\\@127.0.0.1/",
        "https://practice.example.org/" + "x" * 500,
    ],
)
def test_anything_else_is_refused(url):
    with pytest.raises(AddressRefused):
        read_address(url)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1",
        "192.0.0.1", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1",
        "::127.0.0.1", "fc00::1", "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "::ffff:10.0.0.1",
        "64:ff9b::10.0.0.1", "64:ff9b:1::1", "2002:0a00:0001::1", "2001:db8::1", "not an address", "",
    ],
)  # fmt: skip
def test_inner_addresses_are_known_however_they_are_wrapped(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8"])
def test_public_addresses_are_known(address):
    assert is_public(address)


def answering(*found):
    return lambda *_args, **_kwargs: [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 443)) for address in found
    ]


def test_a_name_that_points_inward_is_refused(monkeypatch):
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answering("10.0.0.1"))
    with pytest.raises(AddressRefused):
        resolve("practice.example.org", 443)


def test_one_inner_address_among_public_ones_refuses_the_name(monkeypatch):
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answering("8.8.8.8", "127.0.0.1"))
    with pytest.raises(AddressRefused):
        resolve("practice.example.org", 443)


def test_public_names_give_their_addresses_once(monkeypatch):
    monkeypatch.setattr(addresses.socket, "getaddrinfo", answering("8.8.8.8", "8.8.8.8", "9.9.9.9"))
    assert resolve("practice.example.org", 443) == ["8.8.8.8", "9.9.9.9"]


@pytest.mark.parametrize("error", [socket.gaierror("no such name"), UnicodeError("label too long")])
def test_a_name_that_nobody_knows_is_tried_again_later(monkeypatch, error):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(addresses.socket, "getaddrinfo", fail)
    with pytest.raises(HostUnknown):
        resolve("practice.example.org", 443)
