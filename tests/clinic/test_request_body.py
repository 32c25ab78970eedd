"""Bodies are counted while they are read, with or without a length, and slow senders hold up nobody else."""

import io
import json
import socket
import time
from contextlib import closing
from http.client import HTTPConnection

import pytest
from django.core.exceptions import RequestDataTooBig

from clinic import request_body
from clinic.deadlines import READING, Deadlines
from clinic.request_body import IN_MEMORY_BYTES, SMALL_BYTES, BodyBrokeOff, limit_of, read_body

PLACES = ["/p/a-token/", "/admin/login/", "/api/v1/oauth/token/", "/no/such/page/"]


class Counted(io.BytesIO):
    """A stream that notes how much was taken of it."""

    taken = 0

    def read(self, most=-1):
        piece = super().read(most)
        self.taken += len(piece)
        return piece


def environ(body, *, path="/p/a-token/", length=None, **headers):
    found = {"PATH_INFO": path, "wsgi.input": Counted(body), "wsgi.input_terminated": True, **headers}
    if length is None:
        return {**found, "HTTP_TRANSFER_ENCODING": "chunked"}
    return {**found, "CONTENT_LENGTH": str(length)}


def read_all(asked):
    read_body(asked)
    with closing(asked["wsgi.input"]) as body:
        return body.read()


@pytest.mark.parametrize("length", [None, 9])
def test_a_body_is_read_with_and_without_a_length(length):
    asked = environ(b"day=1&x=y", length=length)

    assert read_all(asked) == b"day=1&x=y"
    assert asked["CONTENT_LENGTH"] == "9"
    assert "HTTP_TRANSFER_ENCODING" not in asked


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("with_length", [True, False])
def test_whoever_shows_no_session_sends_a_small_body_or_none(path, with_length):
    body = b"x" * 1_000_000
    asked = environ(body, path=path, length=len(body) if with_length else None)
    stream = asked["wsgi.input"]

    read_body(asked)

    assert stream.taken <= SMALL_BYTES + 1
    with pytest.raises(RequestDataTooBig):
        asked["wsgi.input"].read(10)


def test_only_a_session_may_upload_and_never_at_the_sign_in(settings):
    cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=made-up"}

    assert limit_of({"PATH_INFO": "/admin/plans/exercise/add/", **cookie}) == settings.MAX_UPLOAD_BYTES
    assert limit_of({"PATH_INFO": "/admin/plans/exercise/add/"}) == SMALL_BYTES
    assert limit_of({"PATH_INFO": "/admin/login/", **cookie}) == SMALL_BYTES
    assert limit_of({"PATH_INFO": "/p/a-token/", **cookie}) == SMALL_BYTES
    assert limit_of({"PATH_INFO": "/api/v1/plans/"}) == settings.API_MOST_BYTES


def test_a_body_of_exactly_the_limit_is_read():
    assert len(read_all(environ(b"x" * SMALL_BYTES))) == SMALL_BYTES


def test_a_large_body_waits_in_a_file(settings):
    cookie = {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}=made-up"}
    body = b"x" * (IN_MEMORY_BYTES + 1)
    asked = environ(body, path="/admin/plans/exercise/add/", length=len(body), **cookie)

    read_body(asked)

    assert asked["wsgi.input"]._rolled
    assert asked["wsgi.input"].read() == body
    asked["wsgi.input"].close()


def test_a_body_that_ends_early_is_no_body():
    with pytest.raises(BodyBrokeOff):
        read_body(environ(b"only this", length=100))


def test_without_a_body_nothing_is_waited_for():
    asked = {"PATH_INFO": "/admin/", "wsgi.input": None}

    read_body(asked)

    assert asked["wsgi.input"].read() == b""


def test_who_takes_too_long_finds_no_more_bytes():
    ours, theirs = socket.socketpair()
    deadlines = Deadlines()
    with ours, theirs:
        deadlines.begin(ours, READING, seconds=-1)
        deadlines.close_late()

        assert ours.recv(10) == b""
        ours.sendall(b"408")
        assert theirs.recv(10) == b"408"


def test_a_connection_that_ended_in_time_is_left_alone():
    ours, theirs = socket.socketpair()
    deadlines = Deadlines()
    with ours, theirs:
        deadlines.begin(ours, READING, seconds=-1)
        deadlines.end(ours)
        deadlines.close_late()

        theirs.sendall(b"more")
        assert ours.recv(10) == b"more"


# --- With the real web server ----------------------------------------------------------------------------


def ask(port, method, path, body=None, headers=None, *, chunked=False):
    link = HTTPConnection("127.0.0.1", port, timeout=60)
    link.request(method, path, body, headers or {}, encode_chunked=chunked)
    answer = link.getresponse()
    found = answer.status, answer.headers["Content-Type"], answer.read()
    link.close()
    return found


# With the cookie, or the sign-in refuses before it reads.
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={'c' * 32}"}
CHUNKED = {**FORM, "Transfer-Encoding": "chunked"}


def slow_senders(port, count, head):
    found = []
    for _ in range(count):
        link = socket.create_connection(("127.0.0.1", port))
        link.sendall(head)
        link.setblocking(False)
        found.append(link)
    return found


def test_slow_senders_and_large_bodies_at_the_real_server(web_port, record_property):
    """One test for all of it: the server's start is what costs."""
    poll_live(web_port)
    half_headers = slow_senders(web_port, 25, b"POST /p/made-up/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: ")
    half_bodies = slow_senders(
        web_port, 25, b"POST /p/made-up/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nday="
    )
    began = time.monotonic()
    status, *_ = ask(web_port, "GET", "/health/live")
    record_property("/health/live beside 50 slow connections, in seconds", round(time.monotonic() - began, 3))
    assert status == 200
    page, *_ = ask(web_port, "GET", "/p/made-up/")
    assert page == 200
    for link in half_headers + half_bodies:
        with pytest.raises(BlockingIOError):  # none of them was dropped to make room
            link.recv(1)
        link.close()

    typed = b"day=1&month=1&year=1950"
    with_length = ask(web_port, "POST", "/p/made-up/", typed, FORM)
    assert ask(web_port, "POST", "/p/made-up/", iter([typed]), CHUNKED, chunked=True) == with_length
    assert with_length[0] == 403

    for path in ("/p/made-up/", "/api/v1/oauth/token/", "/admin/login/"):
        for body, headers in ((b"x" * 30_000, FORM), (iter([b"x" * 30_000]), CHUNKED)):
            status, kind, said = ask(web_port, "POST", path, body, headers, chunked=headers is CHUNKED)
            assert status == 413, (path, said)
            if path.startswith("/api/"):
                assert kind == "application/problem+json"
                assert json.loads(said)["code"] == "body_too_large"
            else:
                assert b"larger than this page takes" in said

    # A chunk that is no chunk, from another program than Python's.
    with socket.create_connection(("127.0.0.1", web_port), timeout=60) as link:
        head = b"POST /api/v1/plans/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        link.sendall(head + b"no number\r\n")
        said = b"".join(iter(lambda: link.recv(4096), b""))
    assert said.startswith(b"HTTP/1.1 400")
    assert b'"code": "body_broke_off"' in said


def poll_live(port):
    from tests.servers import poll

    def live():
        try:
            return ask(port, "GET", "/health/live")[0] == 200
        except OSError:
            return False

    poll(live, what="the web server")


def test_the_answer_says_that_a_body_broke_off():
    said = []
    asked = environ(b"only this", path="/api/v1/plans/", length=100)

    body = request_body.BoundedBody(None, threads=1)(asked, lambda *given: said.append(given))

    assert said[0][0] == "400 Bad Request"
    assert json.loads(b"".join(body))["code"] == "body_broke_off"
