"""The review by keyboard: approve, send back, go on and back, and where the reviewer was is kept."""

from playwright.sync_api import expect

from plans.models import Approval, SentBack
from tests import factories
from tests.admin.browser import opener


def test_a_region_is_reviewed_by_keys(page, live_server, clinic, reviewer):
    for code in ("one", "two", "three", "zebra"):
        factories.exercise(code, region="knee")
    opener(page, live_server, reviewer)("plans_approval_region", clinic.pk, "knee")
    title = page.locator("[data-review-title]")
    expect(title).to_have_text("One")
    page.keyboard.press("j")
    expect(title).to_have_text("Three")
    page.keyboard.press("ArrowLeft")
    expect(title).to_have_text("One")
    page.keyboard.press("a")
    expect(title).to_have_text("Three")
    expect(title).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.type("Too hard: say a smaller step.")
    page.keyboard.press("Control+Enter")
    expect(title).to_have_text("Two")
    expect(page.get_by_text("1 of 4 approved")).to_be_visible()
    page.reload()
    expect(title).to_have_text("Two")
    assert Approval.objects.get(clinic=clinic, text=None, wording="").revision.exercise.code == "one"
    note = SentBack.objects.get()
    assert (note.revision.exercise.code, note.words) == ("three", "Too hard: say a smaller step.")
    # A key that is held decides on nothing: what comes next was not read.
    page.keyboard.down("a")
    expect(title).to_have_text("Zebra")
    page.keyboard.down("a")
    page.keyboard.up("a")
    page.wait_for_load_state("networkidle")
    expect(title).to_have_text("Zebra")


def test_no_key_is_quicker_than_the_page_that_it_is_meant_for(page, live_server, clinic, reviewer):
    """Pressed as soon as the next entry is there, it decides on that page and opens no other."""
    for code in ("one", "two"):
        factories.exercise(code, region="knee")
    opener(page, live_server, reviewer)("plans_approval_region", clinic.pk, "knee")
    page.evaluate(
        """() => {
          window.isTheSame = true;
          const approve = () => document.querySelector('[data-key="A"]').click();
          document.addEventListener("htmx:afterSwap", () => queueMicrotask(approve), { once: true });
        }"""
    )

    page.keyboard.press("j")

    expect(page.get_by_text("1 of 2 approved")).to_be_visible()
    assert page.evaluate("window.isTheSame")
    assert Approval.objects.get(text=None, wording="").revision.exercise.code == "two"
