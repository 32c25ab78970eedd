"""The check of a finished PDF before anyone may have it: what a good handout must hold, read back from the file."""

import io
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import pikepdf
from django.utils import translation

from plans.content import PlanContent
from plans.readability import read
from plans.rendering import expected
from plans.rendering.formats import Copy, Format
from plans.rendering.languages import get_language
from plans.rendering.printed import Printed, read_printed


class Problem(NamedTuple):
    """A stable code, and a sentence for the therapist."""

    code: str
    message: str


def check_pdf(data: bytes, content: PlanContent, form: Format) -> tuple[Problem, ...]:
    """All that is wrong with the PDF of a content in a format; nothing when it may be released."""
    try:
        printed = read_printed(data)
    except (pikepdf.PdfError, AttributeError, KeyError) as error:
        # The last two: a part that the structure of every handout has is not there.
        return (Problem("unreadable", f"The file cannot be read as a handout: {error}"),)
    with translation.override(get_language(content.language).code):
        return (
            *_check_document(printed, content),
            *_check_structure(printed, content, form),
            *_check_letters(printed),
            *_check_text(printed, content, form),
            *_check_warnings(printed, content, form),
            *_check_pages(printed, content, form),
            *_check_reading(content),
        )


def count_pages(data: bytes) -> int:
    """The number of pages of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _check_document(printed: Printed, content: PlanContent) -> Iterator[Problem]:
    tag = get_language(content.language).tag
    if printed.language != tag:
        yield Problem("language", f"The file says its language is {printed.language!r}, not {tag!r}.")
    if any(title.split() != content.title.split() for title in printed.titles):
        yield Problem("title", "The file does not carry the plan's title.")
    if not printed.is_tagged or not printed.is_declared:
        yield Problem("tags", "The file is not tagged for screen readers.")


def _check_structure(printed: Printed, content: PlanContent, form: Format) -> Iterator[Problem]:
    levels = [0, *printed.headings]
    if levels.count(1) != 1 or any(after > before + 1 for before, after in pairwise(levels)):
        yield Problem("headings", "The headings are not one title with levels that follow each other.")
    if not all(alt.strip() for alt in printed.figures):
        yield Problem("alt", "A picture has no text in its place.")
    for alt in expected.alternative_texts(content):
        if alt not in printed.figures:
            yield Problem("picture", f"The picture {alt[:60]!r} is missing.")
    # A log that goes on over pages is a table on each; twenty rows fit on any.
    most_tables = 1 + len(content.items) // 20 if form.copy is Copy.PATIENT else 0
    if not min(1, most_tables) <= len(printed.tables) <= most_tables:
        yield Problem("log", "The week's log is missing, or there is another table.")
    if any(headers == 0 or lost for headers, lost in printed.tables):
        yield Problem("table", "A cell of the table has no header.")


def _check_letters(printed: Printed) -> Iterator[Problem]:
    if printed.loose_fonts:
        yield Problem("fonts", f"Not inside the file: {', '.join(printed.loose_fonts)}.")
    if printed.unmapped:
        yield Problem("letters", f"{printed.unmapped} letters are in none of the handout's fonts.")
    if printed.stray:
        yield Problem("stray", f"{printed.stray} pieces of the page are in no tag.")


def _check_text(printed: Printed, content: PlanContent, form: Format) -> Iterator[Problem]:
    is_missing = _finder(printed.pages, content)
    for text in expected.texts(content, form):
        if is_missing(text):
            yield Problem("text", f"The page lacks {text[:60]!r}.")


def _check_warnings(printed: Printed, content: PlanContent, form: Format) -> Iterator[Problem]:
    if form.copy is not Copy.PATIENT:
        return
    is_missing = _finder(printed.pages[:1], content)
    if any(is_missing(text) for text in expected.warnings(content)):
        yield Problem("warnings", "A warning sign is missing from page 1.")


def _check_pages(printed: Printed, content: PlanContent, form: Format) -> Iterator[Problem]:
    count, most = len(printed.pages), expected.most_pages(content, form)
    if not 1 <= count <= most:
        yield Problem("pages", f"The handout has {count} pages; at most {most} were expected.")


def _check_reading(content: PlanContent) -> Iterator[Problem]:
    reading = read(expected.graded_text(content), language=content.language)
    if reading and reading.too_hard:
        yield Problem("reading", f"The text is too hard to read: {reading.measure} {reading.value}.")


class _Finder:
    """Looks for texts on pages, however lines and letters were broken.

    Right-to-left text stands in the file from left to right, with ligatures turned round. So there only the
    letters of each word are compared, in any order.
    """

    def __init__(self, pages: list[str], *, rtl: bool) -> None:
        self.rtl = rtl
        self.text = _squeeze("".join(pages))
        self.words = set(_word_bags("\n".join(pages))) if rtl else set()

    def __call__(self, text: str) -> bool:
        """Whether the text is missing."""
        if self.rtl:
            return not set(_word_bags(text)) <= self.words
        return _squeeze(text) not in self.text


def _finder(pages: list[str], content: PlanContent) -> _Finder:
    return _Finder(pages, rtl=get_language(content.language).direction == "rtl")


def _squeeze(text: str) -> str:
    return re.sub(r"[\s\u00ad\u200b-\u200f\u2066-\u2069]+", "", unicodedata.normalize("NFKC", text))


_LAM_AND_ALEF = re.compile("[\u0644\u0627\u0623\u0625\u0622]")


def _word_bags(text: str) -> Iterator[str]:
    """Each run of letters or of digits, its letters sorted; marks above and below are left out.

    So are lam and alef: a file has one meaning for each glyph, and their ligature shares glyphs with them alone.
    """
    bare = _LAM_AND_ALEF.sub("", unicodedata.normalize("NFKC", text))
    plain = "".join(one for one in bare if not unicodedata.combining(one))
    for run in re.findall(r"[^\W\d_]+|\d+", plain):
        yield "".join(sorted(run))
