"""(m): what the patient's page, a telling and the follow-up list ask of the database, with few patients and with many.

Times are the processor time of the connection's own PostgreSQL process: what else the machine does is not ours.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import reverse

from bench.large_clinic import BIRTH_DATE, LargeClinic, Sampled
from plans.actions.silence import follow_up_next

FEW, MANY = 1_000, 100_000
ENOUGH_MS = 15
AT_MOST_TIMES = 1.5
SLOW_MS = 5
OPENED = {"day": str(BIRTH_DATE.day), "month": str(BIRTH_DATE.month), "year": str(BIRTH_DATE.year)}


@dataclass
class Asked:
    """The queries of one call with the time of each by the clock, and PostgreSQL's processor time for all, in ms."""

    queries: list[tuple[str, float]] = field(default_factory=list)
    ms: float = 0.0

    @property
    def waited_ms(self) -> float:
        return sum(taken for _sql, taken in self.queries)


@dataclass(frozen=True, kw_only=True)
class Measured:
    """All rounds of one kind of call."""

    rounds: list[Asked]

    @property
    def ms(self) -> float:
        return round(median(asked.ms for asked in self.rounds), 2)

    @property
    def waited_ms(self) -> float:
        return round(median(asked.waited_ms for asked in self.rounds), 2)

    @property
    def queries(self) -> int:
        return max(len(asked.queries) for asked in self.rounds)

    @property
    def slow(self) -> list[tuple[float, str]]:
        """The queries that take long, by where they begin."""
        found = [(round(taken, 1), sql[:2000]) for asked in self.rounds[-1:] for sql, taken in asked.queries]
        return sorted((one for one in found if one[0] > SLOW_MS), reverse=True)


def measure(*, rounds: int, few: int = FEW, many: int = MANY) -> dict[str, dict[str, Any]]:
    """Return for each kind of call its SQL time (ms) and queries with few and with many patients."""
    clinic, found = LargeClinic(), {}
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        for patients in (few, many):
            begun = time.monotonic()
            clinic.grow_to(patients)
            filled = time.monotonic() - begun
            print(f"{patients} patients after {filled:.0f} s", flush=True)
            found[patients] = _measure_all(clinic, rounds)
    return {
        name: {
            "few": (of_few.ms, of_few.queries),
            "many": (found[many][name].ms, found[many][name].queries),
            "waited_ms": (of_few.waited_ms, found[many][name].waited_ms),
            "slow": found[many][name].slow,
        }
        for name, of_few in found[few].items()
    }


def _measure_all(clinic: LargeClinic, rounds: int) -> dict[str, Measured]:
    taken: dict[str, list[Asked]] = {}
    for sampled in clinic.sample(rounds + 1):
        for name, call in _calls(clinic, sampled):
            with _asking() as asked:
                call()
            taken.setdefault(name, []).append(asked)
    # The first of each kind fills what a process keeps.
    return {name: Measured(rounds=rows[1:]) for name, rows in taken.items()}


def _calls(clinic: LargeClinic, sampled: Sampled) -> Iterator[tuple[str, Callable[[], object]]]:
    phone, path = Client(SERVER_NAME="localhost"), f"/p/{sampled.token}/"
    yield "the birth date opens the link", lambda: _want(303, phone.post(path, OPENED))
    yield "the plan's page", lambda: _want(200, phone.get(path))
    yield "one exercise", lambda: _want(200, phone.get(f"{path}exercise/1/"))
    yield "the log's page", lambda: _want(200, phone.get(f"{path}log/"))
    yield "a tick of one exercise", lambda: _tell(phone, path, item=clinic.keys[0], outcome="all")
    yield "what of a day hurt", lambda: _tell(phone, path, pain="9", about="day")
    yield "a list of 8 that waited", lambda: _tell_list(phone, path, sampled, clinic.keys)
    yield "done with one tap", lambda: _tell(phone, path, about="everything")
    yield "own progress", lambda: _want(200, phone.get(f"{path}progress/"))
    for who, person in (
        ("a therapist's", clinic.therapist_of(sampled.patient)),
        ("the lead's", clinic.lead),
    ):
        desk = Client(SERVER_NAME="localhost")
        desk.force_login(person)
        yield f"{who} follow-up list", _page(desk, "admin:plans_followup_changelist")
        yield f"{who} home", _page(desk, "admin:index")
        yield f"{who} page of a patient", _page(desk, "admin:plans_patient_change", sampled.patient.pk)
    yield "a turn that lists silence", follow_up_next


def _page(desk: Client, name: str, *args: object) -> Callable[[], object]:
    return lambda: _want(200, desk.get(reverse(name, args=args)))


def _tell(phone: Client, path: str, **told: str) -> None:
    _want(303, phone.post(f"{path}log/", {"id": str(uuid4()), **told}))


def _tell_list(phone: Client, path: str, sampled: Sampled, keys: Sequence[str]) -> None:
    day = sampled.patient.clinic.today().isoformat()
    ticks = [
        {"id": str(uuid4()), "day": day, "item": keys[place % len(keys)], "session": 1, "outcome": "all"}
        for place in range(8)
    ]
    _want(200, phone.post(f"{path}log/", ticks, content_type="application/json"))


def _want(status: int, answer: Any) -> HttpResponse:
    if answer.status_code != status:
        raise RuntimeError(f"answered {answer.status_code}: {answer.content[:300]!r}")
    given: HttpResponse = answer
    return given


@contextmanager
def _asking() -> Iterator[Asked]:
    asked = Asked()

    def timed(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        before = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            asked.queries.append((sql, (time.perf_counter() - before) * 1000))

    before = _spent_ms()
    with connection.execute_wrapper(timed):
        yield asked
    asked.ms = _spent_ms() - before


def _spent_ms() -> float:
    """Return the processor time of the PostgreSQL process that serves this connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
