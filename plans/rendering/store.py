"""Private files: written under a new name, flushed, read back; a half-written file never keeps its name."""

import hashlib
import os

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage

from plans.exceptions import PlansError


class StorageFailed(PlansError):
    """The file could not be written to the storage: {problem}."""


def keep(name: str, data: bytes) -> str:
    """Write a new file and give the name it got. Raises StorageFailed, and then leaves nothing behind."""
    storage = default_storage
    kept = ""
    try:
        kept = storage.save(name, ContentFile(data))
        _flush(storage, kept)
        if read(kept) != data:
            raise StorageFailed(problem="what was read back differs")
    except OSError as error:
        discard(kept or name)
        raise StorageFailed(problem=type(error).__name__) from error
    return kept


def read(name: str) -> bytes:
    """Read a whole file."""
    with default_storage.open(name, "rb") as file:
        return bytes(file.read())


def discard(name: str) -> None:
    """Remove a file that nothing refers to; that it is already gone is as good."""
    try:
        default_storage.delete(name)
    except OSError as error:
        raise StorageFailed(problem=type(error).__name__) from error


def sha256_of(data: bytes) -> str:
    """Give the SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def _flush(storage: Storage, name: str) -> None:
    """Make the bytes survive a power cut, where the storage is a disk."""
    try:
        path = storage.path(name)
    except NotImplementedError:
        return
    with open(path, "rb") as file:
        os.fsync(file.fileno())
