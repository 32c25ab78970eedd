"""One POST to the address that was checked, and nowhere else."""

import ssl

import pytest

from plans.actions.webhooks import sending
from plans.actions.webhooks.addresses import AddressRefused
from plans.actions.webhooks.sending import NotDelivered, post


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


def test_a_receiver_that_drips_is_cut_off(receiver, monkeypatch):
    receiver.drip = True
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.3)
    with pytest.raises(NotDelivered):
        post(receiver.url, body="{}", headers={})
