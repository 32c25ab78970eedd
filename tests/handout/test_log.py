"""The log is for staff to key in: a box for each session, a row for each exercise, the weeks that the plan lasts."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from django.utils import translation

from plans.dose import Span
from plans.handout.formats import Copy, Format, Paper, Size
from plans.handout.log import MAX_WEEKS, count_weeks, make_log, say_instruction
from plans.handout.pdf.paper import PIXELS
from plans.handout.pdf.renderer import Renderer
from plans.handout.preflight.pdf_reader import read_pdf
from plans.languages import LANGUAGES
from tests.handout.make import css_of, html_of, pdf_of
from tests.handout.samples import make_plan, make_plan_in, pictures


def dosed(item, **dose):
    return replace(item, dose=replace(item.dose, **dose))


def rows_of(plan, language="en"):
    with translation.override(language):
        return make_log(plan, plan.items, LANGUAGES[language]).rows


def test_each_exercise_has_a_box_for_each_session_of_a_day():
    first, second, third, *_ = make_plan().items
    items = (
        dosed(first, times_per_day=Span(1, 3)),
        dosed(second, times_per_day=None),
        dosed(third, times_per_day=Span(10, 10)),
    )
    assert [row.sessions for row in rows_of(make_plan(items=items))] == [3, 1, 10]
    html = html_of(make_plan(items=items))
    rows = re.findall(r'<tr><th scope="row">.*?</tr>', html)[:3]
    # A cell for all seven days: a cell for each would take a fifth of the time of the whole sheet.
    assert [re.findall(r"<td[^>]*>", row) for row in rows] == [
        [f'<td colspan="7" class="boxes-{boxes}">'] for boxes in (3, 1, 10)
    ]


def test_fewer_days_than_a_week_are_said_beside_the_name():
    first, second, *_ = make_plan().items
    plan = make_plan(items=(dosed(first, days_per_week=Span(3, 4)), second))
    assert [row.days for row in rows_of(plan)] == ["3 to 4 days a week", ""]
    assert "(3 to 4 days a week)" in html_of(plan)


@pytest.mark.parametrize(
    ("days", "weeks"), [(None, 4), (1, 1), (7, 1), (8, 2), (28, 4), (-5, 1), (400, MAX_WEEKS)]
)
def test_the_log_has_the_weeks_until_the_next_check(days, weeks):
    start = date(2026, 11, 20)
    review = None if days is None else start + timedelta(days=days)
    assert count_weeks(make_plan(issued_on=start, review_date=review)) == weeks


def test_weeks_count_from_the_day_on_which_a_plan_starts():
    start, review = date(2026, 12, 4), date(2026, 12, 18)
    assert count_weeks(make_plan(start_date=start, review_date=review)) == 2


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", Size)
def test_each_printed_week_asks_how_it_was_and_the_log_names_its_sheet(language, size):
    plan = make_plan_in(language)
    printed = read_pdf(pdf_of(plan, Format(size=size)))
    weeks = len(printed.tables)
    assert 1 <= weeks <= count_weeks(plan)
    with translation.override(language):
        answers = make_log(plan, plan.items, LANGUAGES[language]).answers
    html = unescape(html_of(plan, Format(size=size)))
    assert all(f'<span class="choice">{answer}</span>' in html for answer in answers)
    head = html.partition('class="log-head"')[2].partition("</section>")[0]
    assert plan.sheet_code in head


def test_weeks_that_have_no_room_are_left_out_and_none_is_broken():
    plan = make_plan(review_date=date(2027, 6, 1))
    printed = read_pdf(pdf_of(plan))
    assert html_of(plan).count("<table") == MAX_WEEKS
    assert 1 <= len(printed.tables) < MAX_WEEKS
    assert all(headers and not lost for headers, lost in printed.tables)


@pytest.mark.parametrize("language", ["en", "es", "ar"])
def test_no_line_ends_within_a_range(language):
    with translation.override(language):
        assert re.search("0\u00a0\\w+\u00a010", say_instruction())


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_day_stands_on_one_line_in_its_box_on_the_fridge(language):
    form = Format(copy=Copy.SUMMARY)
    renderer = Renderer(css=css_of(form, language), pictures=pictures(), grey=False)
    days = [
        box
        for page in renderer.lay_out(html_of(make_plan_in(language), form)).pages
        for box in page._page_box.descendants()
        if box.element_tag == "span"
        and box.style["white_space"] == "nowrap"
        and box.style["display"][0] != "block"
    ]
    boxes = [box for box in days if type(box).__name__ == "InlineBlockBox"]
    assert len(boxes) == 7 * len(make_plan_in(language).items)
    for box in boxes:
        (line,) = box.children
        assert sum(child.width for child in line.children) <= box.width


def test_all_answers_stand_on_one_line_in_large_print():
    form = Format(size=Size.LARGE)
    renderer = Renderer(css=css_of(form), pictures=pictures(), grey=False)
    tops = {
        (number, round(box.position_y))
        for number, page in enumerate(renderer.lay_out(html_of(make_plan(), form)).pages)
        for box in page._page_box.descendants()
        if box.element is not None and box.element.get("class") == "choice"
    }
    weeks = count_weeks(make_plan())
    assert len(tops) == weeks


def test_the_fridge_page_has_a_box_for_each_day_of_each_exercise():
    html = html_of(make_plan(), Format(copy=Copy.SUMMARY))
    assert html.count('<p class="ticks">') == len(make_plan().items)
    assert all(row.count("<span>") == 7 for row in re.findall(r'<p class="ticks">.*?</p>', html))
    large = html_of(make_plan(), Format(copy=Copy.SUMMARY, size=Size.LARGE))
    assert large.count('<p class="ticks">') == 1


@pytest.mark.parametrize("count", [1, 6, 8, 10])
@pytest.mark.parametrize("paper", Paper)
def test_the_fridge_page_stays_one_page(count, paper):
    items = (make_plan().items * 2)[:count]
    numbered = tuple(replace(item, number=number) for number, item in enumerate(items, 1))
    printed = read_pdf(pdf_of(make_plan(items=numbered), Format(copy=Copy.SUMMARY, paper=paper)))
    (page,) = printed.pages
    said = " ".join(page.split())
    assert "Call 911 now if you have: numbness around your genitals" in said


def test_the_log_has_all_of_its_weeks_where_the_page_has_room():
    plan = make_plan(items=make_plan().items[:1])
    assert len(read_pdf(pdf_of(plan)).tables) == count_weeks(plan) == 4


@pytest.mark.parametrize(("size", "least"), [(Size.NORMAL, 8), (Size.LARGE, 10)])
@pytest.mark.parametrize("paper", Paper)
def test_each_row_is_high_enough_to_write_in(paper, size, least):
    form = Format(paper=paper, size=size)
    renderer = Renderer(css=css_of(form), pictures=pictures(), grey=False)
    heights = [
        box.height / PIXELS
        for page in renderer.lay_out(html_of(make_plan(), form)).pages
        for box in page._page_box.descendants()
        if box.element_tag == "tr" and any(cell.element_tag == "td" for cell in box.children)
    ]
    assert len(heights) >= len(make_plan().items) + 2
    assert min(heights) >= least


@pytest.mark.parametrize(("first", "days"), [(0, "Mon Tue"), (5, "Sat Sun"), (6, "Sun Mon")])
def test_the_log_and_the_fridge_page_begin_on_the_clinics_first_day(first, days):
    plan = make_plan(clinic=replace(make_plan().clinic, week_starts_on=first))
    week = re.findall(r"<thead>(.*?)</thead>", html_of(plan))[0]
    fridge = re.findall(r'<p class="ticks">(.*?)</p>', html_of(plan, Format(copy=Copy.SUMMARY)))[0]
    for row in (week.partition("</th>")[2], fridge):
        assert " ".join(re.sub(r"<[^>]+>", " ", row).split()).startswith(days)
