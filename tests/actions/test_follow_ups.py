"""What is told of a plan raises follow-ups: one for each reason, brought up to date, seen, done, and coming again."""

import json
import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, transaction

from plans.actions import follow_ups
from plans.actions import plans as plan_actions
from plans.actions.clinics import change_settings
from plans.actions.logs import telling
from plans.models import (
    AuditEvent,
    Clinic,
    Feel,
    FollowUp,
    FollowUpKind,
    LogEntry,
    LogSource,
    OutboxEvent,
    Outcome,
)
from plans.permissions import NotAllowed
from tests import factories, measures
from tests.at_once import in_thread, someone_waits_for_a_lock
from tests.servers import poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication(pat, clinic):
    """Two exercises; pain up to 5 means ease off."""
    both = [factories.approved_exercise(clinic, code) for code in ("heel-slide", "bridge")]
    return factories.publication(pat, of_plan=factories.plan(pat, exercises=both))


def tell(publication, *, days_ago=0, **fields):
    entry = factories.log_entry(publication, days_ago=days_ago, **fields)
    return follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)


def tell_day(publication, **fields):
    day = factories.day_entry(publication, **fields)
    return follow_ups.raise_follow_ups(plan=publication.plan, day=day.day)


def tell_again(publication, entry, **fields):
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.save()
    return follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)


def kinds():
    return sorted(FollowUp.objects.filter(ended_at=None).values_list("kind", flat=True))


def a_day(publication, days_ago):
    return publication.plan.patient.clinic.today() - timedelta(days=days_ago)


# --- Pain ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pain", "raised"), [(5, []), (6, ["pain"]), (10, ["pain"])])
def test_pain_over_the_value_on_the_sheet(publication, pain, raised):
    tell(publication, pain_after=pain)
    assert kinds() == raised


def test_pain_told_as_a_measure_on_the_page(publication, clinic, pat):
    factories.approved_measures(clinic)

    told = {"text": measures.measure().texts.get(), "day": clinic.today()}
    measures.tell(publication.plan, "pain", 5, **told)
    assert kinds() == []
    measures.tell(publication.plan, "pain", 7, **told)
    (row,) = FollowUp.objects.all()
    assert (row.kind, row.facts["pain"], row.facts["over"]) == ("pain", 7, 5)
    measures.tell(publication.plan, "pain", 4, **told)
    row.refresh_from_db()
    assert row.facts["corrected"] is True


def test_pain_that_staff_key_in_as_a_measure_is_known_to_them(publication, clinic, pat):
    factories.approved_measures(clinic)

    measures.tell(publication.plan, "pain", 9, by=pat)

    assert kinds() == []


def test_the_value_is_that_of_the_version_that_was_given(publication, clinic, lead):
    Clinic.objects.filter(pk=clinic.pk).update(pain_ease_off_to=8)
    tell(publication, pain_after=6)
    (row,) = FollowUp.objects.all()
    assert (row.facts["pain"], row.facts["over"]) == (6, 5)


def test_pain_after_an_exercise_names_it_and_pain_before_it_does_not(publication):
    entry = factories.log_entry(publication, pain_before=9)
    follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)
    assert "item" not in FollowUp.objects.get().facts
    tell(publication, item=1, pain_after=10)
    assert FollowUp.objects.get().facts["item"] == str(
        LogEntry.objects.exclude(pain_after=None).get().item_key
    )


def test_pain_of_a_day_as_a_whole_counts(publication):
    tell_day(publication, pain=7)
    row = FollowUp.objects.get()
    assert (row.kind, row.item_key, row.facts["pain"]) == ("pain", None, 7)


def test_pain_that_comes_again_is_one_follow_up_of_the_newest_day(publication, pat):
    tell(publication, days_ago=2, pain_after=9)
    follow_ups.see_follow_up(follow_up=FollowUp.objects.get(), by=pat)
    assert len(tell(publication, days_ago=1, pain_after=6)) == 1
    row = FollowUp.objects.get()
    assert (row.day, row.facts["pain"], row.facts["days"]) == (a_day(publication, 1), 6, 2)
    # What is news was seen by nobody.
    assert row.seen_at is None


def test_the_same_told_again_is_no_news(publication, pat):
    tell(publication, pain_after=7)
    follow_ups.see_follow_up(follow_up=FollowUp.objects.get(), by=pat)
    assert follow_ups.raise_follow_ups(plan=publication.plan, day=a_day(publication, 0)) == []
    assert FollowUp.objects.get().seen_by == pat


def test_pain_that_was_corrected_stays_until_a_person_is_done_and_says_so(publication, pat):
    tell(publication, pain_after=8)
    tell_again(publication, LogEntry.objects.get(), pain_after=3)
    row = FollowUp.objects.get()
    assert (row.is_open, row.facts["pain"], row.facts["corrected"]) == (True, 8, True)
    tell_again(publication, LogEntry.objects.get(), pain_after=7)
    assert "corrected" not in FollowUp.objects.get().facts


def test_telling_raises_what_it_says(publication):
    tell = {"publication": publication, "day": a_day(publication, 0), "source": LogSource.PAGE, "by": None}
    item = publication.plan.items.first().pk
    telling.tell_exercise(**tell, item_key=item, session=1, outcome="all", pain_after=8, client_id=uuid4())
    telling.tell_day(**tell, signs=["fever"], client_id=uuid4())
    assert kinds() == ["pain", "sign"]


# --- It hurts, I cannot -------------------------------------------------------------------------------------------


def test_hurting_once_is_not_twice(publication):
    tell(publication, days_ago=1, feel=Feel.HURT)
    tell(publication, item=1, feel=Feel.CANNOT)
    assert kinds() == []


def test_an_exercise_that_hurt_and_could_not_be_done(publication):
    tell(publication, days_ago=3, feel=Feel.HURT)
    tell(publication, outcome=Outcome.SKIPPED, feel=Feel.CANNOT)
    row = FollowUp.objects.get()
    assert (row.kind, row.item_key, row.day) == (
        "hurts",
        LogEntry.objects.first().item_key,
        a_day(publication, 0),
    )
    assert row.facts == {"hurt": 1, "cannot": 1, "days": 2, "since": a_day(publication, 3).isoformat()}


def test_each_exercise_that_hurts_has_its_own(publication):
    for days_ago in (1, 0):
        tell(publication, days_ago=days_ago, feel=Feel.HURT)
        tell(publication, days_ago=days_ago, item=1, feel=Feel.HURT)
    assert kinds() == ["hurts", "hurts"]


def test_two_sessions_of_one_day_are_twice(publication):
    tell(publication, session=1, feel=Feel.HURT)
    tell(publication, session=2, feel=Feel.HURT)
    assert kinds() == ["hurts"]


def test_what_lies_more_than_four_weeks_apart_is_not_twice(publication):
    tell(publication, days_ago=28, feel=Feel.HURT)
    tell(publication, feel=Feel.HURT)
    assert kinds() == []


def test_days_that_hurt_without_an_exercise_as_on_paper(publication):
    tell_day(publication, days_ago=1, feel=Feel.HURT)
    tell_day(publication, feel=Feel.CANNOT)
    row = FollowUp.objects.get()
    assert (row.kind, row.item_key) == ("hurts", None)


def test_an_exercise_that_took_the_place_of_another_begins_anew(publication, pat, clinic):
    tell(publication, days_ago=1, feel=Feel.HURT)
    row = publication.plan.items.first()
    row.revision = factories.approved_exercise(clinic, "quad-set")
    plan_actions.save_plan(plan=publication.plan, items=[row], by=pat)
    tell(factories.publication(pat, of_plan=publication.plan), feel=Feel.HURT)
    assert kinds() == []


# --- Warning signs ------------------------------------------------------------------------------------------------


def test_a_warning_sign(publication):
    tell_day(publication, signs=["chest_pain"])
    row = FollowUp.objects.get()
    assert (row.kind, row.facts["signs"]) == ("sign", ["chest_pain"])


def test_a_second_sign_joins_the_first_and_is_unseen(publication, pat):
    tell_day(publication, days_ago=1, signs=["fever"])
    follow_ups.see_follow_up(follow_up=FollowUp.objects.get(), by=pat)
    tell_day(publication, signs=["chest_pain"])
    row = FollowUp.objects.get()
    assert (row.facts["signs"], row.seen_by) == (["chest_pain", "fever"], None)


def test_a_sign_that_was_taken_back_stays_until_a_person_is_done(publication):
    day = factories.day_entry(publication, signs=["fever"])
    follow_ups.raise_follow_ups(plan=publication.plan, day=day.day)
    tell_again(publication, day, signs=[])
    row = FollowUp.objects.get()
    assert (row.is_open, row.facts["signs"], row.facts["corrected"]) == (True, ["fever"], True)


# --- All done and easy --------------------------------------------------------------------------------------------


def easy(publication, days, **fields):
    for days_ago in days:
        tell(publication, days_ago=days_ago, **{"feel": Feel.TOO_EASY, **fields})


def test_three_easy_days_of_the_last_seven(publication):
    easy(publication, (6, 3))
    assert kinds() == []
    easy(publication, (0,))
    row = FollowUp.objects.get()
    item = str(LogEntry.objects.first().item_key)
    assert (row.kind, row.item_key, row.facts["items"]) == ("easy", None, [item])
    assert (row.facts["sessions"], row.facts["days"]) == (3, 3)


def test_three_sessions_on_two_days_are_too_few(publication):
    easy(publication, (1, 0))
    tell(publication, session=2, feel=Feel.TOO_EASY)
    assert kinds() == []


def test_a_week_is_seven_days(publication):
    easy(publication, (7, 3, 0))
    assert kinds() == []


@pytest.mark.parametrize(
    "other",
    [
        {"outcome": Outcome.PART, "feel": Feel.TOO_EASY},
        {"outcome": Outcome.SKIPPED},
        {"feel": Feel.RIGHT},
        {"feel": Feel.HURT},
        {"pain_before": 6},
    ],
)
def test_one_session_that_was_not_easy_says_no(publication, other):
    easy(publication, (3, 2, 1))
    assert kinds() == ["easy"]
    tell(publication, **other)
    assert "easy" not in kinds()


def test_another_exercise_that_is_right_leaves_the_easy_one_easy(publication):
    easy(publication, (2, 1, 0))
    tell(publication, item=1, feel=Feel.RIGHT)
    assert kinds() == ["easy"]


def test_nothing_is_easy_in_a_week_in_which_another_exercise_hurt(publication):
    tell(publication, item=1, days_ago=4, feel=Feel.HURT)
    easy(publication, (2, 1, 0))
    assert kinds() == []


@pytest.mark.parametrize("of_day", [{"signs": ["fever"]}, {"pain": 6}, {"feel": Feel.HURT}])
def test_nothing_is_easy_in_a_week_with_a_bad_day(publication, of_day):
    factories.day_entry(publication, days_ago=5, **of_day)
    easy(publication, (2, 1, 0))
    assert "easy" not in kinds()


def test_a_day_on_paper_says_how_all_of_it_went(publication):
    for days_ago in (2, 1, 0):
        factories.day_entry(publication, days_ago=days_ago, feel=Feel.TOO_EASY)
    easy(publication, (2, 1, 0), feel="")
    assert kinds() == ["easy"]


def test_more_easy_days_are_no_news_and_another_exercise_is(publication, pat):
    easy(publication, (3, 2, 1))
    follow_ups.see_follow_up(follow_up=FollowUp.objects.get(), by=pat)
    easy(publication, (0,))
    assert (FollowUp.objects.get().seen_by, FollowUp.objects.get().facts["sessions"]) == (pat, 4)
    easy(publication, (2, 1, 0), item=1)
    assert (FollowUp.objects.get().seen_by, len(FollowUp.objects.get().facts["items"])) == (None, 2)


def test_an_exercise_that_left_is_not_made_harder(publication, pat):
    easy(publication, (2, 1))
    plan = publication.plan
    plan_actions.save_plan(plan=plan, removed=[plan.items.first().pk], by=pat)
    factories.publication(pat, of_plan=plan)
    easy(publication, (0,))
    assert kinds() == []


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
