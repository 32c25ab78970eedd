"""The words of reminders and their headers: nothing that a stranger may not read, and one press to end them."""

import re

import pytest
from django.utils import translation

from plans.actions.reminders.letter import (
    address_to_confirm,
    address_to_stop,
    confirm_subject,
    write_letter,
)
from plans.actions.reminders.switching import ask_on_page
from plans.models import Clinic, Patient, Plan, Reminder, ReminderKind
from plans.queries.links import address_of_link
from plans.readability import grade_en, inflesz
from tests.actions.reminders.conftest import ADDRESS, link_of

LANGUAGES = ["en", "es", "ar", "zh-hans"]


@pytest.fixture
def reminder(schedule, clock, plan):
    Clinic.objects.update(name="Pelvic Floor\nClinic")
    Plan.objects.update(title="Bladder plan")
    return Reminder.objects.create(
        clinic=plan.patient.clinic, schedule=schedule, day=clock.now.date(), due_at=clock.now
    )


@pytest.fixture
def question(plan):
    """The mail that asks to confirm an address."""
    ask_on_page(link=link_of(plan), hour=18, address="stranger@example.org")
    return Reminder.objects.get(kind=ReminderKind.CONFIRM)


def letter_of(row, language="en"):
    Patient.objects.update(language=language)
    rows = Reminder.objects.select_related("schedule__plan__patient__clinic", "schedule__link")
    return write_letter(rows.get(pk=row.pk))


def test_it_leads_to_the_plan_and_out(reminder):
    letter = letter_of(reminder)
    assert letter.to == [ADDRESS]
    assert f"\n{address_of_link(reminder.schedule.link)}\n" in letter.body
    assert f"\n{address_to_stop(reminder.schedule)}\n" in letter.body
    assert "Questions? Call Pelvic Floor Clinic: 555 0100" in letter.body
    Clinic.objects.update(phone="")
    assert "Questions? Ask Pelvic Floor Clinic." in letter_of(reminder).body


def test_one_press_ends_them_as_rfc_8058_has_it(reminder):
    letter = letter_of(reminder)
    message = letter.message()
    stop = address_to_stop(reminder.schedule)
    assert re.fullmatch(r"https?://[^/]+/p/[\w-]{43}/reminders/stop/", stop)
    assert letter.extra_headers["List-Unsubscribe"] == f"<{stop}>"
    assert "".join(message["List-Unsubscribe"].split()) == f"<{stop}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.search(rb"^List-Unsubscribe-Post: List-Unsubscribe=One-Click$", message.as_bytes(), re.M)
    assert message["Message-ID"] == f"<{reminder.pk}@127.0.0.1>"
    assert message["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_locked_screen_shows_names_no_clinic(reminder, language, settings):
    settings.DEFAULT_FROM_EMAIL = "Plans <plans@service.example>"
    letter = letter_of(reminder, language)
    assert letter.message()["From"] == "plans@service.example"
    assert "Pelvic" not in str(letter.message()["Subject"]) + letter.subject


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_names_no_patient_no_exercise_no_condition(reminder, language):
    letter = letter_of(reminder, language)
    plan = reminder.schedule.plan
    said = (letter.subject + letter.body).lower()
    for word in (
        plan.patient.name,
        "1960",
        "bladder",
        "slide",
        "weakness",
        "exercise",
        "ejercicio",
        "تمارين",
        "锻炼",
    ):
        assert word.lower() not in said


@pytest.mark.parametrize("language", LANGUAGES)
def test_to_an_address_that_may_be_a_strangers_it_tells_nothing(question, language):
    letter = letter_of(question, language)
    said = letter.subject + letter.body + str(letter.message()["From"])
    schedule = question.schedule
    for word in (
        "Clinic",
        "555 0100",
        schedule.plan.patient.name,
        schedule.plan.title,
        address_of_link(schedule.link),
    ):
        assert word not in said
    assert f"\n{address_to_confirm(schedule)}\n" in letter.body
    assert letter.to == ["stranger@example.org"]
    assert letter.extra_headers["List-Unsubscribe"] == f"<{address_to_stop(schedule)}>"
    with translation.override(language):
        assert letter.subject == confirm_subject()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_line_is_left_in_english(reminder, question, language):
    for row in (reminder, question):
        english = letter_of(row)
        letter = letter_of(row, language)
        left = [line for line in letter.body.splitlines() if line and line in english.body.splitlines()]
        assert [line for line in left if not line.startswith("http")] == []
        assert letter.subject != english.subject


def test_they_are_easy_to_read(reminder, question):
    def said(language):
        lines = [line for row in (reminder, question) for line in letter_of(row, language).body.splitlines()]
        return " ".join(line.rstrip(":,") + "." for line in lines if line and not line.startswith("http"))

    assert grade_en(said("en")) <= 6
    assert inflesz(said("es")) >= 65
