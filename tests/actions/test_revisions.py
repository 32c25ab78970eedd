"""What is approved stays in force: for plans, protocols and publishing, while a change waits or an approval goes."""

import pytest
from django.db import IntegrityError, transaction

from plans.actions import approving, exercises, publishing, rules
from plans.actions import plans as plan_actions
from plans.actions.apply_protocol import start_plan
from plans.content import from_json
from plans.contraindications import Level as FindingLevel
from plans.libraryfiles import Level
from plans.models import Approval, AuditEvent, ExerciseInUse
from plans.permissions import NotAllowed
from plans.queries.checks import check_plan
from plans.queries.exercises import offered_revisions, revisions_in_use
from plans.queries.protocols import LeftOutWhy
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(clinic):
    return factories.library_admin(clinic)


@pytest.fixture
def plan(pat):
    return factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))


def codes(plan):
    return {finding.code for finding in check_plan(plan).findings}


def judgement(plan):
    (found,) = [one for one in check_plan(plan).findings if one.code == "condition_rule"]
    return found.level, found.rule.version, found.patient_sentence


def publish(plan, pat, reasons=None):
    prepared = publishing.prepare(plan=plan, by=pat, formats=())
    published = publishing.publish(
        plan=plan, expected_hash=prepared.expected_hash, by=pat, formats=(), reasons=reasons
    )
    return published.publication


def withdraw(by, **approvals):
    approving.withdraw(approvals=Approval.objects.filter(withdrawn_at=None, **approvals), by=by)


# --- Rules ----------------------------------------------------------------------------------------------------

SENTENCE = "Because of your sciatica: stop if your leg hurts more."


def test_a_library_admin_alone_weakens_no_rule(plan, clinic, admin, reviewer):
    own = {"clinic": clinic, "by": admin}
    factories.approved_rule(clinic, level=Level.AVOID, **own)
    for change in ({"level": Level.CAUTION}, {"movements": ("prone",)}, {"condition": "arthritis"}):
        weaker = factories.rule(**{"level": Level.AVOID, **change}, **own)
        assert judgement(plan) == (FindingLevel.AVOID, 1, SENTENCE)
    rules.retire_rule(rule=weaker.rule, by=admin)
    assert judgement(plan) == (FindingLevel.AVOID, 1, SENTENCE)
    with pytest.raises(NotAllowed):
        approving.approve_rules(revisions=[weaker], clinic=clinic, by=admin)
    approving.approve_rules(revisions=[weaker.rule.revisions.get(newest=True)], clinic=clinic, by=reviewer)
    assert "condition_rule" not in codes(plan)


def test_a_corrected_rationale_stops_no_publishing(plan, pat, clinic):
    factories.approved_rule(clinic)
    first = publish(plan, pat)
    factories.rule(rationale="lying on the back can hurt for a while")
    assert publish(plan, pat) == first
    assert check_plan(plan).may_go_to_patient


def test_only_approved_words_are_printed_of_a_stricter_change(plan, pat, clinic):
    factories.approved_rule(clinic)
    factories.rule(level=Level.AVOID, sentences={"en": "Nobody approved this."})
    assert judgement(plan) == (FindingLevel.AVOID, 2, SENTENCE)
    (question,) = check_plan(plan).unanswered
    issued = publish(plan, pat, reasons={question.fingerprint: "Tried in the clinic."})
    assert "Nobody approved this" not in issued.content.json
    (item,) = from_json(issued.content.json).items
    assert SENTENCE in str(item.sentences)


# --- Exercises ------------------------------------------------------------------------------------------------


def test_editing_an_approved_exercise_takes_it_from_nobody(plan, pat, clinic):
    first = plan.items.get().revision
    factories.exercise(source="a change that waits")
    assert not codes(plan) & {"revision_outdated", "revision_not_approved"}
    assert publish(plan, pat).number == 1
    assert offered_revisions([clinic.pk]).get() == first
    protocol = factories.protocol(factories.lead(clinic), exercises=[first])
    joined = start_plan(protocol=protocol, patient=plan.patient, by=pat)
    assert joined.plan.items.get().revision == first


def test_the_newest_is_the_newest_approved(plan, pat, clinic, reviewer):
    first = plan.items.get().revision
    second = factories.exercise(source="second")
    plan_actions.take_newest_revisions(plan=plan, by=pat)
    assert plan.items.get().revision == first
    approving.approve_exercises(revisions=[second], clinic=clinic, by=reviewer)
    factories.exercise(source="third, waits")
    assert "revision_outdated" in codes(plan)
    plan_actions.take_newest_revisions(plan=plan, by=pat)
    assert plan.items.get().revision == second
    assert "revision_outdated" not in codes(plan)


def test_taking_the_newest_can_be_taken_back_and_doses_stay(plan, pat, clinic):
    first = plan.items.get().revision
    second = factories.approved_exercise(clinic, source="second")
    with pytest.raises(plan_actions.NothingToTakeBack):
        plan_actions.take_former_revisions(plan=plan, by=pat)
    plan_actions.take_newest_revisions(plan=plan, by=pat)
    item = plan.items.get()
    assert (item.revision, item.former_revision) == (second, first)
    dose = item.dose
    plan_actions.take_former_revisions(plan=plan, by=pat)
    item = plan.items.get()
    assert (item.revision, item.former_revision, item.dose) == (first, None, dose)
    assert AuditEvent.objects.filter(verb="plan.revisions_taken_back").count() == 1
    with pytest.raises(NotAllowed):
        plan_actions.take_former_revisions(plan=plan, by=factories.therapist(clinic))


def test_what_is_not_approved_any_more_is_not_taken_back(plan, pat, clinic, reviewer):
    first = plan.items.get().revision
    factories.approved_exercise(clinic, source="second")
    plan_actions.take_newest_revisions(plan=plan, by=pat)
    withdraw(reviewer, revision=first)
    with pytest.raises(plan_actions.NothingToTakeBack):
        plan_actions.take_former_revisions(plan=plan, by=pat)


def test_an_item_that_became_another_exercise_is_not_taken_back(plan, pat, clinic):
    factories.approved_exercise(clinic, source="second")
    plan = plan_actions.take_newest_revisions(plan=plan, by=pat)
    item = plan.items.get()
    item.revision = factories.approved_exercise(clinic, "other")
    plan_actions.save_plan(plan=plan, items=[item], by=pat)
    with pytest.raises(plan_actions.NothingToTakeBack):
        plan_actions.take_former_revisions(plan=plan, by=pat)


def test_withdrawing_acts_at_once_and_brings_no_older_revision_back(plan, pat, clinic, reviewer):
    first = plan.items.get().revision
    second = factories.approved_exercise(clinic, source="second")
    protocol = factories.protocol(factories.lead(clinic), exercises=[first])
    withdraw(reviewer, revision=second)
    assert revisions_in_use([first.exercise_id], clinic=clinic) == {}
    assert offered_revisions([clinic.pk]).get() == second
    joined = start_plan(protocol=protocol, patient=plan.patient, by=pat)
    assert [one.why for one in joined.left_out] == [LeftOutWhy.NOT_APPROVED]
    plan_actions.take_newest_revisions(plan=plan, by=pat)
    assert plan.items.get().revision == first
    assert "revision_outdated" in codes(plan)
    stopped = factories.plan(pat, of=plan.patient, exercises=[second])
    assert "revision_not_approved" in codes(stopped)


def test_a_reviewer_goes_back_to_an_older_revision_by_approving_it_anew(plan, clinic, reviewer):
    first = plan.items.get().revision
    second = factories.approved_exercise(clinic, source="second")
    assert approving.approve_exercises(revisions=[second], clinic=clinic, by=reviewer) == 0
    assert approving.approve_exercises(revisions=[first], clinic=clinic, by=reviewer) == 1
    assert revisions_in_use([first.exercise_id], clinic=clinic)[first.exercise_id] == first
    held = Approval.objects.filter(revision=first).order_by("approved_at")
    assert [(one.withdrawn_at is None, one.approved_by == reviewer) for one in held] == [
        (False, False),
        (True, True),
    ]
    assert "revision_outdated" not in codes(plan)


def test_each_clinic_goes_on_with_its_own_revision(plan, clinic):
    first = plan.items.get().revision
    other = factories.clinic()
    second = factories.approved_exercise(other, source="second")
    assert offered_revisions([clinic.pk]).get() == first
    assert offered_revisions([other.pk]).get() == second
    assert offered_revisions([factories.clinic().pk]).get() == second


@pytest.mark.parametrize("role", ["reviewer", "library_admin", "lead"])
def test_a_recall_acts_at_once_and_stays_within_the_clinic(plan, pat, clinic, role):
    exercise = plan.items.get().revision.exercise
    factories.approved_exercise(clinic, source="second")
    other = factories.clinic()
    approving.approve_exercises(
        revisions=exercise.revisions.all(), clinic=other, by=factories.reviewer(other)
    )
    by = getattr(factories, role)(clinic)
    assert exercises.recall_exercise(exercise=exercise, clinic=clinic, by=by) == 2
    assert "revision_not_approved" in codes(plan)
    assert set(ExerciseInUse.objects.values_list("clinic", flat=True)) == {other.pk}
    with pytest.raises(publishing.PublishRefused):
        publish(plan, pat)
    assert exercises.recall_exercise(exercise=exercise, clinic=clinic, by=by) == 0


def test_who_may_not_recall(plan, pat, clinic):
    exercise = plan.items.get().revision.exercise
    own = factories.exercise("own", clinic=clinic)
    elsewhere = factories.lead(factories.clinic())
    for one, by, at in (
        (exercise, pat, clinic),
        (exercise, elsewhere, clinic),
        (own.exercise, elsewhere, None),
    ):
        with pytest.raises(NotAllowed):
            exercises.recall_exercise(exercise=one, clinic=at or elsewhere.memberships.get().clinic, by=by)


def test_one_revision_of_an_exercise_is_in_use_in_a_clinic(plan, clinic):
    revision = plan.items.get().revision
    with pytest.raises(IntegrityError), transaction.atomic():
        ExerciseInUse.objects.create(clinic=clinic, exercise=revision.exercise, revision=revision)
