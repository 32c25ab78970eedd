"""The API under load: list, search, findings and publish at 1, 8 and 32 callers at once.

Gunicorn on PostgreSQL and Redis, a clinic of 2,000 patients. The callers run on the same machine and take their share
of it, so what a second holds is less than the service alone could do.
"""

import http.client
import itertools
import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from bench.report import Line
from clinic.processes import Processes
from tests.engines import free_port, wait_for_port

if TYPE_CHECKING:
    from bench.clinic_for_api import World

CALLERS = (1, 8, 32)
PATIENTS = 2000


@dataclass(frozen=True)
class Call:
    """One request: method, path, body."""

    method: str
    path: str
    body: str | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Result:
    """How many calls were answered in how many seconds, and how long each took, in milliseconds."""

    taken: list[float]
    seconds: float
    refused: int

    def to_dict(self) -> dict[str, float]:
        return {
            "requests_per_second": round(len(self.taken) / self.seconds, 1),
            "median_ms": round(statistics.median(self.taken), 1),
            "p95_ms": round(percentile(self.taken, 95), 1),
            "calls": len(self.taken),
            "refused": self.refused,
        }


def measure(
    folder: Path, *, calls: int = 400, patients: int = PATIENTS
) -> tuple[list[Line], dict[str, object]]:
    """Measure every kind of call with every number of callers; give the lines and the details."""
    from bench import clinic_for_api

    os.environ["API_CALLS_PER_MINUTE"] = "1000000"
    world = clinic_for_api.make(patients=patients, plans=len(CALLERS) * calls + 2)
    queries = query_counts(world)
    details: dict[str, object] = {"patients": patients, "queries": queries}
    lines: list[Line] = []
    with running_web(folder) as port:
        for name, made in kinds(world).items():
            for callers in CALLERS:
                result = load(port, world.token, made, callers=callers, calls=calls).to_dict()
                details[f"{name}, {callers} callers"] = result
                lines += _lines(name, callers, result)
    for name, (few, many) in queries.items():
        lines.append(
            Line(part="api", what=f"queries, {name}, {many[1]} rows", value=many[0], unit="", most=few[0] + 1)
        )
    return lines, details


def kinds(world: "World") -> dict[str, Callable[[], Call]]:
    """Give a maker of calls for each kind; every publish is of another plan."""
    plans = iter(world.plans)
    question = json.dumps(world.question)
    match = (("If-Match", "*"),)
    numbers = itertools.count()
    return {
        "list": lambda: Call("GET", "/api/v1/plans/?page_size=50"),
        "search": lambda: Call("GET", f"/api/v1/patients/?search=robin+{next(numbers) % 1000}"),
        "findings": lambda: Call("POST", "/api/v1/findings/", question),
        "publish": lambda: Call("POST", f"/api/v1/plans/{next(plans)}/publish/", "{}", match),
    }


def load(port: int, token: str, make: Callable[[], Call], *, callers: int, calls: int) -> Result:
    """Send the calls from this many threads, each on one connection that stays open."""
    todo = iter([make() for _ in range(calls)])
    lock, taken, refused = threading.Lock(), [], []

    def work() -> None:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                call = next(todo, None)
            if call is None:
                break
            before = time.perf_counter()
            status = send(link, call, token)
            taken.append((time.perf_counter() - before) * 1000)
            if status >= 400:
                refused.append(status)
        link.close()

    threads = [threading.Thread(target=work) for _ in range(callers)]
    before = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Result(taken, time.perf_counter() - before, len(refused))


def send(link: http.client.HTTPConnection, call: Call, token: str) -> int:
    """Send one call; a connection that the server closed meanwhile is opened again."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", **dict(call.headers)}
    for _ in range(3):
        try:
            link.request(call.method, call.path, call.body, headers)
            answer = link.getresponse()
            answer.read()
        except (http.client.HTTPException, ConnectionError):
            link.close()
            continue
        return answer.status
    return 599


def query_counts(world: "World") -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
    """Count the queries of each kind with few rows and with many: (queries, rows) twice."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from bench import clinic_for_api

    headers = {"Authorization": f"Bearer {world.token}", "Host": "127.0.0.1"}
    client = Client()

    def count(path: str, body: object = None, **more: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            if body is None:
                answer = client.get(path, headers=headers)
            else:
                answer = client.post(path, json.dumps(body), "application/json", headers={**headers, **more})
        if answer.status_code not in (200, 201):
            raise RuntimeError(f"{path}: {answer.content!r}")
        return len(queries)

    def publish(plan: UUID) -> int:
        return count(f"/api/v1/plans/{plan}/publish/", {}, **{"If-Match": "*"})

    count("/api/v1/plans/?page_size=1")
    question = dict(world.question)
    one = {**question, "items": question["items"][:1]}
    return {
        "list": ((count("/api/v1/plans/?page_size=1"), 1), (count("/api/v1/plans/?page_size=200"), 200)),
        "search": (
            (count("/api/v1/patients/?search=robin&page_size=1"), 1),
            (count("/api/v1/patients/?search=robin&page_size=200"), 200),
        ),
        "findings": (
            (count("/api/v1/findings/", one), 1),
            (count("/api/v1/findings/", question), len(question["items"])),
        ),
        "publish": ((publish(world.short_plan), 1), (publish(world.plans.pop()), clinic_for_api.ITEMS)),
    }


@contextmanager
def running_web(folder: Path) -> Iterator[int]:
    """Run the web server as it runs in a clinic, until the end of the block; give its port."""
    servers, port = Processes(), free_port()
    argv = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:clinic.gunicorn",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    try:
        servers.start("web", argv, env=os.environ, log=folder / "web.log")
        wait_for_port(port, servers)
        yield port
    finally:
        servers.stop()


def percentile(values: list[float], percent: int) -> float:
    """Give the value below which this many of a hundred lie."""
    return sorted(values)[min(len(values) - 1, len(values) * percent // 100)]


def _lines(name: str, callers: int, result: dict[str, float]) -> list[Line]:
    what = f"{name}, {callers} caller{'s' if callers > 1 else ''}"
    return [
        Line(part="api", what=f"{what}: calls a second", value=result["requests_per_second"], unit="/s"),
        Line(part="api", what=f"{what}: 95 of 100 within", value=result["p95_ms"], unit="ms"),
        Line(part="api", what=f"{what}: refused", value=result["refused"], unit="", most=0),
    ]
