"""Whatever is written, as long as it may be and without a blank: it stays on the paper and over nothing else."""

from dataclasses import fields

import pytest

from plans.content import PatientContent, text_of
from plans.handout.formats import ALL_FORMATS, Copy, Format, Ink, Paper, Size
from plans.handout.pdf.renderer import Renderer
from plans.languages import LANGUAGES
from tests.handout.make import NORMAL, check, css_of, html_of, pdf_of, plan, render
from tests.handout.samples import make_plan, make_plan_in, pictures
from tests.handout.written import fill, fill_library, repeat

FORMS = [
    form
    for form in ALL_FORMATS
    if form.paper is Paper.LETTER
    and form.ink is Ink.COLOUR
    and (form.copy is not Copy.CLINICIAN or form.size is Size.LARGE)
]
TEXTS = {
    "words": "some words of usual length ",
    "wide": "W",
    "arabic": "تمرين",
    "devanagari": "व्यायाम",
    "chinese": "王",
    "thai": "หายใจเข้า",
    "address": "https://example.org/a/b?c=d&e=",
    "quotes": "o'o'",
}


def test_the_plans_of_these_tests_hold_all_that_people_type_about_themselves():
    """A new field of clinic, patient or therapist: name it in `fill`."""
    plan = fill("en", lambda most: "x" * most)
    texts = {
        (type(part).__name__, field.name): getattr(part, field.name)
        for part in (plan.clinic, plan.patient, plan.therapist)
        for field in fields(part)
    }
    chosen = {("ClinicContent", name) for name in ("colour", "locale")}
    others = {key for key, text in texts.items() if isinstance(text, str) and set(text) != {"x"}}
    assert others == chosen


@pytest.mark.long
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("text", TEXTS)
def test_long_texts_stay_where_they_belong(text, form):
    language = "ar" if text in ("arabic", "wide", "thai") else "en"
    assert pdf_of(fill(language, repeat(TEXTS[text])), form)


@pytest.mark.long
@pytest.mark.parametrize(
    "form",
    [
        *(Format(size=size) for size in Size),
        Format(copy=Copy.SUMMARY, size=Size.LARGE),
        Format(copy=Copy.CLINICIAN),
    ],
    ids=lambda form: form.key,
)
@pytest.mark.parametrize("text", ["words", "wide", "arabic", "chinese"])
def test_every_text_of_the_library_at_its_full_length_stays_where_it_belongs(text, form):
    """How hard such words are to read is asked when they are approved."""
    language = {"arabic": "ar", "chinese": "zh-hans"}.get(text, "en")
    content = fill_library(language, repeat(TEXTS[text]))
    data = render(html_of(content, form), form, language)
    assert {problem.code for problem in check(data, content, form)} <= {"reading"}


def test_the_plans_of_these_tests_hold_every_text_that_is_printed():
    """A new field of the content that holds words: name it in `fill` or `fill_library`."""
    content = fill_library("en", lambda most: "x" * most)
    assert [text for text in text_of(content) if set(text) != {"x"}] == [content.sheet_code]


def codes(html, content=None, form=NORMAL):
    return {problem.code for problem in check(render(html, form), content or plan(), form)}


@pytest.mark.parametrize(
    "style",
    [
        "position: absolute; left: 190mm",
        "position: absolute; left: -20mm",
        "position: absolute; top: 285mm",
        "white-space: nowrap; font-size: 40pt",
    ],
)
def test_text_outside_of_the_paper_is_told(style):
    html = html_of(plan()).replace('<p class="goals">', f'<p class="goals" style="{style}">')
    assert "outside" in codes(html)


def test_text_over_other_text_is_told():
    html = html_of(plan()).replace(
        '<p class="goals">', '<p class="goals" style="position: relative; top: -6.5mm">'
    )
    assert codes(html) == {"covered"}


def test_text_over_a_picture_is_told():
    html = html_of(plan()).replace('<p class="code">', '<p class="code" style="margin-bottom: -12mm">', 1)
    assert codes(html) == {"covered"}


def test_a_word_that_is_not_broken_is_told():
    """What the style sheet and the places for breaks prevent, the check would find."""
    content = make_plan(title="Unbrokenword" * 10)
    html = html_of(content).replace("\u200b", "").replace("<h1>", '<h1 style="overflow-wrap: normal">')
    assert codes(html, content) >= {"outside"}


def test_names_that_fill_half_a_page_leave_the_warnings_on_the_first():
    large = Format(size=Size.LARGE)
    content = fill("en", repeat("some words of usual length "))
    assert pdf_of(content, large)
    html = html_of(content, large)
    assert html.index("<h1>") < html.index('class="warnings"') < html.index('class="clinic"')
    assert html_of(plan(), large).index('class="clinic"') < html_of(plan(), large).index('class="warnings"')


def test_the_footer_cuts_what_does_not_fit():
    html = html_of(fill("en", repeat("Maximilian ")), Format(copy=Copy.SUMMARY))
    foot = html.partition('data-foot="')[2].partition('"')[0]
    assert foot.count("…") == 2
    assert len(foot) < 100


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_foot_of_large_print_is_one_line(language, paper):
    """With the longest name and a code as it is issued: a second line would come near to the paper's edge."""
    patient = PatientContent(name="Maximilian Featherstonehaugh", record_number="R-104233217")
    content = make_plan_in(language, patient=patient, version=12, sheet_code="7K3MZQ5RTW2A")
    form = Format(size=Size.LARGE, paper=paper)
    renderer = Renderer(css=css_of(form, language), pictures=pictures(), grey=False)
    for page in renderer.lay_out(html_of(content, form)).pages:
        feet = [
            box for box in page._page_box.children if getattr(box, "at_keyword", "").startswith("@bottom")
        ]
        lines = [sum("LineBox" in type(one).__name__ for one in foot.descendants()) for foot in feet]
        assert [count for count in lines if count] == [1, 1]
