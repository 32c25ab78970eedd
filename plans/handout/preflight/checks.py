"""The check of a finished PDF before anyone may have it: what a good handout must hold, read back from the file."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pikepdf
from django.utils import translation

from plans.content import PlanContent
from plans.handout.formats import Copy, Format
from plans.handout.preflight import expected
from plans.handout.preflight.finder import Finder
from plans.handout.preflight.pdf_reader import PdfContents, read_pdf
from plans.languages import Language
from plans.readability import read


class Problem(NamedTuple):
    """A stable code, and a sentence for the therapist."""

    code: str
    message: str


class Checked(NamedTuple):
    """What is wrong with a file, and how many pages it has."""

    problems: tuple[Problem, ...]
    pages: int


def check_pdf(data: bytes, content: PlanContent, form: Format, language: Language) -> Checked:
    try:
        printed = read_pdf(data)
    except (pikepdf.PdfError, AttributeError, KeyError) as error:
        # The last two: a part that the structure of every handout has is not there.
        return Checked((Problem("unreadable", f"The file cannot be read as a handout: {error}"),), pages=0)
    with translation.override(language.code):
        problems = (
            *_check_document(printed, content, language),
            *_check_structure(printed, content, form),
            *_check_letters(printed),
            *_check_places(printed),
            *_check_text(printed, content, form, language),
            *_check_warnings(printed, content, form, language),
            *_check_pages(printed, content, form, language),
            *_check_reading(content, language),
        )
    return Checked(problems, len(printed.pages))


def _check_document(printed: PdfContents, content: PlanContent, language: Language) -> Iterator[Problem]:
    if printed.language != language.tag:
        yield Problem(
            "language", f"The file says its language is {printed.language!r}, not {language.tag!r}."
        )
    if any(title.split() != content.title.split() for title in printed.titles):
        yield Problem("title", "The file does not carry the plan's title.")
    if not printed.is_tagged or not printed.is_declared:
        yield Problem("tags", "The file is not tagged for screen readers.")


def _check_structure(printed: PdfContents, content: PlanContent, form: Format) -> Iterator[Problem]:
    levels = [0, *printed.headings]
    if levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        yield Problem("headings", "The headings are not one title with levels that follow each other.")
    if not all(alt.strip() for alt in printed.figures):
        yield Problem("alt", "A picture has no text in its place.")
    for alt in expected.alternative_texts(content):
        if alt not in printed.figures:
            yield Problem("picture", f"The picture {alt[:60]!r} is missing.")
    max_tables = expected.max_tables(content, form)
    if not min(1, max_tables) <= len(printed.tables) <= max_tables:
        yield Problem("log", "The week's log is missing, or there is another table.")
    if any(headers == 0 or lost for headers, lost in printed.tables):
        yield Problem("table", "A cell of the table has no header.")


def _check_letters(printed: PdfContents) -> Iterator[Problem]:
    if printed.loose_fonts:
        yield Problem("fonts", f"Not inside the file: {', '.join(printed.loose_fonts)}.")
    if printed.unmapped:
        yield Problem("letters", f"{printed.unmapped} letters are in none of the handout's fonts.")
    if printed.stray:
        yield Problem("stray", f"{printed.stray} pieces of the page are in no tag.")


def _check_places(printed: PdfContents) -> Iterator[Problem]:
    for text in printed.outside[:1]:
        yield Problem("outside", f"{text[:60]!r} lies outside of the page.")
    for text in printed.covered[:1]:
        yield Problem("covered", f"{text[:60]!r} lies over something else.")


def _check_text(
    printed: PdfContents, content: PlanContent, form: Format, language: Language
) -> Iterator[Problem]:
    finder = Finder(printed.pages, rtl=language.is_rtl)
    for text in expected.texts(content, form, language):
        if finder.lacks(text):
            yield Problem("text", f"The page lacks {text[:60]!r}.")


def _check_warnings(
    printed: PdfContents, content: PlanContent, form: Format, language: Language
) -> Iterator[Problem]:
    if form.copy is not Copy.PATIENT:
        return
    finder = Finder(printed.pages[:1], rtl=language.is_rtl)
    if any(finder.lacks(text) for text in expected.warnings(content)):
        yield Problem("warnings", "A warning sign is missing from page 1.")
    if finder.lacks(content.clinic.phone):
        yield Problem("phone", "The clinic's number is missing from page 1.")


def _check_pages(
    printed: PdfContents, content: PlanContent, form: Format, language: Language
) -> Iterator[Problem]:
    count, most = len(printed.pages), expected.max_pages(content, form, language)
    if not 1 <= count <= most:
        yield Problem("pages", f"The handout has {count} pages; at most {most} were expected.")


def _check_reading(content: PlanContent, language: Language) -> Iterator[Problem]:
    reading = read(expected.graded_text(content, language), language=language.code)
    if reading and reading.too_hard:
        yield Problem("reading", f"The text is too hard to read: {reading.measure} {reading.value}.")
