"""The plan on a phone: read without scripts, in four languages, light and dark, large, on paper, and little to load."""

import gzip
from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import expect

from plans.rendering.keep_drawn import keep_drawn
from tests.handout.library import DEMO, figure, name_of
from tests.handout.samples import make_plan
from tests.handout.written import fill_library
from tests.portal.conftest import BIRTH_DATE, make_ready
from tests.portal.whole_plan import bare, full_plan, put

LANGUAGES = ["en", "es", "ar", "zh-hans"]
SCREENS = ["", "exercise/1/", "exercise/2/", "warnings/?from=1"]
FIRST_SCREEN_BYTES = 60_000

MEASURE = """() => {
  const seen = node => node.getClientRects().length > 0;
  const targets = 'button, summary, .button, .bar a, .steer a, .files a, .other a, .cards li';
  const controls = [...document.querySelectorAll(targets)].filter(seen);
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    parted: [...document.querySelectorAll('.now .dose span')].filter(n => n.scrollWidth > n.clientWidth
      || n.getClientRects().length && n.clientHeight > 35 * n.textContent.split(' ').length).map(n => n.textContent),
    small: controls.filter(c => c.getBoundingClientRect().height < 44).map(c => c.textContent),
    type: Math.min(...[...document.querySelectorAll('main *, .bar *')].filter(seen)
                     .map(n => parseFloat(getComputedStyle(n).fontSize))),
    levels: [...document.querySelectorAll('h1, h2, h3')].filter(seen).map(n => Number(n.tagName[1])),
    bar: getComputedStyle(document.querySelector('.bar')).position,
  };
}"""

LOAD_PRINTED = """() => Promise.all([...document.querySelectorAll('article img')].map(one => {
  one.loading = 'eager';
  return one.decode();
}))"""


@pytest.fixture
def at_home(transactional_db, request):
    """The published plan, in a database that the server's thread sees."""
    return request.getfixturevalue("issued")


@pytest.fixture
def phone(browser, live_server, at_home):
    """A function that opens a phone without scripts which has opened the link."""
    contexts = []

    def open_phone(**options):
        given = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "java_script_enabled": False}
        context = browser.new_context(**given | options)
        contexts.append(context)
        client = Client()
        client.post(at_home.path, BIRTH_DATE)
        cookies = [
            {"name": name, "value": morsel.value, "url": live_server.url + at_home.path}
            for name, morsel in client.cookies.items()
            if morsel["path"] == at_home.path
        ]
        context.add_cookies(cookies)
        return context.new_page()

    yield open_phone
    for context in contexts:
        context.close()


@pytest.fixture
def home(at_home, live_server):
    return live_server.url + at_home.path


def test_from_the_plan_through_all_exercises_without_scripts(at_home, phone, home):
    put(at_home.publication, full_plan())
    page = phone()
    page.goto(home)

    page.get_by_role("link", name="Play my plan").tap()
    for number in range(1, 8):
        expect(page).to_have_title(f"Exercise {number} of 8")
        page.get_by_role("link", name="Next").tap()
    page.get_by_role("link", name="Warning signs").tap()
    expect(page.get_by_role("link", name="Call 911")).to_be_visible()
    page.get_by_role("link", name="Back to the exercise").tap()
    page.get_by_role("link", name="Back one exercise").tap()
    expect(page).to_have_title("Exercise 7 of 8")
    page.get_by_role("link", name="Skip this one today").tap()
    page.get_by_role("link", name="Done: back to my plan").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(full_plan().title)
    page.locator(".cards li").nth(3).tap(position={"x": 10, "y": 10})
    expect(page).to_have_title("Exercise 4 of 8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(390, 844), (320, 256)], ids=["phone", "400-percent"])
def test_every_screen_fits_and_is_large(at_home, phone, home, language, size):
    put(at_home.publication, full_plan(language))
    make_ready(at_home.publication)
    page = phone(java_script_enabled=True, viewport={"width": size[0], "height": size[1]})

    for screen in SCREENS:
        page.goto(home + screen)
        found = page.evaluate(MEASURE)
        assert found["overflow"] <= 0, screen
        assert found["small"] == [], screen
        assert found["parted"] == [], screen
        assert found["type"] >= 18, screen
        assert found["levels"][0] == 1, screen
        assert found["levels"].count(1) == 1, screen
        # A bar that stays would cover half of what is read at 400 %.
        assert found["bar"] == ("sticky" if size[1] > 480 else "static"), screen


def test_the_longest_words_that_people_may_write_fit(at_home, phone, home):
    put(at_home.publication, fill_library("en", lambda most: "W" * most))
    page = phone(java_script_enabled=True, viewport={"width": 320, "height": 640})

    for screen in SCREENS:
        page.goto(home + screen)
        assert page.evaluate(MEASURE)["overflow"] <= 0, screen


def test_printing_the_page_prints_the_whole_plan(at_home, phone, home):
    content = with_figures(at_home, full_plan())
    page = phone(java_script_enabled=True, color_scheme="dark")
    page.goto(home)
    page.emulate_media(media="print")
    # A browser whose person prints loads what waits first (`WillPrintSoon`); driven from outside it does not.
    page.evaluate(LOAD_PRINTED)

    pdf = page.pdf(format="A4")

    printed = page.locator("main").inner_text()
    for item in content.items:
        assert all(step in printed for step in (item.name, *item.steps, *item.cautions))
    assert bare("Call 911 now") in bare(printed)
    assert "Play my plan" not in printed
    assert "Lock this page" not in printed
    with pikepdf.open(BytesIO(pdf)) as made:
        drawn = {
            bytes(image.read_raw_bytes())
            for sheet in made.pages
            for image in sheet.get_images().values()
            if image.Width > 300
        }
    assert len(drawn) == len(content.items)


def test_the_first_screen_is_little_to_load(at_home, phone, home, record_property):
    with_figures(at_home, make_plan())
    # A browser without scripts loads all pictures at once, whatever the page says.
    page = phone(viewport={"width": 360, "height": 780}, java_script_enabled=True)
    loaded = {}
    page.on(
        "requestfinished", lambda request: loaded.update({request.url: request.sizes()["responseBodySize"]})
    )

    page.goto(home, wait_until="networkidle")

    style = next(url for url in loaded if url.endswith(".css"))
    for url in loaded:
        if url.endswith((".css", ".js")):
            with open(finders.find(url.partition("/static/")[2]), "rb") as file:
                loaded[url] = len(
                    gzip.compress(file.read())
                )  # as the service gives it once files are collected
    pictures = sum(size for url, size in loaded.items() if "/picture/" in url)
    record_property("first screen of a plan of 8, bytes", sum(loaded.values()))
    record_property("of these its page, style and pictures", (loaded[home], loaded[style], pictures))
    assert loaded[home] < 16_000
    assert pictures
    assert sum(loaded.values()) < FIRST_SCREEN_BYTES


@pytest.mark.parametrize("width", [360, 390])
def test_the_timer_stands_within_a_first_swipe(at_home, phone, home, width, record_property):
    with_figures(at_home, make_plan())
    page = phone(viewport={"width": width, "height": 740}, java_script_enabled=True, is_mobile=True)

    page.goto(f"{home}exercise/1/", wait_until="networkidle")
    place = page.get_by_role("button", name="Start the timer").bounding_box()

    record_property(f"Start the timer stands at, of a phone {width} px wide", place["y"])
    assert place["y"] + place["height"] < 740


def test_without_scripts_an_exercise_reads_picture_dose_steps_and_then_how_it_went(at_home, phone, home):
    with_figures(at_home, make_plan())
    page = phone()
    page.goto(f"{home}exercise/1/")

    parts = ("h1", ".figure", ".brief", ".now", ".steps", "#tell", "#who", "#tell button")
    places = [page.locator(f"main {part}").first.bounding_box()["y"] for part in parts]

    assert places == sorted(places)


def with_figures(at_home, content):
    """Give each exercise a figure of the library, as it is drawn and kept."""
    items = []
    for item, code in zip(content.items, DEMO, strict=True):
        keep_drawn(figure(code))
        items.append(replace(item, picture=replace(item.picture, sha256=name_of(code))))
    content = replace(content, items=tuple(items))
    put(at_home.publication, content)
    return content
