from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions import patients, reviewing
from plans.actions import plans as plan_actions
from plans.actions.exercises import delete_exercise
from plans.contraindications import UnknownCode
from plans.libraryfiles import Anchor, Level
from plans.models import Approval, Clinic, PatientCondition, Publication, Review
from plans.permissions import NotAllowed
from plans.queries.active_plans import oldest_review, touched_by
from plans.queries.rules import rules_for
from tests import factories

pytestmark = pytest.mark.django_db


def a_night():
    """A round in which every plan is due."""
    Publication.objects.update(reviewed_at=timezone.now() - timedelta(days=2), review_tried_at=None)
    return reviewing.review_next()


def test_nothing_changed_is_nothing_to_review(pat):
    factories.publication(pat)
    assert a_night() == 0


def test_a_new_rule_lists_the_plans_it_touches_once(pat, clinic):
    touched = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    )
    factories.publication(pat)
    factories.approved_rule(clinic)
    assert a_night() == 1
    review = Review.objects.get()
    assert review.publication == touched
    assert [line.split()[0] for line in review.appeared] == ["condition_rule"]
    assert a_night() == 0


def test_a_changed_patient_is_found(pat):
    publication = factories.publication(pat)
    of = publication.plan.patient
    new = PatientCondition(patient=of, condition=factories.condition("spinal_tumour", treat_cause_first=True))
    patients.save_patient(patient=of, conditions=[new], by=pat)
    a_night()
    assert "cause_first" in Review.objects.get().appeared[0]


def test_a_window_that_closes_is_found(pat, clinic, monkeypatch):
    factories.approved_rule(clinic, anchor=Anchor.ONSET, from_day=0, to_day=42)
    of = factories.patient(pat, has=[])
    onset = timezone.localdate() - timedelta(days=41)
    row = PatientCondition(patient=of, condition=factories.condition("sciatica"), onset=onset)
    patients.save_patient(patient=of, conditions=[row], by=pat)
    factories.publication(pat, of_plan=factories.plan(pat, of=of))
    assert a_night() == 0
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_, **__: tomorrow)
    assert a_night() == 1
    assert "condition_rule" in Review.objects.get().gone[0]


def test_a_draft_that_goes_on_is_not_what_is_checked(pat, clinic):
    publication = factories.publication(pat)
    plan = publication.plan
    plan_actions.save_plan(plan=plan, removed=[plan.items.get().pk], by=pat)
    assert a_night() == 0


def test_an_issued_exercise_that_was_deleted_is_listed_and_hides_no_other_plan(pat, clinic):
    admin = factories.library_admin(clinic)
    own = factories.approved_exercise(clinic, "own-slide", clinic=clinic, by=admin)
    plan = factories.plan(pat, exercises=[own])
    publication = factories.publication(pat, of_plan=plan)
    plan_actions.save_plan(plan=plan, removed=[plan.items.get().pk], by=pat)
    other = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    )
    delete_exercise(exercise=own.exercise, by=admin)
    factories.approved_rule(clinic)
    a_night()
    found = {review.publication: review.appeared for review in Review.objects.all()}
    assert set(found) == {publication, other}
    assert [line.split()[0] for line in found[publication]] == [
        "exercise_retired",
        "exercise_without_movements",
    ]


def test_a_plan_that_cannot_be_checked_hides_no_other(pat, clinic, monkeypatch):
    broken, other = (
        factories.publication(pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"])))
        for _ in range(2)
    )
    factories.approved_rule(clinic)
    check = reviewing.check_publication

    def fail_on_one(publication, **kwargs):
        if publication == broken:
            raise UnknownCode(where="Rule x", kind="movement", code="y")
        return check(publication, **kwargs)

    monkeypatch.setattr(reviewing, "check_publication", fail_on_one)
    assert a_night() == 1
    listed = {review.publication: review.unchecked for review in Review.objects.all()}
    assert listed == {broken: True, other: False}


def test_a_stopped_plan_is_left_alone(pat, clinic):
    publication = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    )
    plan_actions.stop_plan(plan=publication.plan, by=pat)
    factories.approved_rule(clinic)
    assert a_night() == 0


def test_a_difference_that_goes_away_closes_itself(pat, clinic):
    publication = factories.publication(pat)
    of = publication.plan.patient
    new = PatientCondition(patient=of, condition=factories.condition("spinal_tumour", treat_cause_first=True))
    patients.save_patient(patient=of, conditions=[new], by=pat)
    a_night()
    patients.save_patient(patient=of, removed=[new.pk], by=pat)
    a_night()
    assert not Review.objects.exists()


def test_only_who_cares_for_the_patient_closes_a_review_and_once(pat, clinic):
    factories.publication(pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"])))
    factories.approved_rule(clinic)
    a_night()
    review = Review.objects.get()
    with pytest.raises(NotAllowed):
        reviewing.close_review(review=review, by=factories.therapist(clinic))
    reviewing.close_review(review=review, by=pat)
    with pytest.raises(reviewing.AlreadyClosed):
        reviewing.close_review(review=review, by=pat)
    assert a_night() == 0


def test_the_preview_of_a_rule_names_the_plans_it_would_touch(pat, clinic):
    touched = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    )
    factories.publication(pat)
    factories.rule(level=Level.AVOID)
    (rule,) = rules_for(clinic, language="en")
    assert list(touched_by(rule, clinic=clinic)) == [touched]


# --- Turns ----------------------------------------------------------------------------------------------------


def looked_at():
    today = timezone.now() - timedelta(hours=1)
    return set(Publication.objects.filter(reviewed_at__gte=today))


def long_ago(*publications):
    """Say that these were looked at days ago, the first the longest ago."""
    for place, one in enumerate(publications):
        when = timezone.now() - timedelta(days=9) + timedelta(minutes=place)
        Publication.objects.filter(pk=one.pk).update(reviewed_at=when)


@pytest.fixture
def turns(monkeypatch):
    """The messages for further turns; a turn takes two plans."""
    sent = []
    monkeypatch.setattr(reviewing, "MAX_IN_TURN", 2)
    monkeypatch.setattr(reviewing, "enqueue_review", lambda: sent.append("turn"))
    return sent


def test_turns_look_at_every_plan_the_oldest_look_first(pat, turns):
    plans = [factories.publication(pat) for _ in range(5)]
    long_ago(*plans)
    seen = []
    while len(seen) < 3:
        reviewing.review_next()
        seen.append(looked_at())
    assert seen == [set(plans[:2]), set(plans[:4]), set(plans)]
    assert turns == ["turn", "turn"]
    reviewing.review_next()
    assert turns == ["turn", "turn"]


def test_a_plan_that_breaks_off_its_turn_holds_up_no_other_and_is_tried_again(pat, turns, monkeypatch):
    """Also the one that nobody foresaw, night after night the first."""
    broken, *others = [factories.publication(pat) for _ in range(3)]
    long_ago(broken, *others)
    check = reviewing.check_publication

    def fail_on_one(publication, **kwargs):
        if publication == broken:
            raise ZeroDivisionError
        return check(publication, **kwargs)

    monkeypatch.setattr(reviewing, "check_publication", fail_on_one)
    with pytest.raises(ZeroDivisionError):
        reviewing.review_next()
    assert turns == ["turn"]
    reviewing.review_next()
    assert looked_at() == set(others)
    Publication.objects.filter(pk=broken.pk).update(review_tried_at=timezone.now() - timedelta(hours=2))
    with pytest.raises(ZeroDivisionError):
        reviewing.review_next()
    assert oldest_review() < timezone.now() - timedelta(days=8)


def test_two_workers_share_a_round(pat, turns, monkeypatch):
    """The second takes its turn while the first is at its first plan."""
    plans = [factories.publication(pat) for _ in range(2)]
    long_ago(*plans)
    looks, check = [], reviewing.check_publication

    def look(publication, **kwargs):
        looks.append(publication)
        if len(looks) == 1:
            reviewing.review_next()
        return check(publication, **kwargs)

    monkeypatch.setattr(reviewing, "check_publication", look)
    reviewing.review_next()
    assert sorted(one.pk for one in looks) == sorted(one.pk for one in plans)


def test_a_new_version_was_looked_at_on_its_day_and_old_ones_are_left_alone(pat, turns):
    first = factories.publication(pat)
    first.plan.note = "Slower."
    plan_actions.save_plan(plan=first.plan, by=pat)
    second = factories.publication(pat, of_plan=first.plan)
    long_ago(first)
    reviewing.review_next()
    assert looked_at() == {second}
    assert turns == []


def test_what_plans_share_is_read_once(pat, clinic, django_assert_max_num_queries):
    factories.approved_rule(clinic)
    revision = factories.approved_exercise(clinic, "shared-slide")
    plans = [
        factories.publication(
            pat, of_plan=factories.plan(pat, exercises=[revision], of=factories.patient(pat))
        )
        for _ in range(6)
    ]
    long_ago(*plans)
    with django_assert_max_num_queries(16 + 9 * len(plans)):
        reviewing.review_next()
    assert looked_at() == set(plans)
    assert Clinic.objects.count() == 1


def test_a_release_that_changes_the_fixed_words_stops_no_plan_in_use(pat, monkeypatch):
    """They are printed already; a reviewer who takes the approval back means what was printed."""
    publication = factories.publication(pat)
    monkeypatch.setattr("plans.queries.wording.wording_name", lambda language: f"{language}:changed")
    assert a_night() == 0
    Approval.objects.exclude(wording="").update(withdrawn_at=timezone.now(), withdrawn_by=pat)
    assert a_night() == 1
    assert Review.objects.get().publication == publication
