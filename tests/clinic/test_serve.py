import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
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

    def start(*arguments, **environment):
        names = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "PYTEST_XDIST_WORKER"}
        names |= {"SECRET_KEY", "LINK_KEY"}  # those that it makes itself are what a copy must hold
        env = {name: value for name, value in os.environ.items() if name not in names}
        process = subprocess.Popen(
            [sys.executable, "-m", "clinic.serve", *arguments],
            cwd=ROOT,
            env={**env, "DATA_DIR": str(data_dir), "PORT": "8700", "WORKER_PROCESSES": "1", **environment},
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
def test_the_demo_ends_with_its_pdfs_and_a_second_run_changes_nothing(service):
    first = service("--demo", "--once")
    pdf = Path(read_until(first, r"^PDF: (/.*\.pdf)$")[1])
    assert pdf.read_bytes()[:5] == b"%PDF-"
    assert first.wait(180) == 0

    second = service("--demo", "--once")
    said, _ = second.communicate(timeout=120)

    assert second.returncode == 0, said
    assert f"PDF: {pdf}" in said
    others = re.findall(r"^PDF of .+: (/.*\.pdf)$", said, re.MULTILINE)
    assert [Path(other).read_bytes()[:5] for other in others] == [b"%PDF-"] * 3
    assert "nothing changed" in said
    assert "shown once" not in said


@pytest.mark.xdist_group("service")
def test_the_printed_steps_bring_a_copy_back_over_a_service_that_crashed(service, data_dir):
    """The steps are run as they are printed, in a folder that looks like the project's."""
    home = data_dir.parent
    (home / ".venv/bin").mkdir(parents=True)
    (home / ".venv/bin/python").symlink_to(sys.executable)
    back_up, put_back = steps_of("Back up")
    running = service("--demo")
    read_until(running, r"Serving; Ctrl-C stops")
    run_steps(back_up, home)
    copied = state_of(home / "backup")
    write_much(data_dir)
    crash(running)
    assert (data_dir / "clinic.sqlite3-wal").stat().st_size > 100_000  # or there would be nothing to go wrong
    assert restored_without_care(home) != copied

    said = run_steps(put_back, home)

    assert said.splitlines()[-1] == "database: ok"
    assert state_of(data_dir) == copied
    again = service()
    address = read_until(again, r"Web server: starting on (http://\S+)")[1]
    read_until(again, r"Serving; Ctrl-C stops")
    assert status_of(address, "/admin/login/") == 200
    # The broker has a second for its answer, which a busy machine may not give it at first.
    poll(lambda: status_of(address, "/health/ready") == 200, what="readiness")
    assert state_of(data_dir) == copied


def steps_of(heading):
    section = (ROOT / "docs/operations.md").read_text().split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    return re.findall(r"^```bash\n(.*?)^```", section, re.MULTILINE | re.DOTALL)


def run_steps(steps, folder):
    ended = subprocess.run(
        ["bash", "-c", steps],
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def state_of(folder):
    """What a person would miss: the clinics, the files, the keys; or the problem that SQLite has with it."""
    try:
        with closing(sqlite3.connect(folder / "clinic.sqlite3")) as link:
            found = [link.execute("PRAGMA integrity_check").fetchall()]
            found.append(link.execute("SELECT name, address FROM plans_clinic ORDER BY name").fetchall())
    except sqlite3.DatabaseError as error:
        found = [str(error)]
    kept = [
        path for part in ("media", "keys") for path in sorted((folder / part).rglob("*")) if path.is_file()
    ]
    return found, [(str(path.relative_to(folder)), path.read_bytes()) for path in kept]


def write_much(data_dir):
    """Change the database as an hour of work would, while the service holds it open."""
    with closing(sqlite3.connect(data_dir / "clinic.sqlite3", timeout=60)) as link:
        link.execute("PRAGMA wal_autocheckpoint = 0")
        for number in range(20):
            with link:
                link.execute("UPDATE plans_clinic SET address = ?", [f"{number} Long Street " + "x" * 200])
                link.execute("CREATE TABLE work (word TEXT)")
                link.executemany(
                    "INSERT INTO work VALUES (?)", [(f"{number} {row} " * 40,) for row in range(200)]
                )
                link.execute("DROP TABLE work")


def restored_without_care(home):
    """What it was before: the copy beside the log of the database that crashed."""
    careless = home / "careless"
    shutil.copytree(home / "backup", careless)
    shutil.copy(home / "var/clinic.sqlite3-wal", careless)
    return state_of(careless)


def crash(process):
    """End all that the service started by kill -9, as a machine does that loses its power."""
    os.kill(process.pid, signal.SIGSTOP)  # or it would stop the others in good order
    for pid in [*descendants(process.pid), process.pid]:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait(60)


def descendants(pid):
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [one for child in map(int, children) for one in [*descendants(child), child]]


def status_of(address, path):
    link = HTTPConnection(address.removeprefix("http://"), timeout=30)
    try:
        link.request("GET", path)
        return link.getresponse().status
    finally:
        link.close()


def test_a_database_with_the_log_of_another_does_not_start(tmp_path):
    database, copy = tmp_path / "clinic.sqlite3", tmp_path / "copy.sqlite3"
    with closing(sqlite3.connect(database)) as link:
        link.executescript(
            "PRAGMA journal_mode = WAL; CREATE TABLE one (word TEXT); CREATE INDEX words ON one (word)"
        )
        fill(link, "early")
        shutil.copy(database, copy)
        link.executescript("DELETE FROM one")
        fill(link, "late and longer than before")
        link.executescript("DELETE FROM one WHERE rowid % 7 = 0")
        shutil.copy(database.with_name("clinic.sqlite3-wal"), copy.with_name("copy.sqlite3-wal"))

        serve.refuse_damage(database)
    with pytest.raises(serve.ServeError, match=r'copy\.sqlite3 is damaged .* "Back up"'):
        serve.refuse_damage(copy)


@pytest.mark.xdist_group("service")
def test_a_database_of_a_newer_release_does_not_start_and_stays_as_it_is(service, tmp_path):
    database = tmp_path / "clinic.sqlite3"
    with closing(sqlite3.connect(database)) as link:
        link.executescript(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime);"
            "INSERT INTO django_migrations VALUES (1, 'plans', '9001_later', '2030-01-01 00:00:00')"
        )
        before = list(link.iterdump())

    process = service(DATA_DIR=str(tmp_path), PORT="8790")
    said, _ = process.communicate(timeout=120)

    assert process.returncode == 1
    assert "newer than this release" in said
    assert "FAILED: this release does not go on with this database" in said
    assert "Traceback" not in said
    with closing(sqlite3.connect(database)) as link:
        assert list(link.iterdump()) == before
    assert not embedded.answers(embedded.socket_path(tmp_path))


def fill(link, word):
    link.executemany("INSERT INTO one VALUES (?)", [(f"{word} {number}",) for number in range(5000)])
    link.commit()
    link.executescript("PRAGMA wal_checkpoint(TRUNCATE)")


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
