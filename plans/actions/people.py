"""Accounts of people and their passwords. Who leads the clinics where somebody works sees each change at once."""

from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import transaction

from plans import audit, permissions
from plans.actions import clinics
from plans.actions.texts import clean_texts
from plans.languages import DESK, UnknownLanguage
from plans.models import AuditVerb, Clinic, Role, User
from plans.permissions import NotAllowed


@transaction.atomic
def save_person(
    *, person: User, password: str = "", by: User | None, begins_in: Clinic | None = None
) -> User:
    """Write a new or changed account; all of them work at the desk.

    A blank password leaves the old one, and a new account without one cannot sign in. `by` is None for the
    demonstration alone; `begins_in` is the clinic that gives the first role next. Raises NotAllowed.
    """
    made = person._state.adding
    if by is not None and not (permissions.may_lead(by) or permissions.may_run_the_service(by)):
        raise NotAllowed
    if by is not None and not made and not permissions.may_keep_account(by, person):
        raise NotAllowed
    person.is_staff = True
    if made:
        person.set_unusable_password()
    clean_texts(person).save()
    verb = AuditVerb.PERSON_MADE if made else AuditVerb.PERSON_CHANGED
    _record(verb, person=person, by=by, detail={"active": person.is_active}, begins_in=begins_in)
    if password:
        set_password(person=person, password=password, by=by)
    return person


@transaction.atomic
def add_member(
    *, person: User, password: str, clinic: Clinic, role: Role, licence_number: str = "", by: User
) -> User:
    """Make an account for somebody who begins to work in a clinic. Raises NotAllowed, LicenceMissing."""
    save_person(person=person, by=by, begins_in=clinic)
    clinics.give_role(person=person, clinic=clinic, role=role, licence_number=licence_number, by=by)
    if password:
        set_password(person=person, password=password, by=by)
    return person


@transaction.atomic
def set_password(*, person: User, password: str, by: User | None) -> None:
    """Set somebody's password; whoever is signed in with the old one is signed out. Raises NotAllowed."""
    if by is not None and not permissions.may_set_password(by, person):
        raise NotAllowed
    _write_password(person, password)
    _record(AuditVerb.PERSON_PASSWORD_SET, person=person, by=by)


@transaction.atomic
def change_own_password(*, person: User, password: str) -> None:
    _write_password(person, password)
    _record(AuditVerb.PERSON_PASSWORD_SET, person=person, by=person)


def choose_desk_language(*, person: User, language: str) -> None:
    """Write in which language a person reads the desk; blank is the browser's. Raises UnknownLanguage."""
    if language and language not in DESK:
        raise UnknownLanguage(language=language)
    person.desk_language = language
    person.save(update_fields=["desk_language"])


class RecordedPasswords:
    """Sees to it that a password set by a command of the framework is recorded as well; it refuses none.

    The framework tells its validators of each password that is set on a person and saved. The actions above record
    who did it, and set it in a way that is not told.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse nothing."""

    def get_help_text(self) -> str:
        return "Who leads your clinic sees that it was changed, and never what it is."

    def password_changed(self, password: str, user: User) -> None:
        _record(AuditVerb.PERSON_PASSWORD_SET, person=user, by=None, detail={"by_command": True})


def _write_password(person: User, password: str) -> None:
    person.password = make_password(password)
    person.save(update_fields=["password"])


def _record(
    verb: AuditVerb,
    *,
    person: User,
    by: User | None,
    detail: dict[str, audit.Detail] | None = None,
    begins_in: Clinic | None = None,
) -> None:
    """Append a row for each clinic where the person works, else one where they begin or for who runs the service."""
    works_in: list[Clinic | None] = list(Clinic.objects.filter(memberships__person=person).distinct())
    for clinic in works_in or [begins_in]:
        audit.append(verb=verb, by=by, what=person, clinic=clinic, person=person, detail=detail)
