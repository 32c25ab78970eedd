"""Who may do what with which object. Denied unless a predicate here says yes.

Each `..._of` gives the rows that a person may see; the predicate of the same subject agrees with it.
"""

from collections.abc import Collection, Mapping
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from plans.exceptions import PlansError
from plans.models import (
    Clinic,
    DownloadLink,
    Exercise,
    FollowUp,
    Mail,
    Membership,
    Patient,
    Plan,
    Protocol,
    Publication,
    Reminder,
    Rendering,
    Role,
    Rule,
    User,
)
from plans.models.library import LibraryEntry

Person = User | AnonymousUser
Entry = TypeVar("Entry", bound=LibraryEntry)
TREATS = (Role.THERAPIST, Role.LEAD)
PROTOCOL_WRITERS = (Role.LEAD, Role.LIBRARY_ADMIN)
NOTE_READERS = (Role.LIBRARY_ADMIN, Role.REVIEWER)
RECALLERS = (Role.LEAD, Role.LIBRARY_ADMIN, Role.REVIEWER)


class NotAllowed(PlansError):
    """You may not do this."""

    code = "not_allowed"


def roles_of(person: Person) -> Mapping[UUID, frozenset[str]]:
    """Return the person's roles by clinic; read once for each loaded user, that is, once a request."""
    if not isinstance(person, User) or not person.is_active:
        return {}
    known: dict[UUID, frozenset[str]] | None = getattr(person, "_roles_by_clinic", None)
    if known is None:
        known, zones = {}, set()
        held = Membership.objects.filter(person=person)
        if person.on_behalf_of_id is not None:
            held = held.filter(clinic__in=_where_treats(person.on_behalf_of_id))
        for clinic_id, role, zone in held.values_list("clinic_id", "role", "clinic__time_zone"):
            known[clinic_id] = known.get(clinic_id, frozenset()) | {role}
            zones.add(zone)
        person._roles_by_clinic = known  # type: ignore[attr-defined]  # a note on the row for this request
        person._zones = zones  # type: ignore[attr-defined]  # of the same rows
    return known


def zones_of(person: Person) -> frozenset[str]:
    """Return the names of the time zones that the person's clinics lie in; read with the roles."""
    roles_of(person)
    return frozenset(getattr(person, "_zones", ()))


def zone_of(person: Person) -> ZoneInfo:
    zones = zones_of(person)
    return ZoneInfo(next(iter(zones)) if len(zones) == 1 else settings.TIME_ZONE)


def _where_treats(therapist_id: UUID) -> QuerySet[Membership, UUID]:
    """Return the clinics where this therapist works today: whoever acts on their behalf does so there alone."""
    works = Membership.objects.filter(person=therapist_id, person__is_active=True, role__in=TREATS)
    return works.values_list("clinic_id", flat=True)


def caseload_of(person: Person) -> UUID | None:
    """Return whose patients are the person's own: their own, or those of the therapist a system acts on behalf of."""
    return person.on_behalf_of_id or person.pk if isinstance(person, User) else None


def clinics_with(person: Person, *roles: Role) -> set[UUID]:
    return {clinic for clinic, held in roles_of(person).items() if not roles or held & set(roles)}


def clinics_of(person: Person) -> QuerySet[Clinic]:
    return Clinic.objects.filter(pk__in=clinics_with(person))


def patients_of(person: Person) -> QuerySet[Patient]:
    own = Q(clinic__in=clinics_with(person, Role.THERAPIST, Role.LEAD), therapist=caseload_of(person))
    return Patient.objects.filter(own | Q(clinic__in=clinics_with(person, Role.LEAD)))


def may_care_for(person: Person, patient: Patient) -> bool:
    """See and edit this patient, the plans, publications, renderings and links."""
    roles = roles_of(person).get(patient.clinic_id, frozenset())
    return Role.LEAD in roles or (Role.THERAPIST in roles and patient.therapist_id == caseload_of(person))


def may_publish(person: Person, plan: Plan | None = None) -> bool:
    """Issue this plan to its patient, or some plan: the person answers by name for what the patient is told to do."""
    return may_have_patients(person) if plan is None else may_care_for(person, plan.patient)


def may_have_patients(person: Person) -> bool:
    return bool(clinics_with(person, Role.THERAPIST, Role.LEAD))


def treating_in(clinics: Collection[UUID]) -> QuerySet[User]:
    treats = Membership.objects.filter(clinic__in=clinics, role__in=TREATS)
    return User.objects.filter(system=None, is_active=True, pk__in=treats.values("person"))


def plans_of(person: Person) -> QuerySet[Plan]:
    return Plan.objects.filter(patient__in=patients_of(person))


def publications_of(person: Person) -> QuerySet[Publication]:
    return Publication.objects.filter(plan__patient__in=patients_of(person))


def links_of(person: Person) -> QuerySet[DownloadLink]:
    return DownloadLink.objects.filter(plan__patient__in=patients_of(person))


def mails_of(person: Person) -> QuerySet[Mail]:
    return Mail.objects.filter(publication__plan__patient__in=patients_of(person))


def reminders_of(person: Person) -> QuerySet[Reminder]:
    return Reminder.objects.filter(schedule__plan__patient__in=patients_of(person))


def follow_ups_of(person: Person) -> QuerySet[FollowUp]:
    # The clinics say nothing that the patients do not; they lead to the index of what is open.
    return FollowUp.objects.filter(
        clinic__in=clinics_with(person, *TREATS), plan__patient__in=patients_of(person)
    )


def exercises_of(person: Person) -> QuerySet[Exercise]:
    return Exercise.objects.filter(_shared_or_own(person))


def rules_of(person: Person) -> QuerySet[Rule]:
    return Rule.objects.filter(_shared_or_own(person))


def entries_of(person: Person, model: type[Entry]) -> QuerySet[Entry]:
    return model._default_manager.filter(_shared_or_own(person))


def may_read_library(person: Person) -> bool:
    return bool(roles_of(person))


def may_edit_library(person: Person, clinic_id: UUID | None) -> bool:
    return clinic_id is not None and Role.LIBRARY_ADMIN in roles_of(person).get(clinic_id, frozenset())


def may_keep_a_library(person: Person) -> bool:
    return bool(clinics_with(person, Role.LIBRARY_ADMIN))


def protocols_of(person: Person) -> QuerySet[Protocol]:
    """The own clinics' protocols: no patient's data, so whoever works there reads them, as the library."""
    return Protocol.objects.filter(clinic__in=clinics_with(person))


def may_write_protocols(person: Person, clinic_id: UUID) -> bool:
    """Write this clinic's protocols: how all of it treats is the lead's matter, what it holds the library admin's."""
    return clinic_id in clinics_with(person, *PROTOCOL_WRITERS)


def may_make_protocols(person: Person, clinic_id: UUID) -> bool:
    """Make a protocol in this clinic: the clinic's own by its writers, and each therapist their own."""
    return clinic_id in clinics_with(person, *PROTOCOL_WRITERS, *TREATS)


def may_write_protocol(person: Person, protocol: Protocol) -> bool:
    """Write this one: a therapist's own is theirs, and the clinic's writers' too."""
    if may_write_protocols(person, protocol.clinic_id):
        return True
    own = isinstance(person, User) and protocol.kept_by_id == person.pk
    return own and may_make_protocols(person, protocol.clinic_id)


def may_keep_protocols(person: Person) -> bool:
    return bool(clinics_with(person, *PROTOCOL_WRITERS))


def may_review(person: Person, clinic_id: UUID) -> bool:
    return Role.REVIEWER in roles_of(person).get(clinic_id, frozenset())


def may_review_somewhere(person: Person) -> bool:
    return bool(clinics_with(person, Role.REVIEWER))


def may_read_notes(person: Person) -> bool:
    """Read what reviewers sent back: whoever writes the library, and the reviewers."""
    return bool(clinics_with(person, *NOTE_READERS))


def may_recall(person: Person, clinic_id: UUID) -> bool:
    """Stop the use of an exercise in this clinic: who sees a danger need not wait for whoever approved it."""
    return clinic_id in clinics_with(person, *RECALLERS)


def may_run_the_service(person: Person) -> bool:
    """Keep clinics and accounts; this shows no patient, and gives nobody a way to one."""
    return isinstance(person, User) and person.is_active and person.is_superuser


def may_keep_access(person: Person, clinic_id: UUID) -> bool:
    """Give and take roles in this clinic, make its systems and their keys: its leads, who read all of it anyway."""
    return clinic_id in clinics_with(person, Role.LEAD)


def may_change_settings(person: Person, clinic_id: UUID | None = None) -> bool:
    """Say where this clinic, or any, lies, and its own words on handouts: its leads, and who runs the service."""
    return _runs_the_service_or_leads(person, clinic_id)


def may_lead(person: Person) -> bool:
    return bool(clinics_with(person, Role.LEAD))


def people_of(person: Person) -> QuerySet[User]:
    """Accounts of people: all for who runs the service, for a lead those who work in the own clinics."""
    people = User.objects.filter(system=None)
    if may_run_the_service(person):
        return people
    led = clinics_with(person, Role.LEAD)
    return people.filter(pk__in=Membership.objects.filter(clinic__in=led).values("person"))


def may_set_password(by: Person, person: User) -> bool:
    """Set this person's password: who leads every clinic where the person works.

    Whoever sets a password can sign in with it, so it opens nothing to the setter that is not open already: neither
    to who runs the service, nor to a lead in another clinic, nor the service to a lead.
    """
    works_in = set(roles_of(person))
    return bool(works_in) and not person.is_superuser and works_in <= clinics_with(by, Role.LEAD)


def may_keep_account(by: Person, person: User) -> bool:
    return may_run_the_service(by) or may_set_password(by, person)


def renderings_of(person: Person) -> QuerySet[Rendering]:
    """Renderings as work to be done: all for who runs the service, for a lead those of the own clinics.

    This opens no file and tells no patient.
    """
    if may_run_the_service(person):
        return Rendering.objects.all()
    return Rendering.objects.filter(content__clinic__in=clinics_with(person, Role.LEAD))


def may_watch_renderings(person: Person, clinic_id: UUID | None = None) -> bool:
    """Watch the work on files, of this clinic or of any, and start what is stuck again."""
    return _runs_the_service_or_leads(person, clinic_id)


def _runs_the_service_or_leads(person: Person, clinic_id: UUID | None) -> bool:
    led = clinics_with(person, Role.LEAD)
    return may_run_the_service(person) or (bool(led) if clinic_id is None else clinic_id in led)


def _shared_or_own(person: Person) -> Q:
    clinics = clinics_with(person)
    if not clinics:
        return Q(pk__in=[])
    return Q(clinic=None) | Q(clinic__in=clinics)
