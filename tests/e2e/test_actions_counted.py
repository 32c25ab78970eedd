"""How many actions a plan takes: clicks, fields and Enter are counted as a hand does them, signing in included."""

import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from plans.libraryfiles import Level
from plans.models import Clinic, Plan
from tests import factories

CODES = ("pelvic-tilt", "bird-dog", "glute-bridge", "walking", "clam", "cat-cow", "knee-to-chest", "twist")
FURTHER = ("wall-squat", "heel-raise", "dead-bug")
EIGHT = [code.replace("-", " ").capitalize() for code in CODES]
THREE = [code.replace("-", " ").capitalize() for code in FURTHER]
AGAINST = {"cat-cow": "bending", "knee-to-chest": "bending_far", "twist": "twisting"}
AT_MOST = {"new patient": 28, "existing patient": 20, "protocol and three more": 12, "next version": 6}
REASONS = 3
READY_OR_ASKED = """() => {
  const asked = [...document.querySelectorAll(".desk-card-asks [data-reason] input")];
  if (asked.some((input) => input.checkVisibility() && !input.value)) return "asked";
  return document.getElementById("plan-overview").textContent.includes("May be published") && "ready";
}"""
REASON = "Tried in the clinic today: no pain."


@pytest.fixture
def practice(clinic, live_server, settings):
    """A clinic with eleven exercises, three of which its rules speak against; nothing is drawn or printed here."""
    settings.PUBLIC_URL = live_server.url
    Clinic.objects.filter(pk=clinic.pk).update(usual_equipment=["chair", "mat", "pillow", "wall"])
    sciatica = factories.condition("sciatica", name="Sciatica", dates=["onset"])
    factories.condition("hip_pain", name="Hip pain")
    factories.symptom("leg_pain", name="Pain in the leg")
    revisions = {
        code: factories.approved_exercise(clinic, code, movements=(AGAINST.get(code, "supine"),))
        for code in (*CODES, *FURTHER)
    }
    for movement in AGAINST.values():
        factories.approved_rule(
            clinic, f"not-{movement}".replace("_", "-"), movements=(movement,), level=Level.AVOID
        )
    lead = factories.lead(clinic)
    factories.protocol(
        lead, exercises=[revisions[code] for code in CODES[:5]], title="Early days", condition=sciatica
    )
    person = factories.therapist(clinic, username="sam", password="bridge over quiet water")
    return SimpleNamespace(
        url=live_server.url, username="sam", password="bridge over quiet water", person=person
    )


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
        # With the side bar folded, as people have it, the library stands beside the plan and not over it.
        self.page.evaluate("localStorage.setItem('sidebarDesktopOpen', '0')")
        self.page.reload()

    def add_from_library(self, *names):
        """Click each exercise's card; the library is opened once, and is there on the plans after it."""
        expect(self.page.locator("[data-draft-status]")).to_have_text("Saved")
        if not self.page.evaluate("localStorage.getItem('deskBesideThePlan')"):
            self.click(self.page.get_by_role("button", name="Library", exact=True))
        rows, cards = self.page.locator("#item-rows [data-row]"), self.page.locator("#library-cards")
        expect(cards.locator("[data-add]").first).to_be_visible()
        for name in names:
            count = rows.count()
            self.click(cards.get_by_role("button", name=f"Add {name}", exact=True))
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
        expect(self.page.locator("[data-draft-status]")).to_have_text("Saved")
        self.click(self.page.get_by_role("button", name="Look and publish"))
        self.click(self.page.get_by_role("button", name=re.compile("^Publish")))
        expect(self.page.get_by_role("heading", name="Give it to the patient")).to_be_visible()


@pytest.fixture
def patient(practice):
    return factories.patient(practice.person, has=("sciatica",), name="Robin Rivers")


def publish_eight(hand):
    """Eight exercises, the reasons that they need, and out. A patient who needs none would make it look too easy."""
    hand.add_from_library(*EIGHT)
    given = hand.give_reasons()
    hand.publish()
    return hand.count + max(0, REASONS - given)


def test_actions_from_sign_in_to_a_published_plan(page, practice, patient, capsys):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.set_default_timeout(60000)
    expect.set_options(timeout=60000)
    counted = {}

    hand = Hand(page)
    hand.sign_in(practice)
    hand.click(page.get_by_role("button", name="New plan", exact=True))
    hand.fill(page.get_by_role("textbox", name="Name", exact=True), "Kim Lake")
    hand.fill(page.get_by_label("Birth date"), "1970-02-03")
    facts = page.get_by_label("What do they have?")
    hand.fill(facts, "sciatica, onset 3 weeks ago\nhip pain\npain in the leg")
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
    hand.click(page.get_by_role("link", name=f"{plan.title}, Robin Rivers"))
    hand.fill(page.locator("#id_times_per_day"), "2")
    # What changed stands there, and is published as it stands.
    expect(page.locator("#next-version")).to_contain_text("Changed since version 1")
    hand.click(page.get_by_role("button", name="Publish version 2"))
    expect(page.get_by_role("heading", name="Give it to the patient")).to_be_visible()
    counted["next version"] = hand.count
    assert plan.publications.count() == 2

    hand = Hand(page)
    hand.sign_in(practice)
    hand.click(page.get_by_role("link", name="New plan for Robin Rivers"))
    hand.click(page.locator("[data-protocol-offers]").get_by_role("button", name="Early days"))
    hand.click(page.get_by_role("button", name="Add to the plan"))
    expect(page.locator("#item-rows [data-row]")).to_have_count(5)
    hand.add_from_library(*THREE)
    hand.give_reasons()
    hand.publish()
    counted["protocol and three more"] = hand.count

    with capsys.disabled():
        print("\nActions, signing in included:", counted)
    assert {name: count for name, count in counted.items() if count > AT_MOST[name]} == {}
