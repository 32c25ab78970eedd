import pytest
from django.core.management import CommandError, call_command

from plans.actions.clinics import (
    HasLead,
    LicenceMissing,
    OwnRole,
    UnknownLocale,
    UnknownTimeZone,
    change_settings,
    give_first_lead,
    give_role,
    take_role,
)
from plans.actions.people import change_own_password, set_password
from plans.admin.home import access_lines
from plans.models import AuditEvent, Membership, Role, User
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def root():
    return User.objects.create_superuser("root", password="a long pass phrase")


def test_who_runs_the_service_gives_and_takes_no_role(clinic, lead, root):
    second = factories.person()
    for person in (root, second):
        with pytest.raises(NotAllowed):
            give_role(person=person, clinic=clinic, role=Role.THERAPIST, by=root)
    with pytest.raises(NotAllowed):
        take_role(membership=lead.memberships.get(), by=root)
    assert list(Membership.objects.all()) == [lead.memberships.get()]


@pytest.mark.parametrize("role", [Role.THERAPIST, Role.LIBRARY_ADMIN, Role.REVIEWER])
def test_others_give_no_role(clinic, role):
    by = factories.person(clinic, role)
    for stranger in (by, factories.lead(factories.clinic()), factories.lead(clinic, is_active=False)):
        with pytest.raises(NotAllowed):
            give_role(person=factories.person(), clinic=clinic, role=Role.THERAPIST, by=stranger)


def test_a_lead_gives_a_role_and_the_row_names_both(clinic, lead):
    person = factories.person()
    membership = give_role(person=person, clinic=clinic, role=Role.THERAPIST, by=lead)
    row = AuditEvent.objects.get(verb="role.given", created_by=lead)
    assert (row.person, row.clinic, row.detail) == (person, clinic, {"role": "therapist", "new": True})
    take_role(membership=membership, by=lead)
    row = AuditEvent.objects.get(verb="role.taken")
    assert (row.created_by, row.person, row.clinic) == (lead, person, clinic)


def test_nobody_changes_their_own_role(clinic, lead):
    with pytest.raises(OwnRole):
        give_role(person=lead, clinic=clinic, role=Role.REVIEWER, licence_number="PT-1", by=lead)
    with pytest.raises(OwnRole):
        take_role(membership=lead.memberships.get(), by=lead)


def test_the_first_role_ends_a_password_that_somebody_else_knows(clinic, lead):
    person = factories.person()
    give_role(person=person, clinic=clinic, role=Role.THERAPIST, by=lead)
    person.refresh_from_db()
    assert not person.has_usable_password()
    working = factories.therapist(factories.clinic())
    give_role(person=working, clinic=clinic, role=Role.THERAPIST, by=lead)
    working.refresh_from_db()
    assert working.has_usable_password()


def test_a_further_clinic_ends_a_password_that_somebody_else_set(clinic, lead):
    elsewhere = factories.clinic()
    other_lead = factories.lead(elsewhere)
    known, own = factories.therapist(elsewhere), factories.therapist(elsewhere)
    for person in (known, own):
        set_password(person=person, password="seven green bicycles", by=other_lead)
    change_own_password(person=own, password="eight green bicycles")
    for person, ends in ((known, True), (own, False)):
        give_role(person=person, clinic=clinic, role=Role.THERAPIST, by=lead)
        person.refresh_from_db()
        assert person.has_usable_password() is not ends
        row = AuditEvent.objects.get(verb="role.given", clinic=clinic, person=person)
        assert (row.detail["from_elsewhere"], row.detail["password_ended"]) == (True, ends)
    for reader in (lead, factories.lead(clinic)):
        words = [words for _, words in access_lines(reader)]
        assert words.count("gave a role (therapist), who came with an account from another clinic") == 2
    give_role(person=own, clinic=clinic, role=Role.LIBRARY_ADMIN, by=lead)
    own.refresh_from_db()
    assert own.has_usable_password()


def test_a_licence_number_belongs_to_a_reviewer(clinic, lead):
    with pytest.raises(LicenceMissing):
        give_role(person=factories.person(), clinic=clinic, role=Role.REVIEWER, licence_number=" ", by=lead)
    role = give_role(
        person=factories.person(), clinic=clinic, role=Role.THERAPIST, licence_number="PT-1", by=lead
    )
    assert role.licence_number == ""


def test_the_first_lead_comes_by_a_command_and_is_recorded(clinic, root, capsys):
    anna = factories.person(username="anna")
    call_command("first_lead", clinic=clinic.name, person="anna", by="root")
    assert [role.role for role in anna.memberships.all()] == ["lead"]
    row = AuditEvent.objects.get(verb="role.first_lead")
    assert (row.created_by, row.person, row.clinic) == (root, anna, clinic)
    assert "anna is the clinic's lead now" in capsys.readouterr().out


def test_a_practice_of_one_gets_its_roles_with_it(clinic, root):
    anna = factories.person(username="anna")
    call_command(
        "first_lead",
        clinic=str(clinic.pk),
        person="anna",
        by="root",
        also=["therapist", "reviewer"],
        licence="PT-7",
    )
    held = {role.role: role.licence_number for role in anna.memberships.all()}
    assert held == {"lead": "", "therapist": "", "reviewer": "PT-7"}


def test_there_is_no_second_first_lead(clinic, root, lead):
    with pytest.raises(HasLead):
        give_first_lead(person=factories.person(), clinic=clinic, by=root)
    with pytest.raises(CommandError, match="has a lead already"):
        call_command("first_lead", clinic=clinic.name, person=factories.person().username, by="root")
    User.objects.filter(pk=lead.pk).update(is_active=False)
    give_first_lead(
        person=factories.person(), clinic=clinic, by=root
    )  # recorded, and told to all who work there
    assert AuditEvent.objects.filter(verb="role.first_lead", clinic=clinic, created_by=root).exists()
    with pytest.raises(HasLead):
        give_first_lead(person=factories.person(), clinic=clinic, by=root)


def test_nobody_makes_themselves_the_first_lead(clinic, root):
    with pytest.raises(OwnRole):
        give_first_lead(person=root, clinic=clinic, by=root)
    with pytest.raises(NotAllowed):
        give_first_lead(person=factories.person(), clinic=clinic, by=factories.therapist(clinic))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"clinic": "Nowhere"}, "0 clinics are called Nowhere"),
        ({"person": "nobody"}, "no account nobody"),
        ({"by": "nobody"}, "no account nobody"),
        ({"also": ["reviewer"]}, "licence number"),
    ],
)
def test_the_command_says_what_is_wrong(clinic, root, wrong, said):
    factories.person(username="anna")
    with pytest.raises(CommandError, match=said):
        call_command("first_lead", **{"clinic": clinic.name, "person": "anna", "by": "root", **wrong})
    assert not Membership.objects.exists()


def test_a_lead_says_where_the_clinic_lies(clinic, lead, root):
    for by, zone in ((lead, "Pacific/Auckland"), (root, "America/Los_Angeles")):
        assert change_settings(clinic=clinic, time_zone=zone, by=by).time_zone == zone
    assert change_settings(clinic=clinic, locale="zh-Hans-SG", by=lead).language == "zh-hans"
    assert AuditEvent.objects.filter(verb="clinic.changed").count() == 3
    for other in (factories.therapist(clinic), factories.lead(factories.clinic())):
        with pytest.raises(NotAllowed):
            change_settings(clinic=clinic, locale="en-NZ", by=other)


@pytest.mark.parametrize(
    "zone", ["", "Mars/Base", "UTC+3", "../etc/passwd", "pacific/auckland", "posixrules"]
)
def test_a_time_zone_is_one_that_there_is(clinic, lead, zone):
    with pytest.raises(UnknownTimeZone):
        change_settings(clinic=clinic, time_zone=zone, by=lead)
    with pytest.raises(UnknownTimeZone):
        factories.clinic(time_zone=zone)


@pytest.mark.parametrize("locale", ["", "en", "EN-us", "en-nz", "de-DE", "zh-CN", "en-USA"])
def test_a_locale_names_a_language_of_the_service_and_a_country(clinic, lead, locale):
    with pytest.raises(UnknownLocale):
        change_settings(clinic=clinic, locale=locale, by=lead)
