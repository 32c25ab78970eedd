"""A file that was kept is on the disk, whole, under its name; what a storage says instead has one name."""

import os

import pytest
from botocore.exceptions import EndpointConnectionError, ReadTimeoutError
from celery.exceptions import SoftTimeLimitExceeded
from django.core.files.storage import default_storage
from s3transfer.exceptions import RetriesExceededError

from plans.rendering import storage

TIMED_OUT = [
    ReadTimeoutError(endpoint_url="https://objects"),
    RetriesExceededError(TimeoutError()),
    SoftTimeLimitExceeded(),
]


@pytest.fixture
def flushed(monkeypatch):
    """What was flushed, by its inode, at the moment when its bytes were there."""
    flushed = []
    real = os.fsync

    def flush(number):
        flushed.append(os.fstat(number).st_ino)
        real(number)

    monkeypatch.setattr(os, "fsync", flush)
    return flushed


def test_bytes_and_name_outlast_a_power_cut(flushed):
    path = default_storage.path(storage.keep("kept/flushed.pdf", b"%PDF-"))
    assert flushed == [os.stat(path).st_ino, os.stat(os.path.dirname(path)).st_ino]


@pytest.mark.parametrize(
    "error", [OSError(28, "full"), EndpointConnectionError(endpoint_url="x"), *TIMED_OUT]
)
def test_each_storages_errors_have_one_name(error, monkeypatch):
    def fail(*_):
        raise error

    for method in ("save", "open", "delete", "exists"):
        monkeypatch.setattr(default_storage, method, fail)
    for ask in (
        storage.read,
        storage.open_file,
        storage.discard,
        storage.exists,
        lambda name: storage.keep(name, b"x"),
    ):
        with pytest.raises(storage.StorageFailed, match=type(error).__name__):
            ask("any")


@pytest.mark.parametrize("error", TIMED_OUT)
def test_a_storage_that_does_not_answer_is_not_asked_to_delete(error, monkeypatch):
    def fail(*_):
        raise error

    asked = []
    monkeypatch.setattr(default_storage, "save", fail)
    monkeypatch.setattr(default_storage, "delete", asked.append)
    with pytest.raises(storage.StorageFailed):
        storage.keep("kept/never.pdf", b"x")
    assert asked == []
