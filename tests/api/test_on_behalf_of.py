"""A system in the therapist role works in the caseload of the therapist on whose behalf it acts, and not beyond it."""

import pytest
from django.urls import reverse

from plans.actions import clinics, systems
from plans.actions.systems import NotOnBehalf, TherapistMissing
from plans.models import AuditEvent, ClinicSystem, Patient, Role
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of
from tests.api.conftest import Caller, ask_token


@pytest.fixture
def colleague(clinic):
    return factories.therapist(clinic)


@pytest.fixture
def system(clinic, therapist, make_system):
    """A caller that acts on behalf of the therapist."""
    made, key = make_system(clinic, on_behalf_of=therapist)
    caller = Caller(ask_token(key).json()["access_token"])
    caller.system = made
    return caller


def test_it_sees_the_therapists_patients_and_no_others(system, therapist, colleague, clinic):
    mine, other = factories.patient(therapist), factories.patient(colleague)
    assert [one["id"] for one in system.get("patients/").json()["results"]] == [str(mine.pk)]
    assert system.get(f"patients/{other.pk}/").status_code == 404
    plan = factories.plan(colleague, of=other)
    assert system.post(f"plans/{plan.pk}/publish/", {}, If_Match="*").status_code == 404


def test_it_does_what_a_therapist_does_and_both_are_named(system, therapist, colleague, clinic):
    factories.approved_exercise(clinic)
    patient = system.post("patients/", {"name": "Ann", "birth_date": "1960-05-17"})
    assert patient.status_code == 201, patient.content
    assert patient.json()["therapist"] == str(therapist.pk)
    given = {
        "patient": patient.json()["id"],
        "title": "Back",
        "times_per_day_min": 1,
        "days_per_week_min": 5,
        "items": [{"exercise_code": "heel-slide"}],
    }
    plan = system.post("plans/", given)
    findings = system.get(f"plans/{plan.json()['id']}/findings/").json()["findings"]
    reasons = [
        {"fingerprint": one["fingerprint"], "words": "Seen."} for one in findings if one["level"] == "avoid"
    ]
    issued = system.post(f"plans/{plan.json()['id']}/publish/", {"reasons": reasons}, If_Match=plan["ETag"])
    assert issued.status_code == 201, issued.content
    assert issued.json()["published_by"] == f"{system.system.name} (on behalf of {therapist})"
    acts = AuditEvent.objects.filter(patient_id=patient.json()["id"])
    expected = {"patient.made", "patient.viewed", "plan.made", "plan.viewed", "plan.published"}
    assert expected <= {event.verb for event in acts}
    assert {(event.created_by, event.on_behalf_of) for event in acts} == {(system.system.user, therapist)}


def test_the_trail_names_both(system, therapist, clinic, person):
    patient = factories.patient(therapist)
    system.get(f"patients/{patient.pk}/")
    lead = factories.lead(clinic)
    told = person(lead).get(f"patients/{patient.pk}/audit/").json()["results"]
    viewed = next(one for one in told if one["verb"] == "patient.viewed")
    assert (viewed["by"], viewed["on_behalf_of"]) == (str(system.system.user), str(therapist))
    assert all(one["on_behalf_of"] is None for one in told if one["verb"] != "patient.viewed")
    page = signed_in(lead).get(reverse("admin:plans_auditevent_changelist"))
    assert f"{system.system.name} (on behalf of {therapist})" in text_of(page)


def test_a_patient_of_somebody_else_is_not_taken_nor_given_away(system, therapist, colleague):
    body = {"name": "Ann", "birth_date": "1960-05-17", "therapist": str(colleague.pk)}
    assert system.post("patients/", body).status_code == 403
    mine = factories.patient(therapist)
    answer = system.patch(f"patients/{mine.pk}/", {"therapist": str(colleague.pk)}, If_Match="*")
    assert answer.status_code == 403
    assert Patient.objects.get().therapist == therapist


def test_it_ends_with_the_therapists_work_there(system, therapist, clinic):
    factories.patient(therapist)
    assert system.get("patients/").status_code == 200
    lead = factories.lead(clinic)
    clinics.take_role(membership=therapist.memberships.get(), by=lead)
    assert (system.get("patients/").status_code, system.get("exercises/").status_code) == (403, 403)
    clinics.give_role(person=therapist, clinic=clinic, role=Role.THERAPIST, by=lead)
    assert system.get("patients/").status_code == 200
    therapist.is_active = False
    therapist.save()
    assert system.get("patients/").status_code == 403


def test_a_lead_of_whom_it_acts_for_lends_it_no_lead(clinic, make_system):
    lead, other = factories.lead(clinic), factories.therapist(clinic)
    _, key = make_system(clinic, on_behalf_of=lead)
    caller = Caller(ask_token(key).json()["access_token"])
    factories.patient(other)
    assert caller.get("patients/").json()["results"] == []
    assert caller.get("webhooks/").status_code == 403


@pytest.mark.parametrize("whom", ["nobody", "stranger", "library_admin", "system", "inactive"])
def test_it_acts_for_a_therapist_of_the_clinic(clinic, person, make_system, whom):
    lead = factories.lead(clinic)
    people = {
        "nobody": None,
        "stranger": factories.therapist(factories.clinic()),
        "library_admin": factories.library_admin(clinic),
        "system": make_system(clinic)[0].user,
        "inactive": factories.therapist(clinic, is_active=False),
    }
    with pytest.raises(TherapistMissing):
        systems.make_system(clinic=clinic, name="S", role=Role.THERAPIST, on_behalf_of=people[whom], by=lead)
    given = {"on_behalf_of": str(people[whom].pk)} if people[whom] else {}
    body = {"clinic": str(clinic.pk), "name": "S", "role": "therapist", **given}
    answer = person(lead).post("systems/", body)
    assert answer.status_code == 400
    told = answer.json()["errors"][0]
    assert (told["field"], told["code"]) == ("on_behalf_of", "therapist_missing")
    assert not ClinicSystem.objects.filter(name="S").exists()


def test_a_lead_system_acts_for_nobody(clinic, therapist, person):
    lead = factories.lead(clinic)
    with pytest.raises(NotOnBehalf):
        systems.make_system(clinic=clinic, name="S", on_behalf_of=therapist, by=lead)
    body = {"clinic": str(clinic.pk), "name": "S", "on_behalf_of": str(therapist.pk)}
    told = person(lead).post("systems/", body).json()["errors"][0]
    assert (told["field"], told["code"]) == ("on_behalf_of", "not_on_behalf")


def test_a_lead_makes_it_over_the_api_and_at_the_desk(clinic, therapist, person):
    lead = factories.lead(clinic)
    body = {"clinic": str(clinic.pk), "name": "A", "role": "therapist", "on_behalf_of": str(therapist.pk)}
    made = person(lead).post("systems/", body)
    assert (made.status_code, made.json()["on_behalf_of"]) == (201, str(therapist.pk))
    desk, add = signed_in(lead), reverse("admin:plans_clinicsystem_add")
    refused = desk.post(add, {"clinic": str(clinic.pk), "name": "B", "role": "therapist", "on_behalf_of": ""})
    assert "acts on behalf of a therapist" in text_of(refused)
    desk.post(add, {**body, "name": "B"})
    system = ClinicSystem.objects.get(name="B")
    assert system.user.on_behalf_of == therapist
    page = desk.get(reverse("admin:plans_clinicsystem_change", args=[system.pk]))
    assert f"on behalf of {therapist}" in text_of(page)


def test_the_desk_offers_only_people_who_treat_in_led_clinics(clinic, therapist):
    factories.therapist(factories.clinic())
    factories.library_admin(clinic)
    lead = factories.lead(clinic)
    page = signed_in(lead).get(reverse("admin:plans_clinicsystem_add"))
    offered = page.context["adminform"].form.fields["on_behalf_of"].queryset
    assert set(offered) == {therapist, lead}
