"""Advice and leaflets of the whole body: each region that has protocols is spoken of, from sources that are named."""

import re

import pytest

from plans.contraindications.vocabulary import Vocabulary
from plans.libraryfiles import AdviceKind
from tests.contraindications.test_starter_library import VOCABULARY
from tests.library.facts import facts
from tests.library.test_names import ADVICE

MOST_LINES = 5
"""What a patient of one condition reads under "Good to know" at most, three lines of which are for everybody."""
SAID_ELSEWHERE = {
    "cervical_myelopathy": "is to be treated first: no plan",
    "heart_or_vessel_danger": "is to be treated first: no plan",
    "dvt_untreated": "is to be treated first: no plan",
    "recent_heart_attack": "is to be treated first: no plan",
    "heart_failure": "what to check each day stands at the top of the plan",
    "heart_failure_decompensated": "is to be treated first: no plan",
    "type1_diabetes": "what to check each day stands at the top of the plan",
    "me_cfs": "what to check each day stands at the top of the plan",
}
LEAFLET_OF = {
    "neck": {"neck_pain", "cervical_radiculopathy", "whiplash", "cervicogenic_headache"},
    "shoulder": {"rotator_cuff_pain", "frozen_shoulder"},
    "elbow_wrist_hand": {"lateral_elbow_tendinopathy", "distal_radius_fracture"},
    "hip": {"hip_osteoarthritis", "total_hip_replacement", "total_hip_replacement_posterior"},
    "knee": {"knee_osteoarthritis", "total_knee_replacement"},
    "ankle_foot": {"ankle_sprain_lateral", "plantar_heel_pain", "achilles_tendinopathy"},
    "balance": {"falls_risk", "parkinson_disease", "peripheral_neuropathy"},
    "vestibular": {"bppv", "vestibular_hypofunction"},
    "heart_lungs": {"copd"},
    "pelvic_floor": {"stress_urinary_incontinence", "pelvic_organ_prolapse"},
}
OLD = {"pregnancy", "pregnancy_pelvic_girdle_pain", "osteoporosis", "vertebral_compression_fracture"}


def wider(code, vocabulary: Vocabulary = VOCABULARY):
    return set(vocabulary.with_parents(code, where="a test"))


@pytest.fixture(scope="session")
def general(starter):
    return [entry for entry in starter.advice if entry.kind is AdviceKind.GENERAL]


def told(general, condition, regions=frozenset()):
    """Return the lines that print for who has this condition, and an exercise for these regions."""
    has = wider(condition)
    return [one.code for one in general if one.audience.fits(conditions=has, symptoms=set(), regions=regions)]


def own(general, condition):
    everybody = {one.code for one in general if one.audience.everybody}
    return [code for code in told(general, condition) if code not in everybody]


def test_each_condition_with_a_protocol_has_advice_of_its_own(starter, general):
    conditions = {protocol.condition for protocol in starter.protocols}
    regions = {entry.region for entry in starter.conditions if entry.code in conditions}
    assert {"neck", "shoulder", "elbow_wrist_hand", "hip", "knee", "ankle_foot", "balance"} <= regions
    by_region = {code for code in conditions if code.startswith("disc_")}  # the back is told by region
    assert {code for code in conditions - by_region if not own(general, code)} == set()


def test_each_condition_of_the_whole_body_is_told_something_or_it_is_said_why_not(general):
    silent = {row["code"] for row in facts("conditions") if not own(general, row["code"])}
    assert silent == SAID_ELSEWHERE.keys()


def test_nobody_reads_more_than_five_lines(starter, general):
    long = {
        entry.code: lines
        for entry in starter.conditions
        if len(lines := told(general, entry.code, {entry.region})) > MOST_LINES
    }
    assert set(long) <= {"sciatica", "radiculopathy", "chronic_low_back_pain", "disc_herniation"}


def test_a_new_line_rests_on_sources_of_the_table(starter, general):
    known = {source.code for source in starter.sources}
    later = [one for one in general if one.code not in ADVICE]
    assert len(later) >= 30
    for one in later:
        assert one.sources, one.code
        assert set(one.sources) <= known, one.code


def test_what_a_protocol_avoids_is_not_advised(general):
    """After a fusion of the neck nobody is told to move it; after a repair nobody is told to load the arm."""
    assert "neck-keep-moving" not in told(general, "cervical_fusion_postop", {"neck"})
    assert "shoulder-in-use" not in told(general, "rotator_cuff_repair_postop", {"shoulder"})
    assert "achilles-load" not in told(general, "achilles_repair_postop", {"ankle_foot"})
    assert "ankle-use-it" not in told(general, "achilles_rupture_nonoperative", {"ankle_foot"})


@pytest.mark.parametrize("region", LEAFLET_OF)
def test_each_region_has_a_leaflet_for_those_who_need_it_most(starter, region):
    of = {entry.code for entry in starter.conditions if entry.region == region}
    assert LEAFLET_OF[region] <= of
    for condition in LEAFLET_OF[region]:
        assert [one.code for one in starter.leaflets if wider(condition) & set(one.conditions)] != [], (
            condition
        )


def test_conditions_without_a_region_have_theirs_too(starter):
    for condition in OLD:
        assert any(wider(condition) & set(one.conditions) for one in starter.leaflets), condition


def test_a_leaflet_says_what_helps_and_what_to_hope_for(starter):
    """A patient who reads only what is wrong moves less."""
    first = {"cause-first", "other-care", "muscles-and-posture"}
    hope = {"en": r"hope", "es": r"esperar"}
    for one in starter.leaflets:
        for language, text in one.texts.items():
            if one.code not in first:
                said = " ".join(section.heading for section in text.sections)
                assert re.search(hope[language], said), (one.code, language)
        english, spanish = one.texts["en"].sections, one.texts["es"].sections
        assert [len(section.lines) for section in english] == [len(section.lines) for section in spanish]


def test_no_two_leaflets_have_one_title(starter):
    for language in ("en", "es"):
        titles = [one.texts[language].title for one in starter.leaflets]
        assert len(titles) == len(set(titles))


def test_their_sources_are_told_one_by_one(starter):
    known = {source.code for source in starter.sources}
    for one in starter.leaflets:
        assert set(one.sources) <= known
        assert len(set(one.sources)) == len(one.sources) >= 1, one.code
