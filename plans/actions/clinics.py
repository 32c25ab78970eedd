"""Clinics, and who does what in them: roles are given and taken by the clinic's leads, never one's own."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Final, TypedDict, Unpack
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from plans import audit, permissions
from plans.actions.clinic_defaults import clean_defaults
from plans.actions.clinic_words import clean_words
from plans.actions.crisis_contact import clean_crisis_contact
from plans.actions.devices import shorten_devices
from plans.actions.pictures import add_picture
from plans.actions.texts import clean_text, clean_texts
from plans.exceptions import PlansError
from plans.models import AuditEvent, AuditVerb, Clinic, Membership, Role, User
from plans.permissions import NotAllowed
from plans.pictures import ConvertedPicture

LOCALE: Final = re.compile("[a-z]{2,3}(-[A-Z][a-z]{3})?-[A-Z]{2}")


class LicenceMissing(PlansError):
    """A reviewer's membership needs the licence number that approvals will carry."""

    code = "licence_missing"


class OwnRole(PlansError):
    """Nobody changes their own roles: another lead of the clinic does."""

    code = "own_role"


class HasLead(PlansError):
    """This clinic has a lead already, who gives all further roles."""

    code = "clinic_has_lead"


class UnknownTimeZone(PlansError):
    """There is no time zone {time_zone}. Write it like America/Chicago."""

    code = "unknown_time_zone"
    attribute = "time_zone"


class UnknownLocale(PlansError):
    """{locale} names no language of this service with a country. Write it like en-NZ or zh-Hans-SG."""

    code = "unknown_locale"
    attribute = "locale"


@cache
def time_zones() -> frozenset[str]:
    """Return the names of all time zones; found once, as each is a file."""
    return frozenset(available_timezones())


@transaction.atomic
def make_clinic(*, clinic: Clinic, new_logo: ConvertedPicture | None = None, by: User | None) -> Clinic:
    """Write a new or changed clinic, with an uploaded logo if one is given.

    Raises UnknownTimeZone, UnknownLocale, UnknownLanguage, TextRefused, TooManyTitles, TooManyStockReasons,
    UnusualDefault, UnknownFollowUpKind, CrisisContactIncomplete, NotAllowed.
    """
    made = clinic._state.adding
    _check_locale(clinic)
    clean_words(clinic)
    clean_defaults(clinic)
    clean_crisis_contact(clinic)
    clean_texts(clinic).save()
    if new_logo is not None:
        clinic.logo = add_picture(picture=new_logo, clinic=clinic, by=by)
        clinic.save(update_fields=["logo"])
    if not made:
        shorten_devices(clinic=clinic)
    verb = AuditVerb.CLINIC_MADE if made else AuditVerb.CLINIC_CHANGED
    audit.append(verb=verb, by=by, what=clinic, clinic=clinic)
    return clinic


class Settings(TypedDict, total=False):
    """What the leads of a clinic set; `disclaimers` and `titles` are by language, see Clinic.

    `stock_reasons` is None for the service's own.
    """

    time_zone: str
    locale: str
    week_starts_on: int | None
    disclaimers: Mapping[str, str]
    titles: Mapping[str, Mapping[str, str]]
    stock_reasons: Sequence[str] | None
    review_days: int
    usual_times_per_day: int
    usual_days_per_week: int
    usual_equipment: list[str]
    crisis_contact: str
    crisis_phone: str
    device_days: int
    asks_code: bool
    follow_up_kinds: Sequence[str]
    silent_days: int


@transaction.atomic
def change_settings(*, clinic: Clinic, by: User, **given: Unpack[Settings]) -> Clinic:
    """Say where a clinic lies, its customs and own words, what its plans begin with, and what it follows up.

    What is not given stays. Raises NotAllowed, UnknownTimeZone, UnknownLocale, UnknownLanguage, TextRefused,
    TooManyTitles, TooManyStockReasons, UnusualDefault, UnknownFollowUpKind, CrisisContactIncomplete.
    """
    if not permissions.may_change_settings(by, clinic.pk):
        raise NotAllowed
    clinic = Clinic.objects.select_for_update().get(pk=clinic.pk)
    for name, value in given.items():
        setattr(clinic, name, value)
    _check_locale(clinic)
    clean_words(clinic)
    clean_defaults(clinic)
    clean_crisis_contact(clinic)
    clinic.save(update_fields=list(Settings.__annotations__))
    shorten_devices(clinic=clinic)
    detail: dict[str, audit.Detail] = {"changed": ", ".join(sorted(given))}
    audit.append(verb=AuditVerb.CLINIC_CHANGED, by=by, what=clinic, clinic=clinic, detail=detail)
    return clinic


def _check_locale(clinic: Clinic) -> None:
    if clinic.time_zone not in time_zones():
        raise UnknownTimeZone(time_zone=clinic.time_zone)
    if not LOCALE.fullmatch(clinic.locale) or clinic.language not in dict(settings.LANGUAGES):
        raise UnknownLocale(locale=clinic.locale)


@transaction.atomic
def give_role(
    *, person: User, clinic: Clinic, role: Role, licence_number: str = "", by: User | None
) -> Membership:
    """Give a person a role in a clinic, or a new licence number in a role held already.

    `by` is None for the demonstration alone. With the first role in a clinic a password ends that somebody else knows:
    it would open this clinic to them. A lead, or the person, sets another. Raises NotAllowed, OwnRole, LicenceMissing.
    """
    _check(clinic, person, by)
    detail: dict[str, audit.Detail] = {}
    if by is not None and not person.memberships.filter(clinic=clinic).exists():
        works_elsewhere = person.memberships.exists()
        ended = _end_known_password(person)
        detail = {"from_elsewhere": True, "password_ended": ended} if works_elsewhere else {}
    return _give(person, clinic, role, licence_number, by, AuditVerb.ROLE_GIVEN, detail)


@transaction.atomic
def take_role(*, membership: Membership, by: User | None) -> None:
    """End a role; what the person did in it stays recorded. Raises NotAllowed, OwnRole.

    As nobody takes their own, a clinic that has a lead keeps one.
    """
    _check(membership.clinic, membership.person, by)
    audit.append(
        verb=AuditVerb.ROLE_TAKEN,
        by=by,
        what=membership,
        clinic=membership.clinic,
        person=membership.person,
        detail={"role": membership.role},
    )
    membership.delete()


@transaction.atomic
def give_first_lead(
    *, person: User, clinic: Clinic, also: Collection[Role] = (), licence_number: str = "", by: User
) -> None:
    """Make a person the lead of a clinic that has none whose account works, with further roles for a practice of one.

    Whoever works in the clinic sees it on the first page, so that nobody closes a lead's account to follow unseen.

    Raises NotAllowed, OwnRole, HasLead, LicenceMissing.
    """
    if not permissions.may_run_the_service(by):
        raise NotAllowed
    if person.pk == by.pk:
        raise OwnRole
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    leads = Membership.objects.filter(clinic=clinic, role=Role.LEAD, person__system=None)
    if leads.filter(person__is_active=True).exists():
        raise HasLead
    for role in (Role.LEAD, *also):
        _give(person, clinic, role, licence_number, by, AuditVerb.ROLE_FIRST_LEAD)


def _check(clinic: Clinic, person: User, by: User | None) -> None:
    if by is None:
        return
    # Two leads who take each other's role at once must not both succeed, so they come one after the other.
    Clinic.objects.select_for_update().get(pk=clinic.pk)
    leads = Membership.objects.filter(clinic=clinic, role=Role.LEAD, person=by, person__is_active=True)
    if not leads.exists():
        raise NotAllowed
    if person.pk == by.pk:
        raise OwnRole


def _end_known_password(person: User) -> bool:
    """End a password that the person has not chosen; say whether there was one."""
    if person.is_superuser or not person.has_usable_password():
        return False
    if person.memberships.exists() and not _set_by_another(person):
        return False
    person.set_unusable_password()
    person.save(update_fields=["password"])
    return True


def _set_by_another(person: User) -> bool:
    last = (
        AuditEvent.objects.filter(verb=AuditVerb.PERSON_PASSWORD_SET, person=person)
        .order_by("-created_at")
        .first()
    )
    return last is not None and last.created_by_id != person.pk


def _give(
    person: User,
    clinic: Clinic,
    role: Role,
    licence_number: str,
    by: User | None,
    verb: AuditVerb,
    further: dict[str, audit.Detail] | None = None,
) -> Membership:
    licence = ""
    if role == Role.REVIEWER:
        licence = clean_text(licence_number, field="Licence number", attribute="licence_number")
    if role == Role.REVIEWER and not licence:
        raise LicenceMissing
    membership, made = Membership.objects.update_or_create(
        person=person, clinic=clinic, role=role, defaults={"licence_number": licence}
    )
    detail: dict[str, audit.Detail] = {"role": role, "new": made, **(further or {})}
    audit.append(verb=verb, by=by, what=membership, clinic=clinic, person=person, detail=detail)
    return membership
