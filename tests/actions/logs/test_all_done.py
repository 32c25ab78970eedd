"""One tap tells a whole plan, and takes back nothing."""

from uuid import uuid4

import pytest

from plans.actions import logs
from plans.models import LogChange, LogEntry, LogSource
from tests.logs import keys_of, plan_of, tell


def all_done(publication, **fields):
    given = {
        "day": publication.plan.patient.clinic.today(),
        "client_id": uuid4(),
        "source": LogSource.PAGE,
        "by": None,
    }
    return logs.tell_all_done(publication=publication, **{**given, **fields})


def test_each_exercise_is_told_as_often_as_its_dose_asks_at_least(pat):
    publication = plan_of(pat, 2, times_per_day_min=2, times_per_day_max=3)

    made = all_done(publication)

    assert {(row.item_key, row.session) for row in made} == {
        (key, session) for key in keys_of(publication) for session in (1, 2)
    }
    assert {row.outcome for row in made} == {"all"}


def test_what_was_told_stays_and_repeating_is_harmless(pat):
    publication = plan_of(pat, 2)
    tell(publication, outcome="skipped", reason="pain")
    mark = uuid4()

    assert len(all_done(publication, client_id=mark)) == 1
    assert all_done(publication, client_id=mark) == []

    assert sorted(LogEntry.objects.values_list("outcome", flat=True)) == ["all", "skipped"]
    assert LogChange.objects.count() == 2


def test_a_day_that_cannot_be_told_of_is_refused_whole(pat, clinic):
    from datetime import timedelta

    publication = plan_of(pat, 2)

    with pytest.raises(logs.DayInFuture):
        all_done(publication, day=clinic.today() + timedelta(days=1))

    assert not LogEntry.objects.exists()
