"""Several who publish one plan at the same moment: one issues it, the others are told; nothing is half-done."""

import threading
from functools import partial

import pytest
from django.db import connection

from plans.actions import publishing
from plans.api.viewsets import base
from plans.handout.formats import Format
from plans.libraryfiles import Level
from plans.models import AuditEvent, DownloadLink, Publication, Reason, Rendering, Reservation
from tests import factories
from tests.api.conftest import Caller, ask_token
from tests.servers import poll

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plan(therapist, clinic):
    return factories.plan(therapist, of=factories.patient(therapist, clinic))


@pytest.fixture
def token(clinic, make_system):
    return ask_token(make_system(clinic)[1]).json()["access_token"]


def publish(caller, plan, body=None, **headers):
    return caller.post(f"plans/{plan.pk}/publish/", body or {}, **headers)


def at_once(*calls):
    """Make the calls in as many threads that start together; give the answers in the calls' order."""
    answers, start = [None] * len(calls), threading.Barrier(len(calls))

    def go(place):
        start.wait()
        answers[place] = calls[place]()
        connection.close()

    threads = [threading.Thread(target=go, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def ways(token, plan):
    """What two who look at the plan now hold in hands: its ETag, and the hash of a preparation."""
    caller = Caller(token)
    expected = caller.post(f"plans/{plan.pk}/prepare/").json()["expected_hash"]
    etag = caller.get(f"plans/{plan.pk}/")["ETag"]
    return {
        "etag": partial(publish, Caller(token), plan, If_Match=etag),
        "hash": partial(publish, Caller(token), plan, {"expected_hash": expected}),
    }


def assert_one_won(answers):
    won = [answer for answer in answers if answer.status_code == 201]
    late = [answer for answer in answers if answer.status_code == 409]
    assert (len(won), len(won) + len(late)) == (1, len(answers)), [one.content for one in answers]
    assert {one.json()["code"] for one in late} == {"already_published"}
    assert {one.json()["publication"] for one in late} == {won[0].json()["id"]}
    assert_issued_once()


def assert_issued_once():
    issued = Publication.objects.get()
    assert issued.number == 1
    assert [row.content for row in Rendering.objects.all()] == [issued.content]
    assert AuditEvent.objects.filter(verb="plan.published").count() == 1
    assert DownloadLink.objects.count() == 1
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("seen", ["etag", "hash"])
def test_of_many_who_saw_the_same_one_issues_it(token, plan, seen):
    assert_one_won(at_once(*[ways(token, plan)[seen] for _ in range(4)]))


@pytest.mark.parametrize(("first", "second"), [("etag", "hash"), ("hash", "etag")])
def test_who_waits_for_the_other_is_told_whoever_came_first(token, plan, monkeypatch, first, second):
    """The first stands just before its commit when the second comes; the second waits, and finds it done."""
    held, calls = ways(token, plan), []
    entered, finish, arrived = threading.Event(), threading.Event(), threading.Event()
    ask, run = publishing.ask, base.run_call

    def ask_late(**kwargs):
        if not entered.is_set():
            entered.set()
            assert finish.wait(30)
        return ask(**kwargs)

    def note_arrival(*args, **kwargs):
        calls.append(args)
        if len(calls) == 2:
            arrived.set()
        return run(*args, **kwargs)

    monkeypatch.setattr(publishing, "ask", ask_late)
    monkeypatch.setattr(base, "run_call", note_arrival)

    def go_second():
        assert entered.wait(30)
        return held[second]()

    def let_go():
        assert arrived.wait(30)
        if connection.vendor == "postgresql":
            poll(somebody_waits_for_a_lock, seconds=30, what="the second call's wait")
        finish.set()

    one, other, _ = at_once(held[first], go_second, let_go)
    assert (one.status_code, other.status_code) == (201, 409)
    assert_one_won([one, other])


def somebody_waits_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def test_whose_reason_came_second_wrote_none(token, therapist, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(therapist, of=factories.patient(therapist, clinic, has=("sciatica",)))
    caller = Caller(token)
    fingerprint = caller.get(f"plans/{plan.pk}/findings/").json()["findings"][0]["fingerprint"]
    etag = caller.get(f"plans/{plan.pk}/")["ETag"]

    def with_reason(words):
        reasons = [{"fingerprint": fingerprint, "words": words}]
        return publish(Caller(token), plan, {"reasons": reasons}, If_Match=etag)

    answers = at_once(partial(with_reason, "One."), partial(with_reason, "Two."))
    assert_one_won(answers)
    words = "One." if answers[0].status_code == 201 else "Two."
    assert [reason.words for reason in Reason.objects.all()] == [words]


def test_repeated_under_one_key_it_is_one_call(token, plan):
    etag = Caller(token).get(f"plans/{plan.pk}/")["ETag"]
    same = [partial(publish, Caller(token), plan, If_Match=etag, Idempotency_Key="k") for _ in range(4)]
    answers = at_once(*same)
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert_issued_once()


def test_whatever_there_is_may_be_what_another_has_just_issued(token, plan):
    answers = at_once(*[partial(publish, Caller(token), plan, If_Match="*") for _ in range(3)])
    assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert_issued_once()


def test_of_two_who_change_and_publish_one_finds_it_changed(token, plan):
    seen = Caller(token).get(f"plans/{plan.pk}/")["ETag"]

    def change_and_publish(note):
        caller = Caller(token)
        changed = caller.patch(f"plans/{plan.pk}/", {"note": note}, If_Match=seen)
        tag = changed["ETag"] if changed.status_code == 200 else seen
        return publish(caller, plan, If_Match=tag)

    answers = at_once(partial(change_and_publish, "a"), partial(change_and_publish, "b"))
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert_issued_once()


def test_at_the_desk_and_over_the_api(token, plan, therapist, clinic, person):
    """One clicks on the desk while a system publishes: one version, and the click is told of it or is it."""
    etag = Caller(token).get(f"plans/{plan.pk}/")["ETag"]
    seen = publishing.prepare(plan=plan, by=therapist, formats=[Format()])

    def click():
        try:
            return publishing.publish(
                plan=plan, expected_hash=seen.expected_hash, by=therapist, formats=[Format()]
            ).publication
        except publishing.AlreadyPublished as error:
            return error.publication

    answer, issued = at_once(partial(publish, Caller(token), plan, If_Match=etag), click)
    assert answer.status_code in (201, 409)
    assert issued == Publication.objects.get()
    assert_issued_once()
