"""The patient's way in a real browser: on a small phone, without scripts, by keyboard, from right to left."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from plans.handout.colours import contrast
from plans.handout.formats import Copy, Format, Size
from plans.models import LinkOpening, LinkUse, Patient
from tests.portal.conftest import PDF, make_ready


@pytest.fixture
def at_the_door(transactional_db, request):
    """The published plan, in a database that the server's thread sees."""
    return request.getfixturevalue("issued")


def enter(page, year="1960"):
    page.get_by_label("Day").fill("17")
    page.get_by_label("Month").fill("05")
    page.get_by_label("Year").fill(year)
    page.get_by_role("button", name="Open my plan").click()


def test_from_the_code_to_the_file_without_scripts(at_the_door, phone):
    make_ready(at_the_door.publication)
    page = phone(at_the_door.path)

    enter(page, year="1961")
    expect(page.get_by_role("alert")).to_contain_text("That did not open the plan")
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(at_the_door.plan.title)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download your plan (PDF)").click()

    assert download.value.suggested_filename == "exercise-plan-version-1.pdf"
    assert download.value.path().read_bytes() == PDF
    page.get_by_role("button", name="Lock this page").click()
    expect(page.get_by_role("button", name="Open my plan")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Open my plan")).to_be_visible()


def test_a_date_in_one_line_that_may_be_two_is_asked_and_opens_without_scripts(at_the_door, phone):
    Patient.objects.update(birth_date=date(1968, 4, 12))
    page = phone(at_the_door.path)
    page.get_by_role("link", name="I prefer one line").click()

    page.get_by_label("When were you born?").fill("31.2.1968")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Write it like this: March 27, 1950")
    page.get_by_label("When were you born?").fill("12/4/1968")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("Which day do you mean?"))
    page.get_by_role("link", name="None of these").click()
    page.get_by_label("When were you born?").fill("12/4/1968")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="April 12, 1968").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(at_the_door.plan.title)
    assert not LinkOpening.objects.filter(use=LinkUse.REFUSED).exists()


@pytest.mark.parametrize("locale", ["en-US", "es", "ar", "zh-CN"])
@pytest.mark.parametrize("width", [360, 390])
def test_a_long_date_in_one_line_is_seen_whole(at_the_door, phone, locale, width):
    viewport = {"width": width, "height": 844}
    page = phone(f"{at_the_door.path}?date", locale=locale, viewport=viewport, java_script_enabled=True)
    field = page.locator("#date")
    field.fill("27 de septiembre de 1950")
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth")


def test_the_keyboard_alone_opens_it(at_the_door, phone):
    page = phone(at_the_door.path)
    for typed in ("5", "17", "1960"):
        page.keyboard.press("Tab")
        page.keyboard.type(typed)
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(at_the_door.plan.title)


MEASURE = """() => {
  const seen = node => node.getClientRects().length > 0;
  const controls = [...document.querySelectorAll('input, button, .button, .files a, .other a')].filter(seen);
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    nameless: controls.filter(c => c.matches('input') && !c.labels.length).map(c => c.id),
    small: controls.filter(c => c.getBoundingClientRect().height < 44).map(c => c.textContent || c.id),
    type: Math.min(...[...document.querySelectorAll('main *')].filter(seen)
                     .map(n => parseFloat(getComputedStyle(n).fontSize))),
    levels: [...document.querySelectorAll('h1, h2, h3')].map(n => Number(n.tagName[1])),
  };
}"""


@pytest.mark.parametrize("locale", ["en-US", "es", "ar", "zh-CN"])
@pytest.mark.parametrize("zoom", [1, 2])
def test_it_fits_a_small_phone_and_reads_at_twice_the_size(at_the_door, phone, locale, zoom, settings):
    settings.PORTAL_HELP = (
        "Front desk: +1 (555) 010-4477\nhttps://a-very-long-name-of-a-clinic.example.org/help-for-patients"
    )
    for form in (Format(), Format(size=Size.LARGE), Format(copy=Copy.SUMMARY)):
        make_ready(at_the_door.publication, form)
    # Twice the zoom on a page of 640 points leaves 320 of them.
    viewport = {"width": 640 // zoom, "height": 640}
    page = phone(at_the_door.path, locale=locale, viewport=viewport, java_script_enabled=True)
    measured = [page.evaluate(MEASURE)]
    page.locator(".other a").click()
    page.wait_for_url("**?date")
    measured.append(page.evaluate(MEASURE))
    for typed in ("31.2.1968", "4/12/1968"):
        page.locator("#date").fill(typed)
        page.locator("#date").press("Enter")
        page.wait_for_selector(".choice" if typed == "4/12/1968" else "[role=alert]")
        measured.append(page.evaluate(MEASURE))
    page.goto(page.url.removesuffix("?date"))
    for field, typed in {"day": "17", "month": "5", "year": "1960"}.items():
        page.locator(f"#{field}").fill(typed)
    page.locator("#year").press("Enter")
    page.wait_for_selector(".button")
    measured.append(page.evaluate(MEASURE))
    page.goto(re.sub(r"/p/.*", "/sheet/NONE/", page.url))
    measured.append(page.evaluate(MEASURE))

    for found in measured:
        assert found["overflow"] <= 0
        assert found["nameless"] == found["small"] == []
        assert found["type"] >= 18
        assert found["levels"][0] == 1
        assert found["levels"].count(1) == 1


PLACE_OF = """words => {
  const text = document.querySelector('#hint span').firstChild, range = document.createRange();
  const start = text.data.indexOf(words);
  range.setStart(text, start);
  range.setEnd(text, start + words.length);
  return range.getBoundingClientRect().x;
}"""


def test_arabic_stands_from_right_to_left(at_the_door, phone):
    page = phone(at_the_door.path, locale="ar", java_script_enabled=True)

    day, year = (page.locator(f"#{field}").bounding_box() for field in ("day", "year"))

    assert day["x"] > year["x"]
    # The example runs the same way as the fields below it.
    assert page.evaluate(PLACE_OF, "27") > page.evaluate(PLACE_OF, "1950")


def test_colours_are_told_apart():
    from django.contrib.staticfiles import finders

    with open(finders.find("portal/portal.css"), encoding="utf-8") as file:
        blocks = re.findall(r":root \{(.*?)\}", file.read(), re.DOTALL)
    schemes = [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block)) for block in blocks]
    assert [len(one) for one in schemes] == [14, 14]
    for colours in schemes:
        papers = [colours[name] for name in colours if name.endswith("paper")]
        for name in ("ink", "quiet", "deed", "deed-dark", "stop"):
            assert contrast(colours[name], colours["paper"]) >= 4.5, name
        assert all(contrast(colours["ink"], paper) >= 7 for paper in papers)
        assert contrast(colours["on-deed"], colours["deed"]) >= 7
        for name in ("line", "good", "warn"):
            assert contrast(colours[name], colours["paper"]) >= 3, name
