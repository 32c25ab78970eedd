"""Health checks of the containers: `python -m clinic.probe web|worker|webhooks|scheduler`; exit status 0 is healthy."""

import os
import socket
import sys
import time
from collections.abc import Callable
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

SCHEDULE_SECONDS = 600
"""The scheduler writes its file every three minutes; this old means that it hangs."""


def web() -> bool:
    link = HTTPConnection("127.0.0.1", int(os.environ.get("PORT", "8000")), timeout=5)
    try:
        link.request("GET", "/health/live")
        return link.getresponse().status == HTTPStatus.OK
    except (OSError, HTTPException):
        return False
    finally:
        link.close()


def worker() -> bool:
    return _answers("worker")


def webhooks() -> bool:
    return _answers("webhooks")


def _answers(name: str) -> bool:
    from clinic.celery import app

    node = f"{name}@{socket.gethostname()}"
    return bool(app.control.inspect(destination=[node], timeout=5).ping())


def scheduler() -> bool:
    folder = Path(os.environ.get("DATA_DIR", "var"))
    written = [path.stat().st_mtime for path in folder.glob("beat-schedule*")]
    return bool(written) and time.time() - max(written) < SCHEDULE_SECONDS


PROBES: dict[str, Callable[[], bool]] = {
    "web": web,
    "worker": worker,
    "webhooks": webhooks,
    "scheduler": scheduler,
}

if __name__ == "__main__":
    sys.exit(0 if PROBES[sys.argv[1]]() else 1)
