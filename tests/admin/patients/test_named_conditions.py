"""Free words that name a condition: recorded with one click, on the plan's, the publish and the patient's page."""

import pytest
from django.urls import reverse
from lxml import html

from plans.actions.recording import ConditionUnknown, record_conditions
from plans.models import Patient, PatientCondition, Publication
from plans.permissions import NotAllowed
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import posted, text_of

NAMED = "“slipped disc” names Herniated disc, which is not recorded"


@pytest.fixture
def patient(therapist):
    factories.condition("disc_herniation", name="Herniated disc", also=["slipped disc"], icd10=["M51.16"])
    factories.condition("radiculopathy", name="Pinched nerve", icd10=["M51.16"])
    return factories.patient(therapist, diagnoses="slipped disc\ngout")


@pytest.fixture
def plan(therapist, patient):
    return factories.plan(therapist, of=patient)


def codes_of(patient):
    return set(PatientCondition.objects.filter(patient=patient).values_list("condition__code", flat=True))


def change_page(row):
    return reverse(f"admin:plans_{row._meta.model_name}_change", args=[row.pk])


def record_page(patient):
    return reverse("admin:plans_patient_record", args=[patient.pk])


def test_the_plans_page_offers_the_condition_and_asks_for_a_reason(desk, plan, patient):
    page = desk.get(change_page(plan))
    words = text_of(page)
    assert NAMED in words
    assert "Record Herniated disc" in words
    assert "“gout” matches no condition: unchecked." in words
    assert "“gout” (unchecked)" in words
    assert f'hx-post="{record_page(patient)}"' in page.content.decode()


def test_one_click_records_it_and_the_page_is_checked_anew(desk, plan, patient):
    answer = desk.post(record_page(patient), {"codes": "disc_herniation"})
    assert (answer.status_code, answer["HX-Trigger"]) == (204, "desk:check")
    assert codes_of(patient) == {"muscle_weakness", "disc_herniation"}
    words = text_of(desk.get(change_page(plan)))
    assert NAMED not in words
    assert "“slipped disc” (unchecked)" not in words


def test_all_conditions_of_a_code_are_recorded_with_one_click(desk, plan, patient):
    Patient.objects.filter(pk=patient.pk).update(diagnoses="m51.16")
    page = desk.get(change_page(plan)).content.decode()
    assert 'value="disc_herniation radiculopathy"' in page
    desk.post(record_page(patient), {"codes": "disc_herniation radiculopathy"})
    assert codes_of(patient) == {"muscle_weakness", "disc_herniation", "radiculopathy"}


def test_a_click_made_twice_changes_nothing_and_an_unknown_code_is_told(desk, patient):
    for _ in range(2):
        assert desk.post(record_page(patient), {"codes": "disc_herniation"}).status_code == 204
    refused = desk.post(record_page(patient), {"codes": "disc_herniation gout"})
    assert (refused.status_code, refused.content.decode()) == (409, "The library has no condition 'gout'.")


def test_only_who_cares_for_the_patient_records(clinic, patient, therapist):
    colleague = factories.therapist(clinic)
    assert signed_in(colleague).post(record_page(patient), {"codes": "disc_herniation"}).status_code == 404
    with pytest.raises(NotAllowed):
        record_conditions(patient=patient, codes=["disc_herniation"], by=colleague)
    with pytest.raises(ConditionUnknown):
        record_conditions(patient=patient, codes=["gout"], by=therapist)
    assert codes_of(patient) == {"muscle_weakness"}


def test_the_publish_page_records_it_and_keeps_what_was_typed(desk, plan, patient):
    address = reverse("admin:plans_plan_publish", args=[plan.pk])
    page = desk.get(address)
    assert NAMED in text_of(page)
    data = posted(page, "publish_form", _record="disc_herniation", grey="on")
    answer = desk.post(address, data)
    assert answer.status_code == 200
    assert NAMED not in text_of(answer)
    assert codes_of(patient) == {"muscle_weakness", "disc_herniation"}
    assert posted(answer, "publish_form")["grey"] == "on"
    assert not Publication.objects.exists()


def test_the_patients_page_records_it_together_with_what_was_typed(desk, patient):
    page = desk.get(change_page(patient))
    assert "“slipped disc” in the other diagnoses names Herniated disc" in text_of(page)
    data = posted(page, "patient_form", phone="555", _record="disc_herniation")
    assert desk.post(change_page(patient), data).status_code == 302
    patient.refresh_from_db()
    assert (patient.phone, codes_of(patient)) == ("555", {"muscle_weakness", "disc_herniation"})
    assert "names Herniated disc" not in text_of(desk.get(change_page(patient)))


def test_a_patient_without_free_words_is_asked_nothing(desk, therapist, django_assert_num_queries):
    patient = factories.patient(therapist)
    assert "in the other diagnoses names" not in text_of(desk.get(change_page(patient)))


def first_button(answer, form):
    """What the Enter key presses."""
    page = html.fromstring(answer.content.decode())
    return page.get_element_by_id(form).xpath(".//button[@type='submit'] | .//input[@type='submit']")[0]


def test_the_enter_key_records_nothing(desk, plan, patient):
    publish = desk.get(reverse("admin:plans_plan_publish", args=[plan.pk]))
    assert first_button(publish, "publish_form").get("name") is None
    assert first_button(desk.get(change_page(patient)), "patient_form").get("name") == "_save"
