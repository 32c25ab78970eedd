"""A plan's reminders over the API: read, switched on with consent, moved, switched off."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from plans.actions.reminders.switching import ask_on_page
from plans.models import MailConsent, Reminder, ReminderSchedule
from tests import factories

ADDRESS = "robin@example.org"
ON = {"on": True, "hour": 18, "address": ADDRESS, "consented": True}
ANY = {"If_Match": "*"}


@pytest.fixture
def plan(therapist, clinic):
    draft = factories.plan(therapist, of=factories.patient(therapist, clinic))
    return factories.publication(therapist, of_plan=draft).plan


@pytest.fixture
def path(plan):
    return f"plans/{plan.pk}/reminders/"


def test_what_was_never_asked_for_is_off(api, plan, path):
    told = api.get(path).json()
    assert (told["state"], told["plan"], told["hour"], told["unknown"]) == ("off", str(plan.pk), None, [])


def test_they_are_switched_on_moved_and_off(api, plan, path):
    told = api.put(path, {**ON, "time_zone": "Asia/Tokyo"}, **ANY).json()
    assert (told["state"], told["hour"], told["time_zone"]) == ("on", 18, "Asia/Tokyo")
    assert (told["address"], told["by_patient"]) == (ADDRESS, False)
    assert told["next_at"]
    moved = api.put(path, {"on": True, "hour": 7}, **ANY).json()
    assert (moved["hour"], moved["time_zone"]) == (7, plan.patient.clinic.time_zone)
    off = api.put(path, {"on": False}, **ANY).json()
    assert (off["state"], off["ended_why"], off["next_at"]) == ("off", "switched_off", None)
    assert api.put(path, {"on": False}, **ANY).json() == off
    assert ReminderSchedule.objects.count() == 1


def test_what_was_seen_counts_and_the_services_own_counting_does_not(api, plan, path):
    first = api.get(path)
    made = api.put(path, ON, If_Match=first["ETag"])
    assert made.status_code == 200
    assert api.put(path, {"on": False}, If_Match=first["ETag"]).json()["code"] == "version_changed"
    ReminderSchedule.objects.update(next_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert api.put(path, {"on": False}, If_Match=made["ETag"]).status_code == 200


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"address": "robin"}, "address", "wrong_mail_address"),
        ({"address": "a@b.example\nBcc: c@d.example"}, "address", "wrong_mail_address"),
        ({"address": "🙂@example.org"}, "address", "wrong_mail_address"),
        ({"address": "x" * 5_000 + "@example.org"}, "address", "max_length"),
        ({"time_zone": "Mars"}, "time_zone", "unknown_time_zone"),
        ({"hour": 24}, "hour", "max_value"),
        ({"hour": "18"}, "hour", "invalid"),
    ],
)
def test_what_is_wrong_names_its_field(api, path, given, field, code):
    answer = api.put(path, {**ON, **given}, **ANY)
    assert answer.status_code == 400
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]
    assert not MailConsent.objects.exists()


def test_without_agreement_hour_or_anything_to_move_they_are_refused(api, path):
    assert api.put(path, {**ON, "consented": False}, **ANY).json()["code"] == "no_mail_consent"
    assert api.put(path, {"on": True, "hour": 7}, **ANY).json()["code"] == "reminders_off"
    assert api.put(path, {"on": True}, **ANY).json()["errors"][0]["field"] == "hour"


def test_what_the_patient_asked_and_what_became_of_it_is_told(api, plan, path):
    asked = ask_on_page(link=plan.links.get(), hour=9, address="me@example.org")
    told = api.get(path).json()
    assert (told["state"], told["by_patient"], told["since"]) == ("asked", True, None)
    at = datetime(2026, 6, 10, 18, tzinfo=UTC)
    Reminder.objects.create(
        clinic=plan.patient.clinic, schedule=asked, day=at.date(), due_at=at, state="unknown",
        error_code="broke_off", finished_at=at,
    )  # fmt: skip
    told = api.get(path).json()
    assert (told["last_at"], told["last_state"]) == ("2026-06-10T18:00:00Z", "unknown")
    assert (told["last_error_code"], told["unknown"]) == ("broke_off", ["2026-06-10T18:00:00Z"])


def test_it_is_read_with_few_queries(api, plan, path, therapist, django_assert_max_num_queries):
    factories.reminders(therapist, of_plan=plan)
    with django_assert_max_num_queries(8):
        assert api.get(path).status_code == 200


@pytest.fixture
def reminder(therapist, plan):
    schedule = factories.reminders(therapist, of_plan=plan)
    return Reminder.objects.create(
        clinic=plan.patient.clinic, schedule=schedule, day=plan.patient.clinic.today(), due_at=timezone.now()
    )


def test_a_reminder_that_came_back_ends_them_and_marks_the_address(api, path, reminder):
    mine = f"reminders/{reminder.pk}/"
    told = api.get(mine).json()
    assert (told["state"], told["kind"], told["address"]) == ("queued", "reminder", ADDRESS)
    assert api.post(f"{mine}bounce/", {}).json()["code"] == "mail_not_handed_over"
    Reminder.objects.update(state="sent", finished_at=timezone.now())

    told = api.post(f"{mine}bounce/", {"answer": "550 no such user"}).json()

    assert (told["state"], told["error_code"], told["answer"]) == ("bounced", "came_back", "550 no such user")
    stand = api.get(path).json()
    assert (stand["state"], stand["ended_why"], stand["last_state"]) == ("off", "address_fails", "bounced")
    assert api.put(path, {**ON, "consented": False}, **ANY).json()["code"] == "mail_address_fails"


def test_of_other_clinics_no_reminder_is_known(api, reminder, therapist):
    other = factories.reminders(factories.therapist(factories.clinic()), to="sam@example.org")
    foreign = Reminder.objects.create(
        clinic=other.plan.patient.clinic, schedule=other, day=reminder.day, due_at=timezone.now(), state="sent",
        finished_at=timezone.now(),
    )  # fmt: skip

    assert api.post(f"reminders/{foreign.pk}/bounce/", {}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.state == "sent"
