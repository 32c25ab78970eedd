"""Movements, conditions, symptoms, advice: what the facts list is there, and hangs together as they say."""

import re
from pathlib import Path

import plans
from plans.libraryfiles import AdviceKind, Audience, Known, Region, read_library
from tests.library.facts import facts, parts

IMPLIES = {
    "spine_flexion_end_range": ("spine_flexion",),
    "resisted_trunk_flexion": ("spine_flexion",),
    "spine_extension_end_range": ("spine_extension",),
    "spine_extension_repeated": ("spine_extension",),
    "resisted_spine_extension": ("spine_extension",),
    "spine_rotation_end_range": ("spine_rotation",),
    "rotation_feet_planted": ("spine_rotation",),
    "extension_with_rotation": ("spine_extension", "spine_rotation"),
    "lifting_max_load": ("lifting",),
    "lifting_from_floor_or_overhead": ("lifting",),
    "sit_up": ("resisted_trunk_flexion",),
}
WIDE = (
    "spine_flexion spine_extension spine_rotation side_bending neural_tension hip_flexion_end_range"
    " hip_extension_loaded deep_knee_flexion kneeling prone supine weight_on_hands single_leg_loading"
    " unstable_stance lifting high_impact upright_walking prolonged_standing water"
)
ADDED = {row["code"]: parts(row["implies"]) for row in facts("movements") if row["change"] == "add_implies"}
LATER = {row["code"]: parts(row["implies"]) for row in facts("movements") if row["change"] == "new"}
OURS = {"side_lying", "trunk_bracing", "squat", "hip_extension_stretch"}

# code: parent, ICD-10-CM codes, dates
CONDITIONS = {
    "disc_herniation": (None, "M51.26 M51.27 M51.16 M51.17", "onset"),
    "sciatica": (None, "M54.30 M54.31 M54.32 M54.40 M54.41 M54.42", ""),
    "radiculopathy": (None, "M54.16 M54.17 M51.16 M51.17", ""),
    "chronic_low_back_pain": (None, "M54.50 M54.51 M54.59", ""),
    "lumbar_stenosis": (None, "M48.061 M48.062", ""),
    "lumbar_arthritis": (None, "M47.816 M47.817", ""),
    "facet_joint_pain": ("lumbar_arthritis", "", ""),
    "spondylolisthesis": (None, "M43.16 M43.17", ""),
    "spondylolysis_active": (None, "", ""),
    "osteoporosis": (None, "M81.0", ""),
    "vertebral_compression_fracture": ("osteoporosis", "M80.08XA", ""),
    "lumbar_surgery_postop": (None, "", "surgery"),
    "lumbar_fusion_postop": ("lumbar_surgery_postop", "Z98.1", "surgery"),
    "microdiscectomy_postop": ("lumbar_surgery_postop", "", "surgery"),
    "axial_spondyloarthritis_ankylosed": (None, "", ""),
    "pregnancy": (None, "Z33.1 Z34.90 Z34.91 Z34.92 Z34.93", "due_date"),
    "pregnancy_diastasis": ("pregnancy", "", "due_date"),
    "pregnancy_pelvic_girdle_pain": ("pregnancy", "O26.711 O26.712 O26.713 O26.719", "due_date"),
    "unstable_medical": (None, "", ""),
    "muscle_weakness": (None, "", ""),
    "back_injury": (None, "", ""),
    "poor_posture": (None, "", ""),
    "tight_muscles": (None, "", ""),
    "vascular_abnormality_of_spine": (None, "", ""),
    "spinal_tumour": (None, "", ""),
    "spinal_infection": (None, "", ""),
}
ALSO = {
    "disc_herniation": {"disc bulge", "ruptured disc", "L4-L5 disc bulge"},
    "radiculopathy": {"pinched nerve"},
    "lumbar_arthritis": {"spondylosis"},
}
TREAT_FIRST = {"vascular_abnormality_of_spine", "spinal_tumour", "spinal_infection"}

SYMPTOMS = {
    None: "low_back_pain radiating_leg_pain tingling_or_numbness_in_feet leg_weakness"
    " tingling_or_numbness_in_back_hip_or_leg weakness_in_back_or_hip difficulty_standing_or_sitting_long",
    "emergency": "bladder_or_bowel_control_loss cannot_pass_urine saddle_numbness new_loss_of_sexual_feeling"
    " both_legs_weak_numb_or_painful fast_worsening_weakness serious_fall_or_accident"
    " chest_pain_or_breathlessness",
    "same_day": "fever unexplained_weight_loss new_weakness_in_one_leg_or_foot hot_swollen_calf leaking_wound",
}
# Whom each line of general advice is for; the test of what prints lists it by condition.
AUDIENCES = {
    "see-a-professional-first": Audience(everybody=True),
    "find-the-cause": Audience(
        conditions=("sciatica", "radiculopathy", "chronic_low_back_pain"),
        symptoms=("low_back_pain", "radiating_leg_pain"),
    ),
    "never-worse": Audience(everybody=True),
    "slow-and-pain-free": Audience(everybody=True),
    "strengthen-and-stretch": Audience(regions=(Region.LOW_BACK,)),
    "medicine-first": Audience(
        conditions=(
            "sciatica",
            "radiculopathy",
            "disc_herniation",
            "chronic_low_back_pain",
            "lumbar_stenosis",
        ),
        symptoms=("low_back_pain", "radiating_leg_pain"),
    ),
    "most-get-better": Audience(conditions=("sciatica",)),
}
ADVICE = {
    "see-a-professional-first": "A, B",
    "find-the-cause": "B",
    "never-worse": "B",
    "slow-and-pain-free": "B",
    "strengthen-and-stretch": "B",
    "medicine-first": "B",
    "most-get-better": "B (American Medical Association)",
}
THERAPIES = {"chiropractic-care", "shockwave-therapy", "massage-therapy", "spinal-decompression"}


def test_movements(starter):
    implied = {movement.code: movement.implies for movement in starter.movements}
    first = IMPLIES | dict.fromkeys((*WIDE.split(), *OURS), ())
    first = {code: (*wider, *ADDED.get(code, ())) for code, wider in first.items()}
    assert implied == first | LATER
    assert {m.code for m in starter.movements if m.source == "ours, for review"} == OURS | LATER.keys()


def test_conditions(starter):
    found = {
        entry.code: (entry.parent, " ".join(entry.icd10), " ".join(entry.dates))
        for entry in starter.conditions
    }
    later = {
        row["code"]: (row["parent"] or None, " ".join(parts(row["icd10"])), " ".join(parts(row["dates"])))
        for row in facts("conditions")
    }
    assert found == CONDITIONS | later
    first = {row["code"] for row in facts("conditions") if row["treat_cause_first"] == "yes"}
    assert {entry.code for entry in starter.conditions if entry.treat_cause_first} == TREAT_FIRST | first


def test_conditions_of_the_whole_body_tell_their_region_and_are_named_in_spanish(starter):
    entries = {entry.code: entry for entry in starter.conditions}
    for row in facts("conditions"):
        assert entries[row["code"]].region == row["region"]
        assert len(entries[row["code"]].also) >= 2, row["code"]


def test_other_names_of_conditions(starter):
    names = {entry.code: {entry.name, *entry.also} for entry in starter.conditions}
    for code, expected in ALSO.items():
        assert expected <= names[code]


def test_symptoms_and_red_flags(starter):
    expected = {code: flag for flag, codes in SYMPTOMS.items() for code in codes.split()}
    expected |= {row["code"]: row["action"] for row in facts("symptoms")}
    assert {symptom.code: symptom.red_flag for symptom in starter.symptoms} == expected
    regions = {symptom.code: symptom.region for symptom in starter.symptoms}
    assert {row["code"]: regions[row["code"]] for row in facts("symptoms")} == {
        row["code"]: row["region"] for row in facts("symptoms")
    }


def test_every_red_flag_speaks_to_the_patient_in_both_languages(starter):
    flags = [symptom for symptom in starter.symptoms if symptom.red_flag]
    assert len(flags) == 63
    assert all(symptom.sentences.keys() == {"en", "es"} for symptom in flags)


def test_advice_of_the_guides_and_other_therapies(starter):
    """What is said by condition of the whole body: test_advice.py."""
    kinds = {kind: [entry for entry in starter.advice if entry.kind is kind] for kind in AdviceKind}
    first = [entry for entry in kinds[AdviceKind.GENERAL] if entry.code in ADVICE]
    assert {entry.code: entry.source for entry in first} == ADVICE
    assert {entry.code for entry in kinds[AdviceKind.THERAPY]} == THERAPIES
    assert all(entry.texts.keys() == {"en", "es"} for entry in starter.advice)
    assert {entry.code: entry.audience for entry in first} == AUDIENCES
    assert {entry.audience for entry in kinds[AdviceKind.THERAPY]} == {Audience()}


def test_the_pain_guide_alone_says_what_to_do_about_pain(starter):
    """A line said to stay where it does not hurt, above a guide that said 0 to 3: go on."""
    rival = {
        "en": r"hurt|painful|(without|no|free of) pain|pain-free|stop",
        "es": r"duel|dolid|sin dolor|pare\b",
    }
    for entry in starter.advice:
        for language, words in entry.texts.items():
            assert not re.search(rival[language], words, re.IGNORECASE), (entry.code, language)
    of_all = {"en": r"must not hurt|without pain|pain-free|stay where", "es": r"no debe doler|sin dolor"}
    for exercise in starter.exercises:
        for language, text in exercise.texts.items():
            said = " ".join((*text.steps, *text.cautions))
            assert not re.search(of_all[language], said, re.IGNORECASE), (exercise.code, language)


def test_the_example_of_the_format_is_a_library_file(starter, tmp_path):
    page = Path(plans.__file__).with_name("library").joinpath("README.md").read_text(encoding="utf-8")
    file = tmp_path / "example.yaml"
    file.write_text(page.partition("```yaml\n")[2].partition("```")[0], encoding="utf-8")
    (example,) = read_library(file, known=Known.of(starter)).exercises
    assert example.code == "glute-bridge"


def test_conditions_of_limbs_have_a_side_and_those_of_the_trunk_none(starter):
    sided = {entry.code for entry in starter.conditions if entry.sided}
    assert {"total_knee_replacement", "frozen_shoulder", "stroke_chronic", "cardiac_device_new"} <= sided
    limbs = {"hip", "knee", "ankle_foot", "shoulder", "elbow_wrist_hand"}
    assert sided - {"stroke_chronic", "cardiac_device_new"} == {
        entry.code for entry in starter.conditions if entry.region in limbs
    }
    assert {entry.code for entry in starter.conditions if entry.ask_which} == {"total_hip_replacement"}
    trunk = {movement.code for movement in starter.movements if not movement.sided}
    assert {
        "spine_flexion",
        "neck_rotation",
        "thoracic_extension",
        "supine",
        "water",
        "breath_holding",
    } <= trunk
