"""Each request's body is read before the application starts: counted, bounded by its address, and in good time.

With or without Content-Length; the addresses of health take none. So a slow sender holds one of many waiting threads
and none of those that work, and nobody fills the disk. A body that is too large is an error for the view that reads it,
which knows how to say so.
"""

import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http import HTTPStatus
from io import BytesIO
from socket import socket
from tempfile import SpooledTemporaryFile
from typing import Any, NoReturn

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import parse_cookie
from gunicorn.http.errors import NoMoreData, ParseException

from clinic.addresses import household_of
from clinic.deadlines import ANSWERING, READING, deadlines
from clinic.errors import problem_body
from clinic.middleware import client_address
from clinic.uploads import (
    FORMS,
    TooManyUploads,
    has_session_cookie,
    is_signed_in_outside_a_request,
    uploads_at_once,
)

log = structlog.get_logger(__name__)

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

SMALL_BYTES = 16 * 1024
"""Enough for a sign-in, a birth date, a call for a token."""
TYPED_BYTES = 256 * 1024
"""What somebody typed at the desk and whose session ended meanwhile: it is read, or it would be lost."""
LOG_BYTES = 64 * 1024
"""What a phone tells that had no network for a week."""
IN_MEMORY_BYTES = 256 * 1024
STEP_BYTES = 64 * 1024
DESK, SIGN_IN, HEALTH, LIVE = "/admin/", "/admin/login/", "/health/", "/health/live"
LOG = re.compile(r"/p/[^/]+/log/")

BODY_SECONDS = 20
SLOWEST_BYTES_A_SECOND = 50_000
"""To be held at every moment after BODY_SECONDS: a picture of 15 MB may take five minutes."""
ANSWER_SECONDS = 300
RETRY_SECONDS = 30


class BodyBrokeOff(Exception):
    """The body ended early, took too long or was framed wrongly."""


def limit_of(asked: Environ, *, signed_in: Callable[[str], bool]) -> int:
    """Return how many bytes the body of this request may have; `signed_in` says whether cookies name a session.

    It is asked only where the answer matters: at the desk, of a body that is large or of unknown size.
    """
    path, cookies = asked.get("PATH_INFO", ""), asked.get("HTTP_COOKIE", "")
    if path.startswith("/api/") and not path.startswith("/api/v1/oauth/"):
        return int(settings.API_MAX_BYTES)
    if not path.startswith(DESK) or path.startswith(SIGN_IN):
        return LOG_BYTES if LOG.fullmatch(path) else SMALL_BYTES
    open_to_all = TYPED_BYTES if _is_sent_by_our_page(asked) else SMALL_BYTES
    length = _length_of(asked)
    is_small = length is not None and length <= open_to_all
    if not is_small and has_session_cookie(cookies) and signed_in(cookies):
        is_upload = FORMS.fullmatch(path)
        return int(settings.MAX_UPLOAD_BYTES if is_upload else settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    return open_to_all


def _is_sent_by_our_page(asked: Environ) -> bool:
    """Whether a page of ours sends this, as a browser tells it. A program may say so too: it gains little."""
    origin, cookies = asked.get("HTTP_ORIGIN", ""), parse_cookie(asked.get("HTTP_COOKIE", ""))
    host = asked.get("HTTP_HOST", "")
    ours = {*settings.CSRF_TRUSTED_ORIGINS, f"http://{host}", f"https://{host}"}
    return origin in ours and bool(cookies.get(settings.CSRF_COOKIE_NAME))


def _is_chunked(asked: Environ) -> bool:
    return bool(asked.get("HTTP_TRANSFER_ENCODING") and asked.get("wsgi.input_terminated"))


def _length_of(asked: Environ) -> int | None:
    """Return how many bytes the body has, as it says; None where it says nothing beforehand."""
    length = asked.get("CONTENT_LENGTH") or ""
    if _is_chunked(asked):
        return None
    return int(length) if length.isdecimal() else 0


class TooLarge:
    """In place of a body that has too many bytes: whoever reads it is told."""

    def read(self, *_: int) -> NoReturn:
        raise RequestDataTooBig

    readline = read

    def close(self) -> None:
        """Close nothing: what was sent stays with the server, which ends the connection."""


class BoundedBody:
    """WSGI middleware that reads the body, then lets one of `threads` threads run the application.

    The answer is sent from the thread that read: one that is fetched slowly holds no working thread either.
    """

    def __init__(self, application: Application, *, threads: int) -> None:
        self.application = application
        self.working = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="working")

    def __call__(self, asked: Environ, start_response: Any) -> Iterable[bytes]:
        if asked.get("PATH_INFO", "").startswith(HEALTH):
            if _length_of(asked) != 0 or asked.get("HTTP_TRANSFER_ENCODING"):
                return _refuse(asked, start_response, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body_too_large")
            asked["wsgi.input"] = BytesIO()
            if asked["PATH_INFO"] == LIVE:
                return self.application(asked, start_response)  # also while all working threads are busy
        try:
            read_body(asked, signed_in=self._is_signed_in)
        except BodyBrokeOff as error:
            log.warning("body_broke_off", reason=str(error))
            return _refuse(asked, start_response, HTTPStatus.BAD_REQUEST, "body_broke_off")
        except TooManyUploads:
            log.warning("too_many_uploads")
            return _refuse(asked, start_response, HTTPStatus.SERVICE_UNAVAILABLE, "too_many_uploads")
        if connection := asked.get("gunicorn.socket"):
            deadlines.begin(connection, ANSWERING, seconds=ANSWER_SECONDS)
        try:
            return self.working.submit(self.application, asked, start_response).result()
        finally:
            asked["wsgi.input"].close()

    def _is_signed_in(self, cookies: str) -> bool:
        # In a working thread: each of these has one connection to the database, and those that read have none.
        return self.working.submit(is_signed_in_outside_a_request, cookies).result()


def read_body(asked: Environ, *, signed_in: Callable[[str], bool]) -> None:
    """Put the whole body in place of the stream. Raises BodyBrokeOff, TooManyUploads."""
    length = _length_of(asked)
    if length == 0:
        asked["wsgi.input"] = BytesIO()
        return
    if connection := asked.get("gunicorn.socket"):
        deadlines.begin(
            connection, READING, seconds=ANSWER_SECONDS
        )  # the look-up is our time, not the sender's
    limit = limit_of(asked, signed_in=signed_in)
    if length is not None and length > limit:
        asked["wsgi.input"] = TooLarge()
        return
    most = limit if length is None else length
    with ExitStack() as reading:
        if most > TYPED_BYTES and asked.get("PATH_INFO", "").startswith(DESK):
            reading.enter_context(uploads_at_once.one_more(household_of(client_address(asked))))
        count = _read(asked, most=most, length=length)
    asked["CONTENT_LENGTH"] = str(count)
    asked.pop("HTTP_TRANSFER_ENCODING", None)


def _read(asked: Environ, *, most: int, length: int | None) -> int:
    with ExitStack() as on_error:
        body: Any = on_error.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY_BYTES))
        count = _copy(asked["wsgi.input"], body, most=most, connection=asked.get("gunicorn.socket"))
        if length is not None and count < length:
            raise BodyBrokeOff("too short")
        if count > most:
            asked["wsgi.input"] = TooLarge()
        else:
            body.seek(0)
            asked["wsgi.input"] = body
            on_error.pop_all()  # the end of the request closes it
    return count


def _copy(stream: Any, body: Any, *, most: int, connection: socket | None) -> int:
    """Copy the stream and return how many bytes it has; it is left when they are more than `most`.

    The deadline moves with what came: who sends too little is late long before the whole body could be.
    """
    count, began = 0, time.monotonic()
    try:
        while True:
            if connection:
                end = began + BODY_SECONDS + count / SLOWEST_BYTES_A_SECOND
                deadlines.begin(connection, READING, seconds=end - time.monotonic())
            # One byte more than wanted is asked for: where there is a length, the server ends the stream there.
            piece = stream.read(min(STEP_BYTES, most + 1 - count))
            count += len(piece)
            if not piece or count > most:
                return count
            body.write(piece)
    except (ParseException, NoMoreData, OSError) as error:
        raise BodyBrokeOff(type(error).__name__) from error


WORDS = {
    "body_broke_off": "The body of the request broke off, took too long, or was not framed as it says.",
    "body_too_large": "This address takes no body.",
    "too_many_uploads": "Other large files from your network are being read just now. Nothing was stored. "
    "Go back and try again in a minute.",
}


def _refuse(asked: Environ, start_response: Any, status: HTTPStatus, code: str) -> Iterable[bytes]:
    kind, body = "text/plain; charset=utf-8", WORDS[code].encode()
    if asked.get("PATH_INFO", "").startswith("/api/"):
        kind, body = "application/problem+json", problem_body(status, code, WORDS[code])
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Connection", "close")]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append(("Retry-After", str(RETRY_SECONDS)))
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
