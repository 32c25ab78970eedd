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
GOALS = {"existing patient": 20, "next version": 6}
REASONS = 3
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
        expect(saved).to_have_text("Saved")
        needed = self.page.locator("#plan-findings [data-card]", has_text="Your reason for going on")
        given = 0
        overview = self.page.locator("#plan-overview")
        expect(overview).to_contain_text(re.compile("missing|May be published"))
        while "missing" in overview.inner_text():
            place = needed.first.locator("[data-reason] input")
            self.fill(place, REASON)
            place.blur()
            given += 1
            expect(needed).to_have_count(needed.count() - 1)
            expect(saved).to_have_text("Saved")
        expect(overview).to_contain_text("May be published")
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


def test_actions_from_sign_in_to_a_published_plan(page, practice, patient, capsys):
    page.set_viewport_size({"width": 1280, "height": 800})
    counted = {}

    hand = Hand(page)
    hand.sign_in(practice)
    hand.click(page.get_by_role("link", name="New plan for Robin Rivers"))
    hand.add_from_library(*EIGHT)
    # A patient who needs no reason at all would make it look easier than it is.
    missing = max(0, REASONS - hand.give_reasons())
    hand.publish()
    counted["existing patient"] = hand.count + missing
    plan = Plan.objects.get()
    assert plan.publications.count() == 1
    assert plan.items.count() == len(EIGHT)

    hand = Hand(page)
    hand.sign_in(practice)
    hand.click(page.get_by_role("link", name=plan.title).first)
    hand.fill(page.locator("#id_times_per_day"), "2")
    hand.publish()
    counted["next version"] = hand.count
    assert plan.publications.count() == 2

    with capsys.disabled():
        print("\nActions, signing in included:", counted)
    assert {name: count for name, count in counted.items() if count > GOALS[name]} == {}
