"""A mistaken tick is removed until the next day; then nothing is known of it, and no late repeat brings it back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from plans.actions import logs
from plans.actions import plans as plan_actions
from plans.models import FollowUp, LogChange, LogEntry, LogSource
from plans.permissions import NotAllowed
from plans.queries.logs import adherence
from tests import factories
from tests.logs import issued_days_ago, keys_of, plan_of, tell

DAY = timedelta(days=1)


@pytest.fixture
def publication(pat):
    return plan_of(pat)


@pytest.fixture
def today(clinic):
    return clinic.today()


def take_back(publication, **fields):
    given = {
        "item_key": keys_of(publication)[0],
        "day": publication.plan.patient.clinic.today(),
        "session": 1,
        "client_id": uuid4(),
        "source": LogSource.PAGE,
        "by": None,
    }
    return logs.take_back(publication=publication, **{**given, **fields})


def test_what_was_told_by_mistake_is_unknown_again_and_its_telling_stays(publication, today):
    mark = uuid4()
    tell(publication, client_id=mark, words="Oops")
    other = tell(publication, session=2)

    take_back(publication)

    assert LogEntry.objects.get() == other
    first = LogChange.objects.get(client_id=mark)
    assert (first.entry, first.values["words"]) == (None, "Oops")
    last = LogChange.objects.latest("created_at")
    place = {"item": str(keys_of(publication)[0]), "day": today.isoformat(), "session": 1}
    assert (last.values, last.entry, last.source) == ({"taken_back": place}, None, "page")


def test_days_are_counted_without_it(publication, today):
    tell(publication)
    take_back(publication)

    counted = adherence(publication.plan, first=today, last=today)
    assert (counted.done_days, counted.planned_days, counted.untold_days) == (0, 1, 0)


def test_a_late_repeat_of_the_tick_brings_nothing_back(publication):
    mark = uuid4()
    tell(publication, client_id=mark)
    take_back(publication)

    with pytest.raises(logs.TakenBack):
        tell(publication, client_id=mark)

    assert not LogEntry.objects.exists()
    assert tell(publication).outcome == "all"


def test_the_same_id_takes_back_nothing_that_was_told_since(publication):
    mark = uuid4()
    tell(publication)
    take_back(publication, client_id=mark)
    told = tell(publication)

    take_back(publication, client_id=mark)

    assert LogEntry.objects.get() == told
    assert LogChange.objects.count() == 3


def test_where_nothing_was_told_nothing_is_written(publication):
    take_back(publication)

    assert not LogChange.objects.exists()


@pytest.mark.parametrize(("days", "is_taken"), [(0, True), (1, True), (2, False)])
def test_until_the_end_of_the_next_day(publication, today, days, is_taken):
    issued_days_ago(publication, 5)
    day = today - days * DAY
    tell(publication, day=day, waited=True)

    if is_taken:
        take_back(publication, day=day)
    else:
        with pytest.raises(logs.DayTooOld):
            take_back(publication, day=day)

    assert LogEntry.objects.exists() is not is_taken


def test_what_waited_on_a_phone_is_taken_back_later(publication, today):
    issued_days_ago(publication, 5)
    tell(publication, day=today - 3 * DAY, waited=True)

    take_back(publication, day=today - 3 * DAY, waited=True)

    assert not LogEntry.objects.exists()


@pytest.mark.parametrize(
    ("given", "error"),
    [({"session": 0}, logs.SessionOutOfRange), ({"item_key": uuid4()}, logs.ItemNeverInPlan)],
)
def test_bad_input_is_refused(publication, given, error):
    tell(publication)

    with pytest.raises(error):
        take_back(publication, **given)

    assert LogEntry.objects.exists()


def test_a_follow_up_that_came_of_it_says_that_it_was_corrected(publication):
    tell(publication, pain_after=9)
    assert "corrected" not in FollowUp.objects.get().facts

    take_back(publication)

    assert FollowUp.objects.get().facts["corrected"] is True


def test_after_the_end_of_the_plan_its_last_day_can_still_be_taken_back(publication, pat):
    tell(publication)
    plan_actions.stop_plan(plan=publication.plan, by=pat)

    take_back(publication)

    assert not LogEntry.objects.exists()


def test_staff_take_back_for_their_own_patients_alone(publication, clinic):
    tell(publication)

    with pytest.raises(NotAllowed):
        take_back(publication, source=LogSource.API, by=factories.therapist(clinic))

    assert LogEntry.objects.exists()
