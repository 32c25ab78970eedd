"""One POST to the address that was checked, and nowhere else."""

import ssl
import threading

import pytest

from plans.actions.webhooks import sending
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.sending import NotDelivered, post
from tests.actions.webhooks.receiver import HalfOpen


def test_body_headers_and_query_arrive(receiver):
    assert post(receiver.url, body='{"a":"é"}', headers={"webhook-id": "1"}) == 204
    ((path, headers, body),) = receiver.calls
    assert (path, body) == ("/hook?a=1", '{"a":"é"}')
    assert headers["webhook-id"] == "1"
    assert headers["Host"].startswith("hooks.test:")


def test_the_resolver_is_asked_once_and_its_answer_is_where_we_connect(receiver, monkeypatch):
    """A name that points outward when it is checked and inward when it is used gets nowhere."""
    asked, connected = [], []
    connect = sending.socket.create_connection

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    def spy(address, *args):
        connected.append(address[0])
        return connect(address, *args)

    monkeypatch.setattr(sending, "resolve", resolve)
    monkeypatch.setattr(sending.socket, "create_connection", spy)
    post(receiver.url, body="{}", headers={})
    assert (asked, connected) == (["hooks.test"], ["127.0.0.1"])


def test_an_inner_address_is_refused_before_connecting(receiver, monkeypatch):
    from plans.actions.webhooks import addresses

    monkeypatch.setattr(sending, "resolve", addresses.resolve)
    monkeypatch.setattr(
        addresses.socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", ("127.0.0.1", 443))]
    )
    with pytest.raises(AddressRefused):
        post(receiver.url, body="{}", headers={})
    assert receiver.calls == []


def test_a_redirect_is_an_answer_and_not_followed(receiver):
    receiver.status = 307
    assert post(receiver.url, body="{}", headers={}) == 307
    assert len(receiver.calls) == 1


def test_a_certificate_of_another_name_is_not_believed(receiver):
    with pytest.raises(NotDelivered, match="SSL"):
        post(receiver.url.replace("hooks.test", "other.test"), body="{}", headers={})
    assert receiver.calls == []


def test_an_unknown_certificate_is_not_believed(receiver, monkeypatch):
    monkeypatch.setattr(
        sending.ssl, "create_default_context", lambda: ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    )
    with pytest.raises(NotDelivered, match="SSL"):
        post(receiver.url, body="{}", headers={})


def test_nobody_there_is_not_delivered(receiver):
    receiver.stop()
    with pytest.raises(NotDelivered):
        post(receiver.url, body="{}", headers={})


@pytest.fixture
def short(monkeypatch):
    """Little time for all steps together. Without a deadline that holds for each, the test would hang."""
    monkeypatch.setattr(sending, "SECONDS", 0.4)


def test_a_receiver_that_drips_is_cut_off(receiver, short):
    receiver.drip = True
    with pytest.raises(NotDelivered, match="TimeoutError"):
        post(receiver.url, body="{}", headers={})


def test_a_receiver_that_never_answers_is_cut_off(receiver, short):
    receiver.silent = True
    with pytest.raises(NotDelivered, match="TimeoutError"):
        post(receiver.url, body="{}", headers={})


def test_a_receiver_that_never_reads_is_cut_off(receiver, short):
    receiver.deaf = True
    with pytest.raises(NotDelivered, match="TimeoutError"):
        post(receiver.url, body="x" * 50_000_000, headers={})


@pytest.mark.parametrize("drips", [b"", b"\x16"])
def test_a_host_that_takes_the_call_and_never_begins_tls_is_cut_off(receiver, short, drips):
    with HalfOpen(drips) as host, pytest.raises(NotDelivered):
        post(f"https://hooks.test:{host.port}/", body="{}", headers={})


def test_a_resolver_that_is_silent_is_not_waited_for(receiver, short, monkeypatch):
    ended = threading.Event()
    monkeypatch.setattr(sending, "resolve", lambda host, port: ended.wait(60) and [])
    with pytest.raises(NotDelivered, match="TimeoutError"):
        post(receiver.url, body="{}", headers={})
    ended.set()


def test_silent_addresses_share_the_time_and_the_last_may_take_the_call(receiver, monkeypatch):
    shares = []
    connect = sending.socket.create_connection

    def silent(address, seconds):
        shares.append(seconds)
        if address[0] != "127.0.0.1":
            raise TimeoutError
        return connect(address, seconds)

    monkeypatch.setattr(sending, "resolve", lambda host, port: ["192.0.2.1", "192.0.2.2", "127.0.0.1"])
    monkeypatch.setattr(sending.socket, "create_connection", silent)
    assert post(receiver.url, body="{}", headers={}) == 204
    assert len(shares) == 3
    assert shares[0] <= sending.SECONDS / 3
    assert shares[1] <= sending.SECONDS / 2


def test_of_many_addresses_a_few_are_tried(receiver, monkeypatch):
    tried = []

    def refuse(address, seconds):
        tried.append(address[0])
        raise ConnectionRefusedError

    many = [f"192.0.2.{number}" for number in range(1, 50)]
    monkeypatch.setattr(sending, "resolve", lambda host, port: many)
    monkeypatch.setattr(sending.socket, "create_connection", refuse)
    with pytest.raises(NotDelivered, match="ConnectionRefused"):
        post(receiver.url, body="{}", headers={})
    assert tried == many[: sending.MAX_ADDRESSES]
