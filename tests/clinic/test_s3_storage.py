"""An object storage that takes the connection and never answers."""

import socket
import threading

import pytest
from django.core.files.storage import storages

from clinic import s3_storage
from plans.rendering import storage

ASKS = [
    lambda: storage.read("any.pdf"),
    lambda: storage.open_file("any.pdf"),
    lambda: storage.keep("any.pdf", b"%PDF-"),
    lambda: storage.discard("any.pdf"),
]


@pytest.fixture
def connections():
    """The connections that a silent server took."""
    taken = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def take():
            while True:
                try:
                    taken.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take)
        thread.start()
        taken_by = server.getsockname()[1]
        yield taken_by, taken
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
    for one in taken:
        one.close()


@pytest.fixture
def silent(connections, settings, monkeypatch):
    monkeypatch.setattr(s3_storage, "ANSWER_SECONDS", 0.1)
    options = {
        **settings.OBJECT_STORAGE["OPTIONS"],
        "bucket_name": "files",
        "endpoint_url": f"http://127.0.0.1:{connections[0]}",
        "region_name": "us-east-1",
        "access_key": "key",
        "secret_key": "secret",
    }
    made = storages.create_storage({**settings.OBJECT_STORAGE, "OPTIONS": options})
    monkeypatch.setattr(storage, "default_storage", made)
    return made


@pytest.mark.parametrize("ask", ASKS)
def test_each_question_ends(ask, silent, connections):
    with pytest.raises(storage.StorageFailed) as failed:
        ask()
    assert failed.value.silent
    assert len(connections[1]) == s3_storage.TRIES


def test_the_time_for_an_answer_is_ours(silent):
    config = silent.connection.meta.client.meta.config
    assert (config.connect_timeout, config.read_timeout) == (s3_storage.CONNECT_SECONDS, 0.1)
    assert silent.transfer_config.num_download_attempts == 1
