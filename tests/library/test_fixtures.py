"""The Arabic and Chinese drafts are readable library files, and say that no person has reviewed them."""

from pathlib import Path

import pytest

from plans.libraryfiles import Known, library_yaml, read_library

FIXTURES = Path(__file__).with_name("fixtures")


@pytest.mark.parametrize(("language", "letter"), [("ar", "ا"), ("zh-Hans", "一")])
def test_three_drafts(starter, language, letter):
    drafts = read_library(FIXTURES / f"{language}.yaml", known=Known.of(starter)).exercises
    assert [draft.code for draft in drafts] == ["pelvic-tilt", "single-knee-to-chest", "cat-cow"]
    for draft in drafts:
        text = draft.texts[language]
        assert draft.texts.keys() == {language}
        assert text.note == "machine draft, not reviewed by a person"
        assert len(text.steps) >= 3
        assert not any(character.isascii() and character.isalpha() for character in " ".join(text.steps))
    assert letter in " ".join(
        " ".join(draft.texts[language].steps) + draft.texts[language].alt for draft in drafts
    )


def test_drafts_have_the_facts_of_the_starter(starter):
    exercises = {exercise.code: exercise for exercise in starter.exercises}
    for language in ("ar", "zh-Hans"):
        for draft in read_library(FIXTURES / f"{language}.yaml", known=Known.of(starter)).exercises:
            same = exercises[draft.code]
            assert (draft.dose, draft.movements, draft.figure) == (same.dose, same.movements, same.figure)


def test_no_starter_text_is_a_machine_draft(starter):
    assert all(text.note == "" for exercise in starter.exercises for text in exercise.texts.values())


def test_the_starter_written_and_read_again_is_the_same(starter, tmp_path):
    file = tmp_path / "all.yaml"
    file.write_text(library_yaml(starter), encoding="utf-8")
    assert read_library(file, known=Known.of(starter)) == starter
