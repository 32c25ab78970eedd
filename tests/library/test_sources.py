"""Sources stand in one table, and every entry names those it rests on by their codes."""

import re

import pytest


@pytest.fixture(scope="session")
def cited(starter):
    """All entries that say whence they come."""
    words = (*starter.movements, *starter.conditions, *starter.symptoms, *starter.advice, *starter.leaflets)
    words = (*words, *starter.measures)
    return (*words, *starter.exercises, *starter.rules, *starter.protocols)


def test_each_entry_names_its_sources_by_code(cited):
    named_in_words = [entry.code for entry in cited if entry.source and not entry.sources]
    assert named_in_words == []


def test_exercises_rules_and_signs_have_a_source(starter):
    for entry in (*starter.exercises, *starter.rules, *starter.symptoms, *starter.advice, *starter.leaflets):
        assert entry.sources, entry.code


def test_what_is_cited_says_what_it_is_and_how_strong(starter, cited):
    named = {code for entry in cited for code in entry.sources} - {"a", "b", "ours"}
    table = {source.code: source for source in starter.sources}
    for code in named:
        assert table[code].kind, code
        assert table[code].read or code == "customary", code


def test_a_title_is_no_address_and_no_name_of_a_product(starter):
    for source in starter.sources:
        assert not re.search(r"www|\.com|\.org|\.au|http|®|™|\bMD\b|\bPT\b", source.title, re.I), source.code


def test_a_page_is_called_a_page_and_a_paper_by_its_year(starter):
    for source in starter.sources:
        if source.kind == "web":
            assert re.search(
                r"\b(page|pages|leaflet|leaflets|wiki|video|describe|tell)", source.title, re.I
            ), source.code
        if source.kind in ("RCT", "cohort", "case_series", "survey"):
            assert re.search(r"\d{4}|PMC|trial", source.cite), source.code
