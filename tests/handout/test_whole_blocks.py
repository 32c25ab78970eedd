"""What is read in one go stands on one page and one line: advice, notes, disclaimers, telephone numbers."""

import re
from dataclasses import replace
from html import escape

import pytest
from django.utils import translation

from plans.content import ClinicContent
from plans.handout import phrases
from plans.handout.formats import Copy, Format, Paper, Size
from plans.handout.make import make_handout
from plans.handout.pdf.renderer import Renderer
from plans.handout.plan_words import say_warnings
from plans.handout.preflight.finder import Finder
from plans.handout.preflight.pdf_reader import read_pdf
from plans.languages import LANGUAGES
from tests.handout.library import DEMO, figures, make_library_plan
from tests.handout.make import css_of
from tests.handout.samples import LINK_URL, SHEET_URL

SENTENCES = {
    "en": "This sheet was made for you alone and does not replace advice from your own doctor. ",
    "es": "Esta hoja se hizo solo para usted y no sustituye el consejo de su médico. ",
    "ar": "أعدت هذه الورقة لك وحدك ولا تغني عن نصيحة طبيبك. ",
    "zh-hans": "本计划仅为您制定，不能代替医生的建议。",
}
NUMBERED = re.compile(r"7[0-9]{3} ")
MAX_DISCLAIMER, MAX_NOTE = 2000, 600
NUMBERS = ("911", "112", "555 0100", "+64 800 123 456", "(0800) 555-0100")
WIDTHS = range(100, 180, 4)
"""Millimetres of boxes that the longest number fits into beside the word before it."""
GOALS = {Size.NORMAL: 4, Size.LARGE: 9}
"""Pages that eight exercises may take."""
FORMS = [Format(size=size, paper=paper) for size in Size for paper in Paper]


def numbered(language, most, first):
    """Sentences, each behind a number of its own, as long as they may be."""
    text = "".join(f"{number} {SENTENCES[language]}" for number in range(first, first + most // 20))
    return text[:most].rpartition(f"{SENTENCES[language]}")[0] + SENTENCES[language].strip()


def make(content, form):
    pictures = figures(language=content.language)
    return make_handout(content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures)


def pages_with(made, texts, language):
    """Return the numbers of the pages that hold all of these texts whole."""
    pages = read_pdf(made.pdf).pages
    rtl = LANGUAGES[language].is_rtl
    return [
        number
        for number, page in enumerate(pages, start=1)
        if not any(Finder([page], rtl=rtl).lacks(text) for text in texts)
    ]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("language", SENTENCES)
def test_the_longest_disclaimer_takes_a_page_or_what_eight_exercises_may(language, form):
    """Broken only where much of it stands on either page."""
    without = make_library_plan(language, DEMO[:4])
    disclaimer = numbered(language, MAX_DISCLAIMER, 7000)
    content = replace(without, clinic=replace(without.clinic, disclaimer=disclaimer))

    made = make(content, form)

    assert made.pages <= max(make(without, form).pages + 1, GOALS[form.size])
    parts = [len(NUMBERED.findall(page)) for page in read_pdf(made.pdf).pages]
    parts = [count for count in parts if count]
    assert sum(parts) == len(NUMBERED.findall(disclaimer)) > 20
    assert len(parts) <= 2
    assert min(parts) >= 3


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize(("language", "count"), [("en", 3), ("en", 5), ("es", 8), ("ar", 4), ("zh-hans", 5)])
def test_advice_and_notes_are_not_broken(language, count, form):
    note = numbered(language, MAX_NOTE, 7000)
    advice = tuple(f"{SENTENCES[language]} {number}" for number in range(8880, 8886))
    content = make_library_plan(language, DEMO[:count], note=note, advice=advice)

    made = make(content, form)

    assert len(pages_with(made, [*content.advice, *content.therapies], language)) == 1
    assert len(pages_with(made, [note], language)) == 1


def lines_of_headings(body, form, language):
    """Yield the lines of each heading."""
    html = f'<html lang="{language}" dir="{LANGUAGES[language].direction}"><title>t</title><body>{body}</body></html>'
    renderer = Renderer(css=css_of(form, language), pictures={}, grey=False)
    for page in renderer.lay_out(html).pages:
        for box in page._page_box.descendants():
            if box.element_tag in ("h2", "b") and (lines := [*lines_in(box)]):
                yield lines


def lines_in(box):
    for line in box.children:
        if "LineBox" in type(line).__name__:
            yield "".join(getattr(one, "text", "") for one in line.descendants())


@pytest.mark.parametrize(
    "form",
    [Format(size=size, copy=copy) for size in Size for copy in (Copy.PATIENT, Copy.SUMMARY)],
    ids=lambda form: form.key,
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_breaks_before_a_number_or_in_it(language, form):
    """With names of every length, so that each place of a line is tried."""
    with translation.override(language):
        clinics = [
            ClinicContent(
                name="Riverside Physiotherapy and Sports Medicine of Springfield"[:length], phone=phone
            )
            for phone in NUMBERS
            for length in range(4, 59, 2)
        ]
        said = [phrases.say_questions(clinic) for clinic in clinics]
        narrow = [(say_warnings(number)["emergency_title"], width) for number in NUMBERS for width in WIDTHS]
    body = "".join(f'<section class="contact"><h2>{escape(text)}</h2></section>' for text in said)
    body += "".join(
        f'<section class="box emergency" style="width: {width}mm"><h2>{escape(text)}</h2></section>'
        for text, width in narrow
    )
    numbers = [clinic.phone for clinic in clinics] + [number for number in NUMBERS for _ in WIDTHS]

    headings = list(lines_of_headings(body, form, language))

    assert len(headings) == len(numbers)
    assert sum(len(lines) > 1 for lines in headings) > 20
    for number, lines in zip(numbers, headings, strict=True):
        kept = [line for line in lines if phrases.keep_together(number) in line]
        assert len(kept) == 1, lines
        assert not kept[0].lstrip("\u2066\u2067\u2068").startswith(phrases.keep_together(number)), lines
