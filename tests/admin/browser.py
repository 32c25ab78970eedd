"""The desk in a real browser: someone is signed in, pages are opened, exercises are added."""

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from tests.admin.conftest import signed_in

ROWS = "#item-rows [data-row]"
NAMES = "#item-rows .desk-item-name"


def sign_in(page, live_server, person):
    """Let the browser be this person's, as wide as a desk's."""
    cookie = signed_in(person).cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 900})


def opener(page, live_server, person):
    """Give what opens an address of the desk by its name, as this person."""
    sign_in(page, live_server, person)

    def go(name, *args, query=""):
        page.goto(live_server.url + reverse(f"admin:{name}", args=args) + query)
        return page

    return go


def unfold_facts(page):
    """Show the form of a patient's page, unless it stands open already."""
    if not page.locator("#facts").evaluate("fold => fold.open"):
        page.get_by_text("Change the facts", exact=True).click()
    return page


def add(page, typed):
    """Add the first exercise that is offered for these words."""
    count = page.locator(ROWS).count()
    page.get_by_label("Add an exercise").fill(typed)
    expect(page.locator("#picker-list [role=option]").first).to_contain_text(typed, ignore_case=True)
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(count + 1)


def unfold(page, number):
    """Open the fields of a row, if they are not; rows count from 0."""
    row = page.locator(ROWS).nth(number)
    opener = row.locator("[data-unfold]")
    if opener.get_attribute("aria-expanded") == "false":
        opener.click()
    return row


def drag_first_below_second(page):
    """Drag the first row by its handle, as a hand does."""
    grip = page.locator("[data-handle]").first
    grip.hover()  # waits until nothing moves any more, so what is measured stays
    handle = grip.bounding_box()
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, handle["y"] + 40, steps=5)
    # What was unfolded is folded while it is dragged.
    expect(page.locator(f"{ROWS} [data-unfold][aria-expanded=true]")).to_have_count(0)
    second = page.locator(ROWS).nth(1).bounding_box()
    page.mouse.move(second["x"] + 30, second["y"] + second["height"] - 10, steps=20)
    page.mouse.up()
