"""Gunicorn's threaded worker, with an end to the time that a connection may take."""

from contextlib import suppress
from http import HTTPStatus
from typing import Any

import structlog
from gunicorn import util
from gunicorn.http import errors
from gunicorn.workers.gthread import ThreadWorker

from clinic.deadlines import READING, deadlines
from clinic.errors import API, problem_body

log = structlog.get_logger(__name__)

HEADER_SECONDS = 15
REFUSALS: dict[type[Exception], tuple[HTTPStatus, str]] = {
    errors.LimitRequestLine: (HTTPStatus.REQUEST_URI_TOO_LONG, "address_too_long"),
    errors.LimitRequestHeaders: (HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "headers_too_large"),
    errors.UnsupportedTransferCoding: (HTTPStatus.NOT_IMPLEMENTED, "bad_request"),
    errors.ExpectationFailed: (HTTPStatus.EXPECTATION_FAILED, "bad_request"),
    errors.InvalidResponseHeader: (HTTPStatus.INTERNAL_SERVER_ERROR, "server_error"),
    errors.InvalidResponseHeaderName: (HTTPStatus.INTERNAL_SERVER_ERROR, "server_error"),
    errors.ParseException: (HTTPStatus.BAD_REQUEST, "bad_request"),
}
"""What the server itself answers to what is no request, as it never reaches Django."""


class DeadlineWorker(ThreadWorker):  # type: ignore[misc]  # the package is untyped
    """Gunicorn waits without an end for the rest of a request whose first byte came; here it has an end.

    The application says in clinic.deadlines how long the body and the answer may take.
    """

    def handle(self, conn: Any) -> Any:
        # The same object until the end: with TLS the connection would change it, and TLS is the proxy's.
        connection = conn.sock
        deadlines.begin(connection, READING, seconds=HEADER_SECONDS)
        try:
            return super().handle(conn)
        finally:
            deadlines.end(connection)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """Answer with a problem: whoever sends no request that can be read is a program.

        Gunicorn's own would log the patient's address and what was sent, and answer in HTML.
        """
        status, code = next(
            (REFUSALS[kind] for kind in type(exc).__mro__ if kind in REFUSALS),
            (HTTPStatus.INTERNAL_SERVER_ERROR, "server_error"),
        )
        known = getattr(req, "path", "") or ""
        if status == HTTPStatus.INTERNAL_SERVER_ERROR:
            log.error("request_failed", exc_info=exc)
        else:
            log.warning("request_unreadable", reason=type(exc).__name__)
        if known and not known.startswith(API):
            kind, body = "text/plain; charset=utf-8", f"{status.phrase}\n".encode()
        else:
            kind = "application/problem+json"
            body = problem_body(status, code, f"{status.description or status.phrase}.")
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}\r\nConnection: close\r\nCache-Control: no-store\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with suppress(OSError):
            util.write_nonblock(client, head.encode() + body)

    def murder_pending(self) -> None:
        """Look for connections that are late; gunicorn's loop calls this every second."""
        super().murder_pending()
        deadlines.close_late()
