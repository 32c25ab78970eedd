import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

from clinic import embedded, serve
from tests.servers import poll

ROOT = Path(__file__).resolve().parents[2]


def test_a_taken_port_is_said_and_the_next_one_used(capsys):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        listener, address = serve.listen("127.0.0.1", taken)

    with listener:
        assert listener.getsockname()[1] > taken
        assert address == f"http://127.0.0.1:{listener.getsockname()[1]}"
    assert f"Port {taken}: Address already in use" in capsys.readouterr().out


def test_no_free_port_is_an_error(monkeypatch):
    monkeypatch.setattr(serve, "PORTS_TO_TRY", 1)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]

        with pytest.raises(serve.ServeError, match=f"no free port from {taken}"):
            serve.listen("127.0.0.1", taken)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory):
    """One folder for all tests here: its library and static files are prepared once."""
    folder = tmp_path_factory.mktemp("service") / "var"
    yield folder
    shutil.rmtree(embedded.socket_path(folder).parent, ignore_errors=True)


@pytest.fixture
def service(data_dir):
    """Start the service as make does; everything still running is ended afterwards."""
    started = []

    def start(*arguments):
        names = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER")
        env = {name: value for name, value in os.environ.items() if name not in names}
        process = subprocess.Popen(
            [sys.executable, "-m", "clinic.serve", *arguments],
            cwd=ROOT,
            env={**env, "DATA_DIR": str(data_dir), "PORT": "8700", "WORKER_PROCESSES": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate(timeout=60)
    poll(lambda: not embedded.answers(embedded.socket_path(data_dir)), what="the broker's end")


def read_until(process, pattern):
    said = []
    for line in process.stdout:
        said.append(line)
        if found := re.search(pattern, line):
            return found
    raise AssertionError("".join(said))


def answers(address):
    link = HTTPConnection(address.removeprefix("http://"), timeout=2)
    try:
        link.request("GET", "/health/live")
        return link.getresponse().status == 200
    except OSError:
        return False
    finally:
        link.close()


@pytest.mark.xdist_group("service")
def test_the_demo_ends_with_a_pdf_and_a_second_run_changes_nothing(service):
    first = service("--demo", "--once")
    pdf = Path(read_until(first, r"^PDF: (/.*\.pdf)$")[1])
    assert pdf.read_bytes()[:5] == b"%PDF-"
    assert first.wait(60) == 0

    second = service("--demo", "--once")
    said, _ = second.communicate(timeout=120)

    assert second.returncode == 0, said
    assert f"PDF: {pdf}" in said
    assert "nothing changed" in said
    assert "shown once" not in said


@pytest.mark.xdist_group("service")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_everything_ends_with_the_supervisor(service, data_dir, ending):
    process = service()
    address = read_until(process, r"Web server: starting on (http://\S+)")[1]
    read_until(process, r"Serving; Ctrl-C stops")
    broker = embedded.socket_path(data_dir)
    assert answers(address)
    assert embedded.answers(broker)

    process.send_signal(ending)

    process.wait(60)
    poll(lambda: not answers(address), what="the web server's end")
    poll(lambda: not embedded.answers(broker), what="the broker's end")
