"""Protocols in a real browser: written with the keyboard and the mouse, then a plan begun with one."""

import pytest
from playwright.sync_api import expect

from plans.libraryfiles import Level
from plans.models import Plan, Protocol, Role
from tests import factories
from tests.admin.browser import NAMES, ROWS, add, drag_first_below_second, opener, unfold


@pytest.fixture
def person(clinic):
    """A lead, who treats patients too."""
    return factories.person(clinic, Role.LEAD, Role.THERAPIST)


@pytest.fixture
def open_page(page, live_server, person):
    """Open an address of the desk."""
    return opener(page, live_server, person)


def test_a_protocol_is_written_sorted_and_saved(open_page, clinic):
    for code in ("glute-bridge", "cat-cow"):
        factories.approved_exercise(clinic, code)
    page = open_page("plans_protocol_add")
    page.locator("#id_title").fill("Disc, weeks 1-2")
    page.locator("#id_days_per_week").fill("7")
    add(page, "bridge")
    add(page, "cat")
    unfold(page, 1).locator("#id_items-1-sets").fill("3")
    expect(page.locator("#items-1-dose")).to_have_text("3 × 8–10, every day")
    page.get_by_role("button", name="Move Cat cow up").click()
    expect(page.locator(NAMES)).to_have_text(["Cat cow", "Glute bridge"])
    drag_first_below_second(page)
    expect(page.locator(NAMES)).to_have_text(["Glute bridge", "Cat cow"])
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    items = Protocol.objects.get().items.all()
    assert [(item.exercise.code, item.dose.sets.low) for item in items] == [
        ("glute-bridge", 1),
        ("cat-cow", 3),
    ]


def test_a_plan_is_begun_with_a_protocol_and_its_findings_are_there(open_page, clinic, person):
    factories.approved_rule(clinic, movements=("bending",), level=Level.AVOID, rationale="bending hurts")
    revisions = [
        factories.approved_exercise(clinic, "glute-bridge"),
        factories.approved_exercise(clinic, "knee-to-chest", movements=("bending",)),
        factories.exercise("cat-cow"),
    ]
    patient = factories.patient(person, has=("sciatica",))
    protocol = factories.protocol(person, exercises=revisions, title="Disc, weeks 1-2")
    page = open_page("plans_plan_add", query=f"?patient={patient.pk}")
    page.get_by_role("button", name="Protocol", exact=True).click()
    dialog = page.locator("#proposal")
    dialog.get_by_role("button", name="Disc, weeks 1-2").click()
    expect(dialog.locator("li", has_text="Cat cow")).to_contain_text("not approved in your clinic")
    dialog.get_by_label("Knee to chest").check()
    dialog.get_by_role("button", name="Add to the plan").click()
    expect(page.locator("[data-draft-note]")).to_have_text("2 exercises joined.")
    expect(page.locator(ROWS)).to_have_count(2)
    expect(page.locator("#plan-findings")).to_contain_text("bending hurts")
    expect(page.locator("#plan-overview")).to_contain_text("1 reason missing")
    expect(page.locator("[data-draft-status]")).to_have_text("Saved")
    plan = Plan.objects.get()
    assert (plan.title, plan.frequency) == (protocol.title, protocol.frequency)
