"""How much paper is left white before the last page, and how many pages a plan takes."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from plans.handout.formats import Copy, Format, Paper, Size
from plans.handout.make import make_handout
from plans.handout.pdf.paper import paper_of
from plans.handout.preflight.pdf_reader import read_pdf
from plans.languages import LANGUAGES
from scripts.gallery_white_space import MOST, judge, measure_format, measure_white
from tests.handout.library import DEMO, figures, make_library_plan
from tests.handout.make import css_of, pdf_of
from tests.handout.samples import FINDINGS, LINK_URL, SHEET_URL, make_plan, make_plan_in

FORMS = [Format(paper=paper, size=size) for paper in Paper for size in Size]
LIMITS = {Size.NORMAL: 4, Size.LARGE: 9}
MAX_BYTES = 300_000


def first(count):
    return make_plan(items=make_plan().items[:count])


def long_steps():
    """Eight steps of 200 letters each: half a page of text."""
    step = "Move slowly and stop at once when the pain gets worse than it was at the start. " * 2
    items = make_plan().items[:3]
    return make_plan(items=tuple(replace(item, steps=(step.strip(),) * 8) for item in items))


def draw_pages(*bands):
    """A PDF of pages 100 by 100 mm with black from top to bottom in millimetres."""
    pages = []
    for band in bands:
        page = Image.new("L", (394, 394), 255)
        for top, bottom in band:
            ImageDraw.Draw(page).rectangle((40, top * 3.94, 350, bottom * 3.94), fill=0)
        pages.append(page)
    made = BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=100)
    return made.getvalue()


def test_the_script_finds_what_is_white_and_leaves_the_last_page_out():
    white = measure_white(draw_pages([(0, 50)], [(0, 20), (40, 100)], [(0, 5)]), top=10, room=80)
    assert white.pages == 3
    assert white.share == pytest.approx((40 + 20) / 160, abs=0.02)
    assert white.worst == pytest.approx(40 / 80, abs=0.02)


def test_the_usual_space_between_blocks_is_not_white():
    assert measure_white(draw_pages([(0, 50), (56, 100)], [(0, 9)]), top=0, room=100).share == 0


def test_the_room_of_a_page_is_read_from_its_style_sheet():
    assert paper_of(css_of()).room == 274
    assert paper_of(css_of(Format(paper=Paper.LETTER, size=Size.LARGE))).room == pytest.approx(258.4)
    assert paper_of("p { margin: 0 }") is None


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("count", [3, 5, 8])
def test_pages_before_the_last_are_full(count, form):
    pdf = pdf_of(first(count), form)
    white = measure_format(pdf, form)
    assert white.share <= MOST[form.size]
    assert white.pages <= LIMITS[form.size]
    assert len(pdf) < MAX_BYTES


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
def test_long_steps_leave_no_page_empty(form):
    white = measure_format(pdf_of(long_steps(), form), form)
    assert white.worst <= 0.5


def test_exercises_begin_on_page_1():
    walking, *others = reversed(make_plan().items)
    items = (replace(walking, number=1), *(replace(item, number=n) for n, item in enumerate(others[:4], 2)))
    printed = read_pdf(pdf_of(make_plan(goals="", items=items), Format(paper=Paper.LETTER)))
    assert "1. Walking" in printed.pages[0]
    assert walking.steps[-1] in printed.pages[0]


def test_no_exercise_is_broken():
    plan = make_plan()
    printed = read_pdf(pdf_of(plan))
    for item in plan.items:
        (page,) = [
            page for page in printed.pages if f"{item.number}. {item.name}" in page and item.start in page
        ]
        assert all(text in page for text in (*item.steps, *item.cautions, item.note))


@pytest.mark.parametrize("language", LANGUAGES)
def test_three_exercises_are_one_sheet_of_paper(language):
    """Spanish words take more room: 554 mm of text for 546 mm of paper."""
    content = make_library_plan(language, DEMO[:3], demonstration=False)
    made = make_handout(
        content, Format(), link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures(DEMO[:3], language)
    )
    printed = read_pdf(made.pdf)
    assert len(printed.pages) == (3 if language == "es" else 2)
    assert len(printed.tables) >= 1


def test_the_script_says_what_is_too_much():
    form = Format()
    empty = draw_pages([(0, 10)], [(0, 100)])
    (found,) = judge(f"en.{form.key}", empty)[1]
    assert found.endswith("white")
    assert judge(f"leaflets.en.{form.key}", empty)[1] == []
    assert judge(f"en.{Format(copy=Copy.SUMMARY).key}", empty)[1] == ["2 pages"]
    full = draw_pages(*[[(0, 100)]] * 5)
    assert "5 pages" not in judge(f"en.{Format(copy=Copy.CLINICIAN).key}", full)[1]
    assert "5 pages" in judge(f"en.{form.key}", full)[1]
    assert "bytes" in judge(f"leaflets.en.{form.key}", empty + b" " * MAX_BYTES)[1][0]


def test_the_log_is_not_alone_behind_three_exercises():
    printed = read_pdf(pdf_of(first(3)))
    assert printed.pages[-1].partition("Your log")[0].strip() or len(printed.pages) < 3


@pytest.mark.parametrize("language", ["es", "ar", "zh-hans"])
def test_short_plans_in_other_languages_fill_their_pages(language):
    form = Format(size=Size.LARGE)
    assert measure_format(pdf_of(make_plan_in(language), form), form).worst <= 0.5


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.key)
@pytest.mark.parametrize("language", ["en", "es"])
def test_eight_exercises_of_the_library_stay_within_the_limits(language, form):
    made = make_handout(
        make_library_plan(language), form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=figures()
    )
    white = measure_format(made.pdf, form)
    assert white.share <= MOST[form.size]
    assert white.pages <= LIMITS[form.size]
    assert len(made.pdf) < MAX_BYTES


def test_a_tight_page_holds_what_was_planned_for_it():
    content = make_library_plan("ar", findings=FINDINGS)
    shown = figures(language="ar")
    form = Format(copy=Copy.CLINICIAN)
    made = make_handout(content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=shown)
    assert measure_format(made.pdf, form).share <= MOST[Size.NORMAL]
