"""Advice speaks to exercises for a region, a warning sign also to a condition of that region."""

from types import SimpleNamespace

from plans.contraindications import ConditionFacts, PlanFacts, SymptomFacts, Vocabulary
from plans.libraryfiles import Audience, Region, Target
from plans.queries.reach import reach_of


def reach(*, has=(), reports=(), targets=(), region=""):
    vocabulary = Vocabulary(
        movements={}, conditions={"cuff": "tendon", "tendon": None}, regions={"tendon": "shoulder"}
    )
    facts = PlanFacts(
        today=None,
        conditions=tuple(ConditionFacts(code=code, name=code) for code in has),
        symptoms=tuple(SymptomFacts(code=code, name=code) for code in reports),
    )
    revision = SimpleNamespace(targets=targets, region=region)
    return reach_of(facts, {"one": SimpleNamespace(revision=revision)}, vocabulary)


def test_the_region_of_an_exercise_is_the_one_that_it_names_else_those_of_its_targets():
    targets = [Target.NECK, Target.GENERAL, Target.KNEE]
    assert reach(targets=targets).exercised == {Region.NECK, Region.KNEE}
    assert reach(targets=targets, region="shoulder").exercised == {Region.SHOULDER}


def test_a_region_of_a_condition_or_its_wider_one_speaks_of_signs_alone():
    found = reach(has=["cuff"])
    assert (found.conditions, found.affected, found.exercised) == (
        {"cuff", "tendon"},
        {Region.SHOULDER},
        set(),
    )
    shoulder = Audience(regions=(Region.SHOULDER,))
    assert (found.fits_sign(shoulder), found.fits_advice(shoulder)) == (True, False)


def test_conditions_and_symptoms_speak_of_both():
    found = reach(has=["cuff"], reports=["ache"])
    for audience in (Audience(conditions=("tendon",)), Audience(symptoms=("ache",))):
        assert (found.fits_sign(audience), found.fits_advice(audience)) == (True, True)
