"""Bodies are counted while they are read, with or without a length, and slow senders hold up nobody else."""

import io
import json
import socket
import threading
import time
from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest
from django.contrib import admin
from django.core.exceptions import RequestDataTooBig
from django.forms import FileField
from django.test import Client

from clinic import errors, request_body, uploads
from clinic.deadlines import READING, Deadlines
from clinic.request_body import (
    IN_MEMORY_BYTES,
    LOG_BYTES,
    SMALL_BYTES,
    TYPED_BYTES,
    BodyBrokeOff,
    limit_of,
    read_body,
)
from clinic.uploads import FORMS
from tests import factories

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
    read_body(asked, signed_in=nobody)
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

    read_body(asked, signed_in=nobody)

    assert stream.taken <= SMALL_BYTES + 1
    with pytest.raises(RequestDataTooBig):
        asked["wsgi.input"].read(10)


def cookie_of(settings, key="a" * 32):
    return {"HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={key}"}


def nobody(cookies):
    return False


def somebody(cookies):
    return True


def never(cookies):
    raise AssertionError("The database was asked for nothing")


UPLOAD, PLAN = "/admin/plans/exercise/add/", "/admin/plans/plan/0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11/change/"
LARGE = {"CONTENT_LENGTH": "30000000"}
CHUNKS = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input_terminated": True}


@pytest.mark.parametrize("size", [LARGE, CHUNKS])
@pytest.mark.parametrize(
    ("path", "signed_in", "limit"),
    [
        (UPLOAD, somebody, "MAX_UPLOAD_BYTES"),
        ("/admin/plans/clinic/0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11/change/", somebody, "MAX_UPLOAD_BYTES"),
        (PLAN, somebody, "DATA_UPLOAD_MAX_MEMORY_SIZE"),
        (UPLOAD, nobody, None),
        (PLAN, nobody, None),
        ("/admin/login/", never, None),
        ("/p/a-token/", never, None),
        ("/api/v1/oauth/token/", never, None),
        ("/api/v1/plans/", never, "API_MAX_BYTES"),
    ],
)
def test_only_a_session_that_exists_may_send_much_and_a_file_only_where_one_belongs(
    settings, size, path, signed_in, limit
):
    asked = {"PATH_INFO": path, **cookie_of(settings), **size}

    assert limit_of(asked, signed_in=signed_in) == (getattr(settings, limit) if limit else SMALL_BYTES)


def test_for_a_small_form_and_for_no_cookie_no_session_is_looked_up(settings):
    small = {"PATH_INFO": PLAN, "CONTENT_LENGTH": "9000", **cookie_of(settings)}

    assert limit_of(small, signed_in=never) == SMALL_BYTES
    assert limit_of({"PATH_INFO": PLAN, **LARGE}, signed_in=never) == SMALL_BYTES
    assert (
        limit_of({"PATH_INFO": PLAN, **LARGE, **cookie_of(settings, "made-up")}, signed_in=never)
        == SMALL_BYTES
    )


@pytest.mark.parametrize(
    ("origin", "csrf", "path", "limit"),
    [
        ("https://clinic.example", "csrf", PLAN, TYPED_BYTES),
        ("https://evil.example", "csrf", PLAN, SMALL_BYTES),
        ("null", "csrf", PLAN, SMALL_BYTES),
        ("https://clinic.example", "other", PLAN, SMALL_BYTES),
        ("https://clinic.example", "csrf", "/admin/login/", SMALL_BYTES),
        ("https://clinic.example", "csrf", "/p/a-token/", SMALL_BYTES),
    ],
)
def test_what_was_typed_at_the_desk_is_read_after_the_session_ended(settings, origin, csrf, path, limit):
    settings.CSRF_COOKIE_NAME = "csrf"
    asked = {"PATH_INFO": path, "HTTP_HOST": "clinic.example", "HTTP_ORIGIN": origin}

    assert limit_of({**asked, **LARGE, "HTTP_COOKIE": f"{csrf}=abc"}, signed_in=never) == limit


def test_the_addresses_that_take_files_are_those_of_the_forms_with_a_file():
    with_files = {
        model._meta.model_name
        for model, page in admin.site._registry.items()
        if any(isinstance(field, FileField) for field in page.form.base_fields.values())
    }

    assert with_files
    for model in admin.site._registry:
        name = model._meta.model_name
        paths = [
            f"/admin/plans/{name}/add/",
            f"/admin/plans/{name}/0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11/change/",
        ]
        assert [bool(FORMS.fullmatch(path)) for path in paths] == [name in with_files] * 2


def test_only_the_session_of_somebody_who_signed_in_is_one(settings, db, client):
    someone = factories.person()
    client.force_login(someone)
    key = client.session.session_key
    anonymous = Client().session
    anonymous["seen"] = True
    anonymous.save()

    assert uploads.is_signed_in(cookie_of(settings, key)["HTTP_COOKIE"])
    for other in ("a" * 32, "made-up", "", anonymous.session_key):
        assert not uploads.is_signed_in(cookie_of(settings, other)["HTTP_COOKIE"])
    client.logout()
    assert not uploads.is_signed_in(cookie_of(settings, key)["HTTP_COOKIE"])


def test_a_few_large_bodies_of_one_network_are_read_at_once(settings):
    def upload(address):
        body = b"x" * (TYPED_BYTES + 1)
        given = {**cookie_of(settings), "REMOTE_ADDR": address}
        asked = environ(body, path=UPLOAD, length=len(body), **given)
        read_body(asked, signed_in=somebody)
        asked["wsgi.input"].close()

    with ExitStack() as others:
        for _ in range(uploads.MAX_AT_ONCE):
            others.enter_context(uploads.uploads_at_once.one_more("2001:db8:1:2::/64"))
        with pytest.raises(uploads.TooManyUploads):
            upload("2001:db8:1:2::9")
        upload("2001:db8:1:3::9")
    for _ in range(uploads.MAX_AT_ONCE + 1):
        upload("2001:db8:1:2::9")
    assert uploads.uploads_at_once._counts == {}


def test_whoever_uploads_too_many_at_once_is_told_to_wait(settings):
    said = []
    with ExitStack() as others:
        for _ in range(uploads.MAX_AT_ONCE):
            others.enter_context(uploads.uploads_at_once.one_more("192.0.2.1"))
        application = request_body.BoundedBody(None, threads=1)
        application._is_signed_in = somebody
        given = {**cookie_of(settings), "REMOTE_ADDR": "192.0.2.1"}
        asked = environ(b"x", path=UPLOAD, length=TYPED_BYTES + 1, **given)
        words = b"".join(application(asked, lambda *given: said.append(given)))

    assert said[0][0] == "503 Service Unavailable"
    assert "Retry-After" in dict(said[0][1])
    assert b"try again in a minute" in words


def test_the_deadline_moves_only_with_what_came(settings, monkeypatch):
    """At every moment a sender must have sent 50 kB for each second after the first 20."""
    now, ends = [1000.0], []

    class Noting:
        def begin(self, connection, doing, *, seconds):
            ends.append(now[0] + seconds)

    class Slow(Counted):
        def read(self, most=-1):
            now[0] += 1
            return super().read(min(most, 10_000))

    monkeypatch.setattr(request_body, "deadlines", Noting())
    monkeypatch.setattr(request_body.time, "monotonic", lambda: now[0])
    asked = environ(b"x" * 30_000, path=UPLOAD, length=30_000_000, **cookie_of(settings))
    asked["wsgi.input"] = Slow(b"x" * 30_000)
    asked["gunicorn.socket"] = object()
    with pytest.raises(BodyBrokeOff):
        read_body(asked, signed_in=somebody)

    assert ends[1:] == [pytest.approx(1020 + count / 50_000) for count in (0, 10_000, 20_000, 30_000)]


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/health/status"])
@pytest.mark.parametrize("length", [1, 200_000_000, None])
def test_addresses_of_health_take_no_body(path, length):
    said = []
    asked = environ(b"x" * 100, path=path, length=length, HTTP_COOKIE=f"csrf={'c' * 32}")
    stream = asked["wsgi.input"]

    request_body.BoundedBody(None, threads=1)(asked, lambda *given: said.append(given))

    assert said[0][0].startswith("413 ")
    assert ("Connection", "close") in said[0][1]
    assert stream.taken == 0


def test_without_a_body_health_is_answered_beside_busy_threads():
    application = request_body.BoundedBody(lambda asked, start: [asked["wsgi.input"].read()], threads=1)
    done = threading.Event()
    application.working.submit(done.wait, 30)
    try:
        assert application({"PATH_INFO": "/health/live"}, None) == [b""]
    finally:
        done.set()


@pytest.mark.parametrize(("path", "told"), [("/admin/plans/plan/add/", True), ("/p/a-token/", False)])
def test_the_desk_says_how_what_was_typed_is_kept(rf, path, told):
    answer = errors.bad_request(rf.post(path), RequestDataTooBig())

    assert answer.status_code == 413
    assert ("sign in in another tab" in answer.content.decode()) is told


def test_a_body_of_exactly_the_limit_is_read():
    assert len(read_all(environ(b"x" * SMALL_BYTES))) == SMALL_BYTES


def test_a_large_body_waits_in_a_file(settings):
    body = b"x" * (IN_MEMORY_BYTES + 1)
    asked = environ(body, path=UPLOAD, length=len(body), **cookie_of(settings))

    read_body(asked, signed_in=somebody)

    assert asked["wsgi.input"]._rolled
    assert asked["wsgi.input"].read() == body
    asked["wsgi.input"].close()


def test_a_body_that_ends_early_is_no_body():
    with pytest.raises(BodyBrokeOff):
        read_body(environ(b"only this", length=100), signed_in=nobody)


def test_without_a_body_nothing_is_waited_for():
    asked = {"PATH_INFO": "/admin/", "wsgi.input": None}

    read_body(asked, signed_in=nobody)

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


@pytest.mark.any_engine  # what is not read reaches no database
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

    large = "POST /health/live HTTP/1.1\r\nHost: localhost\r\nContent-Length: 200000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", web_port), timeout=60) as link:
        link.sendall(large.encode())
        said = b"".join(iter(lambda: link.recv(4096), b""))  # until it is closed
    assert said.startswith(b"HTTP/1.1 413")

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
                asked = b"larger than this page takes" if "admin" in path else b"That was too much at once"
                assert asked in said

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


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/p/token/log/", LOG_BYTES),
        ("/p/token/log/1/", SMALL_BYTES),
        ("/p/token/more/log/", SMALL_BYTES),
        ("/p/token/progress/", SMALL_BYTES),
    ],
)
def test_a_log_may_bring_what_waited_for_a_week(path, limit):
    assert limit_of({"PATH_INFO": path}, signed_in=never) == limit
