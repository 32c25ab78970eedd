"""Plans of which nothing was told for the clinic's number of days: listed once, and off the list by themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions import follow_ups, pausing, silence
from plans.actions import plans as plan_actions
from plans.content import BrokenContent
from plans.models import Clinic, DownloadLink, FollowUp, OutboxEvent, Pause, Publication
from tests import factories

pytestmark = pytest.mark.django_db


def issued(pat, *, days_ago, **fields):
    """A version that was issued days ago."""
    begun = {"start_on": factories.in_days(-days_ago), **fields}
    publication = factories.publication(pat, of_plan=factories.plan(pat, **begun))
    day = publication.issued_on - timedelta(days=days_ago)
    Publication.objects.filter(pk=publication.pk).update(issued_on=day)
    publication.refresh_from_db()
    return publication


def listed():
    return list(FollowUp.objects.filter(done_at=None, ended_at=None))


@pytest.mark.parametrize(("days_ago", "count"), [(6, 0), (7, 1)])
def test_a_plan_that_was_never_logged_counts_from_its_issue(pat, days_ago, count):
    publication = issued(pat, days_ago=days_ago)
    assert silence.follow_up_next() == count
    assert [row.facts for row in listed()] == [
        {"since": publication.issued_on.isoformat(), "never": True}
    ] * count


@pytest.mark.parametrize("tell", [factories.log_entry, factories.day_entry])
@pytest.mark.parametrize(("days_ago", "count"), [(6, 0), (7, 1)])
def test_else_from_the_last_day_that_was_told_of(pat, tell, days_ago, count):
    publication = issued(pat, days_ago=30)
    told = tell(publication, days_ago=days_ago)
    assert silence.follow_up_next() == count
    assert [row.facts for row in listed()] == [{"since": told.day.isoformat(), "never": False}] * count


def test_the_clinic_says_after_how_many_days(pat, clinic):
    Clinic.objects.filter(pk=clinic.pk).update(silent_days=3)
    publication = issued(pat, days_ago=3)
    assert silence.follow_up_next() == 1
    (row,) = listed()
    assert (row.kind, row.publication, row.day) == ("silent", publication, clinic.today())


def test_a_clinic_that_does_not_ask_is_left_alone_and_what_was_listed_ends(pat, clinic):
    issued(pat, days_ago=9)
    silence.follow_up_next()
    Clinic.objects.filter(pk=clinic.pk).update(follow_up_kinds=["pain"])
    assert silence.follow_up_next() == 0
    assert listed() == []


def test_a_day_is_the_clinics(db, monkeypatch):
    """It is the seventh day in Auckland while it is the sixth in Chicago."""
    there = factories.clinic(time_zone="Pacific/Auckland")
    here = factories.clinic(time_zone="America/Chicago")
    for place in (there, here):
        issued(factories.therapist(place), days_ago=9)
    noon_in_auckland = timezone.now().replace(hour=0, minute=30)
    monkeypatch.setattr(timezone, "now", lambda: noon_in_auckland)
    Publication.objects.update(
        issued_on=timezone.localdate(noon_in_auckland, timezone=there.zone) - timedelta(days=7)
    )
    assert silence.follow_up_next() == 1
    assert listed()[0].clinic == there


def test_it_is_listed_once_and_told_once(pat):
    issued(pat, days_ago=9)
    assert (silence.follow_up_next(), silence.follow_up_next()) == (1, 0)
    assert [event.type for event in OutboxEvent.objects.all()] == ["follow_up.raised"]


def test_two_schedulers_list_each_plan_once(pat, monkeypatch):
    """The second takes its turn after the first has found what is silent and before it lists it."""
    for _ in range(2):
        issued(pat, days_ago=9)
    turns, list_plan = [], silence._list

    def look(plan_id, clinic):
        turns.append(plan_id)
        if len(turns) == 1:
            assert silence.follow_up_next() == 2
        return list_plan(plan_id, clinic)

    monkeypatch.setattr(silence, "_list", look)
    assert silence.follow_up_next() == 0
    assert len(listed()) == 2


def test_it_ends_by_itself_as_soon_as_something_is_logged(pat):
    publication = issued(pat, days_ago=9)
    silence.follow_up_next()
    entry = factories.log_entry(publication)
    follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)
    assert listed() == []
    assert FollowUp.objects.get().done_by is None


def test_a_day_long_past_that_is_keyed_in_does_not_end_it(pat):
    publication = issued(pat, days_ago=30)
    silence.follow_up_next()
    entry = factories.log_entry(publication, days_ago=20)
    follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)
    assert len(listed()) == 1


def test_when_somebody_is_done_with_it_the_days_begin_anew(pat, monkeypatch):
    issued(pat, days_ago=30)
    silence.follow_up_next()
    follow_ups.finish_follow_up(follow_up=FollowUp.objects.get(), by=pat)
    assert silence.follow_up_next() == 0
    later = timezone.now() - timedelta(days=7)
    FollowUp.objects.update(done_at=later, seen_at=later)
    assert silence.follow_up_next() == 1


def test_a_paused_plan_is_not_silent_and_has_all_its_days_after_the_pause(pat):
    publication = issued(pat, days_ago=30)
    silence.follow_up_next()
    pausing.pause_plan(plan=publication.plan, by=pat)
    assert (silence.follow_up_next(), listed()) == (0, [])
    pausing.resume_plan(plan=publication.plan, by=pat)
    assert silence.follow_up_next() == 0
    long_ago = timezone.now() - timedelta(days=7)
    Pause.objects.update(paused_at=long_ago, resumed_at=long_ago)
    assert silence.follow_up_next() == 1


def test_a_plan_that_was_stopped_or_is_over_is_nobodys(pat, clinic):
    stopped, over, live = (issued(pat, days_ago=9) for _ in range(3))
    assert silence.follow_up_next() == 3
    plan_actions.stop_plan(plan=stopped.plan, by=pat)
    yesterday = clinic.today() - timedelta(days=1)
    Publication.objects.filter(pk=over.pk).update(followed_until=yesterday)
    DownloadLink.objects.filter(plan=over.plan).update(expires_on=yesterday)
    assert silence.follow_up_next() == 0
    assert [row.publication for row in listed()] == [live]


def test_a_plan_that_begins_later_has_its_days_from_then(pat, clinic):
    first_day = clinic.today() - timedelta(days=2)
    issued(pat, days_ago=9, start_on=first_day)
    assert silence.follow_up_next() == 0


def test_a_content_that_cannot_be_read_hides_no_other_plan(pat, monkeypatch):
    broken, other = (issued(pat, days_ago=9) for _ in range(2))
    read = silence.silence_of

    def fail_on_one(publication):
        if publication == broken:
            raise BrokenContent(where="", problem="made up")
        return read(publication)

    monkeypatch.setattr(silence, "silence_of", fail_on_one)
    assert silence.follow_up_next() == 1
    assert [row.publication for row in listed()] == [other]


def test_a_turn_lists_so_many_and_asks_for_the_next(pat, monkeypatch):
    sent = []
    monkeypatch.setattr(silence, "MAX_IN_TURN", 2)
    monkeypatch.setattr(silence, "enqueue_silence", lambda: sent.append("turn"))
    for _ in range(3):
        issued(pat, days_ago=9)
    assert (silence.follow_up_next(), sent) == (2, ["turn"])
    assert (silence.follow_up_next(), sent) == (1, ["turn"])


def test_a_turn_that_lists_nothing_asks_for_no_other(pat, monkeypatch):
    monkeypatch.setattr(silence, "MAX_IN_TURN", 1)
    monkeypatch.setattr(silence, "enqueue_silence", lambda: pytest.fail("it would never end"))
    monkeypatch.setattr(silence, "silence_of", lambda publication: None)
    issued(pat, days_ago=9)
    assert silence.follow_up_next() == 0


def test_the_questions_do_not_grow_with_what_is_listed_already(pat, django_assert_num_queries):
    issued(pat, days_ago=9)
    silence.follow_up_next()
    with django_assert_num_queries(3):
        silence.follow_up_next()
    for _ in range(3):
        issued(pat, days_ago=9)
    silence.follow_up_next()
    with django_assert_num_queries(3):
        silence.follow_up_next()
