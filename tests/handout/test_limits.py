"""What a patient checks first each day stands above all; the limits of the surgeon are told as sentences."""

from datetime import date

import pytest
from django.utils import translation

from plans.content import LimitContent
from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.handout.limits import say_limit
from plans.languages import get_language
from tests.handout.make import html_of, pdf_of
from tests.handout.samples import make_plan, make_plan_in

KNEE = LimitContent(
    words="Bend your knee.",
    said_by="Dr. Ana Lee",
    said_on=date(2026, 3, 1),
    until=date(2026, 4, 12),
    at_most="90",
    unit="degrees",
    side="left",
)
LIFT = LimitContent(words="Do not lift", said_by="Dr. Bo Ray", said_on=date(2026, 3, 2))
FIRST = "Because of your heart: weigh yourself each day."


def said(limit, language="en"):
    with translation.override(language):
        return say_limit(limit, get_language(language)).replace("\u00a0", " ")


def test_it_is_a_sentence_with_name_day_and_end():
    assert said(KNEE) == (
        "Bend your knee: at most 90 degrees (left side). Dr. Ana Lee set this limit on March 1, 2026."
        " It holds until April 12, 2026."
    )
    assert said(LIFT) == (
        "Do not lift. Dr. Bo Ray set this limit on March 2, 2026. It holds until your clinic ends it."
    )


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("es", ("como máximo 90 grados (lado izquierdo)", "el 1 de marzo de 2026", "hasta el 12 de abril")),
        ("ar", ("90 درجة على الأكثر (الجانب الأيسر)", "ويبقى حتى")),
        ("zh-hans", ("最多 90 度（左侧）", "有效至2026年4月12日")),
    ],
)
def test_the_sentence_is_in_the_patients_language(language, parts):
    sentence = said(KNEE, language)
    assert all(part in sentence for part in parts)
    assert all(word not in sentence for word in ("limit", "most", "until"))


@pytest.mark.parametrize("side", ["left", "right", "both"])
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
def test_each_side_and_unit_has_its_words(language, side):
    of = [
        said(LimitContent(words="W", said_by="N", at_most="5", unit=unit, side=one), language)
        for unit in ("degrees", "kilograms", "")
        for one in (side, "")
    ]
    assert len(set(of)) == 6


def told(language):
    return make_plan_in(language, check_first=(FIRST,), limits=(KNEE, LIFT))


FORMATS = [
    Format(),
    Format(paper=Paper.LETTER, size=Size.LARGE, ink=Ink.GREY),
    Format(copy=Copy.CLINICIAN),
    Format(copy=Copy.SUMMARY),
]


@pytest.mark.parametrize("form", FORMATS, ids=str)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_copy_passes_the_check_of_what_it_owes(language, form):
    """The check finds each sentence in the finished file, or refuses it."""
    assert pdf_of(told(language), form).startswith(b"%PDF")


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_what_to_check_first_stands_above_the_exercises_and_all_other_words_of_the_plan(form):
    content = make_plan(check_first=(FIRST,), limits=(LIFT,), goals="Walk far", sentences=("Take care.",))
    page = html_of(content, form)
    assert page.count(FIRST) == 1
    after = [page.index(FIRST), page.index(f"1. {content.items[0].name}")]
    after[1:1] = [page.index("Do not lift")]
    if form.copy is not Copy.SUMMARY:
        after[1:1] = [page.index("Walk far"), page.index("Take care.")]
    assert after == sorted(after)


def test_a_plan_without_either_says_nothing_of_them():
    page = html_of(make_plan(check_first=(), limits=()))
    assert "Check first each day" not in page
    assert "Your limits" not in page
