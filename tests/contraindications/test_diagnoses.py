"""Diagnoses in free words: what they name must be recorded, what they say besides is unchecked."""

import pytest

from plans.contraindications import DiagnosisFacts, Level, Meaning, open_questions
from tests.contraindications.world import codes, condition, findings, plan, the

WEAK = condition("muscle_weakness")


def diagnosis(words, *meanings, **facts):
    named = tuple(
        Meaning(words=words, conditions=tuple((code, code.replace("_", " ")) for code in meant))
        for meant in meanings
    )
    return DiagnosisFacts(words=words, meanings=named, **facts)


def test_what_is_named_in_free_words_alone_needs_a_reason():
    facts = plan(diagnoses=(diagnosis("slipped disc", ("disc_herniation",)),))
    found = the("diagnosis_named", facts)
    assert (found.level, found.needs_reason) == (Level.CAUTION, True)
    assert (found.suggested, found.condition) == (("disc_herniation",), "disc_herniation")
    assert found.message == (
        "“slipped disc” names disc herniation, which is not recorded: none of its rules was applied."
    )
    assert open_questions(findings(facts), {}) == (found,)
    assert open_questions(findings(facts), {found.fingerprint: "An old one, healed."}) == ()


@pytest.mark.parametrize("recorded", ["osteoporosis", "vertebral_compression_fracture"])
def test_a_recorded_condition_covers_its_name_and_that_of_its_parent(recorded):
    facts = plan(
        conditions=(condition(recorded),), diagnoses=(diagnosis("brittle bones", ("osteoporosis",)),)
    )
    assert codes(facts) == []


def test_what_is_recorded_is_known_by_its_code_and_not_by_its_name():
    facts = plan(
        conditions=(condition("disc_herniation"),),
        diagnoses=(diagnosis("slipped disc", ("disc_herniation",)),),
    )
    assert "diagnosis_named" not in codes(facts)


def test_the_parent_does_not_cover_the_narrower_condition():
    bones = diagnosis("wedge fracture", ("vertebral_compression_fracture",))
    facts = plan(conditions=(condition("osteoporosis"),), diagnoses=(bones,))
    assert the("diagnosis_named", facts).suggested == ("vertebral_compression_fracture",)


def test_of_a_code_that_stands_for_several_what_is_missing_is_suggested():
    both = diagnosis("M51.16", ("disc_herniation", "radiculopathy"))
    found = the("diagnosis_named", plan(diagnoses=(both,)))
    assert (found.suggested, found.condition) == (("disc_herniation", "radiculopathy"), None)
    assert "which are not recorded: none of their rules was applied." in found.message
    facts = plan(conditions=(condition("radiculopathy"), WEAK), diagnoses=(both,))
    assert the("diagnosis_named", facts).suggested == ("disc_herniation",)


def test_one_condition_named_twice_is_one_finding():
    facts = plan(
        diagnoses=(diagnosis("disc bulge", ("disc_herniation",)), diagnosis("M51.26", ("disc_herniation",)))
    )
    assert codes(facts) == ["diagnosis_named"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (diagnosis("gout", says_more=True), "“gout” matches no condition: unchecked."),
        (diagnosis("low back"), "“low back” matches no condition: unchecked."),
        (
            diagnosis("no osteoporosis", has_asides=True),
            "“no osteoporosis” is read as denied or as somebody else's: unchecked.",
        ),
        (
            diagnosis("weakness, gout", ("muscle_weakness",), says_more=True),
            "Of “weakness, gout” only muscle weakness was read: the rest is unchecked.",
        ),
    ],
)
def test_what_was_not_matched_is_said_to_be_unchecked(given, message):
    found = the("diagnosis_unchecked", plan(diagnoses=(given,)))
    assert (found.level, found.message, found.needs_reason) == (Level.CAUTION, message, False)


def test_a_code_that_recorded_several_conditions_is_told():
    recorded = (
        condition("disc_herniation", recorded_as=("M51.16",)),
        condition("radiculopathy", recorded_as=("M51.16", "M54.16")),
    )
    found = [one for one in findings(plan(conditions=recorded)) if one.code == "code_means_several"]
    assert [(one.level, one.message) for one in found] == [
        (
            Level.ADVICE,
            "M51.16 stands for Disc herniation and Radiculopathy: the rules of all of them were applied.",
        )
    ]
