"""The link by mail at the desk: asked for once, with consent; how far it is, in words."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from plans.actions.mails.consents import mark_failing
from plans.actions.patients import save_patient
from plans.models import Mail, MailConsent, MailState
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

ADDRESS = "robin@example.org"


@pytest.fixture
def publication(therapist):
    return factories.publication(therapist)


def page_of(publication, way="change"):
    return reverse(f"admin:plans_publication_{way}", args=[publication.pk])


def send(desk, publication, **fields):
    last = Mail.objects.first()
    given = {"address": ADDRESS, "consented": "on", "last": str(last.pk) if last else "", **fields}
    return desk.post(page_of(publication, "mail"), given, follow=True)


def end(state, **columns):
    Mail.objects.update(state=state, finished_at=timezone.now(), **columns)


def test_it_is_asked_for_and_waits(desk, publication, therapist):
    answer = send(desk, publication)
    assert answer.redirect_chain[-1][0] == page_of(publication) + "#give"
    words = text_of(answer)
    assert f"Waits {ADDRESS}" in words
    assert f"Agreed to mails at {ADDRESS} on" in words
    assert f"recorded by {therapist}." in words
    assert Mail.objects.get().consent.address == ADDRESS


def test_without_consent_it_says_so(desk, publication):
    answer = desk.post(page_of(publication, "mail"), {"address": ADDRESS, "last": ""}, follow=True)
    assert "Nobody has recorded that the patient agrees" in text_of(answer)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("address", ["robin@", "robin@example.org\r\nBcc: x@example.org", ""])
def test_a_wrong_address_is_refused_in_words(desk, publication, address):
    assert "This is no mail address" in text_of(send(desk, publication, address=address))
    assert not MailConsent.objects.exists()


def test_clicked_twice_it_goes_once_also_when_the_first_is_sent_already(desk, publication):
    send(desk, publication)
    end("sent")
    assert "asked for meanwhile" in text_of(send(desk, publication, last=""))
    assert Mail.objects.count() == 1
    send(desk, publication)
    assert Mail.objects.count() == 2


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"state": "failed", "error_code": "refused", "answer": "550 no"}, "refuses this address for good"),
        ({"state": "unknown", "error_code": "broke_off"}, "Ask the patient whether it came"),
        ({"state": "cancelled", "error_code": "plan_stopped"}, "Not sent robin@example.org"),
        ({"state": "bounced", "error_code": "came_back"}, "Came back robin@example.org"),
        ({"state": "sent"}, "Sent robin@example.org"),
        ({"state": "sent", "written_to_file": True}, "Written into a file, not sent"),
        ({"state": "failed", "error_code": "link_key_missing"}, "The key of this link is gone"),
    ],
)
def test_each_end_is_told_in_words(desk, publication, columns, said):
    send(desk, publication)
    end(**columns)
    assert said in text_of(desk.get(page_of(publication)))


def test_every_state_has_words():
    from plans.admin.publications.presenters.mails import WORDS

    assert set(WORDS) == set(MailState)


def test_a_server_that_is_away_says_when_it_goes_on(desk, publication):
    send(desk, publication)
    Mail.objects.update(error_code="unreachable", not_before=timezone.now() + timedelta(hours=1))
    words = text_of(desk.get(page_of(publication)))
    assert "The mail server cannot be reached. Nothing is lost" in words
    assert "Next try:" in words
    assert desk.get(page_of(publication, "mails")).status_code == 286


def test_the_page_asks_until_nothing_changes_soon(desk, publication):
    send(desk, publication)
    waiting = desk.get(page_of(publication, "mails"))
    assert (waiting.status_code, b"every 2s" in waiting.content) == (200, True)
    seen = {"seen": waiting.context["mails"].digest}
    assert desk.get(page_of(publication, "mails"), seen).status_code == 204
    end("sent")
    assert desk.get(page_of(publication, "mails"), seen).status_code == 286


def test_a_failing_address_asks_for_another_word_of_the_patient(desk, publication):
    send(desk, publication)
    end("failed", error_code="refused")
    mark_failing(MailConsent.objects.get(), "550 no")
    assert "This address has failed since" in text_of(desk.get(page_of(publication)))
    last = str(Mail.objects.get().pk)
    answer = desk.post(page_of(publication, "mail"), {"address": ADDRESS, "last": last}, follow=True)
    assert "came back or were refused" in text_of(answer)


def test_the_newest_address_is_proposed_and_asks_for_the_patients_word(desk, publication, therapist):
    send(desk, publication)
    patient = publication.plan.patient
    patient.refresh_from_db()
    patient.email = "moved@example.org"
    save_patient(patient=patient, by=therapist)
    page = desk.get(page_of(publication))
    assert 'value="moved@example.org"' in page.content.decode()
    words = text_of(page)
    assert "Agreed to mails at" not in words
    assert "The patient's address was changed" in words
    assert "The patient agrees to get mails at this address" in words


def test_consent_is_withdrawn(desk, publication):
    send(desk, publication)
    words = text_of(desk.post(page_of(publication, "mail/withdraw"), follow=True))
    assert "gets no mails any more" in words
    assert "Not sent" in words
    again = text_of(desk.post(page_of(publication, "mail/withdraw"), follow=True))
    assert "Nobody has recorded" in again


def test_without_a_mail_server_the_desk_says_so(desk, publication, settings):
    settings.EMAIL_HOST = ""
    assert "no mail server" in text_of(desk.get(page_of(publication)))
    settings.EMAIL_HOST = "mail.example.org"
    assert "no mail server" not in text_of(desk.get(page_of(publication)))


def test_colleagues_send_nothing(publication, clinic):
    other = signed_in(factories.therapist(clinic))
    for way in ("mail", "mail/withdraw"):
        assert other.post(page_of(publication, way), {"address": ADDRESS}).status_code == 404
    assert other.get(page_of(publication, "mails")).status_code == 404
