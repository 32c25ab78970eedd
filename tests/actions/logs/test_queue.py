"""What waited on a phone comes at once: each tick is answered, and a bad one loses none of the others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.actions import logs
from plans.models import DayEntry, FollowUp, LogChange, LogEntry, LogSource
from tests.logs import issue_again, issued_days_ago, keys_of, plan_of


@pytest.fixture
def publication(pat):
    return issued_days_ago(plan_of(pat), 20)


def tick(publication, *, days_ago=0, **fields):
    given = {
        "client_id": uuid4(),
        "day": publication.plan.patient.clinic.today() - timedelta(days=days_ago),
        "item_key": keys_of(publication)[0],
        "version": None,
        "told_at": None,
        "values": {"outcome": "all", "session": 1},
    }
    return logs.Tick(**{**given, **fields})


def send(publication, *ticks):
    return logs.tell_queue(plan=publication.plan, ticks=ticks, source=LogSource.PAGE)


def test_ticks_of_a_week_are_kept_in_one_go_and_harmless_to_repeat(publication):
    ticks = [tick(publication, days_ago=days) for days in range(7)]

    assert [answer.refused for answer in send(publication, *ticks)] == [None] * 7
    again = send(publication, *ticks)

    assert [answer.client_id for answer in again] == [one.client_id for one in ticks]
    assert [answer.refused for answer in again] == [None] * 7
    assert LogEntry.objects.count() == LogChange.objects.count() == 7


def test_a_bad_one_loses_none_of_the_others(publication):
    bad = [
        tick(publication, days_ago=-1),
        tick(publication, days_ago=40),
        tick(publication, item_key=uuid4()),
        tick(publication, version=7),
        tick(publication, values={"outcome": "all", "session": 1, "pain_after": 11}),
        tick(publication, item_key=None, values={}),
    ]
    good = [tick(publication), tick(publication, item_key=None, values={"pain": 4})]

    answers = send(publication, bad[0], good[0], *bad[1:], good[1])

    codes = [answer.refused.code if answer.refused else "" for answer in answers]
    assert codes == [
        "log_day_in_future",
        "",
        "log_day_before_plan",
        "log_item_unknown",
        "log_version_unknown",
        "log_pain_out_of_range",
        "log_nothing_told",
        "",
    ]
    assert (LogEntry.objects.count(), DayEntry.objects.get().pain) == (1, 4)
    assert LogChange.objects.count() == 2


def test_a_tick_belongs_to_the_version_of_its_day_or_the_one_it_names(publication, pat):
    second = issue_again(publication, pat)
    keys = keys_of(publication)

    answers = send(
        publication,
        tick(publication, days_ago=1, item_key=keys[0]),
        tick(publication, item_key=keys[0]),
        tick(publication, item_key=keys[0], version=1, values={"outcome": "all", "session": 2}),
    )

    assert [answer.entry.publication for answer in answers] == [publication, second, publication]


def test_each_tick_takes_a_fixed_number_of_queries(publication, django_assert_max_num_queries):
    send(publication, tick(publication))
    with django_assert_max_num_queries(5 + 10 * 19):
        send(publication, *(tick(publication, days_ago=days) for days in range(1, 11)))


def test_a_tick_more_asks_little_more(publication):
    """Follow-ups are looked for once for a day, and the version is read once for all."""

    def asked(count):
        ticks = [
            tick(publication, values={"outcome": "all", "session": number}) for number in range(1, count + 1)
        ]
        with CaptureQueriesContext(connection) as queries:
            assert [answer.refused for answer in send(publication, *ticks)] == [None] * count
        LogEntry.objects.all().delete()
        return len(queries)

    asked(1)
    assert asked(9) - asked(1) <= 8 * 10


def test_two_that_hurt_are_followed_up_though_they_come_together(publication):
    hurt = {"outcome": "all", "feel": "hurt"}
    send(publication, *(tick(publication, days_ago=days, values={**hurt, "session": 1}) for days in (0, 2)))
    assert list(FollowUp.objects.values_list("kind", flat=True)) == ["hurts"]
