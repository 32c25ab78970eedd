"""Free words of a diagnosis: what must be found in them, and what must not."""

import pytest

from plans.diagnoses import ConditionName, ConditionNames, name_key

DISC, BONES, FRACTURE = "disc_herniation", "osteoporosis", "vertebral_compression_fracture"
NERVE, PAIN = "radiculopathy", "chronic_low_back_pain"

NAMED = {
    # names and other names, whatever the case, the order and the words around
    "Herniated disc": DISC,
    "slipped disc": DISC,
    "SLIPPED DISK L4/L5": DISC,
    "disc_herniation": DISC,
    "disk herniation L5-S1, left, MRI 2024": DISC,
    "herniated lumbar disc": DISC,
    "prolapse of the disc": DISC,
    "Pt. has known osteoporosis since 2019": BONES,
    "brittle bones": BONES,
    "history of compression fracture": FRACTURE,
    "s/p lumbar fusion 2019": "lumbar_fusion_postop",
    "pregnant": "pregnancy",
    "Pregnancy, 28 weeks": "pregnancy",
    "Sciatica (right)": "sciatica",
    "sciatic pain": "sciatica",
    "pinched nerve": NERVE,
    "lumbar spinal stenosis": "lumbar_stenosis",
    "facet syndrome": "facet_joint_pain",
    "ankylosing spondylitis": "axial_spondyloarthritis_ankylosed",
    "spinal tumor": "spinal_tumour",
    "unstable angina": "unstable_medical",
    "suspected osteoporosis": BONES,
    "rule out osteoporosis": BONES,
    # Spanish, with and without accents, composed or not
    "hernia discal": DISC,
    "Ciática": "sciatica",
    "cia\u0301tica": "sciatica",
    "CIATICA": "sciatica",
    "embarazada": "pregnancy",
    "estenosis lumbar": "lumbar_stenosis",
    # small typing errors
    "osteoperosis": BONES,
    "osteoporsis": BONES,
    "oesteoporosis": BONES,
    "sciatcia": "sciatica",
    "herniatd disc": DISC,
    "slippd disc": DISC,
    "radiculopthy": NERVE,
    "spondylolisthesys": "spondylolisthesis",
    "pregnent": "pregnancy",
    # the whole body
    "osteoarthritis of the knee": "knee_osteoarthritis",
    "cervical disc herniation": "cervical_radiculopathy",
    "pinched nerve in the neck": "cervical_radiculopathy",
    "fracture of the wrist": "distal_radius_fracture",
    "prótesis total de rodilla derecha": "total_knee_replacement",
    "rotator cuff repair 2026": "rotator_cuff_repair_postop",
    "latigazo cervical": "whiplash",
    "EPOC": "copd",
    "M17.9": "knee_osteoarthritis",
    # ICD-10: with and without dot, headings, finer codes, a later encounter
    "M81.0": BONES,
    "m810": BONES,
    "ICD-10 M81.0": BONES,
    "M81": BONES,
    "M81.00": BONES,
    "M80.08XD": FRACTURE,
    "M54.5": PAIN,
    "Z98.1": "lumbar_fusion_postop",
    # not denied, though it may look so
    "not treated osteoporosis": BONES,
    "no treatment for osteoporosis": BONES,
    "no trauma, osteoporosis": BONES,
    "no improvement in sciatica": "sciatica",
    "not only osteoporosis": BONES,
    "mother of two with osteoporosis": BONES,
    "husband reports she has osteoporosis": BONES,
    "Mother had osteoporosis, patient has sciatica": "sciatica",
    "no osteoporosis but sciatica": "sciatica",
    "Denies pregnancy. Osteoporosis.": BONES,
    "family history: none, osteoporosis": BONES,
    "sin dolor, osteoporosis": BONES,
    "madre de dos hijos con osteoporosis": BONES,
}  # fmt: skip

DENIED = [
    "no osteoporosis",
    "No known osteoporosis",
    "no evidence of osteoporosis",
    "no history of sciatica",
    "without sciatica",
    "w/o osteoporosis",
    "denies osteoporosis",
    "Denies pregnancy, osteoporosis",
    "negative for osteoporosis",
    "no osteoporosis or pregnancy",
    "no pregnancy, sciatica or osteoporosis",
    "osteoporosis: no",
    "osteoporosis ruled out",
    "osteoporosis was excluded",
    "ruled out osteoporosis",
    "never had sciatica",
    "not pregnant",
    "isn't pregnant",
    "no longer pregnant",
    "no M81.0",
    "mother had osteoporosis",
    "Mother: osteoporosis",
    "her sister's sciatica",
    "family history of osteoporosis",
    "Family history: osteoporosis, sciatica",
    "FHx osteoporosis",
    "osteoporosis in mother",
    "osteoporosis (mother)",
    "osteoporosis runs in the family",
    "wife is pregnant",
    "sin osteoporosis",
    "no tiene osteoporosis",
    "niega embarazo, osteoporosis",
    "osteoporosis descartada",
    "madre con osteoporosis",
    "antecedentes familiares: osteoporosis",
    "osteoporosis en la madre",
]

FOREIGN = [
    "gout",
    "osteopetrosis",
    "osteopenia",
    "osteoarthritis of the elbow",
    "spondylitis",
    "right muscles ache",
    "light muscles",
    "disc herniation C5-C6",
    "cervical laminectomy 2018",
    "thoracic stenosis",
    "knee injury",
    "M19.9",
    "T12",
    "L4-L5",
    "B12 deficiency",
    "M81x",
    "slipped on ice, discharged",
    "spinal tap",
    "discussed surgery of the hand",
    "blood pressure under control",
    "back pain",
    "low back pain",
    "fracture of the thumb",
    "stress at work",
    "posture",
    "weak heart",
    "flat feet",
    "science teacher",
    "stagnant",
    "mother of two",
    "no",
    "",
]


@pytest.mark.parametrize(("line", "code"), NAMED.items())
def test_named(known, line, code):
    assert {found for one in known.read(line).mentions for found in one.codes} == {code}


@pytest.mark.parametrize("line", DENIED)
def test_denied_or_somebody_elses(known, line):
    reading = known.read(line)
    assert (reading.mentions, reading.has_asides) == ((), True)


@pytest.mark.parametrize("line", FOREIGN)
def test_no_condition_of_ours(known, line):
    reading = known.read(line)
    assert (reading.mentions, reading.has_asides) == ((), False)


def test_a_code_may_stand_for_several_conditions(known):
    (mention,) = known.read("M51.16").mentions
    assert mention.codes == (DISC, NERVE)
    assert known.of_icd10("m54") == ("cervical_radiculopathy", PAIN, "neck_pain", NERVE, "sciatica")


def test_several_conditions_in_one_line(known):
    codes = [one.codes for one in known.read("osteoporosis and sciatica, disc bulge; gout").mentions]
    assert codes == [(BONES,), ("sciatica",), (DISC,)]


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("herniated disc L5/S1, left, MRI 2024", False),
        ("herniated disc with cauda equina syndrome", True),
        ("osteoporosis, gallstones", True),
        ("osteoporosis. Gallstones", True),
        ("gout", True),
        ("no osteoporosis", False),
        ("no osteoporosis, gout", True),
        ("hip replacement", False),
        ("hip and knee replacement", True),
        ("reemplazo de cadera y rodilla", True),
    ],
)
def test_what_was_not_read_is_told(known, line, more):
    assert known.read(line).says_more is more


def test_the_words_of_a_mention_are_those_of_the_line(known):
    (mention,) = known.read("Known  Cia\u0301tica, left").mentions
    assert mention.words == "Ciática"


def test_a_name_that_is_as_near_to_two_conditions_may_mean_either():
    names = ConditionNames([ConditionName("one", "abcdefgh1"), ConditionName("two", "abcdefgh2")])
    (mention,) = names.read("abcdefgh").mentions
    assert mention.codes == ("one", "two")


@pytest.mark.parametrize(("one", "other"), [("Herniated disc", "disk, herniated"), ("Ciática", "ciatica")])
def test_names_that_are_matched_alike_are_the_same(one, other):
    assert name_key(one) == name_key(other)
