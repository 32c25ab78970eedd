"""The library beside a plan in a real browser: opened, searched, ticked, added to, closed, by keyboard and by hand."""

import pytest
from playwright.sync_api import expect

from plans.libraryfiles import Kind
from tests import factories
from tests.admin.browser import NAMES, ROWS, opener
from tests.axe import failures

STATE = "[data-draft-status]"
CARDS = "#library-cards [data-add]"


@pytest.fixture
def plan(therapist, clinic):
    tilt = factories.approved_exercise(clinic, "pelvic-tilt", kind=Kind.MOBILITY)
    for code in ("glute-bridge", "heel-slide"):
        factories.approved_exercise(clinic, code, kind=Kind.STRENGTHENING, equipment=("chair",))
    patient = factories.patient(therapist, equipment=["chair"])
    return factories.plan(therapist, of=patient, exercises=[tilt])


@pytest.fixture
def go(page, live_server, therapist):
    return opener(page, live_server, therapist)


@pytest.fixture
def beside(go, plan):
    """The plan's page with the library beside it."""
    page = go("plans_plan_change", plan.pk)
    page.evaluate("localStorage.setItem('sidebarDesktopOpen', '0')")
    page.reload()
    page.keyboard.press("l")
    expect(page.locator(CARDS)).to_have_count(3)
    return page


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.select_related("revision__exercise")]


def test_a_plan_is_filled_by_keyboard_with_the_library_beside_it(beside, plan):
    page = beside
    search = page.locator("#library-search")
    expect(search).to_be_focused()
    expect(page.locator("#library-cards [data-card]", has_text="Pelvic tilt")).to_contain_text(
        "In the plan: 1"
    )

    # Enter does not wait for the cards, and takes none of the words before.
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    expect(page.locator(NAMES)).to_have_text(["Pelvic tilt", "Glute bridge"])
    expect(page.locator("#library [data-picker-said]")).to_have_text("Added: Glute bridge")
    page.keyboard.type("heel")
    expect(page.locator(CARDS)).to_contain_text(["Heel slide"])
    page.keyboard.press("ArrowDown")
    expect(page.locator(CARDS)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(3)
    expect(page.locator("#library-cards [data-card]")).to_contain_text("In the plan: 3")
    expect(page.locator(STATE)).to_have_text("Saved")
    assert codes(plan) == ["pelvic-tilt", "glute-bridge", "heel-slide"]

    page.keyboard.press("Escape")
    expect(page.locator("#library")).not_to_be_visible()
    expect(page.locator("[data-side-open=library]")).to_be_focused()


def test_what_is_ticked_stays_unfolded_and_the_keyboard_where_it_is(beside):
    page = beside
    page.locator("#library-facet-kind").click()
    box = page.locator("#library-kind-strengthening")
    box.check()
    expect(page.locator(CARDS)).to_have_count(2)
    expect(box).to_be_focused()
    expect(page.locator("[data-facet=kind]")).to_have_attribute("open", "")

    page.keyboard.press("Escape")
    expect(page.locator("#library-facet-kind")).to_be_focused()
    expect(page.locator("#library")).to_be_visible()
    page.locator("[data-untick=equipment]").click()
    expect(page.locator("[data-untick]")).to_have_count(1)
    page.locator("[data-untick=kind]").click()
    expect(page.locator(CARDS)).to_have_count(3)


def test_a_star_keeps_an_exercise_at_hand(beside):
    page = beside
    page.get_by_role("button", name="Favourite: Heel slide").click()
    expect(page.locator("[data-star][aria-pressed=true]")).to_have_count(1)
    expect(page.locator(".desk-tab", has_text="Favourites")).to_contain_text("1")

    page.get_by_label("Favourites").check()
    expect(page.locator(CARDS)).to_have_count(1)
    expect(page.locator("#library-cards [data-card]")).to_contain_text("Your favourite")
    expect(page.get_by_label("Favourites")).to_be_focused()


def test_a_double_click_adds_once_and_undo_takes_it_away(beside):
    page = beside
    page.locator(CARDS).first.dblclick()
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator("#library-cards [data-card]").first).to_contain_text("In the plan: 2")

    page.locator("[data-undo]").click()
    expect(page.locator("#library-cards [data-card] [data-in-plan]").first).to_be_hidden()
    expect(page.locator(ROWS)).to_have_count(2)


def test_a_new_plan_has_what_its_patient_has_at_home_as_soon_as_it_is_stored(go, plan):
    page = go("plans_plan_add", query=f"?patient={plan.patient_id}")
    page.keyboard.press("l")
    expect(page.locator(CARDS)).to_have_count(3)
    expect(page.locator("[data-untick=equipment]")).to_contain_text("chair")


def test_where_it_is_narrow_it_lies_over_the_page_and_moves_with_the_width(beside, plan):
    page = beside
    expect(page.locator("body")).to_contain_class("desk-side-beside")
    page.set_viewport_size({"width": 820, "height": 1180})
    expect(page.locator("#library:modal")).to_be_visible()
    page.locator(CARDS, has_text="Heel slide").click()
    expect(page.locator("#library [data-picker-said]")).to_have_text("Added: Heel slide")
    assert failures(page) == []

    page.set_viewport_size({"width": 1280, "height": 800})
    expect(page.locator("#library:modal")).to_have_count(0)
    expect(page.locator("#library")).to_be_visible()
    page.emulate_media(color_scheme="dark")
    assert failures(page) == []
