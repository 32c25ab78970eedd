"""What a patient meets while the plan is paused: no file, and whom to call, in every language."""

import pytest
from django.core.cache.backends.locmem import LocMemCache
from django.utils import timezone

from plans import counters
from plans.actions import pausing
from plans.actions import plans as plan_actions
from plans.handout.phrases import write_date
from plans.languages import LANGUAGES
from plans.models import Clinic, LinkOpening, LinkUse
from tests import factories
from tests.portal.conftest import BIRTH_DATE, make_ready, token_of

WORDS = {
    "en": "Do not exercise for now",
    "es": "No haga ejercicio por ahora",
    "ar": "لا تمارس التمارين في الوقت الحالي",
    "zh-hans": "暂时不要锻炼",
}


@pytest.fixture(autouse=True)
def counts(monkeypatch):
    """The cache of one test, in memory."""
    monkeypatch.setattr(counters, "cache", LocMemCache("paused-tests", {}))
    counters.cache.clear()


@pytest.fixture
def paused(issued, opened):
    make_ready(issued.publication)
    pausing.pause_plan(plan=issued.plan, by=issued.therapist)
    return issued


def text(answer):
    return " ".join(answer.content.decode().split())


def sheet(client, issued, language="en"):
    return text(client.get(f"/sheet/{issued.publication.sheet_code}/", headers={"Accept-Language": language}))


def test_the_link_says_not_to_exercise_and_whom_to_call(paused, opened):
    page = text(opened.get(paused.path))
    assert WORDS["en"] in page
    assert f"Your plan is paused since {write_date(timezone.localdate(), LANGUAGES['en'])}." in page
    number = '<a class="phone" dir="ltr" href="tel:+15550104477">+1 (555) 010-4477 ext. 3</a>'
    assert f"Call Hill Street Clinic: {number}" in page
    assert ".pdf" not in page
    assert 'http-equiv="refresh"' not in page


@pytest.mark.parametrize("screen", ["exercise/1/", "warnings/", "picture/x"])
def test_no_screen_behind_the_link_is_shown_until_the_plan_goes_on(paused, opened, screen):
    answer = opened.get(paused.path + screen)

    assert (answer.status_code, answer["Location"], answer.content) == (303, paused.path, b"")


def test_the_link_gives_no_file_until_the_plan_goes_on(paused, opened):
    address = f"{paused.path}1/patient-a4-normal-colour.pdf"
    for query in ("", "?look"):
        answer = opened.get(address + query)
        assert (answer.status_code, answer["Location"], answer.content) == (303, paused.path, b"")
    assert not LinkOpening.objects.filter(use=LinkUse.DOWNLOADED).exists()
    pausing.resume_plan(plan=paused.plan, by=paused.therapist)
    assert opened.get(address).status_code == 200
    assert WORDS["en"] not in text(opened.get(paused.path))


def test_the_sheets_code_says_the_same_without_any_name(paused, client):
    page = sheet(client, paused)
    assert WORDS["en"] in page
    assert 'href="tel:+15550104477"' in page
    assert "You can go on with this sheet." not in page
    assert paused.patient.name not in page


def test_older_sheets_say_so_too(paused, client):
    paused.plan.note = "A new note."
    plan_actions.save_plan(plan=paused.plan, by=paused.therapist)
    factories.publication(paused.therapist, of_plan=paused.plan)
    assert WORDS["en"] in sheet(client, paused)


def test_a_plan_that_was_stopped_has_ended_for_good(paused, client, opened):
    plan_actions.stop_plan(plan=paused.plan, by=paused.therapist)
    assert "This plan ended on" in text(opened.get(paused.path))
    assert "this plan was stopped on" in sheet(client, paused)


def test_a_clinic_without_a_number_is_named(paused, client, opened):
    Clinic.objects.update(phone="")
    assert "Ask Hill Street Clinic what to do next." in sheet(client, paused)


@pytest.mark.parametrize("language", WORDS)
def test_the_sheet_speaks_the_readers_language(paused, client, language):
    page = sheet(client, paused, language)
    assert WORDS[language] in page
    assert "+1 (555) 010-4477" in page
    for english in ("Please do none", "Call "):
        assert (english in page) == (language == "en")


@pytest.mark.parametrize("language", WORDS)
def test_the_link_speaks_the_plans_language(db, client, language):
    """Every clinic that prints in a language has its fixed words approved, and so has this one."""
    clinic = factories.clinic(phone="555 0199")
    therapist = factories.therapist(clinic)
    revision = factories.approved_exercise(
        clinic, texts={code: factories.exercise_text(name=f"Slide {code}") for code in {"en", language}}
    )
    patient = factories.patient(therapist, language=language)
    plan = factories.plan(therapist, of=patient, exercises=[revision])
    factories.publication(therapist, of_plan=plan)
    pausing.pause_plan(plan=plan, by=therapist)
    path = f"/p/{token_of(plan.links.get())}/"
    assert client.post(path, BIRTH_DATE).status_code == 303
    page = text(client.get(path))
    assert WORDS[language] in page
    assert "555 0199" in page
    assert ("Please do none" in page) == (language == "en")
