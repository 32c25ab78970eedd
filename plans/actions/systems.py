"""A clinic's systems and their keys: made and ended by its leads, and by nobody else."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from oauth2_provider.generators import generate_client_secret
from oauth2_provider.models import get_access_token_model

from plans import audit, permissions
from plans.actions import clinics
from plans.actions.texts import clean_texts
from plans.exceptions import PlansError
from plans.models import AuditVerb, Clinic, ClinicSystem, Role, SystemKey, User
from plans.permissions import NotAllowed

MAX_KEYS = 2
"""Keys of one system that work at the same time: the old and the new one while a secret is changed."""
KEY_DAYS = 365


class TooManyKeys(PlansError):
    """This system has {most} keys that work. Revoke one first."""

    code = "too_many_keys"


class SystemEnded(PlansError):
    """This system was ended."""

    code = "system_ended"


class RoleNotForSystems(PlansError):
    """A system can be a therapist or a lead; reviews and the library's keeping are for people."""

    code = "role_not_for_systems"


class TherapistMissing(PlansError):
    """A system in the therapist role acts on behalf of a therapist: name one who treats in this clinic."""

    code = "therapist_missing"


class NotOnBehalf(PlansError):
    """A system in the lead role works for the whole clinic, on behalf of nobody."""

    code = "not_on_behalf"


@dataclass(frozen=True)
class MadeKey:
    """A new key and its secret, which is told this once and stored only as a hash."""

    key: SystemKey
    secret: str = field(repr=False)


@transaction.atomic
def make_system(
    *,
    clinic: Clinic,
    name: str,
    role: Role = Role.LEAD,
    on_behalf_of: User | None = None,
    by: User | None,
) -> ClinicSystem:
    """Make a system that acts under its own name with this role, in the therapist role on behalf of a therapist.

    Raises NotAllowed, RoleNotForSystems, TherapistMissing, NotOnBehalf.
    """
    if by is not None and not permissions.may_keep_access(by, clinic.pk):
        raise NotAllowed
    if role not in (Role.LEAD, Role.THERAPIST):
        raise RoleNotForSystems
    _check_therapist(clinic, role, on_behalf_of)
    system = clean_texts(ClinicSystem(clinic=clinic, name=name, created_by=by))
    user = User(
        username=f"system-{uuid4()}",
        first_name=system.name,
        # So both are named wherever a name stands: on the record, beside a reason, in the trail.
        last_name=f"(on behalf of {on_behalf_of})"[:150] if on_behalf_of else "",
        is_staff=False,
        on_behalf_of=on_behalf_of,
    )
    user.set_unusable_password()
    user.save()
    clinics.give_role(person=user, clinic=clinic, role=role, by=by)
    system.user = user
    system.save()
    audit.append(
        verb=AuditVerb.SYSTEM_MADE, by=by, what=system, clinic=clinic, person=user, detail={"role": role}
    )
    return system


@transaction.atomic
def add_key(
    *, system: ClinicSystem, scopes: Collection[str], days: int = KEY_DAYS, by: User | None
) -> MadeKey:
    """Make a key that works for `days` days. Raises NotAllowed, SystemEnded, TooManyKeys."""
    system = _locked(system, by)
    if system.ended_at is not None:
        raise SystemEnded
    if (
        sum(key.is_usable(None) for key in system.keys.select_related("system__user", "system__clinic"))
        >= MAX_KEYS
    ):
        raise TooManyKeys(most=MAX_KEYS)
    secret = generate_client_secret()
    key = SystemKey.objects.create(
        system=system,
        name=system.name,
        client_type=SystemKey.CLIENT_CONFIDENTIAL,
        authorization_grant_type=SystemKey.GRANT_CLIENT_CREDENTIALS,
        client_secret=secret,
        scopes=sorted(scopes),
        expires_on=system.clinic.today() + timedelta(days=days),
    )
    detail: dict[str, audit.Detail] = {"scopes": key.scopes, "days": days}
    audit.append(
        verb=AuditVerb.SYSTEM_KEY_MADE,
        by=by,
        what=key,
        clinic=system.clinic,
        person=system.user,
        detail=detail,
    )
    return MadeKey(key, secret)


@transaction.atomic
def revoke_key(*, key: SystemKey, by: User | None) -> None:
    """End a key and all tokens made with it, at once."""
    system = _locked(key.system, by)
    _revoke(key)
    audit.append(verb=AuditVerb.SYSTEM_KEY_REVOKED, by=by, what=key, clinic=system.clinic, person=system.user)


@transaction.atomic
def end_system(*, system: ClinicSystem, by: User | None) -> None:
    """End a system with all its keys; what it did stays recorded under its name."""
    system = _locked(system, by)
    for key in system.keys.filter(revoked_at=None):
        _revoke(key)
    system.ended_at = system.ended_at or timezone.now()
    system.save(update_fields=["ended_at"])
    User.objects.filter(pk=system.user_id).update(is_active=False)
    audit.append(verb=AuditVerb.SYSTEM_ENDED, by=by, what=system, clinic=system.clinic, person=system.user)


def _check_therapist(clinic: Clinic, role: Role, therapist: User | None) -> None:
    if role == Role.LEAD and therapist is not None:
        raise NotOnBehalf
    if role == Role.THERAPIST and (
        therapist is None or not permissions.treating_in({clinic.pk}).filter(pk=therapist.pk).exists()
    ):
        raise TherapistMissing


def _locked(system: ClinicSystem, by: User | None) -> ClinicSystem:
    # Two keys made at once must not become three that work.
    system = (
        ClinicSystem.objects.select_for_update(of=("self",))
        .select_related("clinic", "user")
        .get(pk=system.pk)
    )
    if by is not None and not permissions.may_keep_access(by, system.clinic_id):
        raise NotAllowed
    return system


def _revoke(key: SystemKey) -> None:
    SystemKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now())
    get_access_token_model().objects.filter(application=key).delete()
