"""The trail of a clinic: its leads read it and filter it, nobody else sees a line, and reading is recorded."""

import pytest
from django.urls import reverse

from plans.actions.clinics import give_role, take_role
from plans.actions.people import save_person, set_password
from plans.actions.systems import add_key, make_system, revoke_key
from plans.admin.audit_labels import words_of
from plans.models import AuditEvent, User
from tests import factories
from tests.admin.conftest import signed_in
from tests.admin.forms import text_of

TRAIL = reverse("admin:plans_auditevent_changelist")


@pytest.fixture
def patient(therapist):
    return factories.patient(therapist, name="Quentin Secretname", record_number="R-77")


@pytest.fixture
def read(lead):
    """Read the trail as the clinic's lead."""
    client = signed_in(lead)
    return lambda **asked: text_of(client.get(TRAIL, asked, follow=True))


def test_a_lead_reads_what_was_done_by_whom_with_which_patient(read, therapist, patient):
    factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))
    words = read()
    for said in (
        "added the patient",
        "published the plan",
        "version 1",
        "Quentin Secretname",
        str(therapist),
    ):
        assert said in words


def test_another_clinics_lead_sees_nothing_of_it(patient):
    neighbour = factories.lead(factories.clinic())
    client = signed_in(neighbour)
    assert "added the patient" not in text_of(client.get(TRAIL))
    assert "Secretname" not in text_of(client.post(TRAIL, {"q": "Secretname"}, follow=True))
    event = AuditEvent.objects.get(verb="patient.made")
    for page in ("change", "history"):
        answer = client.get(reverse(f"admin:plans_auditevent_{page}", args=[event.pk]), follow=True)
        assert b"patient.made" not in answer.content


def test_the_trail_is_filtered(read, therapist, patient):
    factories.publication(therapist, of_plan=factories.plan(therapist, of=patient))
    other = factories.therapist(therapist.memberships.get().clinic)
    assert "published the plan" not in read(about="patient")
    assert "published the plan" in read(about="plan")
    assert "published the plan" in read(who=str(therapist.pk))
    assert "published the plan" not in read(who=str(other.pk))
    assert "published the plan" in read(q="R-77")
    assert "published the plan" not in read(q="R-78")


@pytest.mark.parametrize("asked", [{"who": "nobody"}, {"about": "x'|("}, {"at__gte": "soon"}])
def test_an_address_that_asks_for_nonsense_is_no_error(lead, patient, asked):
    assert signed_in(lead).get(TRAIL, asked).status_code in (200, 302, 400)


def test_reading_is_recorded_and_nothing_can_be_written(lead, clinic, patient):
    client = signed_in(lead)
    client.get(TRAIL)
    event = AuditEvent.objects.get(verb="audit.listed")
    assert (event.created_by, event.clinic, event.patient_id) == (lead, clinic, None)
    address = reverse("admin:plans_auditevent_change", args=[event.pk])
    assert client.post(address, {"verb": "x"}).status_code == 403
    assert client.post(TRAIL, {"action": "delete_selected", "_selected_action": event.pk}).status_code < 500
    event.refresh_from_db()
    assert event.verb == "audit.listed"


def test_who_runs_the_service_reads_what_belongs_to_no_clinic(patient, lead):
    root = User.objects.create_superuser("root", password="a long pass phrase")
    save_person(person=User(username="newcomer"), by=root)
    client = signed_in(root)
    words = text_of(client.get(TRAIL))
    assert "added the account" in words
    assert "newcomer" in words
    assert "added the patient" not in words
    assert "Secretname" not in words
    assert "added the account" in text_of(client.get(TRAIL, {"who": str(root.pk)}))
    assert AuditEvent.objects.filter(verb="audit.listed", created_by=root, clinic=None).count() == 2
    assert "added the account" not in text_of(signed_in(lead).get(TRAIL))


def test_every_row_of_accounts_names_the_person_and_has_a_reader(clinic, lead):
    """The row has a clinic and so a lead, or who runs the service sees it."""
    root = User.objects.create_superuser("root", password="a long pass phrase")
    sam = save_person(person=User(username="sam"), by=root)
    role = give_role(person=sam, clinic=clinic, role="therapist", by=lead)
    set_password(person=sam, password="seven green bicycles", by=lead)
    save_person(person=sam, by=root)
    take_role(membership=role, by=lead)
    key = add_key(system=make_system(clinic=clinic, name="Ward", by=lead), scopes=["plans:read"], by=lead).key
    revoke_key(key=key, by=lead)
    rows = AuditEvent.objects.filter(verb__regex="^(person|role|system)[.]").exclude(created_by=None)
    assert len(rows) == 9
    shown = text_of(signed_in(lead).get(TRAIL)) + text_of(signed_in(root).get(TRAIL))
    for row in rows:
        assert row.person is not None, row.verb
        assert str(row.person) in shown
        assert words_of(row) in shown


def test_queries_do_not_grow_with_rows(lead, therapist, django_assert_max_num_queries):
    for _ in range(8):
        factories.patient(therapist)
    client = signed_in(lead)
    with django_assert_max_num_queries(14):
        client.get(TRAIL)
