"""What is kept in the process must never hide what changed since: each test looks, changes, and looks again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.actions import approving, exercises, rules
from plans.contraindications import ReviewState
from plans.models import Approval
from plans.queries.checks import check_plan
from plans.queries.rules import rules_for
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(clinic):
    return factories.plan(factories.therapist(clinic))


def only_rule(clinic, language="en"):
    (rule,) = rules_for(clinic, language=language)
    return rule


def only_exercise(plan):
    (chosen,) = check_plan(plan).chosen.values()
    return chosen


def test_a_second_look_reads_nothing_that_is_written_once(plan, clinic):
    factories.approved_rule(clinic)
    looks = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            check_plan(plan)
        looks.append([query["sql"] for query in captured])
    first, second = looks
    for words in (
        "rulerevision_movements",
        "exerciserevision_movements",
        '"steps"',
        '"rationale"',
        "_picture",
    ):
        assert any(words in sql for sql in first), words
        assert not any(words in sql for sql in second), words


def test_a_new_rule_and_a_new_version_of_it_are_seen(clinic):
    assert rules_for(clinic, language="en") == ()
    factories.rule(rationale="first")
    before = only_rule(clinic)
    factories.rule(rationale="second", movements=("supine", "prone"))
    after = only_rule(clinic)
    assert (before.version, before.rationale, before.movements) == (1, "first", {"supine"})
    assert (after.version, after.rationale, after.movements) == (2, "second", {"supine", "prone"})


def test_a_retired_rule_fires_no_more(clinic, reviewer):
    revision = factories.rule()
    assert only_rule(clinic)
    retired = rules.retire_rule(rule=revision.rule, by=None)
    approving.approve_rules(revisions=[retired], clinic=clinic, by=reviewer)
    assert rules_for(clinic, language="en") == ()


def test_a_sentence_is_approved_for_one_clinic_until_that_is_withdrawn(clinic, reviewer):
    revision, other = factories.rule(), factories.clinic()
    assert not only_rule(clinic).sentence_approved
    approving.approve_rules(revisions=[revision], clinic=clinic, by=reviewer)
    assert only_rule(clinic).sentence_approved
    assert not only_rule(other).sentence_approved
    approving.withdraw(approvals=Approval.objects.filter(clinic=clinic), by=reviewer)
    assert not only_rule(clinic).sentence_approved


def test_each_language_has_its_own_sentence(clinic):
    factories.rule(sentences={"en": "Because of your sciatica: stop.", "es": "Por su ciática: pare."})
    assert only_rule(clinic).sentence == "Because of your sciatica: stop."
    assert only_rule(clinic, "es").sentence == "Por su ciática: pare."
    assert only_rule(clinic, "ar").sentence == ""


def test_the_rules_of_another_clinic_do_not_hold_here(clinic):
    other = factories.clinic()
    factories.rule(clinic=other, by=factories.library_admin(other))
    assert only_rule(other)
    assert rules_for(clinic, language="en") == ()


def test_a_text_that_comes_later_is_seen(plan):
    plan.patient.language = "es"
    plan.patient.save()
    assert (only_exercise(plan).text, only_exercise(plan).text_state) == (None, ReviewState.MISSING)
    spanish = factories.exercise_text(name="Deslizar el talón")
    factories.exercise(texts={"en": factories.exercise_text(), "es": spanish})
    chosen = only_exercise(plan)
    assert (chosen.name, chosen.text_state) == ("Deslizar el talón", ReviewState.NEEDS_REVIEW)


def test_an_approval_that_is_withdrawn_counts_no_more(plan, clinic, reviewer):
    assert only_exercise(plan).revision_state == only_exercise(plan).text_state == ReviewState.APPROVED
    approving.withdraw(approvals=Approval.objects.filter(clinic=clinic), by=reviewer)
    assert only_exercise(plan).revision_state == only_exercise(plan).text_state == ReviewState.NEEDS_REVIEW


def test_a_newer_revision_and_a_retired_exercise_are_seen(plan, clinic, reviewer):
    before = only_exercise(plan)
    assert before.in_use_number == before.revision.number
    newer = factories.exercise(equipment=("mat",))
    assert only_exercise(plan).in_use_number == before.revision.number
    approving.approve_exercises(revisions=[newer], clinic=clinic, by=reviewer)
    assert only_exercise(plan).in_use_number == before.revision.number + 1
    approving.withdraw(approvals=Approval.objects.filter(revision=newer), by=reviewer)
    assert only_exercise(plan).in_use_number is None
    exercises.retire_exercise(exercise=before.revision.exercise, by=None)
    assert only_exercise(plan).revision.exercise.retired_on
