"""Every clause of the two guides stands in the library or on the page, or is refused with a reason."""

import re
from pathlib import Path

import pytest

from tests.library.clauses.places import (
    LANGUAGES_OF_LIBRARY,
    is_opened,
    missing,
    read_by_patients,
    read_clauses,
)

HERE = Path(__file__).parent
A, B = (read_clauses(HERE / f"guide_{guide}.yaml") for guide in ("a", "b"))
CLAUSES = A | B
REFUSED = {"A27", "A28", "A29", "A30", "A31", "B7", "B30"}
KEYS = {"says", "stands", "refused", "never"}
PLACE_KEYS = {"in", "at", "en", "es", "names", "facts", "dose", "figure_begins"}


def test_no_clause_is_left_out():
    assert list(A) == [f"A{number}" for number in range(1, 34)]
    assert list(B) == [f"B{number}" for number in range(1, 38)]


@pytest.mark.parametrize("code", CLAUSES)
def test_it_stands_where_the_list_says(code, starter):
    clause = CLAUSES[code]
    assert clause.keys() <= KEYS
    assert clause["says"]
    assert clause["stands"]
    for place in clause["stands"]:
        assert place.keys() <= PLACE_KEYS
        assert is_opened(place), place
        assert list(missing(place, starter)) == []


def test_what_is_refused_has_its_reason():
    assert {code for code, clause in CLAUSES.items() if "refused" in clause} == REFUSED
    assert all(len(CLAUSES[code]["refused"]) > 80 for code in REFUSED)
    # The claims of other care are refused by studies, named with their year.
    assert all(re.search(r"\b20\d\d\b", CLAUSES[code]["refused"]) for code in ("A28", "A29", "A30", "A31"))


@pytest.mark.parametrize("language", LANGUAGES_OF_LIBRARY)
@pytest.mark.parametrize("code", [code for code in CLAUSES if "never" in CLAUSES[code]])
def test_what_is_refused_is_said_nowhere(code, language, starter):
    refused = CLAUSES[code]["never"][language]
    said = read_by_patients(starter, language)
    assert [place for place, text in said.items() if re.search(refused, text)] == []


def test_the_places_are_opened(starter):
    """Each kind of place, asked for something that it does not hold."""
    wrong = [
        {"in": "page", "en": "Call nobody", "es": "Llame ya al 911 si:"},
        {"in": "exercise walking", "at": "steps", "en": "Run", "es": "Camine"},
        {"in": "exercise walking", "facts": {"position": "prone"}},
        {"in": "exercise walking", "figure_begins": "supine"},
        {"in": "exercise cat-cow", "dose": {"repetitions": "11"}},
        {"in": "exercise cat-cow", "facts": {"targets": ["thighs"]}},
        {"in": "exercise bird-dog", "dose": {"side": "left"}},
        {"in": "rule rule-35", "at": "rationale", "en": "always"},
        {"in": "rule rule-38", "en": "no kind", "es": "Algunas piden otros ejercicios"},
        {"in": "advice never-worse", "en": "Listen", "es": "Oiga"},
        {"in": "symptom fever", "names": ["Cold"]},
        {"in": "condition sciatica", "names": ["hernia"]},
        {"in": "leaflet sciatica", "en": "Sciatica", "es": "gripe"},
    ]
    for place in wrong:
        assert is_opened(place)
        assert len(list(missing(place, starter))) == 1, place
    assert not is_opened({"in": "advice never-worse"})
    assert not is_opened({"in": "advice never-worse", "en": "Listen"})
    assert not is_opened({"in": "exercise walking", "es": "Camine"})
