"""A call with an Idempotency-Key happens once, however often it is sent."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from plans.actions.idempotency import drop_old_calls
from plans.libraryfiles import Level
from plans.models import AuditEvent, Patient, RepeatableCall
from tests import factories
from tests.api.conftest import Caller, ask_token


@pytest.fixture
def body(therapist):
    return {"name": "Robin", "birth_date": "1960-05-17", "therapist": str(therapist.pk)}


def test_the_same_call_gives_the_same_answer_and_does_nothing_again(api, body):
    first = api.post("patients/", body, Idempotency_Key="k1")
    again = api.post("patients/", body, Idempotency_Key="k1")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    assert (again["Location"], again["ETag"]) == (first["Location"], first["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    assert Patient.objects.count() == 1


def test_the_order_of_names_in_a_body_makes_no_other_call(api, body):
    api.post("patients/", body, Idempotency_Key="k1")
    turned = dict(reversed(body.items()))
    assert api.post("patients/", turned, Idempotency_Key="k1").status_code == 201


def test_another_body_or_address_under_the_key_is_refused(api, body):
    api.post("patients/", body, Idempotency_Key="k1")
    for path, other in (("patients/", {**body, "name": "Other"}), ("findings/", body)):
        answer = api.post(path, other, Idempotency_Key="k1")
        assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert Patient.objects.count() == 1


def test_a_refusal_leaves_the_key_free(api, body):
    refused = api.post("patients/", {**body, "name": ""}, Idempotency_Key="k1")
    assert refused.status_code == 400
    assert not RepeatableCall.objects.exists()
    assert api.post("patients/", body, Idempotency_Key="k1").status_code == 201


def test_what_was_in_the_way_yesterday_may_be_gone(api, clinic, therapist):
    """A publication that was refused for want of a reason goes out under the same key once the reason is there."""
    factories.approved_rule(clinic, level=Level.AVOID)
    plan = factories.plan(therapist, of=factories.patient(therapist, clinic, has=("sciatica",)))
    path = f"plans/{plan.pk}/publish/"
    refused = api.post(path, {}, If_Match="*", Idempotency_Key="k1")
    assert (refused.status_code, refused.json()["code"]) == (409, "publish_refused")
    reasons = [
        {"fingerprint": finding["fingerprint"], "words": "Seen in the clinic."}
        for finding in refused.json()["findings"]
        if finding["level"] == "avoid"
    ]
    assert api.post(f"plans/{plan.pk}/reasons/", {"reasons": reasons}).status_code == 200
    assert api.post(path, {}, If_Match="*", Idempotency_Key="k1").status_code == 201


def test_an_answer_that_is_told_again_is_recorded_again(api, body):
    for _ in range(2):
        made = api.post("patients/", body, Idempotency_Key="k1")
    viewed = AuditEvent.objects.filter(
        verb="patient.viewed", patient_id=made.json()["id"], created_by=api.system.user
    )
    assert viewed.count() == 2


def test_an_answer_is_not_told_again_to_who_may_not_see_the_patient_any_more(clinic, person):
    mine, other, lead = (make(clinic) for make in (factories.therapist, factories.therapist, factories.lead))
    plan = factories.plan(mine)
    calls = {
        "copied": (f"plans/{plan.pk}/copy/", {}),
        "published": (f"plans/{plan.pk}/publish/", {"formats": [factories.PATIENT_COPY.key]}),
        "linked": ("links/", {"plan": str(plan.pk)}),
    }
    for key, (path, given) in calls.items():
        assert person(mine).post(path, given, If_Match="*", Idempotency_Key=key).status_code < 300
    answer = person(lead).patch(f"patients/{plan.patient_id}/", {"therapist": str(other.pk)}, If_Match="*")
    assert answer.status_code == 200
    for key, (path, given) in calls.items():
        answer = person(mine).post(path, given, If_Match="*", Idempotency_Key=key)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_allowed"), key


def test_keys_of_two_callers_are_two_keys(api, clinic, body, make_system):
    _, made = make_system(clinic)
    other = Caller(ask_token(made).json()["access_token"])
    api.post("patients/", body, Idempotency_Key="k1")
    assert other.post("patients/", {**body, "name": "B"}, Idempotency_Key="k1").status_code == 201


def test_a_key_counts_for_a_day(api, body):
    api.post("patients/", body, Idempotency_Key="k1")
    RepeatableCall.objects.update(created_at=timezone.now() - timedelta(hours=23, minutes=59))
    assert drop_old_calls() == 0
    api.post("patients/", body, Idempotency_Key="k1")
    assert Patient.objects.count() == 1
    RepeatableCall.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    api.post("patients/", body, Idempotency_Key="k1")
    assert Patient.objects.count() == 2
    RepeatableCall.objects.update(created_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert drop_old_calls() == 1


@pytest.mark.parametrize("key", ["", "x" * 256, "a b", "é"])
def test_a_key_is_visible_ascii(api, body, key):
    answer = api.post("patients/", body, Idempotency_Key=key)
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_key")
    assert not Patient.objects.exists()


def test_kept_answers_are_sealed(api, body):
    api.post("patients/", {**body, "name": "Findable Name"}, Idempotency_Key="k1")
    assert "Findable" not in str(vars(RepeatableCall.objects.get()))


def test_a_publication_is_issued_once(api, therapist):
    plan = factories.plan(therapist)
    first = api.post(f"plans/{plan.pk}/publish/", {}, If_Match="*", Idempotency_Key="k1")
    again = api.post(f"plans/{plan.pk}/publish/", {}, If_Match="*", Idempotency_Key="k1")
    assert first.status_code == again.status_code == 201
    assert first.json()["id"] == again.json()["id"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one(clinic, therapist, body, make_system):
    _, made = make_system(clinic)
    token = ask_token(made).json()["access_token"]
    answers, start = [], threading.Barrier(4)

    def call():
        start.wait()
        answers.append(Caller(token).post("patients/", body, Idempotency_Key="k1"))
        connection.close()

    threads = [threading.Thread(target=call) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 4
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert Patient.objects.count() == 1
