"""General advice prints for those whom it fits; a readable list says what prints for whom."""

import os
from dataclasses import replace
from pathlib import Path

import pytest

from plans.actions import approving, load_library, patients
from plans.actions import plans as plan_actions
from plans.actions.advice import retire_advice
from plans.content import from_json
from plans.libraryfiles import Target, read_library
from plans.models import Advice, AdviceText, Condition, PatientCondition, PatientSymptom, Symptom
from plans.queries.advice import TherapyRetired, advice_for
from plans.queries.checks import check_plan
from tests import factories
from tests.library.conftest import STARTER

LIBRARY = replace(read_library(STARTER), exercises=(), rules=(), protocols=())
LIST = Path(__file__).with_name("advice_by_condition.txt")
HEAD = """\
What the starter library prints under "Good to know", by what is known of the patient.
One exercise for the low back, unless it says something else. After a wanted change: APPROVE_ADVICE=1 pytest on
test_advice.py, and read this file.
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def starter_approved(clinic):
    load_library.load_library(library=LIBRARY, figures={})
    approving.approve(things=list(AdviceText.objects.all()), clinic=clinic, by=factories.reviewer(clinic))


def general(pat, *, has=(), reports=(), exercise=None):
    """The general advice of a plan for somebody who has these conditions and reports these symptoms."""
    of = factories.patient(pat, has=())
    patients.save_patient(
        patient=of,
        conditions=[PatientCondition(patient=of, condition=row) for row in has],
        symptoms=[PatientSymptom(patient=of, symptom=row) for row in reports],
        by=pat,
    )
    plan = factories.plan(pat, of=of, exercises=[exercise] if exercise else [])
    return advice_for(check_plan(plan))[1]


def say(title, lines):
    return "\n".join((f"\n{title}", *(f"  - {line}" for line in lines), ""))


def test_what_prints_for_a_patient_of_each_condition_is_as_stored(pat, clinic, starter_approved):
    back = factories.exercise("back", targets=(Target.L4_L5,))
    thigh = factories.exercise("thigh", targets=(Target.THIGHS,))
    parts = [HEAD]
    for condition in Condition.objects.order_by("code"):
        parts.append(say(condition.code, general(pat, has=[condition], exercise=back)))
    for symptom in Symptom.objects.filter(red_flag="").order_by("code"):
        parts.append(say(f"symptom {symptom.code}", general(pat, reports=[symptom], exercise=back)))
    weak = Condition.objects.filter(code="muscle_weakness")
    parts.append(say("muscle_weakness, one exercise for the thighs", general(pat, has=weak, exercise=thigh)))
    found = "".join(parts)
    if os.environ.get("APPROVE_ADVICE"):
        LIST.write_text(found, encoding="utf-8")
    assert found == LIST.read_text(encoding="utf-8")


def approved_advice(clinic, words="Keep going.", **meant_for):
    row = Advice.objects.create(code=words.lower().replace(" ", "-"), kind="general", meant_for=meant_for)
    text = AdviceText.objects.create(advice=row, language="en", words=words)
    approving.approve(things=[text], clinic=clinic, by=factories.reviewer(clinic))


@pytest.mark.parametrize(
    ("meant_for", "fits"),
    [
        ({"everybody": True}, True),
        ({}, False),
        ({"conditions": ["sciatica"]}, True),
        ({"conditions": ["nerve"]}, True),
        ({"conditions": ["other"]}, False),
        ({"symptoms": ["leg_pain"]}, True),
        ({"symptoms": ["other"]}, False),
        ({"regions": ["hip"]}, True),
        ({"regions": ["low_back"]}, False),
        ({"conditions": ["other"], "symptoms": ["other"], "regions": ["hip"]}, True),
    ],
)
def test_advice_prints_for_conditions_their_parents_symptoms_and_regions(pat, clinic, meant_for, fits):
    approved_advice(clinic, **meant_for)
    sciatica = factories.condition("sciatica", parent=factories.condition("nerve"))
    hip = factories.exercise("hip", targets=(Target.HIPS, Target.NERVE))
    said = general(pat, has=[sciatica], reports=[factories.symptom("leg_pain")], exercise=hip)
    assert said == (("Keep going.",) if fits else ())


@pytest.mark.parametrize(("region", "fits"), [("low_back", False), ("hip", True), ("", True)])
def test_the_region_of_an_exercise_counts_before_what_it_works_besides(pat, clinic, region, fits):
    """A bridge for the back works the hips: who has a sore back is not told about hips."""
    approved_advice(clinic, regions=["hip"])
    bridge = factories.exercise("bridge", targets=(Target.HIPS,), region=region)
    assert general(pat, exercise=bridge) == (("Keep going.",) if fits else ())


def test_advice_for_others_than_those_it_was_approved_for_waits_again(pat, clinic, starter_approved):
    weak = Condition.objects.get(code="muscle_weakness")
    line = "Move slowly and with control."
    assert line in general(pat, has=[weak])
    load_library.load_library(library=LIBRARY, figures={})
    assert line in general(pat, has=[weak])  # the same files change nothing
    row = Advice.objects.get(code="slow-and-pain-free")
    Advice.objects.filter(pk=row.pk).update(meant_for={"conditions": ["sciatica"]})
    load_library.load_library(library=LIBRARY, figures={})
    assert line not in general(pat, has=[weak])
    assert sorted(row.texts.values_list("language", "number")) == [("en", 1), ("en", 2), ("es", 1), ("es", 2)]


def test_retired_advice_is_not_printed(pat, clinic):
    approved_advice(clinic, everybody=True)
    assert general(pat) == ("Keep going.",)
    retire_advice(Advice.objects.get())
    assert general(pat) == ()


def test_a_retired_therapy_is_left_out_by_name_before_anything_is_printed(pat, clinic):
    plan = plan_actions.save_plan(plan=factories.plan(pat), therapies=[factories.therapy(clinic)], by=pat)
    issued = factories.publication(pat, of_plan=plan)
    retire_advice(Advice.objects.get())

    with pytest.raises(TherapyRetired, match=r"has withdrawn the therapy massage\. Leave it out"):
        advice_for(check_plan(plan))
    assert from_json(issued.content.json).therapies == ("Massage is part of your treatment.",)
    plan = plan_actions.save_plan(plan=plan, therapies=[], by=pat)
    assert advice_for(check_plan(plan))[0] == ()
