"""The top of the patient's page: plans as a table, conditions in time, links that do not open, notes."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans import tokens
from plans.actions import links
from plans.actions.mails.asking import mail_link
from plans.actions.pausing import pause_plan
from plans.actions.plans import stop_plan
from plans.admin.patients.overview import distance
from plans.models import LinkOpening, Mail, PatientNote, Publication
from tests import factories
from tests.admin.forms import text_of

TODAY = timezone.localdate()


@pytest.fixture
def publication(therapist):
    patient = factories.patient(therapist, birth_date="1970-02-03")
    return factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))


def page_of(patient):
    return reverse("admin:plans_patient_change", args=[patient.pk])


def shown(desk, patient):
    return text_of(desk.get(page_of(patient)))


def try_with(publication, day):
    link = publication.plan.links.get(revoked_at=None)
    token = tokens.token_of(link_id=link.pk, digest=link.token_digest)
    try:
        links.open_link(token=token, birth_date=day, address="1.2.3.4")
    except links.LinkRefused:
        return False
    return True


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "1 day ago"),
        (13, "13 days ago"),
        (21, "3 weeks ago"),
        (200, "6 months ago"),
        (800, "2 years ago"),
        (-30, "in 4 weeks"),
    ],
)
def test_a_day_is_told_as_a_clinician_counts(days, words):
    assert distance(TODAY - timedelta(days=days), TODAY) == words


def test_conditions_are_told_with_their_days(desk, therapist):
    patient = factories.patient(therapist, has=("sciatica", "tear"))
    patient.conditions.filter(condition__code="sciatica").update(onset=TODAY - timedelta(days=21))
    patient.conditions.filter(condition__code="tear").update(operated="no")
    said = shown(desk, patient)
    assert "sciatica onset 3 weeks ago" in said
    assert "tear not operated" in said


def test_plans_stand_in_a_table(desk, therapist, publication):
    patient = publication.plan.patient
    factories.plan(therapist, of=patient, title="For later")
    said = shown(desk, patient)
    assert "Live version 1" in said
    assert "For later 1 exercise Draft not yet" in said
    stop_plan(plan=publication.plan, by=therapist)
    assert "Stopped version 1" in shown(desk, patient)


def test_a_link_that_opens_is_said_to_open(desk, publication):
    said = shown(desk, publication.plan.patient)
    assert "Opens with the birth date, until" in said
    assert "Nobody has tried it yet" in said


def test_day_and_month_the_other_way_round_are_told(desk, publication):
    assert not try_with(publication, date(1970, 3, 2))
    said = shown(desk, publication.plan.patient)
    assert "1 wrong birth date, and it was never opened." in said
    assert "1 × day and month the other way round." in said
    assert LinkOpening.objects.get().wrong_date == "swapped"


def test_a_mended_birth_date_opens_the_link(desk, publication):
    patient = publication.plan.patient
    address = reverse("admin:plans_patient_birth_date", args=[patient.pk])
    assert desk.post(address, {"birth_date": "1970-03-02"})["Location"].endswith("#links-heading")
    assert try_with(publication, date(1970, 3, 2))
    assert "Opened last on" in shown(desk, patient)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Write the birth date as a day, month and year."),
        ("02/03/1970", "Write the birth date as a day, month and year."),
        (str(TODAY + timedelta(days=1)), "The birth date cannot be after"),
    ],
)
def test_a_birth_date_that_cannot_be_is_refused_in_words(desk, publication, typed, words):
    patient = publication.plan.patient
    address = reverse("admin:plans_patient_birth_date", args=[patient.pk])
    assert words in text_of(desk.post(address, {"birth_date": typed}, follow=True))
    patient.refresh_from_db()
    assert patient.birth_date == date(1970, 2, 3)


def test_after_too_many_tries_the_page_says_until_when(desk, publication):
    for day in range(1, 7):
        try_with(publication, date(1980, 1, day))
    said = shown(desk, publication.plan.patient)
    assert "Does not open" in said
    assert "After five wrong birth dates it refuses also the right one, until" in said


def test_a_revoked_link_is_told_and_made_anew_from_here(desk, therapist, publication):
    links.revoke_link(plan=publication.plan, by=therapist)
    patient = publication.plan.patient
    assert "The link was revoked on" in shown(desk, patient)
    address = reverse("admin:plans_publication_link/renew", args=[publication.pk])
    answer = desk.post(address, {"back": "patient"})
    assert answer["Location"] == f"{page_of(patient)}#links-heading"
    assert "Opens with the birth date" in shown(desk, patient)


def test_a_link_is_sent_again_from_here_and_each_plan_tells_its_own_mails(desk, therapist, publication):
    patient = publication.plan.patient
    factories.publication(therapist, of_plan=factories.plan(therapist, of=patient, title="Knee"))
    before = desk.get(page_of(patient)).content.decode()
    assert before.count('class="desk-mail"') == 2
    assert len(set(re.findall(r'id="(mail[^"]*)"', before))) == 2
    send = reverse("admin:plans_publication_mail", args=[publication.pk])
    assert f'action="{send}"' in before
    given = {"back": "patient", "address": "robin@example.org", "consented": "on", "last": ""}
    assert desk.post(send, given)["Location"] == f"{page_of(patient)}#links-heading"
    assert Mail.objects.get().publication == publication
    said = shown(desk, patient)
    assert said.count("Waits robin@example.org") == 1
    assert "Send the link again" in said
    assert "Send the link by mail" in said
    assert said.count("Agreed to mails at robin@example.org") == 1

    assert "asked for meanwhile" in text_of(desk.post(send, given, follow=True))
    withdraw = reverse("admin:plans_publication_mail/withdraw", args=[publication.pk])
    assert desk.post(withdraw, {"back": "patient"})["Location"] == f"{page_of(patient)}#links-heading"
    assert "Agreed to mails" not in shown(desk, patient)


def test_nothing_is_sent_of_a_plan_that_is_not_followed(desk, therapist, publication):
    patient = publication.plan.patient
    assert "desk-mail" in desk.get(page_of(patient)).content.decode().partition('id="links-heading"')[2]
    pause_plan(plan=publication.plan, by=therapist)
    assert "desk-mail" not in desk.get(page_of(patient)).content.decode().partition('id="links-heading"')[2]


def test_a_note_is_written_and_read(desk, therapist):
    patient = factories.patient(therapist)
    address = reverse("admin:plans_patient_note", args=[patient.pk])
    assert "The note is kept." in text_of(desk.post(address, {"words": "Sleeps badly."}, follow=True))
    assert "Sleeps badly." in shown(desk, patient)
    desk.post(address, {"words": " "})
    assert PatientNote.objects.count() == 1


def test_findings_and_reasons_of_what_is_followed_are_told(desk, therapist):
    patient = factories.patient(therapist)
    plan = factories.plan(therapist, of=patient)
    factories.rule("no-lying", level="caution", movements=["supine"])
    factories.publication(therapist, of_plan=plan)
    assert "as it was published, version 1" in shown(desk, patient)


def test_the_questions_of_the_page_do_not_grow(desk, therapist, publication, django_assert_max_num_queries):
    patient = publication.plan.patient
    for _ in range(3):
        factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))
    for _ in range(4):
        try_with(publication, date(1980, 1, 1))
    for row in Publication.objects.all():
        mail_link(publication=row, address="robin@example.org", consented=True, by=therapist)
    with django_assert_max_num_queries(48):
        desk.get(page_of(patient))
