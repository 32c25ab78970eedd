"""Is this process alive, and can the whole service work: database, broker, storage, a worker seen lately."""

import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path

import structlog
from botocore.exceptions import BotoCoreError, ClientError
from celery import current_app
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)

WORKER_SEEN = "worker-seen"
WORKER_SECONDS = 30
"""A worker's sign of life holds this long."""
WRITE_EVERY_SECONDS = 5.0
_last_written = 0.0


class NotReadyError(Exception):
    """A part of the service does not work."""


def worker_seen() -> None:
    """Record a worker's sign of life. A broker that is away is for the health page to tell."""
    global _last_written
    if time.monotonic() - _last_written < WRITE_EVERY_SECONDS:
        return
    try:
        cache.set(WORKER_SEEN, int(time.time()), WORKER_SECONDS)
    except RedisError:
        return
    _last_written = time.monotonic()


def live(_: HttpRequest) -> JsonResponse:
    """Answer 200: the process serves. It touches nothing else, so that no restart is asked for in vain."""
    return JsonResponse({"live": True})


def ready(_: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works, else 503; each part is "ok" or "failed", the reason is in the log."""
    states = {name: _state(name, check) for name, check in CHECKS.items()}
    return JsonResponse(states, status=200 if set(states.values()) == {"ok"} else 503)


def _state(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except FAILURES as error:
        log.warning("not_ready", part=name, error=type(error).__name__)
        return "failed"
    return "ok"


def _check_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _check_broker() -> None:
    with current_app.connection_for_write() as link:
        link.ensure_connection(max_retries=1, timeout=1)  # opens a channel, which sends a PING


def _check_storage() -> None:
    storage = storages["default"]
    if isinstance(storage, FileSystemStorage):
        if not os.access(folder_of(storage), os.W_OK):
            raise NotReadyError
    else:
        # Asking for a name that cannot exist reaches the bucket and writes nothing.
        storage.exists(f"health/{uuid.uuid4()}")


def folder_of(storage: FileSystemStorage) -> Path:
    folder = Path(storage.location)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _check_worker() -> None:
    if cache.get(WORKER_SEEN) is None:
        raise NotReadyError


FAILURES = (DatabaseError, OperationalError, RedisError, OSError, BotoCoreError, ClientError, NotReadyError)
CHECKS: dict[str, Callable[[], None]] = {
    "database": _check_database,
    "broker": _check_broker,
    "storage": _check_storage,
    "worker": _check_worker,
}
