"""A plan that a phone keeps: shown without a network, told on, taken away; in a real browser with its real worker."""

import pytest
from playwright.sync_api import expect

from plans.models import Device, LogChange, LogEntry
from tests import factories
from tests.logs import keys_of, plan_of
from tests.portal.conftest import token_of

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "locale": "en-US"}
HOUR = 60 * 60 * 1000


@pytest.fixture
def three(transactional_db):
    """A published plan of three exercises, and its path."""
    clinic = factories.clinic(name="Hill Street Clinic", phone="+1 (555) 010-4477", emergency_number="911")
    publication = plan_of(factories.therapist(clinic), 3)
    publication.path = f"/p/{token_of(publication.plan.links.get())}/"
    return publication


@pytest.fixture
def phone(browser, live_server):
    """A function that takes a phone into the hand."""
    contexts = []

    def take(**options):
        context = browser.new_context(**{"base_url": live_server.url, **PHONE, **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        return context

    yield take
    for context in contexts:
        context.close()


def enter(page, path):
    page.goto(path)
    for field, typed in {"day": "17", "month": "5", "year": "1960"}.items():
        page.locator(f"#{field}").fill(typed)
    page.get_by_role("button", name="Open my plan").tap()
    expect(page.get_by_role("link", name="Play my plan")).to_be_visible()


def keep(context, path):
    """Open the plan and keep it on this phone."""
    page = context.new_page()
    page.on("console", lambda m: print("CONSOLE", m.text))
    page.on("pageerror", lambda m: print("ERROR", m))
    enter(page, path)
    page.get_by_role("button", name="Keep on this phone").tap()
    expect(page.get_by_text("Your plan is on this phone now.")).to_be_visible()
    return page


def test_a_kept_plan_is_read_and_told_without_a_network_and_sent_once(three, phone):
    context = phone()
    page = keep(context, three.path)
    context.set_offline(True)

    page.goto(three.path)
    expect(page.get_by_text("Kept on this phone.").first).to_be_visible()
    page.screenshot(path="/tmp/off1.png")
    page.get_by_role("link", name="Play my plan").tap()
    expect(page.get_by_role("heading", level=1)).to_contain_text("1.")
    page.screenshot(path="/tmp/off2.png")
    page.get_by_role("button", name="I did it").tap()
    expect(page.get_by_text("waits on this phone")).to_be_visible()
    page.goto(f"{three.path}log/")
    page.screenshot(path="/tmp/off3.png", full_page=True)
    assert not LogChange.objects.exists()
    context.set_offline(False)
    page.reload()
    expect(page.get_by_text("Done", exact=True)).to_be_visible()
    assert LogEntry.objects.count() == 1
