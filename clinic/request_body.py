"""Each request's body is read before the application starts: counted, bounded by its address, and in good time.

With or without Content-Length. So a slow sender holds one of many waiting threads and none of those that work, and
nobody fills the disk. A body that is too large is an error for the view that reads it, which knows how to say so.
"""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from http import HTTPStatus
from io import BytesIO
from tempfile import SpooledTemporaryFile
from typing import Any, NoReturn

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from gunicorn.http.errors import NoMoreData, ParseException

from clinic.deadlines import ANSWERING, READING, deadlines
from clinic.errors import problem_body

log = structlog.get_logger(__name__)

Environ = dict[str, Any]
Application = Callable[[Environ, Any], Iterable[bytes]]

SMALL_BYTES = 16 * 1024
"""Enough for a sign-in, a birth date, a call for a token; and the most that is read from who shows no session."""
IN_MEMORY_BYTES = 256 * 1024
STEP_BYTES = 64 * 1024
LIVE = "/health/live"

BODY_SECONDS = 20
SLOWEST_BYTES_A_SECOND = 50_000
"""A picture of 15 MB may take five minutes, a form no longer than BODY_SECONDS."""
ANSWER_SECONDS = 300


class BodyBrokeOff(Exception):
    """The body ended early, took too long or was framed wrongly."""


def limit_of(asked: Environ) -> int:
    """Return how many bytes the body of this request may have."""
    path = asked.get("PATH_INFO", "")
    if path.startswith("/api/") and not path.startswith("/api/v1/oauth/"):
        return int(settings.API_MOST_BYTES)
    # Whether the session holds is for the application to say; without its cookie there is nothing to upload.
    signed_in = f"{settings.SESSION_COOKIE_NAME}=" in asked.get("HTTP_COOKIE", "")
    if path.startswith("/admin/") and not path.startswith("/admin/login/") and signed_in:
        return int(settings.MAX_UPLOAD_BYTES)
    return SMALL_BYTES


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
        if asked.get("PATH_INFO") == LIVE:
            return self.application(asked, start_response)  # also while all working threads are busy
        try:
            read_body(asked)
        except BodyBrokeOff as error:
            log.warning("body_broke_off", reason=str(error))
            return _refuse(asked, start_response)
        if connection := asked.get("gunicorn.socket"):
            deadlines.begin(connection, ANSWERING, seconds=ANSWER_SECONDS)
        try:
            return self.working.submit(self.application, asked, start_response).result()
        finally:
            asked["wsgi.input"].close()


def read_body(asked: Environ) -> None:
    """Put the whole body in place of the stream. Raises BodyBrokeOff."""
    length = asked.get("CONTENT_LENGTH") or ""
    chunked = bool(asked.get("HTTP_TRANSFER_ENCODING") and asked.get("wsgi.input_terminated"))
    if not chunked and not (length.isdecimal() and int(length)):
        asked["wsgi.input"] = BytesIO()
        return
    limit = limit_of(asked)
    if not chunked and int(length) > limit:
        asked["wsgi.input"] = TooLarge()
        return
    if connection := asked.get("gunicorn.socket"):
        most = limit if chunked else int(length)
        deadlines.begin(connection, READING, seconds=BODY_SECONDS + most / SLOWEST_BYTES_A_SECOND)
    with ExitStack() as on_error:
        body: Any = on_error.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY_BYTES))
        count = _copy(asked["wsgi.input"], body, most=limit if chunked else int(length))
        if not chunked and count < int(length):
            raise BodyBrokeOff("too short")
        if count > limit:
            asked["wsgi.input"] = TooLarge()
        else:
            body.seek(0)
            asked["wsgi.input"] = body
            on_error.pop_all()  # the end of the request closes it
    asked["CONTENT_LENGTH"] = str(count)
    asked.pop("HTTP_TRANSFER_ENCODING", None)


def _copy(stream: Any, body: Any, *, most: int) -> int:
    """Copy the stream and return how many bytes it has; it is left when they are more than `most`."""
    count = 0
    try:
        # One byte more than wanted is asked for: where there is a length, the server ends the stream there.
        while piece := stream.read(min(STEP_BYTES, most + 1 - count)):
            count += len(piece)
            if count > most:
                return count
            body.write(piece)
    except (ParseException, NoMoreData, OSError) as error:
        raise BodyBrokeOff(type(error).__name__) from error
    return count


def _refuse(asked: Environ, start_response: Any) -> Iterable[bytes]:
    status = HTTPStatus.BAD_REQUEST
    words = "The body of the request broke off, took too long, or was not framed as it says."
    kind, body = "text/plain; charset=utf-8", words.encode()
    if asked.get("PATH_INFO", "").startswith("/api/"):
        kind = "application/problem+json"
        body = problem_body(status, "body_broke_off", words)
    headers = [("Content-Type", kind), ("Content-Length", str(len(body))), ("Connection", "close")]
    start_response(f"{status.value} {status.phrase}", headers)
    return [body]
