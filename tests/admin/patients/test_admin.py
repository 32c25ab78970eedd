"""The patient's page: written whole, contradictions told at their field."""

from datetime import timedelta

import pytest
from django import forms
from django.contrib.admin.utils import flatten_fieldsets
from django.urls import reverse
from django.utils import timezone
from lxml import html

from plans.actions.signs import retire_symptom
from plans.admin.patients.admin import PatientAdmin
from plans.admin.patients.forms import PatientForm
from plans.models import AuditEvent, Patient, PatientCondition, Plan, Role
from plans.queries.checks import check_plan
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import errors_of, posted, rows, text_of

ADD = reverse("admin:plans_patient_add")
TODAY = timezone.localdate()


def person_fields(**fields):
    return {
        "name": "Robin New",
        "birth_date": "1970-02-03",
        "sex": "female",
        "language": "en",
        "equipment": ["mat", "wall"],
        **rows("conditions"),
        **rows("symptoms"),
        **rows("limits"),
        **fields,
    }


def change_page(patient):
    return reverse("admin:plans_patient_change", args=[patient.pk])


def condition_row(**fields):
    return {"condition": str(factories.condition("sciatica").pk), **fields}


def test_a_new_patient_joins_the_own_caseload(desk, therapist, clinic):
    data = person_fields(**rows("conditions", condition_row(onset="2026-01-05")))
    answer = desk.post(ADD, data)
    patient = Patient.objects.get()
    assert answer["Location"] == change_page(patient)
    assert (patient.clinic, patient.therapist, patient.equipment) == (clinic, therapist, ["mat", "wall"])
    assert patient.conditions.get().condition.code == "sciatica"


def test_the_form_saves_again_what_it_shows(desk, therapist):
    patient = factories.patient(therapist, equipment=["mat"], phone="555")
    answer = desk.get(change_page(patient))
    assert desk.post(change_page(patient), posted(answer, "patient_form")).status_code == 302
    patient.refresh_from_db()
    assert (patient.equipment, patient.phone, patient.conditions.count()) == (["mat"], "555", 1)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"birth_date": str(TODAY + timedelta(days=1))}, "The birth date cannot be after"),
        ({"birth_date": "1899-12-31"}, "The birth date cannot be before"),
        ({"birth_date": ""}, "This field is required."),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"language": "xx"}, "Select a valid choice"),
        ({"equipment": ["trampoline"]}, "Select a valid choice"),
        ({"diagnoses": "x" * 2001}, "at most 2000 characters"),
    ],
)
def test_what_cannot_be_is_told(desk, fields, words):
    answer = desk.post(ADD, person_fields(**fields))
    assert any(words in error for error in errors_of(answer)), errors_of(answer)
    assert not Patient.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"surgery_on": str(TODAY + timedelta(days=181))}, "The surgery cannot be more than 180 days ahead."),
        ({"due_on": str(TODAY + timedelta(days=301))}, "The due date cannot be more than 300 days ahead."),
        (
            {"cleared_on": "2020-05-04", "cleared_by": "-", "cleared_how": "seen"},
            "Who cleared it? The clinician's name is needed.",
        ),
        ({"onset": str(TODAY + timedelta(days=3))}, "The onset cannot be in the future."),
        ({"onset": "1950-01-01"}, "The onset cannot be before the birth date."),
        ({"due_on": "1950-01-01"}, "The due date cannot be before the birth date."),
        (
            {"onset": "2020-05-05", "cleared_on": "2020-05-04", "cleared_by": "Dr A", "cleared_how": "seen"},
            "The onset is later: clear it again, or leave the clearance blank.",
        ),
        (
            {
                "surgery_on": "2020-05-05",
                "cleared_on": "2020-05-04",
                "cleared_by": "Dr A",
                "cleared_how": "seen",
            },
            "The surgery is later: clear it again, or leave the clearance blank.",
        ),
        (
            {"cleared_on": "2020-05-04", "cleared_how": "seen"},
            "Who cleared it? The clinician's name is needed.",
        ),
        ({"cleared_by": "Dr A", "cleared_how": "seen"}, "When was it cleared?"),
        ({"cleared_by": "Dr A", "cleared_on": "2020-05-04"}, "How was it cleared?"),
        ({"condition": "", "onset": "2020-05-05"}, "This field is required."),
    ],
)
def test_dates_that_contradict_are_told_at_their_field(desk, fields, words):
    answer = desk.post(ADD, person_fields(**rows("conditions", condition_row(**fields))))
    assert words in errors_of(answer)
    assert not Patient.objects.exists()


def test_a_red_flag_is_cleared_by_name(desk, therapist):
    patient = factories.patient(therapist)
    symptom = factories.symptom("saddle_numbness", red_flag="emergency")
    cleared = {"cleared_on": str(TODAY), "cleared_by": "Dr A", "cleared_how": "seen in clinic"}
    shown = desk.get(change_page(patient))
    data = posted(shown, "patient_form", **rows("symptoms", {"symptom": str(symptom.pk), **cleared}))
    assert desk.post(change_page(patient), data).status_code == 302
    assert patient.symptoms.get().cleared_by == "Dr A"
    assert "Red flag." not in text_of(desk.get(change_page(patient)))
    assert AuditEvent.objects.filter(verb="patient.cleared", patient_id=patient.pk).count() == 1


def test_a_red_flag_does_not_go_by_removing_its_row(desk, therapist):
    patient = factories.patient(therapist)
    symptom = factories.symptom("saddle_numbness", red_flag="emergency")
    data = posted(
        desk.get(change_page(patient)), "patient_form", **rows("symptoms", {"symptom": str(symptom.pk)})
    )
    desk.post(change_page(patient), data)
    assert "Red flag. Send the patient to emergency care." in text_of(desk.get(change_page(patient)))
    removing = posted(desk.get(change_page(patient)), "patient_form", **{"symptoms-0-DELETE": "on"})
    assert "removed only after it is cleared" in text_of(desk.post(change_page(patient), removing))
    assert patient.symptoms.exists()


def test_a_cause_that_comes_first_is_told_on_the_patient(desk, therapist):
    factories.condition("spinal_tumour", treat_cause_first=True)
    patient = factories.patient(therapist, has=("spinal_tumour",))
    assert "The cause comes first" in text_of(desk.get(change_page(patient)))


def test_pain_control_is_settled_by_taking_the_tick_away(desk, therapist):
    patient = factories.patient(therapist)
    plan = factories.plan(therapist, of=patient)

    def said():
        return [finding.code for finding in check_plan(Plan.objects.get(pk=plan.pk)).findings]

    ticked = posted(desk.get(change_page(patient)), "patient_form", pain_control_first="on")
    assert desk.post(change_page(patient), ticked).status_code == 302
    assert "pain_control_first" in said()
    unticked = posted(desk.get(change_page(patient)), "patient_form")
    del unticked["pain_control_first"]
    assert desk.post(change_page(patient), unticked).status_code == 302
    assert "pain_control_first" not in said()


def test_a_condition_is_removed(desk, therapist):
    patient = factories.patient(therapist)
    data = posted(desk.get(change_page(patient)), "patient_form", **{"conditions-0-DELETE": "on"})
    desk.post(change_page(patient), data)
    assert not PatientCondition.objects.filter(patient=patient).exists()


def test_two_who_write_at_once(desk, therapist):
    patient = factories.patient(therapist)
    data = posted(desk.get(change_page(patient)), "patient_form", name="Second Writer")
    Patient.objects.filter(pk=patient.pk).update(name="First Writer")
    answer = desk.post(change_page(patient), data)
    assert "Someone changed this since you opened it" in text_of(answer)
    patient.refresh_from_db()
    assert patient.name == "First Writer"


def test_a_record_number_belongs_to_one_patient_of_the_clinic(desk, therapist):
    factories.patient(therapist, record_number="R-1")
    answer = desk.post(ADD, person_fields(record_number="R-1"))
    assert "Another patient of this clinic has this record number." in text_of(answer)


def test_a_lead_gives_a_patient_to_a_therapist_of_the_clinic(clinic, therapist):
    lead = factories.lead(clinic)
    signed_in(lead).post(ADD, person_fields(therapist=str(therapist.pk)))
    assert Patient.objects.get().therapist == therapist


def test_a_lead_cannot_give_a_patient_to_a_stranger(clinic):
    stranger = factories.therapist(factories.clinic())
    answer = signed_in(factories.lead(clinic)).post(ADD, person_fields(therapist=str(stranger.pk)))
    assert any("Select a valid choice" in error for error in errors_of(answer))
    assert not Patient.objects.exists()


def test_a_therapist_of_two_clinics_chooses(clinic, therapist):
    other = factories.clinic()
    factories.clinics.give_role(person=therapist, clinic=other, role=Role.THERAPIST, by=None)
    desk = signed_in(therapist)
    assert "This field is required." in errors_of(desk.post(ADD, person_fields()))
    desk.post(ADD, person_fields(clinic=str(other.pk)))
    assert Patient.objects.get().clinic == other


def test_another_clinic_cannot_be_posted(desk, clinic):
    desk.post(ADD, person_fields(clinic=str(factories.clinic().pk)))
    assert Patient.objects.get().clinic == clinic


def test_looking_at_a_patient_is_recorded_and_told(desk, therapist):
    patient = factories.patient(therapist)
    desk.get(change_page(patient))
    event = AuditEvent.objects.get(verb="patient.viewed")
    assert (event.created_by, event.patient_id, event.detail) == (therapist, patient.pk, {})
    history = desk.get(reverse("admin:plans_patient_history", args=[patient.pk]))
    assert "looked at the patient" in text_of(history)


def test_names_are_words_and_not_code(desk, therapist):
    patient = factories.patient(therapist, name="<script>alert(1)</script>", diagnoses="<img src=x>")
    pages = (change_page(patient), reverse("admin:plans_patient_changelist"), reverse("admin:index"))
    for page in pages:
        content = desk.get(page).content.decode()
        assert "<script>alert" not in content
        assert "<img src=x" not in content
    assert "&lt;script&gt;alert(1)" in desk.get(pages[0]).content.decode()


def test_no_name_travels_in_a_cookie_or_an_address(desk, therapist):
    answer = desk.post(ADD, person_fields(name="Quentin Secretname"))
    sent = f"{answer['Location']} {answer.cookies.output()}"
    assert "Secretname" not in sent


@pytest.mark.parametrize(("asked", "count"), [({}, 2), ({"q": "Zebedee"}, 1), ({"q": "nobody"}, 0)])
def test_each_page_of_the_list_and_of_a_search_is_recorded_for_the_clinics_lead(
    desk, therapist, asked, count
):
    clinic = factories.patient(therapist, name="Zebedee").clinic
    factories.patient(therapist, name="Other")
    address = reverse("admin:plans_patient_changelist")
    (desk.post if asked else desk.get)(address, asked, follow=True)
    row = AuditEvent.objects.get(verb="patient.listed")
    assert (row.created_by, row.clinic, row.detail) == (therapist, clinic, {"count": count})
    lead = signed_in(factories.lead(clinic))
    assert "read a list of patients" in text_of(lead.get(reverse("admin:plans_auditevent_changelist")))


def test_queries_do_not_grow_with_rows(desk, therapist, django_assert_max_num_queries):
    patient = factories.patient(therapist, has=("a", "b", "c", "d", "e", "f"))
    for _ in range(5):
        factories.patient(therapist)
    for words in ("Do not kneel", "No lifting", "No running"):
        factories.limit(patient, words=words)
    with django_assert_max_num_queries(37):
        desk.get(change_page(patient))
    with django_assert_max_num_queries(13):
        desk.get(reverse("admin:plans_patient_changelist"))
    with django_assert_max_num_queries(23):
        desk.get(reverse("admin:index"))


def error_at(answer, field):
    """The words of the error beside a field."""
    page = html.fromstring(answer.content.decode())
    return page.xpath(f"string(//div[contains(@class, 'desk-field-{field} ')]/p[@class='desk-error'])")


def test_a_name_in_another_script_asks_for_its_printed_form_at_its_field(desk):
    answer = desk.post(ADD, person_fields(name="அருண்"))
    assert "Write it under" in error_at(answer, "printed_name")
    assert not Patient.objects.exists()
    assert desk.post(ADD, person_fields(name="அருண்", printed_name="Arun")).status_code == 302
    assert Patient.objects.get().printed_name == "Arun"


def test_what_cannot_be_seen_is_told_at_its_field(desk):
    answer = desk.post(ADD, person_fields(name="Robin \u202enew"))
    assert "right-to-left override" in error_at(answer, "name")
    assert not Patient.objects.exists()


def fields_of(answer):
    """The names of the fields that the page lays out, hidden ones apart."""
    page = html.fromstring(answer.content.decode())
    return set(page.xpath("//form[@id='patient_form']//div[contains(@class, 'desk-field')]//@name"))


def test_a_column_that_the_page_has_never_heard_of_is_laid_out(desk, monkeypatch):
    known = [
        (name, {"fields": [[one for one in line if one != "phone"] for line in options["fields"]]})
        for name, options in PatientAdmin.fieldsets
    ]
    monkeypatch.setattr(PatientAdmin, "fieldsets", known)
    assert "phone" not in flatten_fieldsets(known)
    assert fields_of(desk.get(ADD)) >= {"phone", "name", "diagnoses", "large_print"}
    desk.post(ADD, person_fields(phone="555 0100"))
    assert Patient.objects.get().phone == "555 0100"


def test_a_field_of_the_form_that_the_fieldsets_name_is_laid_out(desk, monkeypatch):
    class Form(PatientForm):
        handedness = forms.CharField(label="Writes with", help_text="Left or right.", required=False)

    monkeypatch.setattr(PatientAdmin, "form", Form)
    monkeypatch.setattr(
        PatientAdmin, "fieldsets", [*PatientAdmin.fieldsets, ("Hands", {"fields": ["handedness"]})]
    )
    answer = desk.get(ADD)
    assert "handedness" in fields_of(answer)
    assert "Writes with Left or right." in text_of(answer)
    assert 'aria-label="Hands"' in answer.content.decode()


def test_a_side_that_need_not_be_said_asks_for_nothing(desk, therapist):
    patient = factories.patient(therapist)
    side = html.fromstring(desk.get(change_page(patient)).content).get_element_by_id("id_conditions-0-side")
    assert [option.text for option in side] == ["-", "left", "right", "both"]


def test_a_retired_symptom_is_offered_only_where_it_is_recorded(desk, therapist):
    symptom = factories.symptom("saddle_numbness", name="Numb between the legs", red_flag="emergency")
    patient, other = factories.patient(therapist), factories.patient(therapist, name="Sam")
    row = {"symptom": str(symptom.pk)}
    desk.post(
        change_page(patient), posted(desk.get(change_page(patient)), "patient_form", **rows("symptoms", row))
    )
    retire_symptom(symptom)

    assert "Numb between the legs" in text_of(desk.get(change_page(patient)))
    data = posted(desk.get(change_page(patient)), "patient_form")
    assert desk.post(change_page(patient), data).status_code == 302
    assert patient.symptoms.get().symptom == symptom

    shown = desk.get(change_page(other))
    assert "Numb between the legs" not in text_of(shown)
    answer = desk.post(change_page(other), posted(shown, "patient_form", **rows("symptoms", row)))
    assert any("Select a valid choice" in words for words in errors_of(answer))
    assert not other.symptoms.exists()
