"""Follow-ups are brought up to date, seen, done, and come again; one of each reason is open."""

import json
import threading

import pytest
from django.db import IntegrityError, OperationalError, transaction

from plans.actions import follow_ups
from plans.actions.clinics import change_settings
from plans.models import (
    AuditEvent,
    Feel,
    FollowUp,
    FollowUpKind,
    OutboxEvent,
)
from plans.permissions import NotAllowed
from tests import factories
from tests.at_once import in_thread, someone_waits_for_a_lock
from tests.follow_ups import a_day, easy, kinds, of_two_exercises, tell, tell_again, tell_day
from tests.servers import poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication(pat, clinic):
    return of_two_exercises(pat, clinic)


# --- Seen, done, and coming again ---------------------------------------------------------------------------------


def test_who_saw_it_first_stays(publication, pat, lead):
    tell(publication, pain_after=9)
    row = FollowUp.objects.get()
    follow_ups.see_follow_up(follow_up=row, by=pat)
    follow_ups.see_follow_up(follow_up=row, by=lead)
    row.refresh_from_db()
    assert row.seen_by == pat
    assert AuditEvent.objects.filter(verb="follow_up.seen").count() == 1


def test_done_takes_it_off_the_list_once(publication, pat):
    tell(publication, pain_after=9)
    row = FollowUp.objects.get()
    follow_ups.finish_follow_up(follow_up=row, by=pat)
    row.refresh_from_db()
    assert (row.is_open, row.done_by, row.seen_by) == (False, pat, pat)
    assert AuditEvent.objects.get(verb="follow_up.done").patient_id == publication.plan.patient_id
    for action in (follow_ups.see_follow_up, follow_ups.finish_follow_up):
        with pytest.raises(follow_ups.FollowUpOver):
            action(follow_up=row, by=pat)


@pytest.mark.parametrize("action", [follow_ups.see_follow_up, follow_ups.finish_follow_up])
def test_only_who_cares_for_the_patient(publication, clinic, action):
    tell(publication, pain_after=9)
    row = FollowUp.objects.get()
    with pytest.raises(NotAllowed):
        action(follow_up=row, by=factories.therapist(clinic))
    row.refresh_from_db()
    assert row.seen_at is None


def finish_all(by):
    for row in FollowUp.objects.filter(done_at=None, ended_at=None):
        follow_ups.finish_follow_up(follow_up=row, by=by)


@pytest.mark.parametrize(
    ("kind", "telling"),
    [("pain", {"pain_after": 8}), ("hurts", {"feel": Feel.HURT}), ("easy", {"feel": Feel.TOO_EASY})],
)
def test_what_was_done_comes_again_by_newer_days_only(publication, pat, kind, telling):
    for days_ago in (9, 8, 7, 6):
        tell(publication, days_ago=days_ago, **telling)
    finish_all(pat)
    # The same day told again, and an older day that is keyed in late.
    follow_ups.raise_follow_ups(plan=publication.plan, day=a_day(publication, 6))
    tell(publication, days_ago=11, **telling)
    assert FollowUp.objects.get().done_by == pat
    for days_ago in (2, 1, 0):
        tell(publication, days_ago=days_ago, **telling)
    again = FollowUp.objects.get(done_at=None)
    assert (again.kind, again.facts["days"], again.day) == (kind, 3, a_day(publication, 0))


def test_graver_pain_on_the_day_that_was_done_comes_again(publication, pat):
    tell(publication, pain_after=6)
    finish_all(pat)
    tell(publication, session=2, pain_after=6)
    assert FollowUp.objects.count() == 1
    tell(publication, session=3, pain_after=9)
    assert FollowUp.objects.get(done_at=None).facts["pain"] == 9


def test_another_sign_on_the_day_that_was_done_comes_again(publication, pat):
    day = factories.day_entry(publication, signs=["fever"])
    follow_ups.raise_follow_ups(plan=publication.plan, day=day.day)
    finish_all(pat)
    tell_again(publication, day, signs=["fever"])
    assert FollowUp.objects.count() == 1
    tell_again(publication, day, signs=["fever", "chest_pain"])
    assert FollowUp.objects.get(done_at=None).facts["signs"] == ["fever", "chest_pain"]


def test_two_hurting_days_are_new_ones_after_it_was_done(publication, pat):
    for days_ago in (5, 4):
        tell(publication, days_ago=days_ago, feel=Feel.HURT)
    finish_all(pat)
    tell(publication, days_ago=1, feel=Feel.HURT)
    assert FollowUp.objects.count() == 1
    tell(publication, feel=Feel.HURT)
    assert FollowUp.objects.get(done_at=None).facts["hurt"] == 2


# --- The clinic's settings, events, and two at once ---------------------------------------------------------------


def test_a_clinic_follows_up_what_it_says(publication, lead, clinic):
    change_settings(clinic=clinic, follow_up_kinds=["sign"], by=lead)
    tell(publication, pain_after=9)
    assert kinds() == []
    tell_day(publication, signs=["fever"])
    assert kinds() == ["sign"]


def test_systems_are_told_once_by_ids_and_the_kind(publication, clinic):
    tell(publication, days_ago=1, pain_after=9, words="Secretword")
    tell(publication, pain_after=10)
    (event,) = OutboxEvent.objects.all()
    row = FollowUp.objects.get()
    assert (event.type, event.clinic) == ("follow_up.raised", clinic)
    assert json.loads(event.body)["data"] == {
        "follow_up": str(row.pk),
        "plan": str(publication.plan_id),
        "kind": "pain",
    }


def test_the_facts_hold_no_words_of_the_patient(publication):
    tell(publication, days_ago=1, pain_after=9, feel=Feel.HURT, words="Secretword")
    tell(publication, pain_after=9, feel=Feel.HURT, words="Secretword")
    tell_day(publication, signs=["fever"], words="Secretword")
    assert "Secretword" not in str([row.facts for row in FollowUp.objects.all()])
    assert FollowUp.objects.count() == 3


def test_one_of_a_kind_is_open(publication):
    tell(publication, pain_after=9)
    row = FollowUp.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.create(
            clinic=row.clinic, plan=row.plan, publication=row.publication, kind=FollowUpKind.PAIN, day=row.day
        )


def test_the_gravest_stand_first(publication):
    easy(publication, (2, 1, 0))
    finish = FollowUp.objects.get()
    tell(publication, item=1, session=1, feel=Feel.HURT, pain_after=9)
    tell(publication, item=1, session=2, feel=Feel.HURT)
    tell_day(publication, signs=["fever"])
    finish.refresh_from_db()
    assert not finish.is_open
    assert [row.kind for row in FollowUp.objects.filter(ended_at=None)] == ["sign", "pain", "hurts"]


def test_the_questions_do_not_grow_with_what_was_told(publication, django_assert_max_num_queries):
    tell(publication, pain_after=1)
    with django_assert_max_num_queries(9):
        follow_ups.raise_follow_ups(plan=publication.plan, day=a_day(publication, 0))
    for days_ago in range(1, 20):
        for item in (0, 1):
            factories.log_entry(publication, item=item, days_ago=days_ago)
    with django_assert_max_num_queries(9):
        follow_ups.raise_follow_ups(plan=publication.plan, day=a_day(publication, 0))


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_devices_that_tell_at_once_raise_one_and_do_not_wait_for_each_other_for_ever(publication):
    """Both have written what was told, and so hold a share of the plan, before either looks what comes of it."""
    told, failed = threading.Event(), []

    def tell_second():
        try:
            with transaction.atomic():
                second = factories.log_entry(publication, session=2, pain_after=9)
                told.set()
                poll(lambda: raised.is_set(), what="the first to raise")
                follow_ups.raise_follow_ups(plan=publication.plan, day=second.day)
        except (OperationalError, TimeoutError) as error:
            failed.append(error)
            told.set()

    raised = threading.Event()
    with transaction.atomic():
        first = factories.log_entry(publication, session=1, pain_after=8)
        other = in_thread(tell_second)
        told.wait(60)
        follow_ups.raise_follow_ups(plan=publication.plan, day=first.day)
        raised.set()
        poll(someone_waits_for_a_lock, what="the second at the plan")
    other.join()
    assert failed == []
    assert FollowUp.objects.get().facts["pain"] == 9
