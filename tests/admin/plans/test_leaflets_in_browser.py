"""Ticking leaflets in a browser: what is offered follows the patient, and the keyboard stays where it is."""

import os

import pytest
from playwright.sync_api import expect

from tests import factories
from tests.admin.browser import opener

pytestmark = pytest.mark.django_db
LEAFLETS = "#plan-leaflets"


@pytest.fixture
def go(page, live_server, therapist):
    return opener(page, live_server, therapist)


def shoot(page, name):
    if folder := os.environ.get("LOOK"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def test_a_tick_by_keyboard_is_checked_and_keeps_its_place(go, clinic, therapist):
    factories.leaflet("waits", texts={"en": factories.leaflet_text("Sciatica: pain from a nerve")})
    factories.approved_leaflet(
        clinic, "care", texts={"en": factories.leaflet_text("Other care people ask about")}
    )
    of = factories.patient(therapist, clinic, has=("sciatica",))
    page = go("plans_plan_change", factories.plan(therapist, of=of).pk)
    page.locator("summary", has_text="Leaflets").click()
    waits = page.locator(LEAFLETS).get_by_label("Sciatica: pain from a nerve (not approved)")
    expect(waits).not_to_be_checked()

    waits.focus()
    page.keyboard.press("Space")

    expect(page.locator("#plan-findings")).to_contain_text("is not approved by a reviewer")
    expect(waits).to_be_checked()
    expect(waits).to_be_focused()
    shoot(page, "ticked")
    page.keyboard.press("Space")
    expect(page.locator("#plan-findings")).not_to_contain_text("is not approved by a reviewer")


def test_a_new_plan_offers_leaflets_once_its_patient_is_chosen(go, clinic, therapist):
    factories.approved_leaflet(clinic)
    of = factories.patient(therapist, clinic, has=("sciatica",), name="Robin Sample")
    page = go("plans_plan_add")
    expect(page.locator(LEAFLETS)).to_be_hidden()

    page.locator(".select2-selection").first.click()
    page.locator(".select2-search__field").fill("Robin")
    page.get_by_role("option", name="Robin Sample").click()

    page.locator("summary", has_text="Leaflets").click()
    box = page.locator(LEAFLETS).get_by_label("Know your nerve")
    box.check()
    expect(page.locator("#plan-facts")).to_contain_text("sciatica")
    shoot(page, "new")
    assert of.pk
