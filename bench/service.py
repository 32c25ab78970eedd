"""A service of its own for the benchmark, in a scratch folder: PostgreSQL, Redis, the library and the demo plan."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from clinic.processes import Processes
from tests import engines

ROOT = Path(__file__).resolve().parent.parent
QUEUES = "default,render,bulk"


@contextmanager
def running_service() -> Iterator[Path]:
    """Start the engines, set this process up as a web process of the service, and stop all at the end."""
    folder = Path(tempfile.mkdtemp(prefix="clinic-bench-"))
    folder.chmod(0o711)  # PostgreSQL runs as its own user
    servers = Processes()
    try:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "clinic.settings",
            "DATABASE_URL": engines.start_postgres(servers, folder / "postgres"),
            "REDIS_URL": engines.start_redis(servers, folder / "redis") + "/0",
            "DATA_DIR": str(folder / "data"),
            "SECRET_KEY": "only-for-the-benchmark-" * 3,
            "LINK_KEY": "only-for-the-benchmark-links-" * 2,
            "LOG_LEVEL": "WARNING",
        }
        (folder / "data").mkdir(mode=0o700)
        for command in (["migrate", "-v0"], ["load_library", "plans/library"], ["demo_data"]):
            _manage(*command)
        import django

        django.setup()
        yield folder
    finally:
        servers.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def running_worker(folder: Path, *, processes: int) -> Iterator[None]:
    """Run a worker with this many processes, until the end of the block."""
    worker = Processes()
    argv = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "clinic",
        "worker",
        "--queues",
        QUEUES,
        "--loglevel",
        "WARNING",
    ]
    try:
        worker.start(
            "worker", [*argv, "--concurrency", str(processes)], env=os.environ, log=folder / "worker.log"
        )
        yield
    finally:
        worker.stop()


def _manage(*arguments: str) -> None:
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
