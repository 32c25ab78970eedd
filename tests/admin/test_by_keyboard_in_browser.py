"""The whole way by keyboard alone: no mouse is moved here, and what has focus is always seen."""

import pytest
from playwright.sync_api import expect

from plans.libraryfiles import Level
from plans.models import Clinic, Plan, Reason
from tests import factories
from tests.admin.browser import NAMES, ROWS, opener

PASSWORD = "bridge over quiet water"
FAR = 120
IS_SEEN = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect();
  const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
  const [right, bottom] = [Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
  const hits = [0.1, 0.5, 0.9].map((at) => document.elementFromPoint(left + (right - left) * at, (top + bottom) / 2));
  return hits.some((hit) => hit && (one.contains(hit) || hit.contains(one) || hit.closest("label")?.control === one));
}"""


class Keys:
    """Two hands on a keyboard."""

    def __init__(self, page):
        self.page, self.keyboard = page, page.keyboard

    def press(self, *keys):
        for key in keys:
            self.keyboard.press(key)

    def type(self, words):
        self.keyboard.type(words)

    def go_to(self, goal, *, by="Tab"):
        """Press one key until this has focus, as a person does who sees where it stands."""
        expect(goal).to_be_visible()
        for _ in range(FAR):
            if goal.evaluate("one => one === document.activeElement"):
                assert self.page.evaluate(IS_SEEN), f"hidden: {goal}"
                return goal
            self.press(by)
        raise AssertionError(f"no {by} leads to {goal}")


@pytest.fixture
def practice(clinic, live_server, settings):
    settings.PUBLIC_URL = live_server.url
    Clinic.objects.filter(pk=clinic.pk).update(usual_equipment=["chair", "mat", "pillow", "wall"])
    factories.condition("sciatica", name="Sciatica", dates=["onset"])
    factories.approved_rule(clinic, "not-bending", movements=("bending",), level=Level.AVOID)
    for code in ("glute-bridge", "bird-dog", "heel-raise"):
        factories.approved_exercise(clinic, code)
    factories.approved_exercise(clinic, "cat-cow", movements=("bending",))
    return factories.therapist(clinic, username="sam", password=PASSWORD)


@pytest.fixture
def keys(page):
    page.set_viewport_size({"width": 1280, "height": 800})
    return Keys(page)


def sign_in(keys, live_server):
    keys.page.goto(f"{live_server.url}/admin/")
    keys.go_to(keys.page.get_by_label("Username"))
    keys.type("sam")
    keys.go_to(keys.page.get_by_label("Password"))
    keys.type(PASSWORD)
    keys.press("Enter")
    expect(keys.page.get_by_role("button", name="New plan", exact=True)).to_be_visible()
    keys.page.wait_for_load_state("load")  # a key pressed before the scripts are there is nobody's


def begin_with_new_patient(keys):
    page = keys.page
    keys.press("n")
    expect(page.get_by_role("textbox", name="Name", exact=True)).to_be_focused()
    keys.type("Kim Lake")
    keys.go_to(page.get_by_label("Birth date"))
    keys.type("03021970")
    keys.go_to(page.get_by_label("What do they have?"))
    keys.type("sciatica, onset 3 weeks ago")
    expect(page.locator("#new-patient-reading")).to_contain_text("Sciatica")
    keys.press("Control+Enter")
    page.wait_for_url("**/plan/**/?patient=*")
    expect(saved(page)).to_have_text("Saved")


def saved(page):
    return page.locator("[data-draft-status]")


def test_from_sign_in_to_the_panel_after_publishing(keys, practice, live_server):
    page = keys.page
    rows = page.locator(ROWS)
    sign_in(keys, live_server)
    begin_with_new_patient(keys)

    # By type and Enter, quicker than the list answers; the keyboard stays in the search.
    keys.press("/")
    keys.type("glute")
    keys.press("Enter")
    expect(rows).to_have_count(1)
    keys.type("cat-cow")
    keys.press("Enter")
    expect(rows).to_have_count(2)

    # By the library: the search, the cards by arrows, and back to the button by Escape.
    library = page.get_by_role("button", name="Library", exact=True)
    keys.press("Escape")
    keys.go_to(library, by="Shift+Tab")
    keys.press("l")
    expect(page.locator("#library-search")).to_be_focused()
    keys.type("bird")
    adders = page.locator("#library-cards [data-add]")
    expect(adders).to_have_count(1)
    keys.press("ArrowDown")
    expect(adders.first).to_be_focused()
    keys.press("Enter")
    expect(rows).to_have_count(3)
    keys.press("Escape")
    expect(library).to_be_focused()

    # The dose, the order and what is taken out again.
    last = rows.nth(2)
    opener_of_last = keys.go_to(last.locator("[data-unfold]"))
    keys.press("Enter")
    expect(opener_of_last).to_have_attribute("aria-expanded", "true")
    keys.go_to(last.get_by_role("spinbutton", name="Sets"))
    keys.press("Control+a")
    keys.type("3")
    keys.go_to(last.get_by_role("button", name="Move Bird dog up"), by="Shift+Tab")
    keys.press("Enter")
    expect(page.locator(NAMES).nth(1)).to_have_text("Bird dog")
    expect(rows.nth(1).get_by_role("button", name="Move Bird dog up")).to_be_focused()

    # The reason; then the card is folded, and the keyboard is still somewhere on the page.
    reason = page.get_by_label("Your reason for going on")
    keys.go_to(reason)
    keys.type("Eased in the clinic.")
    keys.press("Tab")
    expect(page.locator("#plan-overview")).to_contain_text("May be published")
    expect(saved(page)).to_have_text("Saved")

    # There, back to the plan as it is stored, and there again.
    keys.press("Control+Enter")
    keys.go_to(page.get_by_role("link", name="Back to the plan"))
    keys.press("Enter")
    expect(saved(page)).to_have_text("Saved")
    keys.press("Control+Enter")
    publish = page.get_by_role("button", name="Publish", exact=True)
    keys.go_to(publish)
    keys.press("Enter")
    expect(page.locator("#give")).to_be_focused()
    plan = Plan.objects.get()
    assert plan.patient.name == "Kim Lake"
    assert [(one.revision.exercise.code, one.sets_min) for one in plan.items.order_by("order")][1] == (
        "bird-dog",
        3,
    )
    assert plan.items.count() == 3
    assert Reason.objects.get().words == "Eased in the clinic."
    assert plan.publications.count() == 1


def test_a_patient_is_chosen_from_the_list(keys, page, practice, live_server):
    patient = factories.patient(practice, name="Robin Rivers")
    opener(page, live_server, practice)("plans_plan_add")
    keys.go_to(page.get_by_role("combobox", name="Patient"))
    keys.press("Enter")
    keys.type("robin")
    expect(page.get_by_role("option", name="Robin Rivers")).to_be_visible()
    keys.press("Enter")
    expect(saved(page)).to_have_text("Saved")
    assert Plan.objects.get().patient == patient
