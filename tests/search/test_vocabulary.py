"""Every value of the closed lists has words in every language that the service speaks."""

import pytest

from plans.languages import LANGUAGES
from plans.libraryfiles import Equipment, Kind, Position, Region, Target
from plans.libraryfiles.vocabulary import EXERCISE_LEVELS
from plans.search import Field, phrases_for
from plans.search.text import tokens
from plans.search.vocabulary import NO_EQUIPMENT, vocabulary

LISTS = {
    Field.KIND: list(Kind),
    Field.POSITION: list(Position),
    Field.TARGET: list(Target),
    Field.REGION: list(Region),
    Field.EQUIPMENT: [*Equipment, NO_EQUIPMENT],
    Field.LEVEL: [str(level) for level in EXERCISE_LEVELS],
}


@pytest.mark.parametrize("field", LISTS)
def test_every_value_has_words_in_every_language(field):
    without = {
        (value, language)
        for value in LISTS[field]
        for language in LANGUAGES
        if not vocabulary()[field].get(value, {}).get(language)
    }
    assert without == set()


def test_words_can_be_searched():
    said = [
        phrase.words
        for field, values in LISTS.items()
        for value in values
        for phrase in phrases_for(field, value)
    ]
    assert all(tokens(words) for words in said)


def test_a_value_without_words_is_called_by_its_code():
    assert [phrase.words for phrase in phrases_for(Field.TARGET, "little_toe")] == ["little toe"]
