from dataclasses import replace

import pytest

from plans.contraindications import Clearance, Level, RedFlag, SymptomFacts, blocking
from tests.contraindications.world import CLEARED, TODAY, codes, days_ago, findings, plan, the

NUMB = SymptomFacts(code="saddle_numbness", name="Numb between the legs", red_flag=RedFlag.EMERGENCY)
FEVER = SymptomFacts(code="fever", name="Fever", red_flag=RedFlag.SAME_DAY, noted_on=days_ago(3))


@pytest.mark.parametrize(
    ("symptom", "code", "where"),
    [
        (NUMB, "red_flag_emergency", "Send the patient to emergency care."),
        (FEVER, "red_flag_same_day", "Send the patient to a doctor today."),
    ],
)
def test_a_red_flag_is_a_stop_with_its_action(symptom, code, where):
    found = the(code, plan(symptoms=(symptom,)))
    assert (found.level, found.item) == (Level.STOP, None)
    assert found.message.startswith(f"{symptom.name} is a warning sign")
    assert found.action.startswith(where)
    assert "clinician records" in found.action
    assert blocking(findings(plan(symptoms=(symptom,))), patient_copy=False) == (found,)


def test_an_ordinary_symptom_is_none():
    assert codes(plan(symptoms=(SymptomFacts(code="leg_pain", name="Leg pain"),))) == []


def test_an_ordinary_symptom_does_not_hide_a_red_flag_after_it():
    ordinary = SymptomFacts(code="leg_pain", name="Leg pain")
    assert codes(plan(symptoms=(ordinary, NUMB))) == ["red_flag_emergency"]


@pytest.mark.parametrize(
    ("clearance", "ends"),
    [
        (CLEARED, True),
        (replace(CLEARED, on=days_ago(3)), True),
        (replace(CLEARED, on=days_ago(4)), False),
        (replace(CLEARED, on=days_ago(-1)), False),
        (replace(CLEARED, by=""), False),
        (replace(CLEARED, how="\t"), False),
        (replace(CLEARED, on=None), False),
    ],
)
def test_only_a_named_dated_explained_clearance_ends_it(clearance, ends):
    found = codes(plan(symptoms=(replace(FEVER, clearance=clearance),)))
    assert found == ([] if ends else ["red_flag_same_day", "clearance_does_not_count"])


def test_noted_again_after_its_clearance():
    old = replace(FEVER, clearance=replace(CLEARED, on=days_ago(2)))
    assert codes(plan(symptoms=(old, replace(FEVER, noted_on=TODAY)))) == ["red_flag_same_day"]


def test_blank_clearance_needs_no_explanation():
    assert codes(plan(symptoms=(replace(FEVER, clearance=Clearance(by=" ")),))) == ["red_flag_same_day"]


def test_each_report_has_its_own_name():
    found = findings(
        plan(symptoms=(FEVER, replace(FEVER, noted_on=TODAY), replace(FEVER, noted_on=None), NUMB))
    )
    assert len({f.fingerprint for f in found}) == 4
