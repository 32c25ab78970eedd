"""Whose file a free worker takes: a clinic's many do not keep another's one waiting."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.test.utils import CaptureQueriesContext

from plans.models import FrozenContent, Rendering, RenderingState
from plans.rendering import claim, job
from plans.rendering.queue import made_with
from tests import factories

pytestmark = pytest.mark.engine


@pytest.fixture
def content(db):
    return factories.publication(factories.therapist(factories.clinic())).content


def queue(content, count, *, age=0, bulk=False):
    """Queue so many files of one content, each asked for a little later than the one before."""
    rows = Rendering.objects.bulk_create(
        [
            Rendering(
                content=content,
                clinic_id=content.clinic_id,
                format=f"made-up-{uuid.uuid4().hex[:8]}",
                bulk=bulk,
                queued_at=Now() - timedelta(seconds=age) + timedelta(milliseconds=number),
                **made_with(),
            )
            for number in range(count)
        ]
    )
    return [row.pk for row in rows]


def other_clinics():
    return factories.publication(factories.therapist(factories.clinic())).content


def claims(message, count):
    """What a worker takes with so many messages, each file held until the next is taken."""
    return [job.claim_rendering(claim.next_in_turn(message)).row for _ in range(count)]


def drop_asked_for():
    Rendering.objects.filter(format__startswith="patient").delete()


def test_one_file_of_a_clinic_waits_for_none_of_anothers_853(content):
    many, one = content, other_clinics()
    drop_asked_for()
    messages = queue(many, 853, age=600)
    (wanted,) = queue(one, 1)
    assert {row.pk for row in claims(messages[0], 2)} == {messages[0], wanted}


def test_clinics_take_turns_also_when_one_worker_does_all(content):
    contents = [content, other_clinics(), other_clinics()]
    drop_asked_for()
    messages = [queue(each, 5, age=600 - 100 * place) for place, each in enumerate(contents)]
    served = []
    for _ in range(6):
        (row,) = claims(messages[0][0], 1)
        Rendering.objects.filter(pk=row.pk).update(
            state=RenderingState.FAILED, error_code="x", finished_at=Now()
        )
        served.append(row.pk)
    firsts, seconds = served[:3], served[3:]
    assert set(firsts) == {pks[0] for pks in messages}
    assert set(seconds) == {pks[1] for pks in messages}
    assert [row for row in firsts if row in messages[0]] == [messages[0][0]]


def test_the_clinic_with_the_fewest_in_the_making_comes_first(content):
    busy, idle = content, other_clinics()
    drop_asked_for()
    messages = queue(busy, 4, age=600)
    claims(messages[0], 2)
    later = queue(idle, 2)
    assert [row.pk for row in claims(messages[0], 2)] == later


def test_a_clinic_with_one_in_the_making_waits_for_one_with_none_though_it_was_served_longer_ago(content):
    busy, idle = content, other_clinics()
    drop_asked_for()
    messages = queue(busy, 2, age=600)
    (held,) = claims(messages[0], 1)
    Rendering.objects.filter(pk=held.pk).update(started_at=Now() - timedelta(hours=1))
    later = queue(idle, 2)
    (made,) = claims(later[0], 1)
    Rendering.objects.filter(pk=made.pk).update(
        state=RenderingState.FAILED, error_code="x", finished_at=Now()
    )
    assert [row.pk for row in claims(messages[0], 1)] == later[1:]


def test_within_a_clinic_the_oldest_comes_first(content):
    drop_asked_for()
    newer, older = queue(content, 1, age=5), queue(content, 1, age=50)
    assert [row.pk for row in claims(newer[0], 2)] == [*older, *newer]


def test_what_a_worker_was_lost_with_comes_after_the_clinics_others(content):
    drop_asked_for()
    first, *others = queue(content, 3, age=60)
    Rendering.objects.filter(pk=first).update(workers_lost=1)
    assert [row.pk for row in claims(first, 3)] == [*others, first]


def test_a_message_of_the_many_leaves_what_a_person_waits_for_to_its_own_message(content):
    drop_asked_for()
    bulk, urgent = queue(content, 1, age=600, bulk=True), queue(content, 1)
    assert [row.pk for row in claims(urgent[0], 1)] == urgent
    assert [row.pk for row in claims(bulk[0], 1)] == bulk


@pytest.mark.parametrize(
    "held",
    [{"not_before": Now() + timedelta(minutes=5)}, {"template_version": "newer"}, {"content": "newer"}],
)
def test_what_no_worker_may_take_now_holds_up_nobody(content, held):
    resting, one = content, other_clinics()
    drop_asked_for()
    rested = queue(resting, 1)
    if held == {"content": "newer"}:
        FrozenContent.objects.filter(pk=resting.pk).update(schema=99)
    else:
        Rendering.objects.filter(pk__in=rested).update(**held)
    wanted = queue(one, 1)
    assert [row.pk for row in claims(rested[0], 1)] == wanted
    assert claim.next_in_turn(rested[0]) is None


def test_a_message_of_a_file_that_is_gone_is_no_error(db):
    assert claim.next_in_turn(uuid.uuid4()) is None


def test_a_worker_that_comes_too_late_takes_the_next_file(content, monkeypatch, quick):
    drop_asked_for()
    first, second = queue(content, 2)
    take = job.claim_rendering

    def overtaken(pk):
        taken = take(pk)
        return None if pk == first else taken

    monkeypatch.setattr(job, "claim_rendering", overtaken)
    job.work(first)
    states = dict(Rendering.objects.values_list("pk", "state"))
    assert (states[first], states[second]) == (RenderingState.RUNNING, RenderingState.READY)


def test_whose_turn_it_is_takes_two_questions_however_many_wait(content):
    drop_asked_for()
    messages = queue(content, 50)
    with CaptureQueriesContext(connection) as asked:
        claim.next_in_turn(messages[0])
    assert len(asked) == 2
