"""The grid of a sheet's log by single keys, in a real browser; and without scripts, as plain fields of a table."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from plans.models import Clinic, DayEntry, LogEntry, LogSource
from plans.queries.log_weeks import first_of_week
from tests.admin.browser import opener, sign_in
from tests.admin.publications.sheets import sheet_of
from tests.axe import failures
from tests.logs import keys_of, tell

DAY, WEEK = timedelta(days=1), timedelta(days=7)
MAX_KEYS = 45


@pytest.fixture
def monday(clinic):
    """The first day of the last week that is over; weeks of this clinic begin on Mondays."""
    Clinic.objects.update(week_starts_on=0)
    return first_of_week(clinic.today(), 0) - WEEK


@pytest.fixture
def issue(pat, monday):
    def make(daily=3, thrice_a_week=0):
        return sheet_of(pat, issued_on=monday, daily=daily, thrice_a_week=thrice_a_week)

    return make


@pytest.fixture
def go(page, live_server, pat, monday):
    sign_in(page, live_server, pat)

    def open_log(publication, person=None):
        if person:
            sign_in(page, live_server, person)
        opener(page, live_server, person or pat)(
            "plans_publication_log", publication.pk, query=f"?week={monday}"
        )
        return page

    return open_log


class Keys:
    """Presses keys one by one, and counts them."""

    def __init__(self, page):
        self._page, self.count = page, 0

    def __call__(self, *keys):
        for key in keys:
            self._page.keyboard.press(key)
            self.count += 1


@pytest.fixture
def keys(page):
    return Keys(page)


def field(page, name, day=None):
    return page.locator(f'[id="{name}_{day}"]' if day else f'[id="{name}"]')


def kept(page):
    expect(page.get_by_text("cells are kept")).to_be_visible()


def done(publication, monday, number):
    """On which days of the week, counted from 1, all was done."""
    key = keys_of(publication)[number - 1]
    days = LogEntry.objects.filter(item_key=key, outcome="all").order_by("day").values_list("day", flat=True)
    return [(day - monday).days + 1 for day in days]


# --- How many keys a week takes ---


def test_a_week_of_8_daily_exercises(go, page, keys, issue, monday, record_property):
    publication = issue(daily=8)
    go(publication)
    keys(*"aaaaaaaa", *"3324232", "2", "Enter")
    kept(page)
    record_property("keys of a paper week, 8 daily exercises", keys.count)
    assert keys.count <= MAX_KEYS
    assert LogEntry.objects.filter(outcome="all").count() == 56
    week = DayEntry.objects.order_by("day")
    assert [row.pain for row in week] == [3, 3, 2, 4, 2, 3, 2]
    assert week.last().feel == "right"


def test_a_week_from_the_desks_home_by_the_sheets_code(
    page, live_server, pat, keys, issue, monday, record_property
):
    """The code is keyed in once for a sheet: what it opens is the week that is next, with its first cell in hand."""
    publication = issue(daily=8)
    opener(page, live_server, pat)("index")
    keys("Control+k")
    expect(page.locator("#palette")).to_be_visible()
    keys(*publication.sheet_code.lower())
    options = page.locator("#palette [role=option]")
    expect(options.nth(1)).to_contain_text("Key in the log of this sheet")
    keys("ArrowDown", "Enter")
    expect(field(page, "row_1")).to_be_focused()
    record_property("keys from home to the grid of a sheet", keys.count)
    keys(*"aaaaaaaa", *"3324232", "2", "Enter")
    kept(page)
    assert keys.count <= MAX_KEYS
    week = LogEntry.objects.filter(outcome="all").values_list("day", flat=True).distinct().order_by("day")
    assert list(week) == [monday + place * DAY for place in range(7)]


def test_a_week_as_it_comes(go, page, keys, issue, monday, record_property):
    """Two exercises on 3 days, one left out on a day, one of which a day says nothing, one day with pain 1."""
    publication = issue(daily=6, thrice_a_week=2)
    go(publication)
    keys(*"aaaa")
    keys("ArrowRight", *"11", "0", *"1111")
    keys("ArrowRight", *"111", "Space", *"111")
    keys(*"135", "Enter", *"246", "Enter")
    keys("2", "1", "3", "t", "4", "3", "2", "3", "Enter")
    kept(page)
    record_property("keys of a paper week, 6 daily exercises with gaps and 2 on 3 days", keys.count)
    assert keys.count <= MAX_KEYS
    assert done(publication, monday, 5) == [1, 2, 4, 5, 6, 7]
    assert done(publication, monday, 6) == [1, 2, 3, 5, 6, 7]
    assert done(publication, monday, 7) == [1, 3, 5]
    assert done(publication, monday, 8) == [2, 4, 6]
    assert LogEntry.objects.get(outcome="skipped").day == monday + 2 * DAY
    assert [row.pain for row in DayEntry.objects.order_by("day")] == [2, 1, 3, 10, 4, 3, 2]
    assert DayEntry.objects.get(feel="too_hard").day == monday + 6 * DAY


def test_a_week_in_which_every_exercise_is_keyed_in_by_days(go, page, keys, issue, record_property):
    publication = issue(daily=0, thrice_a_week=8)
    go(publication)
    for _ in range(8):
        keys(*"135", "Enter")
    keys(*"3324232", "2", "Enter")
    kept(page)
    record_property("keys of a paper week, 8 exercises on 3 days", keys.count)
    assert keys.count <= MAX_KEYS
    assert LogEntry.objects.filter(outcome="all").count() == 24


# --- Single keys ---


def test_a_row_that_is_not_planned_on_every_day_asks_for_its_days(go, page, keys, issue, monday):
    go(issue(daily=0, thrice_a_week=1))
    keys("a")
    expect(page.locator("[data-log-status]")).to_contain_text("key the numbers of the days")
    expect(field(page, "row_1")).to_be_focused()
    keys("2", "4", "4")
    expect(field(page, "row_1", monday + DAY)).to_have_value("1")
    expect(field(page, "row_1", monday + 3 * DAY)).to_have_value("")


def test_arrows_move_as_in_a_table_and_tab_goes_on(go, page, keys, issue, monday):
    go(issue())
    expect(field(page, "row_1")).to_be_focused()
    keys("ArrowDown", "ArrowRight", "ArrowRight", "ArrowDown")
    expect(field(page, "row_3", monday + DAY)).to_be_focused()
    keys("ArrowLeft", "ArrowUp", "Tab", "Enter")
    expect(field(page, "row_3")).to_be_focused()
    keys("Shift+Tab", "ArrowRight", "ArrowRight", "a", "Space")
    expect(field(page, "row_3", monday)).to_have_value("1")
    expect(field(page, "row_3", monday + 2 * DAY)).to_be_focused()


def test_ten_is_never_taken_for_one_and_none(go, page, keys, issue, monday):
    go(issue())
    field(page, "pain", monday).focus()
    keys("1", "0", "1", "ArrowRight", "0", "1", "5", "e", "t", "1", "4")
    pains = [field(page, "pain", monday + place * DAY).input_value() for place in range(7)]
    assert pains == ["10", "1", "0", "1", "5", "10", "1"]
    expect(page.locator(".desk-log-feel")).to_have_value("hurt")


def test_what_stands_in_a_cell_already_is_no_part_of_all(go, page, keys, issue, monday):
    publication = issue()
    tell(publication, day=monday + DAY, outcome="skipped", source=LogSource.API)
    go(publication)
    keys("ArrowRight", "0", "ArrowLeft", "ArrowLeft", "a", "Control+Enter")
    kept(page)
    assert done(publication, monday, 1) == [3, 4, 5, 6, 7]


def test_what_is_refused_is_shown_with_all_that_was_typed(go, page, keys, issue, monday):
    publication = issue()
    go(publication)
    keys("a", "x", "Control+Enter")
    problem = page.get_by_role("alert").filter(has_text="Nothing is kept yet")
    expect(problem).to_contain_text("2. Exercise 2: Write “a” for all days")
    expect(field(page, "row_2")).to_be_focused()
    expect(field(page, "row_1", monday + 6 * DAY)).to_have_value("1")
    keys("Backspace", "Control+Enter")
    kept(page)
    assert LogEntry.objects.count() == 7


# --- Without a script, with a screen reader, in each scheme ---


def test_without_a_script_the_grid_is_fields_of_a_table(browser, live_server, issue, pat, monday, page):
    publication = issue(thrice_a_week=1)
    sign_in(page, live_server, pat)
    context = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    plain = context.new_page()
    plain.goto(f"{live_server.url}/admin/plans/publication/{publication.pk}/log/?week={monday}")
    table = plain.get_by_role("table").first
    day = table.get_by_role("columnheader").nth(2).inner_text().replace("\n", " ")
    plain.get_by_role("textbox", name="1. Exercise 1 All").fill("a")
    plain.get_by_role("spinbutton", name=f"2. Exercise 2 {day}").fill("1")
    plain.get_by_role("textbox", name="4. Exercise 4").fill("1 3")
    plain.get_by_role("spinbutton", name=f"Pain, 0 to 10 {day}").fill("7")
    plain.get_by_role("combobox", name="How was this week?").focus()
    plain.keyboard.press("2")
    plain.get_by_role("button", name="Keep this week").click()
    expect(plain.get_by_text("Pain over 5")).to_be_visible()
    context.close()
    assert done(publication, monday, 1) == [1, 2, 3, 4, 5, 6, 7]
    assert done(publication, monday, 2) == [1]
    assert done(publication, monday, 4) == [1, 3]
    assert DayEntry.objects.get(feel="right").day == monday + 6 * DAY


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(go, page, keys, issue, monday, scheme):
    publication = issue(thrice_a_week=1)
    tell(publication, day=monday, source=LogSource.API)
    page.emulate_media(color_scheme=scheme)
    go(publication)
    found = [failures(page)]
    page.get_by_text("A warning sign is written on the sheet").click()
    keys("Tab")
    found.append(failures(page))
    field(page, "row_2").fill("9")
    keys("Control+Enter")
    expect(page.get_by_role("alert").filter(has_text="Nothing is kept yet")).to_be_visible()
    found.append(failures(page))
    assert found == [[], [], []]


def test_ticks_are_as_dark_as_the_page(go, issue, page, live_server, pat, monday):
    publication = issue()
    page.emulate_media(color_scheme="dark")
    go(publication)
    seen = ticks(page)
    opener(page, live_server, pat)("plans_patient_change", publication.plan.patient_id)
    seen += ticks(page)

    assert len(seen) > 1
    assert {scheme for scheme, _accent in seen} == {"dark"}
    assert "auto" not in {accent for _scheme, accent in seen}


def ticks(page):
    """The colours of the ticks that the browser draws: light or dark, and with which accent."""
    return page.locator("#desk-main input[type=checkbox]").evaluate_all(
        "all => all.map(one => getComputedStyle(one)).filter(one => one.appearance === 'auto')"
        ".map(one => [one.colorScheme, one.accentColor])"
    )
