"""Starts the whole service on one machine: `python -m clinic.serve` (`make run`, `make demo`).

Broker, worker with its scheduler and web server run as children; each writes its own log under DATA_DIR/log.
Ctrl-C or SIGTERM stops them in reverse order. With --stop-with-parent they also end when `make` is killed.
"""

import argparse
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlsplit

from clinic import embedded
from clinic.processes import Processes, end_with_parent
from clinic.stamp import Stamp

ROOT = Path(__file__).resolve().parent.parent
READY_SECONDS = 90
PORTS_TO_TRY = 50
DATABASE_REFUSED = 3
"""The exit status of `manage.py migrate` for a database that this release does not go on with."""
LIBRARY_SOURCES = ("library", "libraryfiles", "figures")
"""What the loaded library is made of, below plans/: its files, their reader, the drawer of its pictures."""


class ServeError(Exception):
    """The service could not be started."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run until a signal comes or a server ends; return the exit status."""
    options = _options(arguments)
    if options.stop_with_parent:
        end_with_parent()
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    processes = Processes()
    try:
        _serve(processes, demo=options.demo, once=options.once)
    except KeyboardInterrupt:
        say("stopping")
        return 0
    except (ServeError, embedded.BrokerError) as error:
        say(f"FAILED: {error}")
        return 1
    finally:
        # A second Ctrl-C must not leave a server behind.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        processes.stop()
    return 0


def say(line: str) -> None:
    """Show progress at once, also through a pipe."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m clinic.serve", description=__doc__)
    parser.add_argument("--demo", action="store_true", help="make the demo clinic and wait for its PDF")
    parser.add_argument("--once", action="store_true", help="stop when the demo's PDF is there")
    parser.add_argument("--stop-with-parent", action="store_true", help="end when the caller dies")
    return parser.parse_args(arguments)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _serve(processes: Processes, *, demo: bool, once: bool) -> None:
    listener, address = listen(os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000")))
    env = {**os.environ, "PUBLIC_URL": os.environ.get("PUBLIC_URL") or address}
    os.environ["PUBLIC_URL"] = env["PUBLIC_URL"]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic.settings")
    from django.conf import settings

    logs = Path(settings.DATA_DIR) / "log"
    logs.mkdir(mode=0o700, parents=True, exist_ok=True)
    if settings.EMBEDDED_BROKER:
        _start_broker(processes, Path(settings.DATA_DIR))
    _prepare(demo=demo, env=env, data_dir=Path(settings.DATA_DIR), static=Path(settings.STATIC_ROOT))
    say("Worker, scheduler and sender of webhooks: starting")
    processes.start("worker", WORKER, env=env, log=logs / "worker.log")
    processes.start("webhooks", WEBHOOKS, env=env, log=logs / "webhooks.log")
    say(f"Web server: starting on {address}")
    web = [*WEB, "--bind", f"fd://{listener.fileno()}"]
    processes.start("web", web, env=env, log=logs / "web.log", pass_fds=[listener.fileno()])
    listener.close()
    _wait_until_ready(processes, address)
    if demo:
        _manage("demo_pdf", env=env)
    say(f"Admin: {env['PUBLIC_URL']}/admin/   logs: {logs}")
    if not once:
        say("Serving; Ctrl-C stops all of it.")
        _watch(processes)


PYTHON = sys.executable
WEB = [PYTHON, "-m", "gunicorn", "clinic.wsgi", "--config", "python:clinic.gunicorn"]
QUEUES = "default,render,bulk"
"""In this order a worker looks for its next task: what a therapist waits for before a re-issue of many."""
WORKER = [PYTHON, "-m", "celery", "-A", "clinic", "worker", "--beat", "--queues", QUEUES]
WORKER += ["--loglevel", "INFO", "--concurrency", os.environ.get("WORKER_PROCESSES", "2")]

WEBHOOKS = [
    PYTHON,
    "-m",
    "celery",
    "-A",
    "clinic",
    "worker",
    "--queues",
    "webhooks",
    "--hostname",
    "webhooks@%h",
]
"""Sends webhooks and mails and nothing else: a slow receiver keeps no handout waiting. It waits more than it works."""
WEBHOOKS += ["--loglevel", "INFO", "--pool", "threads", "--concurrency", "16"]


def listen(host: str, port: int) -> tuple[socket.socket, str]:
    """Listen on the first free port from `port` on; return the socket and the address for people.

    The socket itself is handed to the web server, so nobody can take the port in between.
    """
    for candidate in range(port, port + PORTS_TO_TRY):
        listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, candidate))
            listener.listen(128)
        except OSError as error:
            listener.close()
            say(f"Port {candidate}: {error.strerror}; trying the next one")
            continue
        name = f"[{host}]" if ":" in host else host
        return listener, f"http://{name}:{candidate}"
    raise ServeError(f"no free port from {port} to {port + PORTS_TO_TRY - 1}")


def _start_broker(processes: Processes, data_dir: Path) -> None:
    broker = embedded.start(data_dir)
    if broker is None:
        say("Broker: one is running already, using it")
    else:
        processes.adopt("broker", broker)
        say("Broker: started (embedded Valkey, private socket)")


def _prepare(*, demo: bool, env: dict[str, str], data_dir: Path, static: Path) -> None:
    plans = ROOT / "plans"
    library = Stamp(path=data_dir / "library-loaded", sources=[plans / name for name in LIBRARY_SOURCES])
    collected = Stamp(path=static / ".collected", sources=[ROOT / "requirements.txt", ROOT / "static"])
    refuse_damage(data_dir / "clinic.sqlite3")
    found = _call_manage("migrate", "--check", "--verbosity", "0", env=env)
    if found == DATABASE_REFUSED:
        raise ServeError("this release does not go on with this database, as said above")
    new_tables = found != 0
    if new_tables:
        say("Database: bringing its tables up to date; cut off, it goes on with the next start")
        _manage("migrate", "--verbosity", "0", env=env)
    if not collected.holds():
        say("Static files: collecting")
        _manage("collectstatic", "--no-input", "--verbosity", "0", env=env)
        collected.write()
    if new_tables or not library.holds():
        say("Library: loading the starter exercises, conditions and rules")
        _manage("load_library", "plans/library", env=env)
        library.write()
    if demo:
        say("Demo: making the clinic, its people and four published plans")
        _manage("demo_data", env=env)


def refuse_damage(database: Path) -> None:
    """Raise ServeError for a database that is broken, as one to which the log of another was played.

    Looked at after a crash alone, which leaves the log behind: to read all of a large database takes seconds.
    """
    if not database.with_name(f"{database.name}-wal").exists():
        return
    with closing(sqlite3.connect(database)) as link:
        try:
            said = " ".join(str(link.execute("PRAGMA quick_check(1)").fetchone()[0]).split())
        except sqlite3.DatabaseError as error:
            said = str(error)
    if said != "ok":
        raise ServeError(
            f'{database} is damaged ({said}); docs/operations.md says under "Back up" how to put a copy back'
        )


def _manage(*command: str, env: dict[str, str]) -> None:
    if status := _call_manage(*command, env=env):
        raise ServeError(f"manage.py {command[0]} ended with status {status}")


def _call_manage(*command: str, env: dict[str, str]) -> int:
    command = (PYTHON, "manage.py", *command)
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode


def _wait_until_ready(processes: Processes, address: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        _complain_about_ended(processes)
        if _is_ready(address):
            return
        time.sleep(0.5)
    raise ServeError(f"not ready after {READY_SECONDS} s; {address}/health/ready says which part is missing")


def _is_ready(address: str) -> bool:
    link = HTTPConnection(urlsplit(address).netloc, timeout=5)
    try:
        link.request("GET", "/health/ready")
        return link.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        link.close()


def _watch(processes: Processes) -> None:
    while True:
        _complain_about_ended(processes)
        time.sleep(0.5)


def _complain_about_ended(processes: Processes) -> None:
    for name, status in processes.ended():
        raise ServeError(f"the {name} ended with status {status}\n{processes.last_words(name)}")


if __name__ == "__main__":
    sys.exit(main())
