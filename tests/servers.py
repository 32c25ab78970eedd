"""Servers that tests start: worker processes on the test database, and where the browser is."""

import os
import re
import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import redis

from clinic.processes import Processes
from clinic.serve import QUEUES, listen

SECONDS = 240
"""A busy machine is no failure: what is polled costs nothing when all is well."""
SECONDS_TO_LEASE = 0.05
"""More processor time than it takes from a message to its row's lease; the PDF takes several times that."""


def poll(condition, *, seconds=SECONDS, what="the condition"):
    """Wait until the condition is true and return what it returned; fail when the time is over."""
    end = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not come true in {seconds} s")
        time.sleep(0.05)


def renderings_taken(log: Path) -> int:
    """Count in a worker's log how many renderings it has taken up; it takes the next when it has done with one."""
    return len(re.findall(r"plans\.render\[[^]]+\] received", log.read_text(errors="replace")))


def seconds_worked(worker: int) -> float:
    """Return the processor time of a worker's children until now."""
    children = Path(f"/proc/{worker}/task/{worker}/children").read_text().split()
    times = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()[11:13] for child in children]
    return sum(int(ticks) for of_child in times for ticks in of_child) / os.sysconf("SC_CLK_TCK")


def signal_in_mid_work(process, log: Path, number: int) -> None:
    """Send a signal to a worker and its children when it has taken up a rendering and works on it.

    Before that it has no lease yet: how long after depends on the machine, how much work the lease is does not.
    """
    before = renderings_taken(log)
    poll(lambda: renderings_taken(log) > before, what="work in hand")
    begun = seconds_worked(process.pid)
    poll(lambda: seconds_worked(process.pid) > begun + SECONDS_TO_LEASE, what="work on it")
    os.killpg(process.pid, number)


def chromium() -> str:
    """Return the path of the system's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    raise FileNotFoundError("chromium is not installed; make setup-test installs it")


def forget_messages():
    """Empty this test process's broker and cache."""
    from django.conf import settings

    with redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]) as client:
        client.flushdb()


@dataclass
class Worker:
    """A Celery worker in a process of its own."""

    name: str
    processes: Processes

    @property
    def node(self):
        return f"{self.name}-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}@tests"

    @property
    def process(self):
        return self.processes.running["worker"]

    @property
    def log(self):
        return self.processes.logs["worker"].read_text()

    def ask(self, what):
        """Ask the worker by remote control; None while it does not answer."""
        from celery import current_app

        if self.process.poll() is not None:
            raise RuntimeError(f"the worker ended:\n{self.log[-4000:]}")
        inspector = current_app.control.inspect(destination=[self.node], timeout=0.5)
        return (getattr(inspector, what)() or {}).get(self.node)

    def kill(self):
        """End it and its children as a crash of the machine would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.processes.stop()


def start_web(**environment: str) -> tuple[Processes, int]:
    """Start the web server as in service, on this test process's database; return it with its port."""
    from django.conf import settings
    from django.db import connection

    folder = Path(settings.DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    listener, _ = listen("127.0.0.1", 8750)
    port = listener.getsockname()[1]
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "WEB_PROCESSES": "1", **environment}
    env["TEST_DATABASE"] = str(connection.settings_dict["NAME"])
    processes = Processes(patience=15)
    argv = [sys.executable, "-m", "gunicorn", "--config", "python:clinic.gunicorn"]
    argv += ["--bind", f"fd://{listener.fileno()}"]
    processes.start("web", argv, env=env, log=folder / "web.log", pass_fds=[listener.fileno()])
    listener.close()
    return processes, port


def start_worker(name: str, *arguments: str) -> Worker:
    """Start a worker on this test process's database and broker, and wait until it answers."""
    from django.conf import settings
    from django.db import connection

    processes = Processes(patience=15)
    worker = Worker(name, processes)
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    env["TEST_DATABASE"] = str(connection.settings_dict["NAME"])
    argv = [sys.executable, "-m", "celery", "-A", "clinic", "worker", "--queues", QUEUES,
            "--concurrency", "1", "--loglevel", "INFO", "--hostname", worker.node, *arguments]  # fmt: skip
    folder = Path(settings.DATA_DIR)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    processes.start("worker", argv, env=env, log=folder / f"{name}.log")
    try:
        poll(lambda: worker.ask("ping"), what=f"worker {name}")
    except (TimeoutError, RuntimeError):
        processes.stop()
        raise
    return worker
