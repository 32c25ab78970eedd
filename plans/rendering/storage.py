"""Private files: written under a new name, flushed, read back; a half-written file never keeps its name."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, cast

from botocore.exceptions import BotoCoreError, ClientError, ConnectTimeoutError, ReadTimeoutError
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage
from s3transfer.exceptions import RetriesExceededError

from plans.exceptions import PlansError

TIMED_OUT = (SoftTimeLimitExceeded, ConnectTimeoutError, ReadTimeoutError, RetriesExceededError, TimeoutError)


class StorageFailed(PlansError):
    """The storage did not do its work: {problem}."""

    code = "storage_failed"

    @property
    def silent(self) -> bool:
        return isinstance(self.__cause__, TIMED_OUT)


def keep(name: str, data: bytes) -> str:
    """Write a new file and return the name it got.

    Raises StorageFailed, and then leaves nothing behind, as far as the storage still answers.
    """
    kept = name
    try:
        with _named_errors():
            kept = default_storage.save(name, ContentFile(data))
            _flush(default_storage, kept)
        _verify(kept, data)
    except StorageFailed as error:
        if not error.silent:
            # The first error is the one to tell, also when the storage does not even delete.
            with suppress(StorageFailed):
                discard(kept)
        raise
    return kept


def read(name: str) -> bytes:
    """Read a whole file. Raises FileNotFoundError, or StorageFailed for anything that may pass."""
    with _named_errors(), default_storage.open(name, "rb") as file:
        return bytes(file.read())


def open_file(name: str) -> BinaryIO:
    """Open a file at its first byte, to be streamed; who asks closes it. Raises as `read` does."""
    with _named_errors():
        file = default_storage.open(name, "rb")
        # An object storage fetches at the first read: what fails, fails before the answer's first byte.
        file.read(1)
        file.seek(0)
    return cast(BinaryIO, file)


def exists(name: str) -> bool:
    with _named_errors():
        return default_storage.exists(name)


def discard(name: str) -> None:
    with _named_errors():
        default_storage.delete(name)


def names_in(folder: str) -> list[str]:
    try:
        with _named_errors():
            return list(default_storage.listdir(folder)[1])
    except FileNotFoundError:
        return []


def written_at(name: str) -> datetime:
    with _named_errors():
        # An object storage has no name of its own for this.
        if not default_storage.exists(name):
            raise FileNotFoundError(name)
        return default_storage.get_modified_time(name)


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _verify(name: str, data: bytes) -> None:
    if read(name) != data:
        raise StorageFailed(problem="what was read back differs")


@contextmanager
def _named_errors() -> Iterator[None]:
    """Give a disk's and an object storage's errors one name; that a file is missing stays FileNotFoundError.

    A worker's time that ends in here was spent by the storage.
    """
    try:
        yield
    except FileNotFoundError:
        raise
    except (OSError, BotoCoreError, ClientError, RetriesExceededError, SoftTimeLimitExceeded) as error:
        raise StorageFailed(problem=type(error).__name__) from error


def _flush(storage: Storage, name: str) -> None:
    """Make the bytes and the name survive a power cut, where the storage is a disk."""
    try:
        path = Path(storage.path(name))
    except NotImplementedError:
        return
    for one in (path, path.parent):
        opened = os.open(one, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
