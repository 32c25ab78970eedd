"""Reminders in a real browser, without scripts: asked for, confirmed by mail, stopped; for axe and on small phones."""

import pytest
from playwright.sync_api import expect

from plans.models import Patient
from tests import factories
from tests.axe import failures
from tests.portal.conftest import BIRTH_DATE
from tests.portal.views.test_reminders import confirm_path, stop_path

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
TOO_SMALL = """[...document.querySelectorAll("button, select, input, summary, .other a")]
  .filter(one => one.checkVisibility()).map(one => one.closest("label.way") ?? one)
  .filter(one => one.getBoundingClientRect().height < 44).map(one => one.outerHTML)"""


@pytest.fixture(autouse=True)
def server(settings):
    """There is a mail server, though nothing is sent."""
    settings.EMAIL_HOST = "mail.example.org"


@pytest.fixture
def at_the_door(transactional_db, broker, request):
    """The published plan, in a database that the server's thread sees."""
    return request.getfixturevalue("issued")


@pytest.fixture
def phone(browser, live_server, at_the_door):
    """A function that opens the plan on a phone and goes on to its reminders."""
    contexts = []

    def open_at(**options):
        context = browser.new_context(**{"viewport": PHONE, "has_touch": True, "locale": "en-US", **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + at_the_door.path)
        for field, typed in BIRTH_DATE.items():
            page.locator(f"#{field}").fill(typed)
        page.locator("button[type=submit]").click()
        page.goto(f"{live_server.url}{at_the_door.path}reminders/")
        return page

    yield open_at
    for context in contexts:
        context.close()


def test_they_are_asked_for_confirmed_and_stopped_without_scripts(phone, live_server):
    page = phone(java_script_enabled=False)
    page.locator("#hour").select_option("9 a.m.")
    page.get_by_label("Your mail address").fill("robin@example.org")
    page.get_by_role("button", name="Start the reminders").click()
    expect(page.get_by_role("heading", name="One step is missing")).to_be_visible()
    mail = page.context.new_page()
    mail.goto(live_server.url + confirm_path())
    mail.get_by_role("button", name="Yes, remind me").click()
    expect(mail.get_by_role("status")).to_contain_text("each day (9 a.m.)")
    page.reload()
    expect(page.get_by_role("status")).to_contain_text("Reminders are on")
    with page.expect_download() as download:
        page.get_by_role("button", name="Add to my calendar (file)").click()
    assert download.value.suggested_filename == "reminders.ics"
    page.get_by_role("button", name="Stop the reminders").click()
    expect(page.get_by_role("button", name="Start the reminders")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
def test_everybody_can_read_and_press_them(phone, at_the_door, live_server, language, scheme):
    factories.mail(at_the_door.therapist, of=at_the_door.publication)
    Patient.objects.update(language=language)
    page = phone(color_scheme=scheme)
    found = {"offered": look(page)}
    page.locator("details summary").first.click()
    found["with its lists"] = look(page)
    page.locator("input[value=typed]").check()
    page.locator("#address").fill("robin@@example.org")
    page.locator("button[value=on]").click()
    found["refused"] = look(page)
    page.locator("#address").fill("me@example.org")
    page.locator("button[value=on]").click()
    found["asked"] = look(page)
    mail = page.context.new_page()
    for name, path in {"confirm": confirm_path(), "stop": stop_path()}.items():
        mail.goto(live_server.url + path)
        found[name] = look(mail)
    mail.goto(live_server.url + confirm_path())
    mail.locator("button").click()
    page.reload()
    found["on"] = look(page)
    assert {name: faults for name, faults in found.items() if faults} == {}


def look(page):
    """Return what axe finds, what is too small to press, and whether a small phone has to be moved sideways."""
    faults = [*failures(page), *page.evaluate(TOO_SMALL)]
    page.set_viewport_size(SMALL)
    if not page.evaluate(NO_SIDEWAYS):
        faults.append("wider than a small phone")
    page.set_viewport_size(PHONE)
    return faults
