"""From a new knee's first visit to its sheet: one box of facts, a protocol that fits today, printed in pictures."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from plans.models import ExerciseText, Patient, PlanItem
from tests.e2e import desk, patient

FACTS = "knee replacement left, operated 3 weeks ago"
TITLE = "New knee: the first six weeks"
EXERCISES = 8
WORDS = "Tried in the clinic today: no pain."


# The main way, of test_main_way.py, is gone on PostgreSQL at each run; this one with EVERY_EDGE=1.
pytestmark = [pytest.mark.edge, pytest.mark.spared]


@pytest.fixture
def knee(page, practice):
    """A patient who is recorded on the way to a plan, by what is typed into one box."""
    page.set_default_timeout(60_000)
    desk.sign_in(page, practice)
    page.get_by_role("button", name="New plan", exact=True).click()
    page.get_by_role("textbox", name="Name", exact=True).fill("Robin Rivers")
    page.get_by_label("Birth date").fill("1955-05-17")
    page.get_by_label("What do they have?").fill(FACTS)
    expect(page.locator("#new-patient-reading")).to_contain_text("left")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/plan/**/?patient=*")
    return Patient.objects.get()


def answer_what_is_asked(page):
    """Give each card that asks for words the same ones; the rules ask anew until nothing is left."""
    asked = page.locator(".desk-card-asks [data-reason] input:visible")
    for _ in range(EXERCISES):
        expect(page.locator("#plan-overview")).to_contain_text(f"{EXERCISES} exercises")
        if "May be published" in page.locator("#plan-overview").inner_text():
            return
        count = asked.count()
        asked.first.fill(WORDS)
        asked.first.blur()
        expect(asked).to_have_count(count - 1)


def test_from_a_knee_patient_to_the_printed_sheet(page, practice, knee, tmp_path):
    operated = knee.conditions.select_related("condition").get()
    assert (operated.condition.code, operated.side) == ("total_knee_replacement", "left")
    assert operated.surgery_on == date.today() - timedelta(weeks=3)
    expect(page.locator("#plan-facts")).to_contain_text("After knee replacement, left, surgery")

    page.locator("[data-protocol-offers]").get_by_role("button", name=TITLE).click()
    page.get_by_role("button", name="Add to the plan").click()
    expect(page.locator("#item-rows [data-row]")).to_have_count(EXERCISES)
    expect(page.locator("[data-draft-status]")).to_have_text("Saved")
    answer_what_is_asked(page)
    desk.look_and_publish(page)
    desk.watch_until_ready(page, files=2)

    address = page.get_by_role("link", name="Open the PDF").first.get_attribute("href")
    (tmp_path / "sheet.pdf").write_bytes(page.context.request.get(practice.url + address).body())
    words = patient.words_of(tmp_path / "sheet.pdf")
    items = PlanItem.objects.filter(plan__patient=knee)
    chosen = ExerciseText.objects.filter(language="en", revision__in=items.values("revision"))
    assert chosen.count() == EXERCISES
    for text in chosen:
        for owed in (text.name, text.start, *text.steps, *text.cautions):
            assert owed in words, owed
    assert "Robin Rivers" in words
    assert WORDS not in words
