"""A leaflet is a page of its own at the end of the patient's copy, with the clinic's number, as long as it may be."""

import subprocess

import pytest

from plans.content import ClinicContent
from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.libraryfiles import LeafletSection as Section
from plans.libraryfiles import LeafletText
from plans.libraryfiles.read_leaflets import printed_lines
from plans.libraryfiles.vocabulary import MAX_LEAFLET
from plans.readability import grade_en, inflesz
from tests.handout.library import leaflet_content, library, make_leaflets
from tests.handout.make import NORMAL, html_of, pdf_of
from tests.handout.samples import make_plan, make_plan_in

LETTER = Format(paper=Paper.LETTER)
LARGE = Format(paper=Paper.LETTER, size=Size.LARGE, ink=Ink.GREY)


def short(language, *leaflets, **values):
    """A plan of one exercise."""
    items = make_plan_in(language).items[:1]
    return make_plan_in(language, items=items, leaflets=leaflets, **values)


def words_of_pages(pdf):
    told = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return [" ".join(page.split()) for page in told.stdout.decode().split("\f")[:-1]]


def pages_of_leaflets(language, form, *leaflets, **values):
    """The words of each page that the leaflets add."""
    before = words_of_pages(pdf_of(short(language, **values), form))
    return words_of_pages(pdf_of(short(language, *leaflets, **values), form))[len(before) :]


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_leaflet_of_the_library_is_a_page_of_letter_paper(language):
    told = make_leaflets(language)
    pages = pages_of_leaflets(language, LETTER, *told)
    for one, page in zip(told, pages, strict=True):
        assert page.startswith(one.title)
        assert page.count(one.sections[-1].lines[-1][:20]) == 1


@pytest.mark.parametrize("code", [one.code for one in library().leaflets])
def test_each_reads_as_easily_as_the_sheet(code):
    texts = next(one.texts for one in library().leaflets if one.code == code)
    assert texts.keys() == {"en", "es"}
    assert grade_en("\n".join(leaflet_content(texts["en"]).lines)) <= 6
    assert inflesz("\n".join(leaflet_content(texts["es"]).lines)) >= 65


def test_two_leaflets_are_two_pages_with_the_clinics_number_each():
    texts = [one.texts["en"] for one in library().leaflets[:2]]
    pages = pages_of_leaflets("en", NORMAL, *map(leaflet_content, texts))
    assert len(pages) == 2
    for page in pages:
        assert "Questions? Call Riverside Physiotherapy: 555 0100" in page
        assert "In an emergency call 911." in page


WORDS = "some words of usual length and more of them "
LONGEST = {
    "points": [("What it is", [WORDS[:-2]] * 4)] * 8,
    "long lines": [
        *[("What it is", [(WORDS * 6)[:239]] * 3)] * 2,
        ("What helps", [(WORDS * 6)[:239], (WORDS * 3)[:109]]),
    ],
    "headings": [(f"{WORDS}what they say here", ["A line."])] * 8,
}


@pytest.mark.long
@pytest.mark.parametrize("name", LONGEST)
def test_the_longest_that_the_library_takes_is_a_page_and_two_in_large_print(name):
    sections = tuple(Section(heading=heading[:70], lines=tuple(lines)) for heading, lines in LONGEST[name])
    text = LeafletText(title=(WORDS * 2)[:69], sections=sections)
    assert printed_lines(text) == MAX_LEAFLET
    clinic = ClinicContent(name=(WORDS * 3)[:119], phone="+1 555 0100 4477")
    assert len(pages_of_leaflets("en", LETTER, leaflet_content(text), clinic=clinic)) == 1
    assert len(pages_of_leaflets("en", LARGE, leaflet_content(text), clinic=clinic)) <= 2


@pytest.mark.long
@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("paper", Paper)
def test_in_large_print_no_box_is_broken_and_no_page_has_a_few_lines(language, paper):
    form = Format(paper=paper, size=Size.LARGE)
    for page in pages_of_leaflets(language, form, *make_leaflets(language)):
        assert ("911" in page) is any(word in page for word in ("Questions?", "¿Dudas?"))
        assert len(page) > 300


def test_the_clinics_number_never_stands_alone_on_a_page():
    told = make_leaflets("es")
    pages = pages_of_leaflets("es", LARGE, *told)
    assert len(pages) < 2 * len(told)
    for page in pages:
        assert not page.startswith("¿Dudas?")


@pytest.mark.parametrize("copy", [Copy.CLINICIAN, Copy.SUMMARY])
def test_other_copies_have_none(copy):
    text = library().leaflets[0].texts["en"]
    form = Format(copy=copy)
    plan = make_plan(leaflets=(leaflet_content(text),))
    assert text.title not in html_of(plan, form)
    assert pdf_of(plan, form)


def test_a_plan_without_leaflets_prints_as_before():
    assert 'class="leaflet"' not in html_of(make_plan())
