"""Accounts and passwords: nobody sets one that opens more than the setter may read, and each row names the person."""

import pytest
from django.core.management import call_command

from plans.actions import people
from plans.actions.people import add_member, change_own_password, save_person, set_password
from plans.admin.audit_labels import words_of
from plans.models import AuditEvent, AuditVerb, Role, User
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
PASSWORD = "seven green bicycles"


@pytest.fixture
def root():
    return User.objects.create_superuser("root", password="a long pass phrase")


def test_a_new_person_works_at_the_desk_and_has_the_password():
    person = save_person(person=User(username="sam"), password=PASSWORD, by=None)
    assert person.is_staff
    assert person.check_password(PASSWORD)
    rows = AuditEvent.objects.order_by("created_at").values_list("verb", "person", "clinic")
    assert list(rows) == [("person.made", person.pk, None), ("person.password_set", person.pk, None)]


def test_without_a_password_nobody_signs_in_with_one():
    assert not save_person(person=User(username="sam"), by=None).has_usable_password()


def test_a_change_leaves_the_password(clinic, lead):
    person = factories.therapist(clinic)
    person.last_name = "Renamed"
    save_person(person=person, by=lead)
    person.refresh_from_db()
    assert person.check_password("a long pass phrase")
    assert (
        AuditEvent.objects.filter(
            verb="person.changed", created_by=lead, clinic=clinic, person=person
        ).count()
        == 1
    )


def test_who_runs_the_service_sets_nobodys_password(clinic, lead, root):
    for person in (lead, factories.therapist(clinic), factories.person(), root):
        with pytest.raises(NotAllowed):
            set_password(person=person, password=PASSWORD, by=root)
        with pytest.raises(NotAllowed):
            save_person(person=person, password=PASSWORD, by=root)
        person.refresh_from_db()
        assert person.check_password("a long pass phrase")
    with pytest.raises(NotAllowed):
        save_person(person=User(username="second"), password=PASSWORD, by=root)
    assert not User.objects.filter(username="second").exists()


def test_a_lead_sets_the_password_of_who_works_only_where_the_lead_leads(clinic, lead, root):
    own = factories.therapist(clinic)
    set_password(person=own, password=PASSWORD, by=lead)
    own.refresh_from_db()
    assert own.check_password(PASSWORD)
    assert AuditEvent.objects.filter(
        verb="person.password_set", created_by=lead, clinic=clinic, person=own
    ).exists()

    elsewhere = factories.therapist(clinic)
    factories.clinics.give_role(person=elsewhere, clinic=factories.clinic(), role=Role.THERAPIST, by=None)
    both = factories.therapist(clinic, is_superuser=True)
    for person in (elsewhere, both, factories.therapist(factories.clinic()), factories.person()):
        with pytest.raises(NotAllowed):
            set_password(person=person, password=PASSWORD, by=lead)
        with pytest.raises(NotAllowed):
            save_person(person=person, by=lead)


def test_a_therapist_keeps_no_accounts(clinic):
    therapist, colleague = factories.therapist(clinic), factories.therapist(clinic)
    for change in (
        lambda: save_person(person=User(username="sam"), by=therapist),
        lambda: save_person(person=colleague, by=therapist),
        lambda: set_password(person=colleague, password=PASSWORD, by=therapist),
    ):
        with pytest.raises(NotAllowed):
            change()


def test_a_change_stands_in_each_clinic_of_the_person(clinic):
    other = factories.clinic()
    person = factories.person(clinic, Role.THERAPIST, Role.REVIEWER)
    factories.clinics.give_role(person=person, clinic=other, role=Role.THERAPIST, by=None)
    change_own_password(person=person, password=PASSWORD)
    rows = AuditEvent.objects.filter(verb="person.password_set", created_by=person, person=person)
    assert {row.clinic for row in rows} == {clinic, other}
    assert rows.count() == 2


def test_a_new_member_has_account_role_and_password_at_once(clinic, lead):
    person = add_member(
        person=User(username="sam"), password=PASSWORD, clinic=clinic, role=Role.THERAPIST, by=lead
    )
    assert person.check_password(PASSWORD)
    assert person.memberships.get().role == Role.THERAPIST
    rows = AuditEvent.objects.filter(person=person, created_by=lead).order_by("created_at")
    made = [(row.verb, row.clinic) for row in rows]
    assert made == [(verb, clinic) for verb in ("person.made", "role.given", "person.password_set")]


def test_a_member_of_another_clinic_is_not_half_made(lead):
    with pytest.raises(NotAllowed):
        add_member(
            person=User(username="sam"), password="", clinic=factories.clinic(), role=Role.LEAD, by=lead
        )
    assert not User.objects.filter(username="sam").exists()


def test_a_password_set_by_the_frameworks_command_is_recorded(clinic, lead, monkeypatch):
    from django.contrib.auth.management.commands import changepassword

    monkeypatch.setattr(changepassword.getpass, "getpass", lambda prompt: PASSWORD)
    call_command("changepassword", lead.username)
    row = AuditEvent.objects.get(verb=AuditVerb.PERSON_PASSWORD_SET)
    assert (row.created_by, row.clinic, row.person, row.detail) == (None, clinic, lead, {"by_command": True})
    assert words_of(row) == "set a password, by a command of who runs the service"


def test_a_better_hash_at_the_next_sign_in_is_no_change(client, clinic, settings):
    person = factories.therapist(clinic)
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    assert person.check_password("a long pass phrase")
    assert not AuditEvent.objects.filter(verb=AuditVerb.PERSON_PASSWORD_SET).exists()
    assert people.RecordedPasswords().validate("anything") is None
