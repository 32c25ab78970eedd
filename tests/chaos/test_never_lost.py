"""Publish while workers are killed, the broker is flushed, killed and frozen, the database restarts, the disk is full.

Real processes, bounded in number and time. The same run without the sweep shows that the test can fail.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis

from clinic.processes import Processes
from tests import engines
from tests.servers import poll

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]
ROOT = Path(__file__).resolve().parent.parent.parent
PUBLICATIONS = int(os.environ.get("CHAOS_PUBLICATIONS", "200"))
PACE = 5


class Service:
    """PostgreSQL, Redis, and workers that can be harmed one by one."""

    def __init__(self, folder, *, sweep):
        self.folder, self.sweep = folder, sweep
        self.servers = Processes(patience=5)
        self.workers = {}
        database = engines.start_postgres(self.servers, folder / "postgres")
        self.broker_port = engines.free_port()
        broker = engines.start_redis(self.servers, folder / "redis", self.broker_port)
        self.media = folder / "media"
        self.env = {
            **os.environ,
            "DATABASE_URL": database,
            "REDIS_URL": f"{broker}/0",
            "DATA_DIR": str(folder / "data"),
            "MEDIA_ROOT": str(self.media),
            "SECRET_KEY": "only-for-chaos-" * 4,
            "LINK_KEY": "only-for-chaos-links-" * 3,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
        }
        (folder / "data").mkdir()
        self.run(sys.executable, "manage.py", "migrate", "--verbosity", "0")
        self.drive("prepare", str(PUBLICATIONS))

    def run(self, *argv):
        ended = subprocess.run(
            argv, cwd=ROOT, env=self.env, check=True, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        return ended.stdout

    def drive(self, *step):
        lines = self.run(sys.executable, "-m", "tests.chaos.driver", *step).splitlines()
        return json.loads(lines[-1]) if lines else {}

    def start_worker(self, name):
        beat = ["--beat", "--schedule", str(self.folder / f"beat-{name}")] if self.sweep else []
        argv = [sys.executable, "-m", "celery", "-A", "clinic", "worker", "--queues", "default,render,bulk",
                "--concurrency", "1", "--loglevel", "WARNING", "--hostname", f"{name}@chaos", *beat]  # fmt: skip
        self.workers[name] = Processes(patience=10)
        self.workers[name].start("worker", argv, env=self.env, log=self.folder / f"{name}.log")

    def kill_worker(self, name):
        process = self.workers[name].running["worker"]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.start_worker(name)

    def flush_broker(self):
        redis.Redis(port=self.broker_port).flushall()

    def kill_broker(self):
        process = self.servers.running["redis"]
        process.kill()
        process.wait()
        time.sleep(2)
        engines.start_redis(self.servers, self.folder / "redis", self.broker_port)

    def freeze_broker(self):
        process = self.servers.running["redis"]
        process.send_signal(signal.SIGSTOP)
        time.sleep(5)
        process.send_signal(signal.SIGCONT)

    def restart_database(self):
        data = self.folder / "postgres" / "data"
        ctl = [
            *self.owner(),
            engines.postgres_programs() / "pg_ctl",
            "-D",
            data,
            "-m",
            "fast",
            "-w",
            "restart",
        ]
        subprocess.run(
            [str(part) for part in ctl],
            check=True, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def owner(self):
        if os.getuid() != 0:
            return []
        return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]

    def fill_disk(self):
        flag = Path(f"{self.media}.FULL")
        flag.touch()
        time.sleep(4)
        flag.unlink()

    def stop(self):
        for worker in self.workers.values():
            worker.stop()
        self.servers.stop()
        subprocess.run(
            [str(part) for part in [*self.owner(), engines.postgres_programs() / "pg_ctl", "-D",
                                    self.folder / "postgres" / "data", "-m", "immediate", "stop"]],
            check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


@pytest.fixture
def folder(tmp_path_factory):
    # Short, and open to the database's own user.
    folder = tmp_path_factory.mktemp("chaos")
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(parent.stat().st_mode | 0o011)
    return folder


def harm(service):
    """Each harm once, workers three times, a few seconds apart, while plans are published."""
    harms = [
        lambda: service.kill_worker("one"),
        service.flush_broker,
        lambda: service.kill_worker("two"),
        service.kill_broker,
        service.fill_disk,
        service.restart_database,
        lambda: service.kill_worker("one"),
        service.freeze_broker,
    ]
    for one in harms:
        time.sleep(2)
        one()


def go_through(service):
    try:
        for name in ("one", "two"):
            service.start_worker(name)
        argv = [sys.executable, "-m", "tests.chaos.driver", "publish", str(PACE)]
        publisher = subprocess.Popen(argv, cwd=ROOT, env=service.env, stdout=subprocess.PIPE, text=True)
        with publisher:
            harm(service)
            said, _ = publisher.communicate(timeout=300)
        longest = json.loads(said.splitlines()[-1])
        settled = poll(lambda: settle(service), seconds=240, what="an end")
        return {**settled, **longest, **service.drive("verify")}
    finally:
        service.stop()


def settle(service):
    """The counts, once all is ready, or once nothing more is finished in a time longer than any sweep."""
    before = service.drive("count")
    if before["ready"] == before["publications"]:
        return before
    time.sleep(25)
    after = service.drive("count")
    return after if after["ready"] == before["ready"] else None


def test_every_publication_gets_its_one_right_file(folder):
    found = go_through(Service(folder, sweep=True))
    print(f"\nchaos with the sweep: {found}")
    assert found["publications"] == found["ready"] == found["right"] == PUBLICATIONS
    assert found["failed"] == found["strays"] == 0


def test_without_the_sweep_publications_stay_without_a_file(folder):
    found = go_through(Service(folder, sweep=False))
    print(f"\nchaos with messages alone: {found}")
    assert found["publications"] == PUBLICATIONS
    assert found["ready"] < PUBLICATIONS
