"""Cards of findings in a real browser: answered by a click, folded, and the keyboard goes on at the next."""

import pytest
from playwright.sync_api import expect

from plans.libraryfiles import Level
from plans.models import Reason
from tests import factories
from tests.admin.browser import opener

OPEN = "#plan-findings > [data-card]"


@pytest.fixture
def plan(therapist, clinic):
    """Two causes: one to be answered, of two exercises, and a caution."""
    factories.approved_rule(clinic, level=Level.AVOID)
    factories.approved_rule(clinic, "daily", movements=(), whole_plan=True)
    rows = [factories.approved_exercise(clinic, code) for code in ("pelvic-tilt", "glute-bridge")]
    return factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)), exercises=rows)


def test_a_click_answers_a_cause_for_all_its_rows_and_folds_it(page, live_server, therapist, plan):
    page = opener(page, live_server, therapist)("plans_plan_change", plan.pk)
    expect(page.locator(OPEN)).to_have_count(2)
    page.locator(OPEN).first.get_by_role("button", name="Tried here today").click()

    expect(page.locator(OPEN)).to_have_count(1)
    expect(page.locator(f"{OPEN} > details > summary")).to_be_focused()
    assert {reason.words for reason in Reason.objects.all()} == {"Tried here today; it did not hurt more."}
    assert Reason.objects.count() == 2
    page.locator(OPEN).get_by_role("button", name="Seen").press("Enter")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator("[data-fold=answered] > summary")).to_be_focused()
    expect(page.locator("[data-fold=answered] > summary")).to_have_text("2 answered")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Your reason for going on")).to_have_value(
        "Tried here today; it did not hurt more."
    )
