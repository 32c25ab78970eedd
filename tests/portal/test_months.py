import pytest
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP

from plans.languages import LANGUAGES
from plans.portal.birthdate import read_birth_date
from plans.portal.months import MORE_NAMES, month_of
from plans.portal.plain_text import plain


def written():
    """Each name of each language with its month."""
    for code in LANGUAGES:
        with translation.override(code):
            tables = [
                {n: str(name) for n, name in table.items()}
                for table in (MONTHS, MONTHS_ALT, MONTHS_3, MONTHS_AP)
            ]
        for table in tables:
            yield from ((name, number) for number, name in table.items())
    for number, names in enumerate(MORE_NAMES, start=1):
        yield from ((name, number) for name in names)


def test_no_name_means_two_months():
    numbers = {}
    for name, number in written():
        numbers.setdefault(plain(name).strip("."), set()).add(number)

    assert {name: found for name, found in numbers.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("name", "number"), sorted(set(written())))
def test_every_name_is_read_in_a_date(name, number):
    for typed in (f"17 {name} 1960", f"17 {name.upper()} 1960"):
        (found,) = read_birth_date({"date": typed}, language=LANGUAGES["en"])
        assert (found.day, found.month, found.year) == (17, number, 1960)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("sept", 9),
        ("septi", 9),
        ("ene", 1),
        ("jan", 1),
        ("dic", 12),
        ("dec", 12),
        ("ago", 8),
        ("may", 5),
        ("اكت", 10),
    ],
)
def test_a_beginning_of_three_letters_is_enough(word, number):
    assert month_of(word) == number


@pytest.mark.parametrize("word", ["", "m", "ma", "ju", "كانون", "تشرين", "aprilx", "الاول"])
def test_what_fits_no_month_or_more_than_one_is_none(word):
    assert month_of(word) is None
