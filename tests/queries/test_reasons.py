"""What was said for an earlier version or in a plan that was copied: held, asked again, or there to be adopted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from plans.actions.patients import save_patient
from plans.actions.plans import copy_plan, save_plan
from plans.actions.reasons import give_reasons
from plans.libraryfiles import Level
from plans.models import PatientCondition, Reason
from plans.queries.checks import check_plan
from plans.queries.issued_checks import check_publication
from plans.queries.reasons import AskedAgain
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = "Tried here."


@pytest.fixture
def patient(pat, clinic):
    factories.approved_rule(clinic, level=Level.AVOID)
    return factories.patient(pat, has=["sciatica"])


@pytest.fixture
def plan(pat, clinic, patient):
    """A published plan with a reason for its one cause."""
    rows = [factories.approved_exercise(clinic, code) for code in ("one", "two")]
    row = factories.plan(pat, of=patient, exercises=rows)
    (card,) = check_plan(row).cards
    factories.publication(pat, of_plan=row, reasons={card.cause: WORDS})
    row.refresh_from_db()
    return row


def age(days):
    Reason.objects.update(created_at=timezone.now() - timedelta(days=days))


def learn(patient, pat):
    """A further condition is recorded."""
    held = list(patient.conditions.all())
    new = PatientCondition(patient=patient, condition=factories.condition("weakness"))
    save_patient(patient=patient, conditions=[*held, new], by=pat)


def why(check):
    return {earlier.why for earlier in check.earlier.values()}


def test_the_next_version_keeps_a_reason_while_nothing_changes(plan):
    age(89)
    check = check_plan(plan)
    assert check.may_go_to_patient
    assert not check.earlier


def test_a_reason_of_more_than_90_days_is_asked_again_and_shown_with_author_and_day(plan, pat):
    age(91)
    check = check_plan(plan)
    assert len(check.unanswered) == 2
    assert why(check) == {AskedAgain.OLD}
    assert {(one.reason.words, one.reason.created_by) for one in check.earlier.values()} == {(WORDS, pat)}
    (card,) = check.cards
    again = give_reasons(plan=plan, reasons={card.cause: WORDS}, by=pat, strict=True)
    assert again.may_go_to_patient
    assert not again.earlier


def test_after_a_new_fact_it_is_asked_again(plan, pat, patient):
    learn(patient, pat)
    check = check_plan(plan)
    assert why(check) == {AskedAgain.NEW_FACTS}
    assert len(check.unanswered) == 2


def test_a_draft_that_was_never_issued_keeps_what_was_said_in_it(pat, clinic, patient):
    row = factories.plan(pat, of=patient)
    (card,) = check_plan(row).cards
    give_reasons(plan=row, reasons={card.cause: WORDS}, by=pat, strict=True)
    learn(patient, pat)
    age(91)
    assert check_plan(row).may_go_to_patient


def test_the_version_that_the_patient_follows_keeps_its_reasons(plan, pat, patient):
    learn(patient, pat)
    age(91)
    assert not check_publication(plan.publications.get()).unanswered


def test_a_reissue_of_many_is_no_new_decision(plan):
    age(91)
    assert check_plan(plan, keep_reasons=True).may_go_to_patient


def test_a_copy_offers_the_reasons_and_holds_none(plan, pat, clinic):
    copy = copy_plan(plan=plan, by=pat)
    check = check_plan(copy)
    assert len(check.unanswered) == 2
    assert why(check) == {AskedAgain.ANOTHER_PLAN}
    assert all(one.may_be_adopted and one.reason.created_by == pat for one in check.earlier.values())
    new = factories.item(factories.approved_exercise(clinic, "three"), order=3)
    save_plan(plan=copy, items=[new], by=pat)
    offered = check_plan(copy).earlier
    assert len(offered) == 2, "nothing was said of the new exercise"
    by = factories.lead(clinic)
    (card,) = check.cards
    give_reasons(plan=copy, reasons={card.cause: WORDS}, by=by, strict=True)
    assert {reason.created_by for reason in Reason.objects.filter(plan=copy)} == {by}
    assert check_plan(copy).may_go_to_patient


@pytest.mark.parametrize("days", [0, 91])
def test_a_copy_after_a_new_fact_or_90_days_has_nothing_to_adopt(plan, pat, patient, days):
    if days:
        age(days)
    else:
        learn(patient, pat)
    check = check_plan(copy_plan(plan=plan, by=pat))
    assert not any(one.may_be_adopted for one in check.earlier.values())
    assert len(check.earlier) == 2
