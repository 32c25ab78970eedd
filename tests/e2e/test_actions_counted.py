"""How many actions a plan takes: clicks, fields and Enter are counted as a hand does them, signing in included."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from plans.models import Condition, Plan, User
from tests import factories

EIGHT = (
    "Pelvic tilt",
    "Bird dog",
    "Glute bridge",
    "Sit to stand",
    "Walking",
    "Lower trunk rotation",
    "Cat-cow",
    "Single knee to chest",
)
REACHED = {"new patient": 28, "existing patient": 20, "next version": 8}
REASONS = 3
READY_OR_ASKED = """() => {
  const asked = [...document.querySelectorAll(".desk-card-asks [data-reason] input")];
  if (asked.some((input) => input.checkVisibility() && !input.value)) return "asked";
  return document.getElementById("plan-overview").textContent.includes("May be published") && "ready";
}"""
REASON = "Tried in the clinic today: no pain."


@pytest.fixture
def service(live_server, settings):
    """The web server alone: nothing is drawn or printed while actions are counted."""
    settings.PUBLIC_URL = live_server.url
    return live_server.url


class Hand:
    """Does what a therapist does, and counts it."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def click(self, locator):
        locator.click()
        self.count += 1

    def fill(self, locator, words):
        locator.fill(words)
        self.count += 1

    def press(self, key):
        self.page.keyboard.press(key)
        self.count += 1

    def choose(self, locator, label):
        locator.select_option(label=label)
        self.count += 1

    def sign_in(self, practice):
        self.page.context.clear_cookies()
        self.page.goto(f"{practice.url}/admin/")
        self.fill(self.page.get_by_label("Username"), practice.username)
        self.fill(self.page.get_by_label("Password"), practice.password)
        self.press("Enter")
        expect(self.page).to_have_url(f"{practice.url}/admin/")

    def add_from_library(self, *names):
        """Click each exercise's card; one that is not among those shown is typed, with Enter."""
        expect(self.page.locator("[data-draft-status]")).to_have_text("Saved")
        self.click(self.page.get_by_role("button", name="Library", exact=True))
        rows, cards = self.page.locator("#item-rows [data-row]"), self.page.locator("#library-cards")
        expect(cards.locator("[data-add]").first).to_be_visible()
        for name in names:
            count = rows.count()
            card = cards.get_by_role("button", name=f"Add {name}", exact=True)
            if card.count():
                self.click(card)
            else:
                self.fill(self.page.locator("#library-search"), name)
                self.press("Enter")
            expect(rows).to_have_count(count + 1)

    def give_reasons(self):
        """Answer every card that asks for words, each with one field; returns how many there were."""
        saved = self.page.locator("[data-draft-status]")
        expect(self.page.locator("#plan-overview")).to_contain_text(f"{len(EIGHT)} exercises")
        given = 0
        while not self.page.wait_for_function(READY_OR_ASKED).evaluate("ready => ready === 'ready'"):
            fields = self.page.locator(".desk-card-asks [data-reason] input")
            field = next(one for one in fields.all() if one.is_visible() and not one.input_value())
            self.fill(field, REASON)
            field.blur()
            given += 1
            expect(saved).to_have_text("Saved")
        return given

    def publish(self):
        self.click(self.page.get_by_role("button", name="Look and publish"))
        self.click(self.page.get_by_role("button", name=re.compile("^Publish")))
        expect(self.page.get_by_role("heading", name="Give it to the patient")).to_be_visible()


@pytest.fixture
def patient(practice):
    by = User.objects.get(username=practice.username)
    row = factories.patient(by, name="Robin Rivers", equipment=["chair", "mat", "wall", "pillow"])
    onset = date.today() - timedelta(days=21)
    row.conditions.create(condition=Condition.objects.get(code="disc_herniation"), onset=onset)
    return row


def publish_eight(hand):
    """Eight exercises, the reasons that they need, and out. A patient who needs none would make it look too easy."""
    hand.add_from_library(*EIGHT)
    given = hand.give_reasons()
    hand.publish()
    return hand.count + max(0, REASONS - given)


def test_actions_from_sign_in_to_a_published_plan(page, practice, patient, capsys):
    page.set_viewport_size({"width": 1280, "height": 800})
    counted = {}

    hand = Hand(page)
    hand.sign_in(practice)
    hand.click(page.get_by_role("button", name="New plan", exact=True))
    hand.fill(page.get_by_role("textbox", name="Name", exact=True), "Kim Lake")
    hand.fill(page.get_by_label("Birth date"), "1970-02-03")
    facts = page.get_by_label("What do they have?")
    hand.fill(facts, "herniated disc, onset 3 weeks ago\nsciatica\npain that spreads down the leg")
    expect(page.locator("#new-patient-reading")).to_contain_text("Sciatica")
    hand.press("Control+Enter")
    page.wait_for_url("**/plan/**/?patient=*")
    counted["new patient"] = publish_eight(hand)
    kim = Plan.objects.get().patient
    assert (kim.conditions.count(), kim.symptoms.count()) == (2, 1)

    hand = Hand(page)
    hand.sign_in(practice)
    hand.click(page.get_by_role("link", name="New plan for Robin Rivers"))
    counted["existing patient"] = publish_eight(hand)
    plan = patient.plans.get()
    assert (plan.publications.count(), plan.items.count()) == (1, len(EIGHT))

    hand = Hand(page)
    hand.sign_in(practice)
    hand.click(page.get_by_role("link", name="Robin Rivers", exact=True))
    hand.click(page.get_by_role("link", name=plan.title).first)
    hand.fill(page.locator("#id_times_per_day"), "2")
    hand.publish()
    counted["next version"] = hand.count
    assert plan.publications.count() == 2

    with capsys.disabled():
        print("\nActions, signing in included:", counted)
    assert {name: count for name, count in counted.items() if count > REACHED[name]} == {}
