"""The rules in a real browser, with the demonstration: conflicts seen, reasons given, a red flag that stops."""

from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from playwright.sync_api import expect

from plans.management.demo import make_demo
from plans.models import Publication, Rendering, RenderingState
from tests.admin.browser import unfold_facts
from tests.e2e import desk, patient
from tests.servers import poll

REASON = "Tried in the clinic today, small range: the leg stayed quiet."
SENTENCE = "Because of your disc: bend forward only a little. Stop if pain goes further down your leg."


# The main way, of test_main_way.py, is gone on PostgreSQL at each run; this one with EVERY_EDGE=1.
pytestmark = [pytest.mark.edge, pytest.mark.spared]


@pytest.fixture
def demo(service):
    call_command("load_library", Path(django_settings.BASE_DIR) / "plans" / "library", verbosity=0)
    made = make_demo()
    login = next(one for one in made.logins if one.username == "demo.therapist")
    plan = made.publication.plan
    return SimpleNamespace(
        url=service,
        username=login.username,
        password=login.password,
        plan=f"{service}/admin/plans/plan/{plan.pk}/change/",
        publish=f"{service}/admin/plans/plan/{plan.pk}/publish/",
        patient=f"{service}/admin/plans/patient/{plan.patient_id}/change/",
    )


def row(page, name):
    return page.get_by_role("group", name=name)


def open_facts(page, demo):
    page.goto(demo.patient)
    unfold_facts(page)


def save_patient(page):
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Saved.")).to_be_visible()


def words_of(publication, copy, folder):
    frozen = publication.record if copy == "clinician" else publication.content
    rendering = Rendering.objects.get(content=frozen, format=f"{copy}-a4-normal-colour")
    file = folder / f"{copy}.pdf"
    with default_storage.open(rendering.file.name, "rb") as stored:
        file.write_bytes(stored.read())
    return patient.words_of(file)


def test_conflicts_are_seen_answered_and_printed(page, demo, tmp_path):
    desk.sign_in(page, demo)
    page.goto(demo.plan)
    said = page.locator("#plan-findings")
    expect(said).to_contain_text("The sources disagree: Chest lift")
    for words in ("Guide A", "Guide B", "What would justify going on", "centralises"):
        expect(said).to_contain_text(words)

    open_facts(page, demo)
    last_week = (date.today() - timedelta(days=7)).isoformat()
    onsets = page.locator("[id^='id_conditions-'][id$='-onset']:visible")
    for number in range(onsets.count()):
        onsets.nth(number).fill(last_week)
    save_patient(page)
    page.goto(demo.plan)
    for name in ("Single knee to chest", "Cat-cow"):
        expect(row(page, name).locator(".desk-item-mark.desk-level-avoid")).to_be_visible()

    page.goto(demo.publish)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("cannot be published yet")).to_be_visible()
    expect(page.get_by_role("heading", name="The patient's personal link")).to_have_count(0)
    assert not Publication.objects.filter(number=2).exists()
    questions = page.get_by_label("Your reason for going on")
    for number in range(questions.count()):
        if not questions.nth(number).input_value():
            questions.nth(number).fill(REASON)
    page.get_by_label("Clinician's copy").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="The patient's personal link")).to_be_visible()
    second = Publication.objects.get(number=2)
    asked = Rendering.objects.filter(content__in=[second.content_id, second.record_id])
    poll(lambda: not asked.exclude(state=RenderingState.READY).exists(), what="the files")
    expect(page.get_by_role("link", name="Open the PDF")).to_have_count(asked.count())

    for_patient, for_clinician = (words_of(second, copy, tmp_path) for copy in ("patient", "clinician"))
    assert SENTENCE in for_patient
    assert REASON not in for_patient
    assert REASON in for_clinician


def test_a_red_flag_stops_every_publication_until_it_is_cleared_by_name(page, demo):
    desk.sign_in(page, demo)
    open_facts(page, demo)
    page.get_by_role("button", name="Add a symptom").click()
    flag = page.locator("[id^='id_symptoms-'][id$='-symptom']:visible").last
    flag.select_option(label="Fever (red flag)")
    save_patient(page)

    page.goto(demo.publish)
    expect(page.get_by_text("1 stop")).to_be_visible()
    expect(page.get_by_role("button", name="Publish")).to_be_disabled()

    open_facts(page, demo)
    fever = page.locator("tr, .desk-row, fieldset", has=page.locator("option:checked", has_text="Fever")).last
    place = fever.locator("[id$='-symptom']").get_attribute("id").removesuffix("symptom")
    fold = fever.locator("details:not([open]) > summary")
    if fold.count():
        fold.first.click()
    page.locator(f"#{place}cleared_on").fill(date.today().isoformat())
    page.locator(f"#{place}cleared_by").fill("Dr. Kim Lee")
    page.locator(f"#{place}cleared_how").fill("Seen today, temperature is normal.")
    save_patient(page)
    page.goto(demo.publish)
    expect(page.get_by_role("button", name="Publish")).to_be_enabled()
