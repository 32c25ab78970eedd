"""What was typed is never lost: by the way back, by leaving, by an ended session, another's sign-in, a lost network."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse
from playwright.sync_api import expect

from plans.libraryfiles import Level
from plans.models import Patient, Plan, Reason
from tests import factories
from tests.admin.browser import add, opener, sign_in, unfold_facts


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


@pytest.fixture
def open_page(page, live_server, therapist):
    return opener(page, live_server, therapist)


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def test_back_from_publishing_leads_to_the_draft_and_makes_no_second(open_page, clinic, patient):
    factories.approved_exercise(clinic, "glute-bridge")
    page = open_page("plans_plan_add", query=f"?patient={patient.pk}")
    page.locator("#id_title").fill("Plan of today")
    page.locator("#id_times_per_day").fill("1")
    page.locator("#id_days_per_week").fill("7")
    add(page, "bridge")
    page.get_by_role("button", name="Look and publish").click()
    page.wait_for_url("**/publish/")

    page.evaluate("history.back()")

    expect(page.locator("#id_title")).to_have_value("Plan of today")
    expect(page.locator("#item-rows [data-row]")).to_have_count(1)
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Plan.objects.count() == 1


def test_leaving_warns_only_when_something_was_typed(open_page, patient):
    asked = []
    page = open_page("plans_patient_change", patient.pk)
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.get_by_role("link", name="New plan").click()
    page.wait_for_url("**/plan/new/**")
    assert asked == []
    page.go_back()
    unfold_facts(page)
    page.locator("#id_phone").fill("555 0100")

    page.get_by_role("link", name="New plan").click()

    expect(page.locator("#id_phone")).to_have_value("555 0100")
    assert asked == ["beforeunload"]
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert asked == ["beforeunload"]


def test_an_ended_session_keeps_what_was_typed(open_page, page, live_server, therapist, patient):
    unfold_facts(open_page("plans_patient_change", patient.pk))
    page.locator("#id_phone").fill("555 0100")
    Session.objects.all().delete()
    save(page)
    expect(page.get_by_text("You were signed out.")).to_be_visible()
    expect(page.locator("#id_phone")).to_have_value("555 0100")

    sign_in(page, live_server, therapist)
    save(page)

    expect(page.get_by_text("Saved.")).to_be_visible()
    assert Patient.objects.get(pk=patient.pk).phone == "555 0100"


def test_another_persons_sign_in_saves_nothing_in_their_name(open_page, page, live_server, clinic, patient):
    unfold_facts(open_page("plans_patient_change", patient.pk))
    page.locator("#id_phone").fill("555 0100")
    sign_in(page, live_server, factories.lead(clinic))

    save(page)

    expect(page.get_by_text("Somebody else has signed in")).to_be_visible()
    expect(page.locator("#id_phone")).to_have_value("555 0100")
    assert Patient.objects.get(pk=patient.pk).phone == ""


def test_an_ended_session_keeps_the_reasons_of_the_publish_page(
    open_page, page, live_server, clinic, therapist
):
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(therapist, of=factories.patient(therapist, has=("sciatica",)))
    open_page("plans_plan_publish", plan.pk)
    page.get_by_label("Your reason for going on").first.fill("Eased in the clinic.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("You were signed out.")).to_be_visible()

    sign_in(page, live_server, therapist)
    page.get_by_role("button", name="Publish", exact=True).click()

    page.wait_for_url("**/publication/**")
    assert Reason.objects.get().words == "Eased in the clinic."


def test_a_lost_network_keeps_what_was_typed(open_page, page, patient):
    unfold_facts(open_page("plans_patient_change", patient.pk))
    page.locator("#id_phone").fill("555 0100")
    page.context.set_offline(True)
    save(page)
    expect(page.get_by_text("The service does not answer")).to_be_visible()

    page.context.set_offline(False)
    save(page)

    expect(page.get_by_text("Saved.")).to_be_visible()


def test_a_list_of_patients_is_asked_for_without_words_in_the_address(open_page, page, patient):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_page("plans_plan_add")
    page.locator(".select2-selection").first.click()
    page.keyboard.type(patient.name)
    page.locator(".select2-results__option", has_text=patient.name).click()

    expect(page.locator(".select2-selection__rendered").first).to_contain_text(patient.name)
    first = patient.name.split()[0]
    assert reverse("admin:autocomplete") in " ".join(asked)
    assert not [url for url in asked if first in url]
