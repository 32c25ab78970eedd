"""Telling on a phone: taps counted, with and without scripts, in all languages, from right to left."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from plans.models import DayEntry, LogChange, LogEntry
from tests import factories
from tests.logs import plan_of, tell_day
from tests.portal.conftest import token_of
from tests.portal.whole_plan import full_plan, put

PHONE = {"width": 390, "height": 844}
MAX_TAPS = 10
LANGUAGES = {"en": "en-US", "es": "es", "ar": "ar", "zh-hans": "zh-CN"}


@pytest.fixture
def eight(transactional_db):
    """A published plan of eight exercises, and its path."""
    clinic = factories.clinic(name="Hill Street Clinic", phone="+1 (555) 010-4477", emergency_number="911")
    publication = plan_of(factories.therapist(clinic), 8)
    publication.path = f"/p/{token_of(publication.plan.links.get())}/"
    return publication


class Taps:
    """Taps on a page, counted."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def on(self, place):
        place.tap()
        self.count += 1


def open_log(phone, publication, *, rest="log/", **options):
    given = {"viewport": PHONE, "has_touch": True, "is_mobile": True, "java_script_enabled": True, **options}
    page = phone(publication.path, **given)
    for field, typed in {"day": "17", "month": "5", "year": "1960"}.items():
        page.locator(f"#{field}").fill(typed)
    page.locator("#year").press("Enter")
    page.wait_for_selector("h1")
    page.wait_for_url(lambda url: url.endswith(publication.path))
    page.goto(page.url.partition("/p/")[0] + publication.path + rest)
    return page


def open_log_by_hand(phone, publication, **options):
    """Enter, and tap from the plan's page to the log: how the log is reached is part of what telling costs."""
    page = open_log(phone, publication, rest="", **options)
    taps = Taps(page)
    taps.on(page.get_by_role("link", name="How did it go?"))
    return page, taps


@pytest.mark.parametrize("scripts", [True, False])
def test_a_plan_of_eight_is_told_one_by_one_in_nine_taps(eight, phone, scripts, record_property):
    page, taps = open_log_by_hand(phone, eight, java_script_enabled=scripts)

    for left in range(8, 0, -1):
        buttons = page.get_by_role("button", name="I did it", exact=True)
        expect(buttons).to_have_count(left)
        taps.on(buttons.first)
    expect(page.get_by_role("button", name="I did it", exact=True)).to_have_count(0)

    record_property("taps to tell of eight, one by one", taps.count)
    assert taps.count <= MAX_TAPS
    assert LogEntry.objects.filter(outcome="all").count() == 8
    assert LogChange.objects.count() == 8


@pytest.mark.parametrize("scripts", [True, False])
def test_all_of_it_and_the_days_pain_take_four_taps(eight, phone, scripts):
    page, taps = open_log_by_hand(phone, eight, java_script_enabled=scripts)

    taps.on(page.get_by_role("button", name="I did it all as planned"))
    expect(page.get_by_text("Done", exact=True)).to_have_count(8)
    taps.on(page.get_by_role("group", name="Your worst pain").locator("label", has_text="3").first)
    taps.on(page.get_by_role("button", name="Save"))
    expect(page.get_by_role("status")).to_contain_text("Saved. Thank you.")

    assert taps.count == 4
    assert LogEntry.objects.count() == 8
    assert DayEntry.objects.get().pain == 3


@pytest.mark.parametrize("scripts", [True, False])
def test_all_but_one_that_hurt_takes_seven_taps(eight, phone, scripts):
    page, taps = open_log_by_hand(phone, eight, java_script_enabled=scripts)

    taps.on(page.get_by_role("button", name="I did it all as planned"))
    expect(page.get_by_text("Done", exact=True)).to_have_count(8)
    taps.on(page.get_by_role("link", name="Change it or say more").nth(4))
    taps.on(page.get_by_role("group", name="How much did you do?").get_by_text("A part"))
    taps.on(page.get_by_role("group", name="Pain after").locator("label", has_text="8"))
    taps.on(page.get_by_role("group", name="How was it?").get_by_text("It hurt"))
    taps.on(page.get_by_role("button", name="Save"))
    expect(page.locator("#alarm")).to_be_in_viewport()

    assert taps.count == 7
    assert LogEntry.objects.filter(outcome="all").count() == 7
    told = LogEntry.objects.get(outcome="part")
    assert (told.pain_after, told.feel) == (8, "hurt")


def test_a_tick_leaves_what_was_filled_in_further_down(eight, phone):
    page = open_log(phone, eight)
    page.get_by_label("A few words, if you like").fill("Half written")

    page.get_by_role("button", name="I did it", exact=True).first.tap()

    expect(page.get_by_role("button", name="I did it", exact=True)).to_have_count(7)
    expect(page.get_by_label("A few words, if you like")).to_have_value("Half written")
    expect(page.locator(".ticks li").first.get_by_role("link")).to_be_focused()


def test_a_mistake_is_undone_and_a_second_tap_of_a_hand_that_shakes_undoes_nothing(eight, phone):
    page = open_log(phone, eight)
    page.evaluate("() => { performance.now = () => 0; }")
    done = page.get_by_role("button", name="I did it", exact=True)
    undo = page.get_by_role("button", name="Undo: that was a mistake")
    done.first.tap()
    expect(done).to_have_count(7)

    undo.tap()
    expect(undo).to_have_count(1)
    assert LogEntry.objects.count() == 1

    page.evaluate("() => { performance.now = () => 1000; }")
    undo.tap()
    expect(done).to_have_count(8)
    assert not LogEntry.objects.exists()


def test_a_net_that_breaks_off_tells_nothing_twice(eight, phone):
    page = open_log(phone, eight)
    lost = []

    def lose_the_answer(route):
        if not lost and route.request.method == "POST":
            lost.append(route.fetch(max_redirects=0))
            route.abort()
        else:
            route.continue_()

    page.route("**/log/", lose_the_answer)
    page.get_by_role("button", name="I did it", exact=True).first.tap()
    expect(page.get_by_role("button", name="I did it", exact=True)).to_have_count(7)

    assert [answer.status for answer in lost] == [303]
    assert LogChange.objects.count() == 1


@pytest.mark.parametrize("scripts", [True, False])
def test_much_pain_and_a_warning_sign_say_at_once_whom_to_call(eight, phone, scripts):
    page = open_log(phone, eight, java_script_enabled=scripts)
    pain = page.get_by_role("group", name="Your worst pain")

    pain.locator("label", has_text="5").tap()
    expect(page.get_by_role("alert")).to_have_count(0)
    pain.locator("label", has_text="6").tap()
    expect(page.get_by_role("alert")).to_contain_text("More than 5? Stop this exercise.")
    expect(page.get_by_role("alert").get_by_role("link", name="911")).to_be_visible()
    page.get_by_text("Do you have a warning sign?").tap()
    page.get_by_label("a fever").check()
    expect(page.get_by_role("alert")).to_have_count(2)
    expect(page.get_by_role("alert").last).to_contain_text("Nobody reads this page right now.")

    page.get_by_role("button", name="Save").tap()
    expect(page.locator("#alarm")).to_contain_text("Stop. Call a doctor today")
    expect(page.locator("#alarm")).to_be_in_viewport()


MEASURE = """() => {
  const seen = node => node.getClientRects().length > 0;
  const small = node => { const box = node.getBoundingClientRect(); return box.height < 44 || box.width < 44; };
  const touched = 'button, label:has(input), summary, textarea, .times a, input[id]';
  const controls = [...document.querySelectorAll(touched)];
  return {
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    small: controls.filter(seen).filter(small).map(node => node.textContent || node.id),
    type: Math.min(...[...document.querySelectorAll('main *')].filter(seen)
                     .map(n => parseFloat(getComputedStyle(n).fontSize))),
    levels: [...document.querySelectorAll('h1, h2, h3')].filter(seen).map(n => Number(n.tagName[1])),
  };
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_large_and_fits(eight, phone, language):
    content = eight.content
    type(content).objects.filter(pk=content.pk).update(
        json=content.json.replace('"language":"en"', f'"language":"{language}"')
    )
    tell_day(eight, pain=8, signs=["fever"])
    page = open_log(phone, eight, locale=LANGUAGES[language], viewport={"width": 320, "height": 640})

    for rest in ("log/", "log/1/", "progress/"):
        page.goto(page.url.partition("/p/")[0] + eight.path + rest)
        for details in page.locator("details:not([open]) > summary").all():
            details.tap()
        found = page.evaluate(MEASURE)
        assert found["overflow"] <= 0, rest
        assert found["small"] == [], rest
        assert found["type"] >= 18, rest
        assert found["levels"].count(1) == 1, rest


LINES = """one => {
  const lines = new Set([...one.children].map(part => Math.round(part.getBoundingClientRect().top)));
  return [lines.size, one.scrollWidth - one.clientWidth];
}"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_number_to_call_stands_on_one_line_and_breaks_between_its_groups_only(eight, phone, language):
    put(eight, full_plan(language, version=1, clinic=replace(full_plan().clinic, phone="+1 (555) 010-4477")))
    tell_day(eight, pain=9)
    page = open_log(phone, eight, viewport={"width": 360, "height": 740}, locale=LANGUAGES[language])
    page.wait_for_selector("#alarm")

    assert page.locator("#alarm .number").evaluate(LINES) == [1, 0]
    sizes = "one => parseFloat(getComputedStyle(one).fontSize)"
    assert page.locator("#day").evaluate(sizes) > page.locator(".whole legend").first.evaluate(sizes)
    page.set_viewport_size({"width": 180, "height": 740})
    lines, overflow = page.locator("#alarm .number").evaluate(LINES)
    assert (lines > 1, overflow) == (True, 0)


def test_a_range_of_pain_is_one_line_and_lost_pictures_are_read_in_the_dark(eight, phone):
    put(eight, full_plan("ar", version=1))
    page = open_log(
        phone, eight, rest="", viewport={"width": 360, "height": 740}, locale="ar", color_scheme="dark"
    )

    for one in page.locator("section.pain li b").all():
        assert one.evaluate("one => one.getClientRects().length && one.clientHeight") < 45
    page.goto(page.url + "exercise/1/")
    colours = page.locator(".figure img").first.evaluate(
        "one => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    )
    assert colours == ["rgb(22, 32, 42)", "rgb(255, 255, 255)"]
