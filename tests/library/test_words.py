"""Single words of the starter exercises that a reader stumbled over, and what stands there now."""

import re
from dataclasses import replace

import pytest

from plans.actions.load_library import load_library
from plans.folding import fold
from plans.models import ExerciseText
from scripts.library_skeleton import LIMBS
from tests.library.conftest import STARTER
from tests.library.facts import facts

KNEELING = ("kneeling", "hands_and_knees")
GOOD_SIGN = {"en": "a good sign", "es": "buena señal"}
BREATH = {"en": r"\bbreath", "es": r"\brespir|\binspir|\bespir|\baire\b"}
WALKS = {"walking", "water-walking"}
"""Who walks breathes; the steps say that one can still talk, or that the pace is easy."""
FEEL = {"en": r"\bfeel\b", "es": r"\b(sentir|sienta)"}
PACE = {
    "en": r"\bslow|\bbreathe?\b|\bpace\b|\brhythm\b|\btalk\b",
    "es": r"\bdespacio|\bspira|\baire\b|\britmo\b|\bpaso\b|\bhablar\b",
}


NOT = {
    "en": r"\b(do not|never|no|not|nothing|stop|without)\b",
    "es": r"\b(no|nunca|nada|ni|pare|sin)\b",
}
EASIER = {"en": r"^If\b(?!.*\b(stop|call)\b)", "es": r"^Si\b(?!.*\b(pare|llame)\b)"}
"""A sentence of its own that tells another way to whom this one is too hard, or hurts."""
MEASURED = {
    "en": r"\b(twice|times|seconds?|minutes?|(three|four|five|six|seven|eight|nine|ten|twenty|thirty)\b)",
    "es": r"\b((dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|veinte|treinta) (veces|segundos|minutos)|segundos?"
    r"|minutos?|doble de)\b",
}
"""Numbers that are counted or timed; one foot and two hands are none."""
AS_A_SHAPE = {"figure-eight-walk"}


@pytest.fixture(scope="session")
def texts(starter):
    return {exercise.code: exercise.texts for exercise in starter.exercises}


def lines(text):
    return (text.purpose, text.start, *text.steps, *text.cautions)


@pytest.mark.parametrize(
    ("language", "name", "old_names"),
    [
        ("en", "Chest lift on your elbows (McKenzie)", {"Press-up lying face down", "McKenzie extension"}),
        (
            "es",
            "Subir el pecho sobre los codos (McKenzie)",
            {"Subir el pecho boca abajo", "Extensión de McKenzie"},
        ),
    ],
)
def test_the_chest_lift_is_found_by_its_old_names(texts, language, name, old_names):
    text = texts["prone-press-up"][language]
    assert text.name == name
    assert old_names <= set(text.also)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["Press-up lying face down", "extensión de mckenzie", "Subir el pecho boca abajo"]
)
def test_who_looks_for_an_old_name_finds_the_new_one(starter, name):
    exercises = tuple(one for one in starter.exercises if one.code in ("lying-face-down", "prone-press-up"))
    figures = {
        one.figure: (STARTER / "figures" / f"{one.figure}.yaml").read_text(encoding="utf-8")
        for one in exercises
    }
    load_library(library=replace(starter, exercises=exercises, rules=(), protocols=()), figures=figures)
    found = ExerciseText.objects.get(search_text__contains=fold(name))
    assert "(McKenzie)" in found.name


def test_the_chest_lift_stays_on_the_forearms(texts):
    text = texts["prone-press-up"]["en"]
    assert "elbows under your shoulders" in text.start
    assert "Keep your hips and forearms on the floor" in " ".join(text.steps)


def test_the_deep_hip_stretch_says_which_thigh_is_held(texts):
    assert "behind the thigh of the leg on the floor" in texts["piriformis-stretch"]["en"].steps[0]
    assert "el muslo de la pierna que está en el suelo" in texts["piriformis-stretch"]["es"].steps[0]


@pytest.mark.parametrize("code", ["bird-dog", "dead-bug"])
def test_arm_and_leg_are_opposite(texts, code):
    english, spanish = (" ".join(texts[code][language].steps) for language in ("en", "es"))
    assert "opposite leg" in english
    assert "pierna contraria" in spanish
    assert "other side" not in english
    assert "otro lado" not in spanish


def test_a_good_sign_is_no_caution(starter):
    """What stands under "Take care" or "For you" is read as a danger."""
    said = {
        language: {e.code for e in starter.exercises if words in " ".join(lines(e.texts[language]))}
        for language, words in GOOD_SIGN.items()
    }
    assert said["en"] == said["es"] == {"prone-press-up", "standing-back-bend", "lying-face-down"}
    for language, words in GOOD_SIGN.items():
        told = [e.code for e in starter.exercises if words in " ".join(e.texts[language].cautions)]
        told += [rule.code for rule in starter.rules if words in rule.sentences[language]]
        assert told == [], language


def test_the_nerve_glide_starts_with_a_raised_thigh(texts):
    assert "Raise one thigh straight up" in texts["nerve-glide"]["en"].start
    assert "Suba un muslo hacia el techo" in texts["nerve-glide"]["es"].start


def test_where_to_stop_is_said_before_the_hold(texts):
    for language, stop, hold in (
        ("en", "stop where the pull is mild", "Hold"),
        ("es", "pare donde el tirón sea leve", "Mantenga"),
    ):
        steps = " ".join(texts["supine-leg-raise-stretch"][language].steps)
        assert 0 <= steps.find(stop) < steps.index(hold)


def test_nobody_stands_up_in_a_kneeling_exercise(starter):
    kneeling = [exercise for exercise in starter.exercises if exercise.position in KNEELING]
    assert "hip-flexor-stretch" in {exercise.code for exercise in kneeling}
    for exercise in kneeling:
        assert not re.search(r"\bstand", " ".join(lines(exercise.texts["en"]))), exercise.code
        assert not re.search(r"\bde pie\b", " ".join(lines(exercise.texts["es"]))), exercise.code


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("bird-dog", "mantenga recta la espalda"),
        ("hamstring-stretch-towel", "mantenga recta la rodilla"),
        ("sit-to-stand", "mantenga recta la espalda"),
    ],
)
def test_spanish_keeps_straight_with_mantenga(texts, code, words):
    assert words in " ".join(lines(texts[code]["es"]))


def test_spanish_leaves_nothing_straight(texts):
    """ "Deje rectas las rodillas" is to let them be."""
    for code, text in texts.items():
        assert not re.search(r"\b(deja|deje|sigue) rect[ao]s?\b", " ".join(lines(text["es"]))), code


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_exercise_says_what_to_feel_and_how_fast(texts, language):
    said = {code: " ".join(text[language].steps) for code, text in texts.items()}
    assert [code for code, steps in said.items() if not re.search(FEEL[language], steps, re.I)] == []
    assert [code for code, steps in said.items() if not re.search(PACE[language], steps, re.I)] == []


def sentences(text):
    return re.split(r"(?<=[.:]) ", " ".join(lines(text)))


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_exercise_says_what_not_to_do(texts, language):
    said = {code: " ".join(lines(text[language])) for code, text in texts.items()}
    assert [code for code, words in said.items() if not re.search(NOT[language], words, re.I)] == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_exercise_says_how_to_make_it_easier(texts, language):
    silent = {
        code
        for code, text in texts.items()
        if not any(re.search(EASIER[language], one) for one in sentences(text[language]))
    }
    assert silent == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_step_counts_or_times_in_words(texts, language):
    told = {
        code
        for code, text in texts.items()
        if re.search(MEASURED[language], " ".join(text[language].steps), re.I)
    }
    assert told - AS_A_SHAPE == set()


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_exercise_but_walking_says_how_to_breathe(texts, language):
    silent = {
        code
        for code, text in texts.items()
        if not re.search(BREATH[language], " ".join((*text[language].steps, text[language].breathing)), re.I)
    }
    assert silent == WALKS


def test_the_warning_signs_of_the_library_say_what_is_new(starter):
    said = {symptom.code: symptom.sentences for symptom in starter.symptoms if symptom.red_flag}
    assert "a new bad fall" in said["serious_fall_or_accident"]["en"]
    assert "hace poco" in said["serious_fall_or_accident"]["es"]
    for code in ("new_loss_of_sexual_feeling", "new_weakness_in_one_leg_or_foot"):
        assert "new" in said[code]["en"]
        assert "nuevo" in said[code]["es"]
    assert "supura" in said["leaking_wound"]["es"]


FIRST_WITHOUT_A_LIMB = {"bird-dog", "dead-bug", "lower-trunk-rotation", "side-plank-knees"}
"""They turn or hold the whole trunk, or move an arm with a leg."""


def test_one_sided_exercises_say_each_leg_or_arm_where_one_works(starter):
    later = {row["code"]: LIMBS.get(row["region"]) for row in facts("exercises")}
    for exercise in starter.exercises:
        first = None if exercise.code in FIRST_WITHOUT_A_LIMB else "leg"
        meant = later.get(exercise.code, first) if exercise.one_sided else None
        assert exercise.limb == meant, exercise.code


def test_the_pace_of_strength_exercises_is_in_their_doses(starter):
    """A pace that the therapist sets beside it stands in the dose and not in the steps."""
    paced = {
        exercise.code: (exercise.dose.out_seconds.low, exercise.dose.back_seconds.low)
        for exercise in starter.exercises
        if exercise.dose.out_seconds and exercise.dose.back_seconds
    }
    assert paced == {"clamshell": (2, 2), "dead-bug": (3, 3), "sit-to-stand": (2, 3)}
