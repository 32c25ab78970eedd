"""Cards of findings in a real browser: answered by a click, folded, and the keyboard goes on at the next."""

import pytest
from playwright.sync_api import expect

from plans.libraryfiles import Level
from plans.models import Reason
from plans.queries.checks import check_plan
from tests import factories
from tests.admin.browser import add, opener

OPEN = "#plan-findings > [data-card]"


@pytest.fixture
def plan(therapist, clinic):
    """Two causes: one to be answered, of two exercises, and a caution of another disease."""
    factories.approved_rule(clinic, level=Level.AVOID)
    factories.approved_rule(clinic, "daily", condition="osteoporosis", movements=(), whole_plan=True)
    rows = [factories.approved_exercise(clinic, code) for code in ("pelvic-tilt", "glute-bridge")]
    return factories.plan(
        therapist, of=factories.patient(therapist, has=("sciatica", "osteoporosis")), exercises=rows
    )


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
    expect(page.locator("[data-fold=answered]")).to_contain_text("“Tried here today; it did not hurt more.”")
    expect(page.get_by_label("Your reason for going on")).to_have_value("")


def test_a_card_opens_again_for_what_came_after_its_reason(page, live_server, therapist, clinic, plan):
    third = factories.approved_exercise(clinic, "quad-set")
    opened = opener(page, live_server, therapist)("plans_plan_change", plan.pk)
    opened.locator(OPEN).first.get_by_role("button", name="Tried here today").click()
    expect(opened.locator(OPEN)).to_have_count(1)
    add(opened, "quad")

    expect(opened.locator(OPEN)).to_have_count(2)
    expect(opened.locator(OPEN).first).to_contain_text("New here: Quad set")
    expect(opened.locator("#plan-overview")).to_contain_text("1 reason missing")
    expect(opened.get_by_label("Your reason for going on")).to_have_value("")
    opened.get_by_role("button", name="Look and publish").click()
    opened.wait_for_url("**/publish/")
    item = str(plan.items.get(revision=third).pk)
    assert [one.item for one in check_plan(plan).unanswered] == [item]

    # The page before publishing saves nothing by itself: a click shows what will be sent.
    card = opened.locator("[data-card]").first
    card.get_by_role("button", name="Small range").click()
    expect(opened.get_by_label("Your reason for going on")).to_be_focused()
    assert Reason.objects.count() == 2
