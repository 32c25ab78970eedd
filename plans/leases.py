"""Who holds a row that waits to be worked on: one worker, by a token and a lease. The row is the truth.

queued -> running -> an end, or queued again. Every step is a conditional UPDATE: no row changed means that another
worker has it, or that this one came too late. What the clocks of two machines might disagree about is compared by the
database's.
"""

import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Now

from plans.models import Clinic
from plans.models.leased import QUEUED, RUNNING, Leased

DATABASE_AWAY = (OperationalError, InterfaceError)
DATABASE_PAUSES = (0.2, 0.5, 1, 2, 3, 5, 5, 5, 5, 5)
"""Seconds between the tries to write the end of an attempt while the database is away."""
GIVEN_BACK = timedelta(seconds=5)
"""How long a row rests that was given back: what is wrong with the database may last."""
MAX_CLAIMS = 20
"""How often a worker tries to be the first at a row; each try that fails is another worker's success."""

Row = TypeVar("Row", bound=Leased)
Columns = Mapping[str, Any]
Question = tuple[str, tuple[Any, ...]]
"""A question to the database, put together: its words and values."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claim(Generic[Row]):
    """A row that this worker holds until its lease ends."""

    row: Row
    token: uuid.UUID


def due() -> Q:
    return Q(state=QUEUED) & (Q(not_before=None) | Q(not_before__lte=Now()))


def claim(
    waiting: QuerySet[Row],
    pk: uuid.UUID,
    *,
    lease: timedelta,
    rows: QuerySet[Row],
    columns: Columns | None = None,
) -> Claim[Row] | None:
    """Take a row if it is among `waiting`, and read it from `rows`; None when it is not, or another was faster.

    `waiting` has no joins: their conditions would stand in a subquery, which PostgreSQL does not ask again when it has
    waited for another worker's UPDATE of the same row, and both would have it. Raises IntegrityError if a constraint
    forbids to hold it now.
    """
    token = uuid.uuid4()
    try:
        # In a savepoint, as the constraint may refuse.
        with transaction.atomic():
            taken = waiting.filter(due(), pk=pk).update(
                state=RUNNING,
                attempts=F("attempts") + 1,
                attempt_token=token,
                lease_until=Now() + lease,
                started_at=Now(),
                **(columns or {}),
            )
        row = rows.filter(pk=pk, attempt_token=token).first() if taken else None
    except DATABASE_AWAY:
        # The row may be taken all the same: the answer was lost, not the UPDATE.
        _end(_held(rows.model, pk, token), {"state": QUEUED, "not_before": Now() + GIVEN_BACK})
        return None
    return Claim(row, token) if row else None


def claim_next(
    choose: Callable[[], uuid.UUID | None], take: Callable[[uuid.UUID], Claim[Row] | None]
) -> Claim[Row] | None:
    """Take what `choose` says is next; whoever loses a race for it chooses anew."""
    for _ in range(MAX_CLAIMS):
        chosen = choose()
        if chosen is None:
            return None
        if claimed := take(chosen):
            return claimed
    return None


def finish(claimed: Claim[Row], columns: Columns, *, then: Callable[[], None] | None = None) -> bool:
    """Write the end of an attempt, unless the row is another's by now; whether it was ours.

    `then` writes what belongs to this end, in the same transaction. Outlasts a restart of the database. When the answer
    to the last step was lost it tells False of an end that is written: who must know looks at the row.
    """
    return _end(_held(type(claimed.row), claimed.row.pk, claimed.token), columns, then)


def lost(rows: QuerySet[Row]) -> QuerySet[Row]:
    return rows.filter(state=RUNNING, lease_until__lt=Now())


def free(row: Row, columns: Columns, *, then: Callable[[], None] | None = None) -> bool:
    """End the attempt of a lost worker; whether it was still lost.

    By its token: a worker that finished, or another sweep, in between leaves nothing to free.
    """
    held = lost(type(row)._default_manager.filter(pk=row.pk, attempt_token=row.attempt_token))
    return _end(held, columns, then)


@contextmanager
def renewed(claimed: Claim[Row], *, lease: timedelta, every: float) -> Iterator[None]:
    """Renew the lease from a thread for as long as the work inside lasts; most work ends before the first time."""
    ended = threading.Event()
    held = _held(type(claimed.row), claimed.row.pk, claimed.token)
    thread = threading.Thread(target=_renew_until, args=(ended, held, lease, every), daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def in_turn(rows: QuerySet[Row], waiting: QuerySet[Any, Any], *, share: int | None = None) -> Question:
    """Return the question for what to take next: of the clinic with the fewest running, of equals served longest ago.

    `waiting` gives the ids that wait of the clinic OuterRef("pk"), the first one first; with a `share`, a clinic that
    has so many running is passed over. Counted and ordered by clinic, of which there are few, never by the rows that
    wait, of which there may be many.
    """
    running = rows.filter(state=RUNNING).order_by()
    counts = running.filter(clinic=OuterRef("pk")).values("clinic").annotate(count=Count("pk"))
    # Of most clinics nothing is running: only of the others it is counted.
    busy = Case(
        When(pk__in=running.values("clinic"), then=Subquery(counts.values("count"))), default=Value(0)
    )
    began = rows.filter(clinic=OuterRef("pk"), started_at__isnull=False).order_by("-started_at")
    served = Subquery(began.values("started_at")[:1])
    clinics = Clinic.objects.filter(Exists(waiting)).order_by(busy, served.asc(nulls_first=True), "pk")
    if share is not None:
        clinics = clinics.alias(busy=busy).filter(busy__lt=share)
    return clinics.values_list(Subquery(waiting[:1]), flat=True)[:1].query.sql_with_params()


def ask(question: Question) -> uuid.UUID | None:
    """Ask a question of `in_turn`, which is put together once and asked before each row that is taken."""
    with connection.cursor() as cursor:
        cursor.execute(*question)
        found = cursor.fetchone()
    return uuid.UUID(str(found[0])) if found else None


def _held(model: type[Row], pk: uuid.UUID, token: uuid.UUID) -> QuerySet[Row]:
    return model._default_manager.filter(pk=pk, state=RUNNING, attempt_token=token)


def _end(held: QuerySet[Row], columns: Columns, then: Callable[[], None] | None = None) -> bool:
    for pause in DATABASE_PAUSES:
        try:
            return _end_once(held, columns, then)
        except DATABASE_AWAY:
            log.warning("database_away", model=held.model._meta.label)
            connection.close_if_unusable_or_obsolete()
            time.sleep(pause)
    return _end_once(held, columns, then)


def _end_once(held: QuerySet[Row], columns: Columns, then: Callable[[], None] | None) -> bool:
    with transaction.atomic():
        ended = held.update(**{"attempt_token": None, "lease_until": None, **columns})
        if ended and then:
            then()
    return bool(ended)


def _renew_until(ended: threading.Event, held: QuerySet[Row], lease: timedelta, every: float) -> None:
    try:
        while not ended.wait(every):
            try:
                held.update(lease_until=Now() + lease)
            except DatabaseError:
                # A database that restarts is back before the lease ends; without us a long document would be made
                # a second time.
                log.warning("lease_not_renewed", model=held.model._meta.label)
                connection.close_if_unusable_or_obsolete()
    finally:
        connection.close()
