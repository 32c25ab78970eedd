from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions import patients, reviewing
from plans.actions import plans as plan_actions
from plans.actions.exercises import delete_exercise
from plans.contraindications import UnknownCode
from plans.libraryfiles import Anchor, Level
from plans.models import PatientCondition, Review
from plans.permissions import NotAllowed
from plans.queries.active import touched_by
from plans.queries.rules import rules_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic():
    return factories.clinic()


@pytest.fixture
def pat(clinic):
    return factories.therapist(clinic)


def test_nothing_changed_is_nothing_to_review(pat):
    factories.publication(pat)
    assert reviewing.review_active_plans() == 0


def test_a_new_rule_lists_the_plans_it_touches_once(pat, clinic):
    touched = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    )
    factories.publication(pat)
    factories.approved_rule(clinic)
    assert reviewing.review_active_plans() == 1
    review = Review.objects.get()
    assert review.publication == touched
    assert [line.split()[0] for line in review.appeared] == ["condition_rule"]
    assert reviewing.review_active_plans() == 0


def test_a_changed_patient_is_found(pat):
    publication = factories.publication(pat)
    of = publication.plan.patient
    new = PatientCondition(patient=of, condition=factories.condition("spinal_tumour", treat_cause_first=True))
    patients.save_patient(patient=of, conditions=[new], by=pat)
    reviewing.review_active_plans()
    assert "cause_first" in Review.objects.get().appeared[0]


def test_a_window_that_closes_is_found(pat, clinic, monkeypatch):
    factories.approved_rule(clinic, anchor=Anchor.ONSET, from_day=0, to_day=42)
    of = factories.patient(pat, has=[])
    onset = timezone.localdate() - timedelta(days=41)
    row = PatientCondition(patient=of, condition=factories.condition("sciatica"), onset=onset)
    patients.save_patient(patient=of, conditions=[row], by=pat)
    factories.publication(pat, of_plan=factories.plan(pat, of=of))
    assert reviewing.review_active_plans() == 0
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    assert reviewing.review_active_plans() == 1
    assert "condition_rule" in Review.objects.get().gone[0]


def test_a_draft_that_goes_on_is_not_what_is_checked(pat, clinic):
    publication = factories.publication(pat)
    plan = publication.plan
    plan_actions.save_plan(plan=plan, removed=[plan.items.get().pk], by=pat)
    assert reviewing.review_active_plans() == 0


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
    reviewing.review_active_plans()
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

    def fail_on_one(publication):
        if publication == broken:
            raise UnknownCode(where="Rule x", kind="movement", code="y")
        return check(publication)

    monkeypatch.setattr(reviewing, "check_publication", fail_on_one)
    assert reviewing.review_active_plans() == 1
    assert Review.objects.get().publication == other


def test_a_stopped_plan_is_left_alone(pat, clinic):
    publication = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    )
    plan_actions.stop_plan(plan=publication.plan, by=pat)
    factories.approved_rule(clinic)
    assert reviewing.review_active_plans() == 0


def test_a_difference_that_goes_away_closes_itself(pat, clinic):
    publication = factories.publication(pat)
    of = publication.plan.patient
    new = PatientCondition(patient=of, condition=factories.condition("spinal_tumour", treat_cause_first=True))
    patients.save_patient(patient=of, conditions=[new], by=pat)
    reviewing.review_active_plans()
    patients.save_patient(patient=of, removed=[new.pk], by=pat)
    reviewing.review_active_plans()
    assert not Review.objects.exists()


def test_only_who_cares_for_the_patient_closes_a_review_and_once(pat, clinic):
    factories.publication(pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"])))
    factories.approved_rule(clinic)
    reviewing.review_active_plans()
    review = Review.objects.get()
    with pytest.raises(NotAllowed):
        reviewing.close_review(review=review, by=factories.therapist(clinic))
    reviewing.close_review(review=review, by=pat)
    with pytest.raises(reviewing.AlreadyClosed):
        reviewing.close_review(review=review, by=pat)
    assert reviewing.review_active_plans() == 0


def test_the_preview_of_a_rule_names_the_plans_it_would_touch(pat, clinic):
    touched = factories.publication(
        pat, of_plan=factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))
    )
    factories.publication(pat)
    factories.rule(level=Level.AVOID)
    (rule,) = rules_for(clinic, language="en")
    assert list(touched_by(rule, clinic=clinic)) == [touched]
