"""A remembered phone in a real browser, without scripts: from the link to the plan with no question, and out again."""

import pytest
from playwright.sync_api import expect

from plans.content import from_json
from plans.models import Clinic, Device, DownloadLink, LinkSession
from plans.queries.links import printed_code
from tests.axe import failures
from tests.portal.conftest import PDF, make_ready
from tests.portal.test_code import wrong
from tests.portal.test_in_browser import MEASURE

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-US"}


@pytest.fixture
def phone(browser, live_server):
    """A function that takes a phone into the hand: its cookies last as long as it does."""
    contexts = []

    def take(**options):
        context = browser.new_context(
            **{"base_url": live_server.url, "java_script_enabled": False, **PHONE, **options}
        )
        contexts.append(context)
        return context

    yield take
    for context in contexts:
        context.close()


@pytest.fixture
def at_the_door(transactional_db, request):
    """The published plan, in a database that the server's thread sees."""
    return request.getfixturevalue("issued")


def enter(page, *, remember):
    for label, typed in (("Day", "17"), ("Month", "05"), ("Year", "1960")):
        page.get_by_label(label, exact=True).fill(typed)
    if remember:
        page.get_by_label("Remember this device").check()
    page.get_by_role("button", name="Open my plan").tap()


def is_asked(page):
    expect(page.get_by_role("button", name="Open my plan")).to_be_visible()


def is_in(page, plan):
    expect(page.get_by_role("heading", level=1)).to_have_text(plan.title)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_first_time_two_screens_stand_before_the_first_exercise(at_the_door, phone, scripts):
    """The question and the plan; what a browser is sent through without showing it is no screen."""
    page = phone(java_script_enabled=scripts).new_page()
    screens = []
    page.on("domcontentloaded", lambda shown: screens.append(shown.url.partition(at_the_door.path)[2]))
    page.goto(at_the_door.path)
    assert page.locator("input:visible").count() == 4  # day, month, year, and whether to remember
    enter(page, remember=True)
    is_in(page, at_the_door.plan)
    assert page.locator("input").count() == 0
    page.get_by_role("link", name="Play my plan").tap()
    expect(page).to_have_title("Exercise 1 of 1")
    page.wait_for_load_state("domcontentloaded")

    assert screens == ["", "", "exercise/1/"]


def test_the_next_day_a_remembered_phone_is_asked_nothing(at_the_door, phone):
    name = from_json(at_the_door.publication.content.json).items[0].name
    make_ready(at_the_door.publication)
    own = phone()
    page = own.new_page()
    page.goto(at_the_door.path)
    enter(page, remember=True)
    is_in(page, at_the_door.plan)
    LinkSession.objects.all().delete()
    page.close()

    asked = []
    page = own.new_page()
    page.on(
        "request", lambda request: asked.append(request.method) if request.is_navigation_request() else None
    )
    page.goto(at_the_door.path)
    is_in(page, at_the_door.plan)
    assert page.locator("input").count() == 0
    page.get_by_role("link", name=f"1. {name}").tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"1. {name}")
    assert page.url.endswith(f"{at_the_door.path}exercise/1/")
    assert asked == ["GET", "GET"]
    page.goto(at_the_door.path)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download your plan (PDF)").tap()

    assert download.value.path().read_bytes() == PDF
    assert asked == ["GET"] * 4


def test_a_phone_that_was_not_remembered_is_asked_again(at_the_door, phone):
    page = phone().new_page()
    page.goto(at_the_door.path)
    enter(page, remember=False)
    is_in(page, at_the_door.plan)
    LinkSession.objects.all().delete()
    page.reload()
    is_asked(page)


def test_the_foot_of_the_page_remembers_forgets_and_leaves(at_the_door, phone):
    page = phone().new_page()
    page.goto(at_the_door.path)
    enter(page, remember=False)
    page.get_by_role("button", name="Remember this device").tap()
    expect(page.get_by_text("It opens your plan without any question until")).to_be_visible()
    assert Device.objects.get().kind == "computer"  # what this browser says of itself

    page.get_by_role("button", name="Forget this device").tap()
    is_asked(page)
    page.reload()
    is_asked(page)
    enter(page, remember=True)
    is_in(page, at_the_door.plan)
    page.get_by_role("button", name="This is not me").tap()
    is_asked(page)
    assert not Device.objects.filter(ended_at=None).exists()
    assert not LinkSession.objects.exists()


def test_a_copied_cookie_opens_nothing_after_the_device_was_forgotten(at_the_door, phone):
    own, thief = phone(), phone()
    page = own.new_page()
    page.goto(at_the_door.path)
    enter(page, remember=True)
    is_in(page, at_the_door.plan)
    thief.add_cookies(own.cookies())
    stolen = thief.new_page()
    stolen.goto(at_the_door.path)
    is_in(stolen, at_the_door.plan)

    page.get_by_role("button", name="Forget this device").tap()
    is_asked(page)

    stolen.reload()
    is_asked(stolen)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_code_and_the_foot_are_easy_to_use(at_the_door, phone, scheme):
    Clinic.objects.update(asks_code=True)
    DownloadLink.objects.update(has_code=True)
    make_ready(at_the_door.publication)
    link = DownloadLink.objects.select_related("plan__patient__clinic").get()
    page = phone(java_script_enabled=True, color_scheme=scheme).new_page()
    seen = []

    def look():
        seen.append((failures(page), page.evaluate(MEASURE)))

    page.goto(f"/p/{at_the_door.token}.code/")
    look()
    page.get_by_label("The code on your plan").fill("12345")
    enter(page, remember=False)
    expect(page.get_by_role("alert")).to_contain_text("The code is not complete")
    look()
    page.get_by_label("The code on your plan").fill(wrong(printed_code(link)))
    page.get_by_role("button", name="Open my plan").tap()
    expect(page.get_by_role("alert")).to_contain_text("Check the 6-digit code.")
    look()
    page.get_by_label("The code on your plan").fill(printed_code(link))
    page.get_by_label("Remember this device").check()
    page.get_by_role("button", name="Open my plan").tap()
    is_in(page, at_the_door.plan)
    look()
    page.get_by_role("button", name="Forget this device").tap()
    is_asked(page)

    for found, measured in seen:
        assert found == []
        assert measured["overflow"] <= 0
        assert measured["nameless"] == measured["small"] == []
        assert measured["type"] >= 18
