import pytest

from plans.actions.reasons import UnknownFinding, give_reasons
from plans.libraryfiles import Level
from plans.models import Reason
from plans.permissions import NotAllowed
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
