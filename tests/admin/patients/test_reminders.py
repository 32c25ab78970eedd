"""Reminders on the patient's page: how they stand, switched on with consent, moved, switched off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from plans.actions import pausing
from plans.actions.plans import stop_plan
from plans.actions.reminders.by_mail import confirm_address
from plans.actions.reminders.switching import ask_on_page
from plans.admin.patients.reminder_lines import reminder_lines
from plans.models import AuditEvent, MailConsent, Reminder, ReminderKind, ReminderSchedule
from plans.queries.patient_plans import plans_of_patient
from plans.tokens import Opens, token_for
from tests import factories
from tests.admin.forms import text_of

pytestmark = pytest.mark.usefixtures("broker")
ADDRESS = "robin@example.org"


@pytest.fixture
def plan(therapist):
    patient = factories.patient(therapist, email=ADDRESS)
    return factories.publication(therapist, of_plan=factories.plan(therapist, of=patient)).plan


def page_of(plan):
    return reverse("admin:plans_patient_change", args=[plan.patient_id])


def shown(desk, plan):
    return text_of(desk.get(page_of(plan)))


def send(desk, plan, **given):
    path = reverse("admin:plans_patient_reminders", args=[plan.patient_id])
    body = {"plan": str(plan.pk), "action": "on", "hour": "18", "time_zone": "", "address": ADDRESS, **given}
    return text_of(desk.post(path, body, follow=True))


def on_since(plan):
    return ReminderSchedule.objects.get(plan=plan, ended_at=None)


def a_mail(schedule, state, **fields):
    at = datetime(2026, 6, 10, 18, tzinfo=UTC)
    return Reminder.objects.create(
        **{
            "clinic": schedule.plan.patient.clinic,
            "schedule": schedule,
            "day": at.date(),
            "due_at": at,
            "state": state,
            "finished_at": at,
            **fields,
        }
    )


def test_they_are_switched_on_with_the_patients_agreement(desk, plan, therapist):
    assert "Nobody has recorded" in send(desk, plan)
    said = send(desk, plan, consented="on", hour="7", time_zone="Asia/Tokyo")
    assert "The patient is reminded from now on." in said
    assert f"To {ADDRESS}." in said
    assert f"by {therapist}." in said
    assert "Each day at 07:00, Asia/Tokyo." in said
    assert "Next: " in said
    assert MailConsent.objects.get().recorded_by == therapist
    assert list(AuditEvent.objects.filter(verb__startswith="reminders.").values_list("verb", flat=True)) == [
        "reminders.on"
    ]


def test_known_time_zones_are_offered_and_stand_by_their_labels(desk, plan):
    page = html.fromstring(desk.get(page_of(plan)).content.decode())
    field = page.get_element_by_id("reminder-zone-1")

    offered = page.get_element_by_id(field.get("list")).xpath("./option/@value")

    assert "America/Chicago" in offered
    assert "Asia/Tokyo" in offered
    assert not {"EST", "Etc/GMT+1", "US/Central"} & set(offered)
    for one in (field, page.get_element_by_id("reminder-hour-1")):
        assert one.getparent().xpath("./label/@for") == [one.get("id")]


def test_who_asked_on_the_page_is_told_and_that_a_yes_is_missing(desk, plan):
    link = plan.links.get(revoked_at=None)
    asked = ask_on_page(link=link, hour=18, address="me@example.org")
    said = shown(desk, plan)
    assert "Waits for the patient's yes" in said
    assert "by the patient, on the page." in said
    assert "The mail that asks for the yes:" in said
    confirm_address(token=token_for(Opens.CONFIRM_REMINDERS, asked.pk, digest=asked.confirm_digest))
    said = shown(desk, plan)
    assert "To me@example.org." in said
    assert "On since" in said


def test_the_last_one_and_those_not_known_are_listed(desk, plan, therapist):
    schedule = factories.reminders(therapist, of_plan=plan)
    a_mail(schedule, "unknown", error_code="broke_off")
    later = datetime(2026, 6, 11, 18, tzinfo=UTC)
    a_mail(schedule, "cancelled", error_code="too_late", day=later.date(), due_at=later)
    said = shown(desk, plan)
    assert "Last: 11 Jun 2026, 18:00, not sent (It would have come too late for its hour)." in said
    assert "Not known whether they were sent, and never sent again: 10 Jun 2026, 18:00" in said


def test_one_that_is_a_file_is_said_to_be_one(desk, plan, therapist, settings):
    a_mail(factories.reminders(therapist, of_plan=plan), "sent", written_to_file=True)
    settings.EMAIL_HOST = ""
    said = shown(desk, plan)
    assert "written into a file, not sent" in said
    assert "This service has no mail server" in said


def test_the_hour_is_moved_and_they_are_switched_off(desk, plan, therapist):
    factories.reminders(therapist, of_plan=plan)
    assert "The reminders come at the new hour." in send(desk, plan, action="move", hour="9")
    assert on_since(plan).hour == 9
    said = send(desk, plan, action="off")
    assert "The patient gets no reminders of this plan any more." in said
    assert "Switched off." in said
    assert "There are no reminders that are on" in send(desk, plan, action="off")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"hour": "24"}, "A reminder goes at a full hour, from 0 to 23."),
        ({"hour": "x"}, "A reminder goes at a full hour, from 0 to 23."),
        ({"time_zone": "Mars"}, "There is no time zone Mars."),
        ({"address": "robin"}, "This is no mail address"),
        ({"address": "a@b.example\nBcc: c@d.example"}, "This is no mail address"),
        ({"address": "🙂@example.org"}, "This is no mail address"),
        ({"address": "x" * 5_000 + "@example.org"}, "This is no mail address"),
    ],
)
def test_what_is_wrong_is_said(desk, plan, given, words):
    assert words in send(desk, plan, consented="on", **given)
    assert not ReminderSchedule.objects.exists()


def test_why_they_ended_is_told(desk, plan, therapist):
    factories.reminders(therapist, of_plan=plan)
    stop_plan(plan=plan, by=therapist)
    said = shown(desk, plan)
    assert "Ended on" in said
    assert "The plan was stopped." in said
    assert "Switch reminders on" not in said


def test_while_a_plan_is_paused_they_are_not_switched_on(desk, plan, therapist):
    pausing.pause_plan(plan=plan, by=therapist)
    assert "Reminders by mail" not in shown(desk, plan)
    assert "resume it before reminders are switched on" in send(desk, plan, consented="on")


def test_a_plan_of_another_patient_is_not_found_there(desk, plan, therapist):
    other = factories.publication(therapist, of_plan=factories.plan(therapist)).plan
    path = reverse("admin:plans_patient_reminders", args=[plan.patient_id])
    for wrong in (str(other.pk), "x", ""):
        assert desk.post(path, {"plan": wrong, "action": "off"}).status_code == 404


def test_queries_do_not_grow_with_the_plans(plan, therapist, django_assert_num_queries):
    a_mail(factories.reminders(therapist, of_plan=plan), "sent")
    for _ in range(2):
        draft = factories.plan(therapist, of=plan.patient, title="Another")
        issued = factories.publication(therapist, of_plan=draft)
        a_mail(factories.reminders(therapist, of_plan=issued.plan), "sent")
    states = plans_of_patient(plan.patient)
    with django_assert_num_queries(3):
        assert len(reminder_lines(states)) == 3


def test_a_mail_that_asks_is_no_reminder(desk, plan, therapist):
    schedule = factories.reminders(therapist, of_plan=plan)
    a_mail(schedule, "sent", kind=ReminderKind.CONFIRM, due_at=timezone.now() + timedelta(days=1))
    assert "Last:" not in shown(desk, plan)
