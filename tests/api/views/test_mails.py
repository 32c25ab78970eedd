"""Mails with links over the API: asked for once, their state, what came back."""

import pytest
from django.utils import timezone

from plans.models import Mail, MailConsent
from tests import factories

ADDRESS = "robin@example.org"


@pytest.fixture
def publication(therapist, clinic):
    plan = factories.plan(therapist, of=factories.patient(therapist, clinic))
    return factories.publication(therapist, of_plan=plan)


@pytest.fixture
def body(publication):
    return {"publication": str(publication.pk), "address": ADDRESS, "consented": True}


def end(state, code=""):
    Mail.objects.update(state=state, error_code=code, finished_at=timezone.now())


def test_it_is_asked_for_and_its_state_is_told(api, body, publication):
    made = api.post("mails/", body)
    assert made.status_code == 201
    assert made["Location"] == f"/api/v1/mails/{made.json()['id']}/"
    assert api.post("mails/", body).status_code == 200
    end("sent")
    told = api.get(f"mails/{made.json()['id']}/").json()
    assert (told["state"], told["address"], told["plan"]) == ("sent", ADDRESS, str(publication.plan_id))
    assert "/p/" not in str(told)
    assert api.post("mails/", body).status_code == 201


def test_sent_again_with_the_same_key_it_goes_once(api, body):
    first = api.post("mails/", body, Idempotency_Key="k")
    end("sent")
    again = api.post("mails/", body, Idempotency_Key="k")
    assert (again.status_code, again["Idempotency-Replayed"]) == (201, "true")
    assert again.json()["id"] == first.json()["id"]
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("address", ["robin", "robin@example.org\nBcc: x@example.org"])
def test_a_wrong_address_names_its_field(api, body, address):
    answer = api.post("mails/", {**body, "address": address})
    assert answer.status_code == 400
    assert "wrong_mail_address" in answer.content.decode()
    assert not Mail.objects.exists()


def test_without_consent_it_is_refused(api, body):
    answer = api.post("mails/", {**body, "consented": False})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_mail_consent")


def test_what_came_back_marks_the_address(api, body):
    path = f"mails/{api.post('mails/', body).json()['id']}/bounce/"
    assert api.post(path, {}).json()["code"] == "mail_not_handed_over"
    end("sent")
    told = api.post(path, {"answer": "550 no such user"}).json()
    assert (told["state"], told["error_code"], told["answer"]) == ("bounced", "came_back", "550 no such user")
    refused = api.post("mails/", {**body, "consented": False})
    assert refused.json()["code"] == "mail_address_fails"


def test_consent_is_withdrawn_and_what_waits_is_cancelled(api, body):
    path = f"mails/{api.post('mails/', body).json()['id']}/"
    assert api.post(f"{path}withdraw-consent/", {}).json()["error_code"] == "consent_withdrawn"
    assert MailConsent.objects.get().withdrawn_at


def test_they_are_found_by_plan_and_state(api, body, publication):
    api.post("mails/", body)
    path = f"mails/?plan={publication.plan_id}"
    assert len(api.get(f"{path}&state=queued").json()["results"]) == 1
    assert api.get(f"{path}&state=sent").json()["results"] == []


def test_a_publication_tells_its_record_and_that_it_was_taught(api, publication):
    path = f"publications/{publication.pk}/"
    assert api.get(f"{path}record/").json()["text"].startswith("Home exercise plan: Back plan")
    assert api.get(path).json()["taught_back"] is None
    told = api.post(f"{path}taught-back/", {"taught_on": publication.issued_on.isoformat()}).json()
    assert told["taught_back"]["taught_on"] == publication.issued_on.isoformat()
    assert api.post(f"{path}taught-back/", {"taught_on": "2020-01-01"}).status_code == 200
    assert api.post(f"{path}taught-back/undo/", {}).json()["taught_back"] is None
    late = api.post(f"{path}taught-back/", {"taught_on": "2020-01-01"})
    assert (late.status_code, late.json()["code"]) == (409, "taught_on_wrong_day")
