"""One worker holds a row: of many at once one gets it, a lost one is freed, and who comes too late changes nothing.

The same for everything that is claimed: files and deliveries of webhooks.
"""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from plans import leases
from plans.actions.webhooks.endpoints import make_webhook
from plans.models import DeliveryState, Rendering, RenderingState, WebhookDelivery
from plans.models.leased import QUEUED, RUNNING
from tests import factories
from tests.at_once import someone_waits_for_a_lock
from tests.servers import poll

LEASE = timedelta(seconds=30)
ENDS = {Rendering: {"state": "failed", "error_code": "x"}, WebhookDelivery: {"state": "failed"}}
CLAIMERS = 8


@pytest.fixture(params=[Rendering, WebhookDelivery], ids=["rendering", "delivery"])
def row(request, db):
    """Something that waits."""
    clinic = factories.clinic()
    if request.param is Rendering:
        publication = factories.publication(factories.therapist(clinic))
        return Rendering.objects.get(content=publication.content)
    made = make_webhook(clinic=clinic, url="https://a.example.org/", events=[], by=factories.lead(clinic))
    return factories.delivery(made.endpoint)


def claim(row, *, lease=LEASE, **columns):
    rows = type(row).objects.all()
    return leases.claim(rows, row.pk, lease=lease, rows=rows, columns=columns)


def now(row):
    """What the database has: the row, read anew."""
    return type(row).objects.get(pk=row.pk)


def lose(row):
    """Let the lease of whoever holds it be over."""
    type(row).objects.filter(pk=row.pk).update(lease_until=Now() - timedelta(seconds=1))
    return now(row)


def end(row):
    return ENDS[type(row)]


def in_threads(call, count):
    """Call it in so many threads that start together, each with its own connection; return what they gave."""
    given, start = [], threading.Barrier(count)

    def go():
        try:
            start.wait()
            given.append(call())
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_the_states_that_are_claimed_have_one_spelling():
    for states in (RenderingState, DeliveryState):
        assert (states.QUEUED, states.RUNNING) == (QUEUED, RUNNING)


@pytest.mark.django_db(transaction=True)
def test_of_many_who_claim_at_once_one_gets_it(row):
    given = in_threads(lambda: claim(row), CLAIMERS)
    (held,) = [one for one in given if one]
    assert len(given) == CLAIMERS
    assert (now(row).state, now(row).attempts, now(row).attempt_token) == (RUNNING, 1, held.token)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_who_waits_for_anothers_claim_is_told_that_it_is_taken(row):
    given = []
    with transaction.atomic():
        held = claim(row)
        second = threading.Thread(target=lambda: given.extend(in_threads(lambda: claim(row), 1)))
        second.start()
        poll(someone_waits_for_a_lock, what="the second at the row")
    second.join()
    assert given == [None]
    assert now(row).attempt_token == held.token


def test_what_rests_or_is_gone_is_not_claimed(row):
    type(row).objects.update(not_before=Now() + timedelta(minutes=1))
    assert claim(row) is None
    type(row).objects.update(not_before=Now())
    row.pk = uuid.uuid4()
    assert claim(row) is None


def test_a_row_whose_claim_was_not_answered_is_given_back(row):
    """The UPDATE may have reached the database before the connection was lost."""

    class Away:
        model = type(row)

        def filter(self, **_):
            raise OperationalError("server closed the connection unexpectedly")

    before = timezone.now()
    assert leases.claim(type(row).objects.all(), row.pk, lease=LEASE, rows=Away()) is None
    given_back = now(row)
    assert (given_back.state, given_back.attempt_token) == (QUEUED, None)
    assert given_back.not_before > before


def test_who_is_too_late_for_a_row_does_not_read_it(row, django_assert_num_queries):
    claim(row)
    with django_assert_num_queries(3):  # a savepoint, the UPDATE, the savepoint's end
        assert claim(row) is None


def test_a_lease_lasts_as_long_as_it_should_whatever_this_machines_clock_says(row, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda now=timezone.now: now() + timedelta(days=1))
    claim(row)
    held = now(row)
    assert held.lease_until - held.started_at == LEASE
    assert not leases.lost(type(row).objects.all()).exists()


def test_what_a_lost_worker_held_is_freed_once(row):
    held = claim(row)
    seen = lose(row)
    assert list(leases.lost(type(row).objects.all())) == [seen]
    assert leases.free(seen, {"state": QUEUED})
    assert not leases.free(seen, {"state": QUEUED})
    assert (now(row).state, now(row).attempt_token, now(row).lease_until) == (QUEUED, None, None)
    assert not leases.finish(held, end(row))
    assert now(row).state == QUEUED


def test_a_lease_that_was_renewed_or_taken_over_in_between_is_not_freed(row):
    claim(row)
    seen = lose(row)
    type(row).objects.update(lease_until=Now() + LEASE)
    assert not leases.free(seen, {"state": QUEUED})
    leases.free(lose(row), {"state": QUEUED})
    claim(row)
    lose(row)
    assert not leases.free(seen, {"state": QUEUED})
    assert now(row).state == RUNNING


def test_an_attempt_that_comes_too_late_cannot_end_anothers(row):
    late = claim(row)
    leases.free(lose(row), {"state": QUEUED})
    other = claim(row)
    written = []
    assert not leases.finish(late, end(row), then=lambda: written.append("late"))
    assert (now(row).state, now(row).attempt_token) == (RUNNING, other.token)
    assert leases.finish(other, end(row), then=lambda: written.append("other"))
    assert (now(row).state, written) == ("failed", ["other"])
    assert not leases.finish(late, end(row))


def test_what_belongs_to_an_end_is_written_with_it_or_neither_is(row):
    held = claim(row)

    def break_down():
        raise LookupError

    with pytest.raises(LookupError):
        leases.finish(held, end(row), then=break_down)
    assert now(row).state == RUNNING


@pytest.mark.django_db(transaction=True)
def test_an_end_outlasts_a_restart_of_the_database(row, monkeypatch):
    pauses, answers = [], iter([False, False])
    monkeypatch.setattr(leases.time, "sleep", pauses.append)

    def restarting():
        if not next(answers, True):
            raise OperationalError("terminating connection due to administrator command")

    told, dropped = [], []
    monkeypatch.setattr(leases.log, "warning", lambda event, **facts: told.append((event, facts)))
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: dropped.append(True))

    assert leases.finish(claim(row), end(row), then=restarting)
    assert (now(row).state, pauses) == ("failed", list(leases.DATABASE_PAUSES[:2]))
    assert told == [("database_away", {"model": row._meta.label})] * 2
    assert dropped == [True] * 2  # a broken connection is not asked again


def test_the_last_try_to_write_an_end_tells_whether_it_was_written(row, monkeypatch):
    monkeypatch.setattr(leases, "DATABASE_PAUSES", ())
    held = claim(row)
    assert leases.finish(held, end(row)) is True
    assert leases.finish(held, end(row)) is False


def test_who_loses_a_race_for_the_next_takes_the_one_after(row):
    chosen, taken = iter([1, 2, 3]), iter([None, None, "third"])
    assert leases.claim_next(lambda: next(chosen), lambda pk: next(taken)) == "third"
    assert leases.claim_next(lambda: None, lambda pk: pytest.fail("nothing was chosen")) is None


def test_who_loses_every_race_leaves_it_to_the_others():
    tries = []
    assert leases.claim_next(lambda: uuid.uuid4(), tries.append) is None
    assert len(tries) == leases.MAX_CLAIMS


@pytest.fixture
def renewals(monkeypatch):
    """Grows by one with each renewal."""
    renewals = []
    real = leases.Now
    monkeypatch.setattr(leases, "Now", lambda: renewals.append(1) or real())
    return renewals


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_keeps_its_lease(row):
    held = claim(row)
    soon = lose(row).lease_until
    with leases.renewed(held, lease=LEASE, every=0.02):
        poll(lambda: now(row).lease_until > soon)
        assert not leases.lost(type(row).objects.all()).exists()
    assert leases.finish(held, end(row))
    assert now(row).lease_until is None


@pytest.mark.django_db(transaction=True)
def test_the_renewal_is_over_when_the_work_is(row, monkeypatch):
    """Its connection would be used while the worker takes the next row."""
    joined = []

    class Watched(threading.Thread):
        def join(self, timeout=None):
            super().join(timeout)
            joined.append((self.daemon, timeout))  # a daemon: it holds up no process that is stopped

    monkeypatch.setattr(leases.threading, "Thread", Watched)
    with leases.renewed(claim(row), lease=LEASE, every=60):
        pass
    assert joined == [(True, None)]


def test_the_renewal_leaves_no_connection_open(row, monkeypatch):
    ended, closed = threading.Event(), []
    ended.set()
    monkeypatch.setattr(connection, "close", lambda: closed.append(True))
    leases._renew_until(ended, leases._held(type(row), row.pk, uuid.uuid4()), LEASE, 60)
    assert closed == [True]


def test_the_renewal_asks_a_broken_connection_no_second_time(monkeypatch):
    ended, dropped, told = threading.Event(), [], []

    class Held:
        model = Rendering

        def update(self, **_):
            ended.set()
            raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: dropped.append(True))
    monkeypatch.setattr(leases.log, "warning", lambda event, **facts: told.append((event, facts)))
    leases._renew_until(ended, Held(), LEASE, 0.001)
    assert dropped == [True]
    assert told == [("lease_not_renewed", {"model": "plans.Rendering"})]


@pytest.mark.django_db(transaction=True)
def test_a_lease_that_another_holds_is_not_renewed(row, renewals):
    late = claim(row)
    leases.free(lose(row), {"state": QUEUED})
    claim(row)
    before = now(row).lease_until
    renewals.clear()
    with leases.renewed(late, lease=LEASE * 2, every=0.02):
        poll(lambda: len(renewals) > 2)
    assert now(row).lease_until == before


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_for_a_moment_does_not_end_the_renewal(row, monkeypatch):
    held = claim(row)
    soon = lose(row).lease_until
    real, answers = leases.Now, iter([False, False])

    def away_at_first():
        if not next(answers, True):
            raise OperationalError("the database system is starting up")
        return real()

    monkeypatch.setattr(leases, "Now", away_at_first)
    with leases.renewed(held, lease=LEASE, every=0.02):
        poll(lambda: now(row).lease_until > soon)
