"""A new plan has its own address from the start: the way back leads to it, and not to a second one."""

import pytest
from django.urls import reverse

from plans.models import Plan
from tests import factories
from tests.admin.forms import item_row, text_of
from tests.admin.plans.test_admin import ADD, change_page, plan_fields


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist)


def own_address(desk, query=""):
    answer = desk.get(ADD + query)
    assert answer.status_code == 302
    return answer["Location"]


def test_a_new_plan_is_written_under_the_id_in_its_address(desk, clinic, patient):
    address = own_address(desk)

    answer = desk.post(address, plan_fields(patient, item_row(factories.approved_exercise(clinic))))

    plan = Plan.objects.get()
    assert answer["Location"] == change_page(plan)
    assert str(plan.pk) in address


def test_the_way_back_shows_the_plan_that_was_saved(desk, patient):
    address = own_address(desk)
    desk.post(address, plan_fields(patient))

    assert desk.get(address)["Location"] == change_page(Plan.objects.get())


def test_a_form_that_is_sent_twice_makes_one_plan(desk, patient):
    address = own_address(desk)
    desk.post(address, plan_fields(patient))

    answer = desk.post(address, plan_fields(patient), follow=True)

    assert Plan.objects.count() == 1
    assert "This is how it stands" in text_of(answer)


def test_another_therapists_plan_is_not_told_by_its_address(desk, clinic):
    other = factories.plan(factories.therapist(clinic))

    page = desk.get(reverse("admin:plans_plan_new", args=[other.pk]))

    assert other.title not in page.content.decode()


@pytest.mark.parametrize(
    "query", ["?patient=x", "?patient=", "?protocol=x&patient=%00", "?patient=1&patient=2"]
)
def test_an_address_that_names_no_patient_opens_an_empty_plan(desk, patient, query):
    assert desk.get(own_address(desk, query)).status_code == 200
    assert desk.get(own_address(desk) + query).status_code == 200


@pytest.mark.parametrize("page", ["plans_patient_add", "plans_protocol_add"])
@pytest.mark.parametrize("field", ["clinic", "therapist", "condition", "birth_date"])
def test_other_forms_begin_without_what_they_cannot_hold(desk, client, clinic, page, field):
    client.force_login(factories.lead(clinic))

    assert client.get(reverse(f"admin:{page}"), {field: "x"}).status_code == 200


def test_a_new_plan_begins_with_the_patient_that_the_address_names(desk, patient):
    page = desk.get(own_address(desk, f"?patient={patient.pk}")).content.decode()

    assert patient.name in page
