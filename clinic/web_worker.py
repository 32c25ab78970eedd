"""Gunicorn's threaded worker, with an end to the time that a connection may take."""

from typing import Any

from gunicorn.workers.gthread import ThreadWorker

from clinic.deadlines import READING, deadlines

HEADER_SECONDS = 15


class DeadlineWorker(ThreadWorker):  # type: ignore[misc]  # the package is untyped
    """Gunicorn waits without an end for the rest of a request whose first byte came; here it has an end.

    The application says in clinic.deadlines how long the body and the answer may take.
    """

    def handle(self, conn: Any) -> Any:
        """Serve one request; runs in a thread of the pool."""
        # The same object until the end: with TLS the connection would change it, and TLS is the proxy's.
        connection = conn.sock
        deadlines.begin(connection, READING, seconds=HEADER_SECONDS)
        try:
            return super().handle(conn)
        finally:
            deadlines.end(connection)

    def murder_pending(self) -> None:
        """Look for connections that are late; gunicorn's loop calls this every second."""
        super().murder_pending()
        deadlines.close_late()
