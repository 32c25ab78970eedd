"""A plan of 500 exercises in a real browser, which is as many as it may hold: all are there, and it can be used."""

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.admin.browser import ROWS, opener, unfold

MANY = 499
PATIENCE = 90_000
STATE = "[data-draft-status]"


@pytest.fixture
def plan(therapist, clinic):
    kinds = [factories.approved_exercise(clinic, f"exercise-{number}") for number in range(10)]
    rows = [kinds[number % len(kinds)] for number in range(MANY)]
    return factories.plan(therapist, of=factories.patient(therapist), exercises=rows)


@pytest.mark.timeout(300)
def test_a_plan_of_500_exercises_can_be_worked_on(page, live_server, therapist, clinic, plan):
    factories.approved_exercise(clinic, "one-more")
    page.set_default_timeout(PATIENCE)
    page.set_default_navigation_timeout(PATIENCE)
    opener(page, live_server, therapist)("plans_plan_change", plan.pk)
    expect(page.locator(STATE)).to_have_text("Saved", timeout=PATIENCE)
    expect(page.locator(ROWS)).to_have_count(MANY)
    last = page.locator(ROWS).last
    # Out of sight nothing is laid out, and each row has its place all the same.
    assert last.evaluate("row => getComputedStyle(row).contentVisibility") == "auto"
    assert page.locator("#item-rows").bounding_box()["height"] > MANY * 40
    expect(last.locator("[data-row-body]")).to_be_hidden()

    sets = unfold(page, 0).locator("[name$='-sets']")
    sets.fill("3")
    expect(page.locator("#items-0-dose")).to_contain_text("3 × 8", timeout=PATIENCE)
    expect(page.locator(STATE)).to_have_text("Saved", timeout=PATIENCE)
    # By its id: a search by labels goes over ten thousand fields for minutes.
    page.locator("#picker-search").fill("one more")
    expect(page.locator("#picker-list [role=option]").first).to_contain_text("One more", timeout=PATIENCE)
    page.locator("#picker-search").press("Enter")
    expect(page.locator(ROWS)).to_have_count(MANY + 1, timeout=PATIENCE)
    expect(page.locator(STATE)).to_have_text("Saved", timeout=PATIENCE)
    assert plan.items.count() == MANY + 1
    assert plan.items.first().dose.sets.low == 3
    expect(page.locator(ROWS).last).to_be_in_viewport()
