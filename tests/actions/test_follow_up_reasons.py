"""Each reason for a follow-up: what must be told for it, and what is not enough."""

from uuid import uuid4

import pytest

from plans.actions import follow_ups
from plans.actions import plans as plan_actions
from plans.actions.logs import telling
from plans.models import (
    Clinic,
    Feel,
    FollowUp,
    LogEntry,
    LogSource,
    Outcome,
)
from tests import factories, measures
from tests.follow_ups import a_day, easy, kinds, of_two_exercises, tell, tell_again, tell_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def publication(pat, clinic):
    return of_two_exercises(pat, clinic)


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
