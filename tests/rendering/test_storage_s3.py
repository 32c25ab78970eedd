"""Files in object storage: its errors have our names, and strays are found there as on a disk."""

import uuid
from datetime import timedelta

import pytest
from botocore.exceptions import ClientError
from django.core.files.storage import storages
from django.utils import timezone
from moto.server import ThreadedMotoServer

from clinic.settings import OBJECT_STORAGE
from plans.models import Publication
from plans.rendering import orphans, storage
from tests import engines, factories

BUCKET = "handouts"


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    yield "http://{}:{}".format(*server.get_host_and_port())
    server.stop()


def object_storage(endpoint, **options):
    """The storage as settings make it, on a server of the test's own."""
    options = {
        **OBJECT_STORAGE["OPTIONS"],
        "bucket_name": BUCKET,
        "endpoint_url": endpoint,
        "region_name": "us-east-1",
        "access_key": "someone",
        "secret_key": "something",
        **options,
    }
    return {**OBJECT_STORAGE, "OPTIONS": options}


@pytest.fixture
def use(settings):
    """Keep files in this storage until the test's end."""

    def use(storage):
        settings.STORAGES = {**settings.STORAGES, "default": storage}
        return storages["default"]

    return use


@pytest.fixture
def bucket(server, use):
    storage = use(object_storage(server))
    storage.connection.create_bucket(Bucket=BUCKET)
    yield storage.bucket
    storage.bucket.objects.delete()
    storage.bucket.delete()


def test_a_file_is_kept_read_and_discarded(bucket):
    name = storage.keep("renderings/ab/one.pdf", b"%PDF-1")
    assert storage.read(name) == b"%PDF-1"
    assert storage.names_in("renderings/ab") == ["one.pdf"]
    assert timezone.now() - storage.written_at(name) < timedelta(minutes=5)
    storage.discard(name)
    assert storage.names_in("renderings/ab") == []


@pytest.mark.parametrize("ask", [storage.read, storage.open_file, storage.written_at])
def test_a_file_that_is_not_there_is_told_from_a_storage_that_fails(bucket, ask):
    with pytest.raises(FileNotFoundError):
        ask("renderings/ab/none.pdf")


CALLS = {
    "keep": lambda: storage.keep("renderings/ab/one.pdf", b"%PDF-1"),
    "read": lambda: storage.read("renderings/ab/one.pdf"),
    "open_file": lambda: storage.open_file("renderings/ab/one.pdf"),
    "discard": lambda: storage.discard("renderings/ab/one.pdf"),
    "names_in": lambda: storage.names_in("renderings/ab"),
    "written_at": lambda: storage.written_at("renderings/ab/one.pdf"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_server_that_answers_with_an_error_is_a_storage_that_fails(bucket, call, monkeypatch):
    def refuse(*_, **__):
        raise ClientError({"Error": {"Code": "SlowDown"}, "ResponseMetadata": {"HTTPStatusCode": 503}}, "Any")

    with monkeypatch.context() as patch:
        patch.setattr("botocore.client.BaseClient._make_api_call", refuse)
        with pytest.raises(storage.StorageFailed):
            call()


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_server_that_is_away_is_a_storage_that_fails(use, call):
    use(object_storage(f"http://127.0.0.1:{engines.free_port()}"))
    with pytest.raises(storage.StorageFailed):
        call()


@pytest.mark.django_db
def test_strays_are_found_in_object_storage(bucket, monkeypatch):
    factories.publication(factories.therapist(factories.clinic()))
    stray = storage.keep(f"renderings/ab/{uuid.uuid4()}-0123456789ab.pdf", b"%PDF-1")
    Publication.objects.update(published_at=timezone.now() - timedelta(days=9))
    orphans.drop_orphans_in("ab")
    assert storage.read(stray)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: later)
    orphans.drop_orphans_in("ab")
    assert storage.names_in("renderings/ab") == []
