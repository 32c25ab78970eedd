"""A service that a test may harm: PostgreSQL, Redis, and workers, each a process of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import redis

from clinic.processes import Processes
from clinic.serve import QUEUES
from tests import engines
from tests.servers import signal_in_mid_work

ROOT = Path(__file__).resolve().parent.parent.parent


class Service:
    """PostgreSQL, Redis, a web server, and workers that can be harmed one by one.

    `plans` are prepared to be published; a worker takes from `queues`; `environment` is set for all processes.
    """

    def __init__(self, folder, *, plans=0, sweep=True, queues=QUEUES, environment=None):
        self.folder, self.sweep, self.queues = folder, sweep, queues
        self.servers = Processes(patience=5)
        self.workers, self.environment_of = {}, {}
        self.web_port, self.database = (
            engines.free_port(),
            engines.start_postgres(self.servers, folder / "postgres"),
        )
        self.broker_port = engines.free_port()
        broker = engines.start_redis(self.servers, folder / "redis", self.broker_port)
        self.media = folder / "media"
        self.env = {
            **os.environ,
            "DATABASE_URL": self.database,
            "REDIS_URL": f"{broker}/0",
            "DATA_DIR": str(folder / "data"),
            "MEDIA_ROOT": str(self.media),
            "SECRET_KEY": "only-for-chaos-" * 4,
            "LINK_KEY": "only-for-chaos-links-" * 3,
            "DJANGO_SETTINGS_MODULE": "tests.chaos.settings",
            **(environment or {}),
        }
        (folder / "data").mkdir(mode=0o700)
        self.run(sys.executable, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0")
        if plans:
            self.drive("prepare", str(plans))

    def run(self, *argv):
        ended = subprocess.run(
            argv,
            cwd=ROOT,
            env=self.env,
            check=False,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if ended.returncode:
            raise RuntimeError(f"{argv} ended with {ended.returncode}:\n{ended.stderr[-4000:]}")
        return ended.stdout

    def drive(self, *step, driver="driver"):
        lines = self.run(
            sys.executable, "-m", "tests.with_django", f"tests.chaos.{driver}", *step
        ).splitlines()
        return json.loads(lines[-1]) if lines else {}

    def start_web(self):
        argv = [sys.executable, "-m", "gunicorn", "--config", "python:clinic.gunicorn"]
        argv += ["--bind", f"127.0.0.1:{self.web_port}"]
        env = {**self.env, "WEB_PROCESSES": "1"}
        self.servers.start("web", argv, env=env, log=self.folder / "web.log")

    def kill_web(self):
        process = self.servers.running["web"]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def start_worker(self, name):
        beat = ["--beat", "--schedule", str(self.folder / f"beat-{name}")] if self.sweep else []
        argv = [sys.executable, "-m", "celery", "-A", "clinic", "worker", "--queues", self.queues,
                "--concurrency", "1", "--loglevel", "INFO", "--hostname", f"{name}@chaos", *beat]  # fmt: skip
        self.workers[name] = Processes(patience=10)
        env = {**self.env, **self.environment_of.get(name, {})}
        self.workers[name].start("worker", argv, env=env, log=self.folder / f"{name}.log")

    def published(self):
        """How many plans the publisher has published."""
        path = self.folder / "data" / "published"
        return int(path.read_text() or 0) if path.exists() else 0

    def kill_worker(self, name):
        self.signal(name, signal.SIGKILL)
        self.restart_worker(name)

    def restart_worker(self, name):
        """Start a killed worker again."""
        self.workers[name].running["worker"].wait()
        self.start_worker(name)

    def signal_now(self, name, number):
        os.killpg(self.workers[name].running["worker"].pid, number)

    def signal(self, name, number):
        signal_in_mid_work(self.workers[name].running["worker"], self.folder / f"{name}.log", number)

    def freeze_worker(self, name):
        self.signal(name, signal.SIGSTOP)

    def thaw_worker(self, name):
        self.signal_now(name, signal.SIGCONT)

    def flush_broker(self):
        redis.Redis(port=self.broker_port).flushall()

    def stop_broker(self):
        process = self.servers.running["redis"]
        process.kill()
        process.wait()

    def start_broker(self):
        engines.start_redis(self.servers, self.folder / "redis", self.broker_port)

    def freeze_broker(self):
        self.servers.running["redis"].send_signal(signal.SIGSTOP)

    def thaw_broker(self):
        self.servers.running["redis"].send_signal(signal.SIGCONT)

    def restart_database(self):
        data, log = self.folder / "postgres" / "data", self.folder / "restart.log"
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
        with log.open("wb") as out:
            ended = subprocess.run(
                [str(part) for part in ctl],
                check=False, cwd="/", stdin=subprocess.DEVNULL, stdout=out, stderr=out,
            )  # fmt: skip
        if ended.returncode:
            raise RuntimeError(f"PostgreSQL did not restart:\n{log.read_text()[-4000:]}")

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
