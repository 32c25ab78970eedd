"""A form whose token is out of date is answered with what was typed, never with a bare refusal."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.admin.forms import text_of

ORIGIN = {"HTTP_ORIGIN": "http://testserver"}


@pytest.fixture
def strict(therapist):
    client = Client(enforce_csrf_checks=True)
    client.force_login(therapist, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def address(therapist):
    return reverse("admin:plans_patient_change", args=[factories.patient(therapist).pk])


def typed(person, **fields):
    return {"csrfmiddlewaretoken": "old", "signed_in": str(person.pk), "name": "Robin\nTyped", **fields}


def test_what_was_typed_may_be_sent_again(strict, address, therapist):
    page = strict.post(address, typed(therapist), **ORIGIN)

    assert page.status_code == 403
    assert "Save it now" in text_of(page)
    assert "Robin\nTyped</textarea>" in page.content.decode()


@pytest.mark.parametrize("origin", [{}, {"HTTP_ORIGIN": "https://evil.example"}])
def test_a_foreign_page_cannot_have_its_form_confirmed(strict, address, therapist, origin):
    page = strict.post(address, typed(therapist), **origin)

    assert page.status_code == 403
    assert "Typed" not in page.content.decode()


def test_what_one_person_typed_is_not_shown_to_another(strict, address, clinic):
    page = strict.post(address, typed(factories.therapist(clinic)), **ORIGIN)

    assert "Typed" not in page.content.decode()
    assert "go back" in text_of(page)


def test_an_old_sign_in_form_becomes_a_new_one():
    answer = Client(enforce_csrf_checks=True).post(reverse("admin:login"), {"username": "pat"})

    assert (answer.status_code, answer["Location"]) == (302, reverse("admin:login"))


def test_an_open_page_learns_who_is_signed_in(strict, therapist, client):
    told = strict.get(reverse("admin:session")).json()

    assert told["person"] == str(therapist.pk)
    assert len(told["token"]) == 64
    assert client.get(reverse("admin:session")).status_code == 401
