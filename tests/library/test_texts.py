"""Every starter text is complete in English and Spanish, and reads easily."""

import re
from itertools import chain, combinations
from pathlib import Path

import pytest

from plans.figures import read_figure
from plans.libraryfiles import Known, read_library
from plans.readability import grade_en, inflesz
from tests.library.conftest import STARTER
from tests.library.test_fixtures import FIXTURES

CODES = sorted(file.stem for file in STARTER.joinpath("exercises").glob("*.yaml"))


def printed(text):
    """What the patient reads of one exercise, a line each."""
    return "\n".join((text.name, text.purpose, text.start, *text.steps, *text.cautions))


@pytest.fixture(scope="session")
def exercises(starter):
    return {exercise.code: exercise for exercise in starter.exercises}


@pytest.mark.parametrize("code", CODES)
def test_one_file_holds_one_exercise_of_its_name(exercises, code):
    assert Path(exercises[code].place.file).stem == exercises[code].figure == code


@pytest.mark.parametrize("code", CODES)
def test_complete_in_both_languages(exercises, code):
    assert exercises[code].texts.keys() == {"en", "es"}
    english, spanish = exercises[code].texts["en"], exercises[code].texts["es"]
    assert 3 <= len(english.steps) <= 6
    assert len(english.steps) == len(spanish.steps)
    assert len(english.cautions) == len(spanish.cautions) >= 1


@pytest.mark.parametrize("code", CODES)
def test_reads_easily(exercises, code):
    texts = exercises[code].texts
    assert grade_en(printed(texts["en"])) <= 6
    assert inflesz(printed(texts["es"])) >= 65


@pytest.mark.parametrize("code", CODES)
def test_the_alternative_text_tells_start_and_end(exercises, code):
    english, spanish = exercises[code].texts["en"].alt, exercises[code].texts["es"].alt
    moves = not english.startswith("One picture")  # a rest has one: its start is its end
    assert ("Start:" in english) == ("End:" in english) == moves
    assert spanish.startswith("Un dibujo") == (not moves)
    assert ("Inicio:" in spanish) == ("Final:" in spanish) == moves
    assert grade_en(english) <= 6
    assert inflesz(spanish) >= 65


@pytest.mark.parametrize("code", CODES)
def test_sentences_end_and_the_dose_is_not_in_the_words(exercises, code):
    """A number in a step would contradict the dose that the therapist sets."""
    for text in exercises[code].texts.values():
        for line in (text.purpose, text.start, *text.steps, *text.cautions, text.alt):
            assert line.endswith(".")
        assert not any(character.isdigit() for character in printed(text))


def too_hard(texts):
    """Return those of texts by code that are above grade 6, or below 65 on INFLESZ's scale."""
    grades = {(code, "en"): grade_en(said["en"]) for code, said in texts.items()}
    eases = {(code, "es"): inflesz(said["es"]) for code, said in texts.items()}
    hard = {key: round(value, 1) for key, value in grades.items() if value > 6}
    return hard | {key: round(value, 1) for key, value in eases.items() if value < 65}


def test_each_sentence_of_a_rule_reads_easily(starter):
    assert len(starter.rules) == 241
    assert too_hard({rule.code: rule.sentences for rule in starter.rules}) == {}


def test_each_warning_sign_reads_easily(starter):
    signs = {sign.code: sign.sentences for sign in starter.symptoms if sign.red_flag}
    assert too_hard(signs) == {}


def test_each_line_of_advice_reads_easily(starter):
    """Other therapies are names alone."""
    general = {entry.code: entry.texts for entry in starter.advice if entry.kind == "general"}
    assert too_hard(general) == {}


def test_each_title_of_a_protocol_reads_easily(starter):
    titles = {one.code: {tag: text.title for tag, text in one.texts.items()} for one in starter.protocols}
    assert len(titles) >= 30
    assert too_hard(titles) == {}


def test_spanish_says_usted_and_no_word_that_offends_somewhere(starter):
    words = " ".join(chain.from_iterable(printed(e.texts["es"]).lower().split() for e in starter.exercises))
    for word in (" tu ", " tus ", " contigo", "bicho", "almeja", "túmb"):
        assert word not in words


def test_a_text_is_not_taken_over_by_another_exercise(starter):
    for language in ("en", "es"):
        names = [exercise.texts[language].name for exercise in starter.exercises]
        assert len(set(names)) == len(names)


def test_files_of_the_starter_are_read_one_by_one_too(starter):
    file = Path(starter.exercises[0].place.file)
    assert read_library(file, known=Known.of(starter)).exercises == starter.exercises[:1]


@pytest.mark.parametrize("code", CODES)
def test_the_alternative_text_counts_the_pictures(exercises, code):
    figure = read_figure(STARTER / "figures" / f"{exercises[code].figure}.yaml")
    counted = {1: ("One", "Un"), 2: ("Two", "Dos"), 3: ("Three", "Tres"), 4: ("Four", "Cuatro")}
    english, spanish = counted[len(figure.panels)]
    assert exercises[code].texts["en"].alt.startswith(f"{english} picture")
    assert exercises[code].texts["es"].alt.startswith(f"{spanish} dibujo")


MOST_WORDS = 12


@pytest.mark.parametrize("code", CODES)
def test_a_step_is_short(exercises, code):
    for text in exercises[code].texts.values():
        assert [step for step in text.steps if len(step.split()) > MOST_WORDS] == []


SHARED = {
    "en": {"Hold and keep breathing.", "Hold and breathe slowly."},
    "es": {"Mantenga y siga respirando.", "Mantenga y respire despacio."},
}
"""Phrases that are the same on purpose wherever they are said."""


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_two_exercises_share_two_steps(exercises, language):
    """Two steps alike, and the patient takes one exercise for the other."""
    steps = {
        code: set(exercise.texts[language].steps) - SHARED[language] for code, exercise in exercises.items()
    }
    alike = [
        (one, other, steps[one] & steps[other])
        for one, other in combinations(steps, 2)
        if len(steps[one] & steps[other]) > 1
    ]
    assert alike == []


CHANGE = {
    "en": r"\b(chang|switch|turn to the other|do the same|left|right)",
    "es": r"\b(cambi|póngase del otro|lo mismo|izquierd|derech)",
    "ar": "بدّل|غيّر|الأيمن|الأيسر",
    "zh-Hans": "换|左|右",
}
"""Words of a change of sides, or of one side by name."""


def test_the_steps_of_one_sided_exercises_leave_the_sides_to_the_dose(starter):
    """A sheet said left side only, and below it to change legs."""
    drafts = [read_library(FIXTURES / f"{code}.yaml", known=Known.of(starter)) for code in ("ar", "zh-Hans")]
    every = [*starter.exercises, *chain.from_iterable(draft.exercises for draft in drafts)]
    one_sided = [exercise for exercise in every if exercise.one_sided]
    for exercise in one_sided:
        for language, text in exercise.texts.items():
            told = [step for step in text.steps if re.search(CHANGE[language], step, re.IGNORECASE)]
            assert told == [], (exercise.code, language)
