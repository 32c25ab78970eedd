"""Who may send much to the desk: those with a session that exists, at the forms that upload, a few at once."""

import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

import structlog
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.db import DatabaseError, close_old_connections
from django.http import parse_cookie

log = structlog.get_logger(__name__)

MAX_AT_ONCE = 4
"""Large bodies from one network that a process reads at a time: each holds a thread and room on the disk."""
FORMS = re.compile(r"/admin/plans/(?:exercise|clinic)/(?:add|[0-9a-f-]{36}/change)/")
"""The addresses of the forms that have a field for a file."""
_KEY = re.compile(r"[a-z0-9]{32}")


class TooManyUploads(Exception):
    """Other large bodies from the same network are being read."""


class UploadsAtOnce:
    """Counts the large bodies that are being read, by address."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()

    @contextmanager
    def one_more(self, address: str) -> Iterator[None]:
        """Count one more while it is read. Raises TooManyUploads."""
        with self._lock:
            if self._counts[address] >= MAX_AT_ONCE:
                raise TooManyUploads
            self._counts[address] += 1
        try:
            yield
        finally:
            with self._lock:
                self._counts[address] -= 1
                self._counts += Counter()  # forgets those that have none


uploads_at_once = UploadsAtOnce()
"""Those of this process."""


def has_session_cookie(cookies: str) -> bool:
    return _KEY.fullmatch(_session_key(cookies)) is not None


def is_signed_in(cookies: str) -> bool:
    """Look up whether the cookie names a session of somebody who signed in. Without the database nobody has one."""
    if not has_session_cookie(cookies):
        return False
    try:
        stored = import_module(settings.SESSION_ENGINE).SessionStore(_session_key(cookies)).load()
    except DatabaseError:
        log.warning("database_away")
        return False
    return SESSION_KEY in stored


def is_signed_in_outside_a_request(cookies: str) -> bool:
    """The same where Django does not look after the thread's connection to the database."""
    close_old_connections()
    try:
        return is_signed_in(cookies)
    finally:
        close_old_connections()


def _session_key(cookies: str) -> str:
    return str(parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, ""))
