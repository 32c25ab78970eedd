import pytest
from django.template.loader import render_to_string

from tests import factories


def test_a_wrong_address_is_told_in_words_that_a_patient_can_use(client):
    answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "call your clinic" in answer.text


@pytest.mark.django_db
def test_who_may_not_see_a_page_is_told_and_led_back(client):
    client.force_login(factories.therapist(factories.clinic(), is_staff=True))
    answer = client.get("/admin/plans/rendering/")
    assert answer.status_code == 403
    assert "You may not see this page" in answer.text
    assert 'href="/admin/"' in answer.text


def test_the_page_for_a_fault_needs_neither_database_nor_session():
    assert "Something went wrong" in render_to_string("500.html")
