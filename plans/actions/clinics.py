"""Clinics and memberships, kept by those who run the service."""

from django.db import transaction

from plans import audit
from plans.exceptions import PlansError
from plans.models import AuditVerb, Clinic, Membership, Role, User


class LicenceMissing(PlansError):
    """A reviewer's membership needs the licence number that approvals will carry."""

    code = "licence_missing"


@transaction.atomic
def make_clinic(*, clinic: Clinic, by: User | None) -> Clinic:
    """Write a new or changed clinic."""
    made = clinic._state.adding
    clinic.save()
    audit.append(
        verb=AuditVerb.CLINIC_MADE if made else AuditVerb.CLINIC_CHANGED, by=by, what=clinic, clinic=clinic
    )
    return clinic


@transaction.atomic
def save_person(*, person: User, password: str = "", by: User | None) -> User:
    """Write a new or changed person; all of them work at the desk. A blank password leaves the old one.

    A new person without a password cannot sign in with one.
    """
    made = person._state.adding
    person.is_staff = True
    if password:
        person.set_password(password)
    elif made:
        person.set_unusable_password()
    person.save()
    detail: dict[str, audit.Detail] = {"password": bool(password), "active": person.is_active}
    audit.append(
        verb=AuditVerb.PERSON_MADE if made else AuditVerb.PERSON_CHANGED, by=by, what=person, detail=detail
    )
    return person


@transaction.atomic
def give_role(
    *, person: User, clinic: Clinic, role: Role, licence_number: str = "", by: User | None
) -> Membership:
    """Give a person a role in a clinic, or a new licence number in a role held already."""
    if role == Role.REVIEWER and not licence_number.strip():
        raise LicenceMissing
    membership, made = Membership.objects.update_or_create(
        person=person, clinic=clinic, role=role, defaults={"licence_number": licence_number.strip()}
    )
    audit.append(
        verb=AuditVerb.ROLE_GIVEN, by=by, what=membership, clinic=clinic, detail={"role": role, "new": made}
    )
    return membership


@transaction.atomic
def take_role(*, membership: Membership, by: User | None) -> None:
    """End a role; what the person did in it stays recorded."""
    detail: dict[str, audit.Detail] = {"role": membership.role}
    audit.append(verb=AuditVerb.ROLE_TAKEN, by=by, what=membership, clinic=membership.clinic, detail=detail)
    membership.delete()
