"""The numbers of a good handout, held on the real library and its real figures."""

from datetime import date
from functools import cache

import pytest
from django.utils import translation

from plans.content import LimitContent
from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.handout.make import Handout, make_handout
from plans.handout.preflight import expected
from plans.languages import LANGUAGES
from plans.readability import grade_en, inflesz
from tests.handout.drawn import drawn_pictures, letter_sizes
from tests.handout.library import DEMO, TITLES, figures, library, make_library_plan
from tests.handout.samples import LINK_URL, SHEET_URL, make_second_version

REVIEWED = ["en", "es"]
ROW = DEMO + tuple(one.code for one in library().exercises if one.code not in DEMO)
"""The demonstration's exercises, then the others."""


@cache
def handout(language: str, form: Format) -> Handout:
    content = make_library_plan(language)
    return make_handout(
        content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures(language=language)
    )


@pytest.mark.parametrize("language", REVIEWED)
@pytest.mark.parametrize("paper", Paper)
class TestDemonstrationPlan:
    """Eight exercises of both seed guides."""

    def test_takes_four_pages_and_little_space(self, language, paper):
        made = handout(language, Format(paper=paper))
        assert made.pages <= 4
        assert len(made.pdf) < 300_000

    def test_takes_eight_pages_in_large_print(self, language, paper):
        assert handout(language, Format(paper=paper, size=Size.LARGE)).pages <= 8

    @pytest.mark.parametrize("size", Size)
    def test_telling_what_is_new_takes_no_page_more(self, language, paper, size):
        form = Format(paper=paper, size=size)
        second = {
            "version": 2,
            "changes": make_second_version().changes,
            "goals": "Walk to the shop and back.",
        }
        content = make_library_plan(language, **second)
        made = make_handout(content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures())
        assert made.pages <= (8 if size is Size.LARGE else 4)


@pytest.mark.long
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", TITLES)
def test_each_figure_is_larger_in_large_print(language, paper):
    usual, large = (
        [
            one.width
            for one in drawn_pictures(handout(language, Format(paper=paper, size=size)).pdf)
            if is_figure(one)
        ]
        for size in Size
    )
    assert len(usual) == len(large) == len(DEMO)
    assert [number for number, (a, b) in enumerate(zip(usual, large, strict=True), 1) if b <= a] == []


@pytest.mark.long
@pytest.mark.parametrize("size", Size)
@pytest.mark.parametrize("language", TITLES)
def test_a_file_is_small_in_every_script(language, size):
    assert len(handout(language, Format(size=size)).pdf) < 300_000


def is_figure(drawn) -> bool:
    """A QR code has fewer dots."""
    return drawn.picture.Width > 500


@pytest.mark.long
@pytest.mark.parametrize("copy", Copy)
@pytest.mark.parametrize("language", TITLES)
def test_nothing_in_large_print_is_smaller_than_14_points(language, copy):
    made = handout(language, Format(size=Size.LARGE, copy=copy))
    sizes = letter_sizes(made.pdf)
    assert len(sizes) >= 3
    assert min(sizes) >= 14


@pytest.mark.long
@pytest.mark.parametrize("ink", Ink)
@pytest.mark.parametrize(("size", "count"), [(Size.NORMAL, 10), (Size.LARGE, 8), (Size.LARGE, 1)])
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", TITLES)
def test_summary_for_the_fridge_is_one_page(language, paper, size, count, ink):
    form = Format(paper=paper, size=size, ink=ink, copy=Copy.SUMMARY)
    codes = ROW[:count]
    content = make_library_plan(language, codes)
    made = make_handout(
        content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures(codes, language)
    )
    assert made.pages == 1


@pytest.mark.parametrize(("size", "count"), [(Size.NORMAL, 8), (Size.LARGE, 7)])
@pytest.mark.parametrize("language", REVIEWED)
def test_the_fridge_page_keeps_to_one_page_with_limits_and_what_to_check_first(language, size, count):
    form, codes = Format(size=size, copy=Copy.SUMMARY), ROW[:count]
    limit = LimitContent(
        words="Bend the hip", said_by="Dr. Ana Lee", said_on=date(2026, 3, 1), at_most="90", unit="degrees"
    )
    content = make_library_plan(
        language, codes, limits=(limit, limit), check_first=("Weigh yourself each day.",)
    )
    made = make_handout(
        content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures(codes, language)
    )
    assert made.pages == 1


@pytest.mark.long
@pytest.mark.parametrize("size", Size)
def test_summary_of_twenty_exercises_fills_its_pages(size):
    form = Format(size=size, copy=Copy.SUMMARY)
    content = make_library_plan("es", ROW[:20])
    made = make_handout(content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures(ROW[:20]))
    assert made.pages <= (3 if size is Size.LARGE else 2)


def test_english_reads_at_sixth_grade():
    with translation.override("en"):
        assert grade_en(expected.graded_text(make_library_plan("en"), LANGUAGES["en"])) <= 6


def test_spanish_reads_easily():
    with translation.override("es"):
        assert inflesz(expected.graded_text(make_library_plan("es"), LANGUAGES["es"])) >= 65


@pytest.mark.long
@pytest.mark.parametrize("language", REVIEWED)
def test_every_exercise_of_the_library_can_be_printed(language):
    codes = tuple(one.code for one in library().exercises)
    content = make_library_plan(language, codes)
    made = make_handout(content, Format(), link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures(codes))
    assert made.pages <= len(codes)
