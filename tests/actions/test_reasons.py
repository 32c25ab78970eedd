import pytest

from plans.actions.plans import save_plan
from plans.actions.reasons import NoSuchReason, UnknownFinding, give_reasons, take_back_reasons
from plans.contraindications import name_together
from plans.libraryfiles import Level
from plans.models import AuditEvent, Reason
from plans.permissions import NotAllowed
from plans.queries.checks import check_plan
from plans.queries.issued_checks import check_publication
from tests import factories

pytestmark = pytest.mark.django_db
NO_FINDING = "0" * 32


@pytest.fixture
def plan(pat):
    """One with a finding that asks for a reason."""
    factories.approved_rule(pat.memberships.get().clinic, level=Level.AVOID)
    return factories.plan(pat, of=factories.patient(pat, has=["sciatica"]))


@pytest.fixture
def asked(plan, pat):
    (finding,) = give_reasons(plan=plan, reasons={}, by=pat, strict=True).unanswered
    return finding.fingerprint


def test_strict_refuses_a_reason_for_nothing_and_writes_none(plan, pat, asked):
    with pytest.raises(UnknownFinding):
        give_reasons(plan=plan, reasons={asked: "Tried here.", NO_FINDING: "Why not."}, by=pat, strict=True)
    assert not Reason.objects.exists()


def test_without_strictness_a_reason_for_nothing_is_left_out(plan, pat, asked):
    given = {asked: "Tried here.", NO_FINDING: "Why not."}
    assert give_reasons(plan=plan, reasons=given, by=pat, strict=False).may_go_to_patient
    assert [(reason.fingerprint, reason.words) for reason in Reason.objects.all()] == [(asked, "Tried here.")]


@pytest.mark.parametrize("strict", [True, False])
def test_blank_words_are_no_reason(plan, pat, asked, strict):
    assert give_reasons(plan=plan, reasons={asked: " "}, by=pat, strict=strict).unanswered
    assert not Reason.objects.exists()


def test_a_colleague_gives_no_reasons(plan, pat, asked):
    other = factories.therapist(pat.memberships.get().clinic)
    with pytest.raises(NotAllowed):
        give_reasons(plan=plan, reasons={asked: "Tried here."}, by=other, strict=False)


@pytest.fixture
def three(pat, clinic):
    """A plan with one cause in three rows: two avoid, and one caution that nobody needs to answer."""
    factories.movement("far")
    factories.approved_rule(clinic, level=Level.AVOID)
    factories.approved_rule(clinic, "rule-y", movements=("supine", "far"))
    rows = [factories.approved_exercise(clinic, code) for code in ("one", "two")]
    return factories.plan(pat, of=factories.patient(pat, has=["sciatica"]), exercises=rows)


def test_one_reason_answers_all_rows_of_a_cause(three, pat):
    (card,) = check_plan(three).cards
    check = give_reasons(plan=three, reasons={card.cause: "Tried here."}, by=pat, strict=True)
    assert check.may_go_to_patient
    assert {finding.fingerprint for finding in card.findings} == set(check.reasons)
    assert not card.is_open(check.reasons)
    give_reasons(plan=three, reasons={card.cause: "Tried here."}, by=pat, strict=True)
    assert Reason.objects.count() == len(card.findings)


def test_a_new_exercise_is_asked_about_and_the_others_stay_answered(three, pat, clinic):
    (card,) = check_plan(three).cards
    give_reasons(plan=three, reasons={card.cause: "Tried here."}, by=pat, strict=True)
    item = factories.item(factories.approved_exercise(clinic, "three"), order=3)
    three.refresh_from_db()
    save_plan(plan=three, items=[item], by=pat)
    check = check_plan(three)
    assert [finding.item for finding in check.unanswered] == [str(item.pk)]
    save_plan(plan=three, removed=[item.pk], by=pat)
    assert check_plan(three).may_go_to_patient


def test_the_reason_for_many_exercises_holds_for_one_more_and_for_plans_of_the_last_release(pat, clinic):
    rows = [factories.approved_exercise(clinic, f"e-{number}") for number in range(7)]
    plan = factories.plan(pat, exercises=rows)
    (asked,) = check_plan(plan).unanswered
    Reason.objects.create(
        plan=plan,
        fingerprint=asked.former_fingerprint,
        finding_code=asked.code,
        words="She asked for it.",
        created_by=pat,
    )
    assert check_plan(plan).may_go_to_patient
    give_reasons(plan=plan, reasons={asked.fingerprint: "She does them all."}, by=pat, strict=True)
    plan.refresh_from_db()
    save_plan(plan=plan, items=[factories.item(factories.approved_exercise(clinic, "e-7"), order=8)], by=pat)
    assert check_plan(plan).may_go_to_patient


def test_a_reason_for_a_cause_of_the_version_in_use_is_recorded_too(three, pat):
    (card,) = check_plan(three).cards
    factories.publication(pat, of_plan=three, reasons={card.cause: "Tried here."})
    three.refresh_from_db()
    save_plan(plan=three, removed=list(three.items.values_list("pk", flat=True)), by=pat)
    Reason.objects.all().delete()
    give_reasons(plan=three, reasons={card.cause: "Still right."}, by=pat, strict=True)
    assert {reason.words for reason in Reason.objects.all()} == {"Still right."}


def test_a_stop_takes_no_reason(pat, clinic):
    patient = factories.patient(pat)
    patient.symptoms.create(symptom=factories.symptom("numb", red_flag="emergency"))
    plan = factories.plan(pat, of=patient)
    (card,) = check_plan(plan).cards
    with pytest.raises(UnknownFinding):
        give_reasons(plan=plan, reasons={card.cause: "Never mind."}, by=pat, strict=True)


def test_a_reason_is_taken_back_and_asked_again_and_what_a_colleague_said_since_stays(three, pat, clinic):
    (card,) = check_plan(three).cards
    for words in ("Why not.", "Tried here."):
        give_reasons(plan=three, reasons={card.cause: words}, by=pat, strict=True)
    shown = [reason.pk for reason in check_plan(three).reasons.values()]
    first, *_ = card.findings
    lead = factories.lead(clinic)
    give_reasons(plan=three, reasons={first.fingerprint: "Asked the doctor."}, by=lead, strict=True)

    take_back_reasons(plan=three, reasons=shown, by=pat)

    assert {name: one.words for name, one in check_plan(three).reasons.items()} == {
        first.fingerprint: "Asked the doctor."
    }
    assert set(Reason.objects.exclude(words="Asked the doctor.").values_list("taken_back_by", flat=True)) == {
        pat.pk
    }
    event = AuditEvent.objects.get(verb="plan.reason_taken_back")
    assert (event.created_by, event.detail) == (pat, {"findings": ["condition_rule"]})
    with pytest.raises(NoSuchReason):
        take_back_reasons(plan=three, reasons=shown, by=pat)


def test_a_reason_of_the_version_in_use_that_is_taken_back_lists_it(three, pat):
    (card,) = check_plan(three).cards
    factories.publication(pat, of_plan=three, reasons={card.cause: "Tried here."})
    shown = list(Reason.objects.values_list("pk", flat=True))
    take_back_reasons(plan=three, reasons=shown, by=pat)
    assert check_publication(three.publications.get()).unanswered


def test_a_colleague_takes_nothing_back(plan, pat, asked):
    give_reasons(plan=plan, reasons={asked: "Tried here."}, by=pat, strict=True)
    other = factories.therapist(pat.memberships.get().clinic)
    with pytest.raises(NotAllowed):
        take_back_reasons(plan=plan, reasons=[Reason.objects.get().pk], by=other)
    assert check_plan(plan).may_go_to_patient


def test_a_reason_for_findings_together_answers_these_and_no_other(three, pat):
    (card,) = check_plan(three).cards
    *shown, hidden = card.findings
    check = give_reasons(plan=three, reasons={name_together(shown): "Tried here."}, by=pat, strict=True)
    assert set(check.reasons) == {one.fingerprint for one in shown}
    assert card.is_open(check.reasons)
    assert hidden.fingerprint not in check.reasons
