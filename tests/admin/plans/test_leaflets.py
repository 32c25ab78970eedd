"""Leaflets on the plan's page: offered by the patient's conditions, ticked, named where they may not be printed."""

import pytest
from django.urls import reverse
from lxml import html

from plans.actions.leaflets import retire_leaflet
from plans.models import Plan
from tests import factories
from tests.admin.forms import errors_of, item_row, posted, text_of
from tests.admin.plans.test_admin import ADD, change_page, plan_fields

CHECK = reverse("admin:plans_plan_check")


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, has=("sciatica",))


@pytest.fixture
def revision(clinic):
    return factories.approved_exercise(clinic)


def boxes(answer):
    """What is offered, in words, and whether it is ticked."""
    page = html.fromstring(answer.content.decode())
    fieldset = page.get_element_by_id("plan-leaflets")
    labels = fieldset.xpath(".//label")
    return {" ".join(one.text_content().split()): bool(one.xpath("./input[@checked]")) for one in labels}


def test_those_of_the_patients_conditions_are_offered_and_written(desk, clinic, patient, revision):
    row = factories.approved_leaflet(clinic)
    factories.approved_leaflet(clinic, "disc", about=("disc",))
    shown = desk.get(reverse("admin:plans_plan_new", args=[row.pk]), {"patient": str(patient.pk)})
    assert boxes(shown) == {"Know your nerve": False}

    desk.post(ADD, plan_fields(patient, item_row(revision), leaflets=[str(row.pk)]))
    plan = Plan.objects.get()
    assert list(plan.leaflets.all()) == [row]
    assert boxes(desk.get(change_page(plan))) == {"Know your nerve": True}

    data = posted(desk.get(change_page(plan)), "plan_form")
    desk.post(change_page(plan), {name: value for name, value in data.items() if name != "leaflets"})
    assert not plan.leaflets.exists()


def test_a_leaflet_that_is_not_offered_is_refused(desk, clinic, patient, revision):
    row = factories.approved_leaflet(clinic, "disc", about=("disc",))
    answer = desk.post(ADD, plan_fields(patient, item_row(revision), leaflets=[str(row.pk)]))
    assert any("Select a valid choice" in words for words in errors_of(answer))
    assert not Plan.objects.exists()


def test_the_check_names_a_ticked_one_that_nobody_approved(desk, patient, revision):
    row = factories.leaflet()
    answer = desk.post(CHECK, plan_fields(patient, item_row(revision), leaflets=[str(row.pk)]))
    assert "The leaflet “Know your nerve” (en) is not approved" in text_of(answer)
    assert boxes(answer) == {"Know your nerve (not approved)": True}
    assert "is not approved" not in text_of(
        desk.post(CHECK, plan_fields(patient, item_row(revision)))
    ).replace("(not approved)", "")


def test_one_that_lacks_the_patients_language_says_so(desk, clinic, therapist, revision):
    spanish = factories.patient(therapist, has=("sciatica",), language="es")
    factories.approved_leaflet(clinic)
    answer = desk.post(CHECK, plan_fields(spanish, item_row(revision)))
    assert boxes(answer) == {"Know your nerve (not in the patient's language)": False}


def test_without_any_the_page_has_no_room_for_them(desk, therapist, patient):
    page = html.fromstring(desk.get(change_page(factories.plan(therapist, of=patient))).content.decode())
    assert "hidden" in page.get_element_by_id("plan-leaflets").attrib


def test_someone_elses_tick_is_not_overwritten(desk, clinic, therapist, patient):
    row = factories.approved_leaflet(clinic)
    plan = factories.plan(therapist, of=patient)
    data = posted(desk.get(change_page(plan)), "plan_form")
    plan.leaflets.add(row)
    assert "Someone changed this" in text_of(desk.post(change_page(plan), data))


def test_a_retired_one_is_offered_only_where_it_is_ticked(desk, therapist, clinic, patient, revision):
    row = factories.approved_leaflet(clinic)
    held = factories.plan(therapist, of=patient, exercises=[revision])
    held.leaflets.add(row)
    retire_leaflet(row)
    assert boxes(desk.get(change_page(held))) == {"Know your nerve (retired)": True}
    assert "The leaflet “Know your nerve” was withdrawn from the library." in text_of(
        desk.get(change_page(held))
    )

    answer = desk.post(ADD, plan_fields(patient, item_row(revision), leaflets=[str(row.pk)]))
    assert any("Select a valid choice" in words for words in errors_of(answer))
