"""A protocol at a plan's page in a real browser: looked at first, joined as one step, undone as one; the next phase."""

import os

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from plans.actions.apply_protocol import start_plan
from plans.libraryfiles import Level
from plans.models import AuditEvent, Plan
from tests import factories
from tests.admin.browser import ROWS, opener

STATE = "[data-draft-status]"
TEXTS = {"texts": {"en": factories.protocol_text("Later")}}
SHOTS = os.environ.get("SHOTS")


def shoot(page, name):
    """For whoever looks: SHOTS names a folder."""
    if not SHOTS:
        return
    for width, height in ((1280, 800), (820, 1100), (390, 800)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        page.screenshot(path=f"{SHOTS}/{name}-{width}.png")
    page.evaluate("document.documentElement.classList.add('dark')")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_timeout(300)
    page.screenshot(path=f"{SHOTS}/{name}-dark.png")
    page.evaluate("document.documentElement.classList.remove('dark')")


@pytest.fixture
def patient(therapist):
    row = factories.patient(therapist, has=("sciatica",))
    row.conditions.update(onset=factories.in_days(-12))
    return row


@pytest.fixture
def phases(clinic):
    for code, movement in (("stays", "supine"), ("goes", "supine"), ("comes", "supine"), ("bends", "prone")):
        factories.approved_exercise(
            clinic,
            code,
            movements=(movement,),
            texts={"en": factories.exercise_text(name=f"Exercise that {code}")},
        )
    factories.approved_rule(clinic, level=Level.AVOID, movements=("prone",), rationale="bending hurts")
    early = factories.approved_library_protocol(
        clinic, "early", exercises=("stays", "goes", "bends"), next="late"
    )
    late = factories.approved_library_protocol(
        clinic, "late", exercises=("stays", "comes"), from_day=42, to_day=None, **TEXTS
    )
    return early.protocol, late.protocol


@pytest.fixture
def go(page, live_server, therapist):
    return opener(page, live_server, therapist)


def codes(plan):
    return [item.revision.exercise.code for item in plan.items.select_related("revision__exercise")]


def is_saved(page):
    expect(page.locator(STATE)).to_have_text("Saved")


def test_a_protocol_is_looked_at_then_joins_as_one_step_that_undo_takes_back(
    go, therapist, patient, phases, clinic
):
    own = factories.approved_exercise(clinic, "own")
    plan = factories.plan(therapist, of=patient, exercises=[own], title="Your exercises")
    page = go("plans_plan_change", plan.pk)
    is_saved(page)
    page.get_by_role("button", name="Protocol", exact=True).click()
    dialog = page.locator("#proposal")
    expect(dialog.get_by_text("Fits: day 12 since the onset.")).to_be_visible()
    shoot(page, "list")
    dialog.get_by_role("button", name="Beginning").click()
    expect(dialog.get_by_text("Left out, unless you tick it:")).to_be_visible()
    expect(dialog.get_by_label("Exercise that stays")).to_be_checked()
    expect(dialog.get_by_label("Exercise that bends")).not_to_be_checked()
    shoot(page, "proposal")
    assert codes(plan) == ["own"]

    dialog.get_by_role("button", name="Add to the plan").click()
    expect(page.locator("[data-draft-note]")).to_have_text("2 exercises joined.")
    expect(page.locator(ROWS)).to_have_count(3)
    is_saved(page)
    shoot(page, "joined")
    plan.refresh_from_db()
    assert (codes(plan), plan.title) == (["own", "stays", "goes"], "Beginning")
    assert [phase.protocol for phase in plan.phases] == [phases[0].pk]
    assert AuditEvent.objects.filter(verb="plan.protocol_added", object_id=str(plan.pk)).count() == 1

    page.locator("[data-undo]").click()
    is_saved(page)
    plan.refresh_from_db()
    assert (codes(plan), plan.title, plan.follows) == (["own"], "Your exercises", "")
    page.locator("[data-redo]").click()
    is_saved(page)
    assert codes(plan) == ["own", "stays", "goes"]


def test_the_next_phase_asks_why_and_shows_what_changes(go, therapist, patient, phases):
    plan = start_plan(protocol=phases[0], patient=patient, start_on=factories.in_days(-5), by=therapist).plan
    page = go("plans_plan_change", plan.pk)
    is_saved(page)
    shoot(page, "phase")
    page.get_by_role("button", name="Next phase: Later").click()
    dialog = page.locator("#proposal")
    expect(dialog.get_by_text("Day 12 since the onset: this phase begins on day 42.")).to_be_visible()
    expect(dialog.locator("del", has_text="Exercise that goes")).to_be_visible()
    shoot(page, "next")
    dialog.get_by_role("button", name="Go on to this phase").click()
    expect(dialog.get_by_text("Say why first.")).to_be_visible()
    dialog.get_by_label("The criterion is met: The leg is calm.").check()
    dialog.get_by_role("button", name="Go on to this phase").click()
    expect(page.locator("[data-draft-note]")).to_have_text("1 exercise joined.")
    is_saved(page)

    plan.refresh_from_db()
    assert (codes(plan), plan.title, plan.start_on) == (["stays", "comes"], "Later", factories.in_days(0))
    assert [(phase.protocol, phase.because) for phase in plan.phases] == [(phases[1].pk, "met")]
    page.reload()
    expect(page.get_by_text("its criterion was met")).to_be_visible()

    page.goto(page.url)
    assert AuditEvent.objects.get(verb="plan.phase_entered").detail["because"] == "met"


def test_starting_from_a_protocol_asks_for_the_patient_first(go, page, live_server, patient, phases):
    go("plans_plan_start", phases[0].pk)
    shoot(page, "who")
    page.locator(".select2-selection").click()
    page.locator(".select2-search__field").fill("Robin")
    page.get_by_role("option", name="Robin").click()
    page.get_by_role("button", name="Look at it for this patient").click()
    expect(page.get_by_text("Fits: day 12 since the onset.")).to_be_visible()
    shoot(page, "start")
    assert not Plan.objects.exists()

    page.get_by_role("button", name="Start the plan").click()
    page.wait_for_url("**/change/")
    plan = Plan.objects.get()
    assert page.url == f"{live_server.url}{reverse('admin:plans_plan_change', args=[plan.pk])}"
    assert (codes(plan), plan.title) == (["stays", "goes"], "Beginning")
    assert plan.review_on
