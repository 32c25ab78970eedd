import os
import signal
import stat
import subprocess
import sys
import textwrap

import pytest
import redis

from clinic import embedded
from tests.servers import poll


@pytest.fixture
def data_dir(tmp_path):
    yield tmp_path
    path = embedded.socket_path(tmp_path)
    path.unlink(missing_ok=True)
    if path.parent.exists():
        path.parent.rmdir()


def client(data_dir):
    return redis.Redis(unix_socket_path=str(embedded.socket_path(data_dir)))


def test_starts_privately_keeps_its_data_and_is_reused(data_dir):
    server = embedded.start(data_dir)
    try:
        assert embedded.start(data_dir) is None
        path = embedded.socket_path(data_dir)
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert client(data_dir).config_get("appendonly") == {"appendonly": "yes"}
        assert client(data_dir).config_get("port") == {"port": "0"}
        client(data_dir).set("kept", "yes")
    finally:
        embedded.stop(server)

    again = embedded.start(data_dir)
    try:
        assert client(data_dir).get("kept") == b"yes"
    finally:
        embedded.stop(again)
    assert not embedded.answers(embedded.socket_path(data_dir))


def test_a_socket_left_by_a_crash_does_not_stop_the_next_start(data_dir):
    crashed = embedded.start(data_dir)
    crashed.kill()
    crashed.wait()
    assert embedded.socket_path(data_dir).exists()

    server = embedded.start(data_dir)

    assert client(data_dir).ping()
    embedded.stop(server)


def test_a_long_data_folder_still_has_a_short_socket(tmp_path):
    path = embedded.socket_path(tmp_path / ("deep" * 60))

    assert len(bytes(path)) < 100
    assert path != embedded.socket_path(tmp_path)


def test_refuses_a_socket_folder_that_others_may_enter(data_dir):
    folder = embedded.socket_path(data_dir).parent
    folder.mkdir(mode=0o755)

    with pytest.raises(embedded.BrokerError, match="not a private folder"):
        embedded.start(data_dir)


def test_a_server_that_hangs_keeps_its_files_to_itself(data_dir, monkeypatch):
    monkeypatch.setattr(embedded, "START_SECONDS", 0.3)
    server = embedded.start(data_dir)
    server.send_signal(signal.SIGSTOP)
    try:
        with pytest.raises(embedded.BrokerError, match="another broker holds"):
            embedded.start(data_dir)
    finally:
        server.send_signal(signal.SIGCONT)
        embedded.stop(server)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal is Linux's")
def test_ends_when_who_started_it_is_killed(data_dir):
    code = """
        import pathlib, sys, time
        from clinic import embedded
        print(embedded.start(pathlib.Path(sys.argv[1])).pid, flush=True)
        time.sleep(60)
    """
    parent = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(code), str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    with parent:
        pid = int(parent.stdout.readline())
        assert embedded.answers(embedded.socket_path(data_dir))
        parent.kill()
    poll(lambda: not embedded.answers(embedded.socket_path(data_dir)), seconds=10, what="the broker's end")
    with pytest.raises(ProcessLookupError):
        poll(lambda: os.kill(pid, 0), seconds=10)
