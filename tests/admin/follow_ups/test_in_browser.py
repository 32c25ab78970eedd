"""The follow-up list in a real browser: seen and done by keyboard, on home and on the patient's page."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.actions import follow_ups
from plans.models import Feel, FollowUp
from tests import factories
from tests.admin.browser import NAMES, sign_in
from tests.admin.test_by_keyboard_in_browser import Keys


@pytest.fixture
def publication(clinic, therapist):
    hard, _ = factories.easier_pair(clinic)
    of = factories.patient(therapist, name="Zoe Lake")
    return factories.publication(therapist, of_plan=factories.plan(therapist, of=of, exercises=[hard]))


@pytest.fixture
def row(publication):
    for days_ago in (1, 0):
        entry = factories.log_entry(publication, days_ago=days_ago, feel=Feel.HURT)
        follow_ups.raise_follow_ups(plan=publication.plan, day=entry.day)
    return FollowUp.objects.get()


@pytest.fixture
def keys(page, live_server, therapist):
    sign_in(page, live_server, therapist)
    return Keys(page)


@pytest.mark.parametrize("where", ["home", "patient"])
def test_seen_and_done_by_keyboard(keys, live_server, row, publication, therapist, where):
    page = keys.page
    pages = {
        "home": reverse("admin:index"),
        "patient": reverse("admin:plans_patient_change", args=[publication.plan.patient_id]),
    }
    page.goto(live_server.url + pages[where])
    about = "It hurts, Back plan, Zoe Lake"
    keys.go_to(page.get_by_role("button", name=f"Seen: {about}"))
    keys.press("Enter")
    expect(page.locator("#follow-ups")).to_contain_text(f"Seen by {therapist}")
    keys.go_to(page.get_by_role("button", name=f"Done: {about}"))
    keys.press("Enter")
    expect(page.get_by_text("Done: it is off the list.")).to_be_visible()
    expect(page.locator("#follow-ups")).to_have_count(0)
    row.refresh_from_db()
    assert (row.seen_by, row.done_by) == (therapist, therapist)


def test_the_draft_opens_with_the_easier_exercise_in_one_press(keys, live_server, row):
    page = keys.page
    page.goto(live_server.url + reverse("admin:index"))
    keys.go_to(page.get_by_role("button", name="Next version, easier: It hurts, Back plan, Zoe Lake"))
    keys.press("Enter")
    page.wait_for_url("**/plan/**")
    expect(page.locator(NAMES)).to_have_text(["Little bridge"])
    expect(page.get_by_text("An easier exercise stands in this draft now.")).to_be_visible()
