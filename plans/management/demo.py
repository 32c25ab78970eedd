"""The demonstration: a made-up clinic with its people and four patients, each with a published plan.

A herniated disc, whose plan is chosen by hand, comes first; the others begin with protocols of the library. It goes
the way that people go, through the actions; a run that was cut off leaves nothing, and a second run finds the clinic
and changes nothing.
"""

import secrets
from dataclasses import dataclass, field

from django.db import transaction
from oauth2_provider.scopes import get_scopes_backend

from plans.actions import approving, clinics, people, publishing, systems
from plans.handout.formats import Copy, Format, Paper, Size
from plans.languages import LANGUAGES
from plans.management.demo_back import FIRST, make_back_plan, make_protocol
from plans.management.demo_patients import DEMO_PATIENTS, make_plan
from plans.models import (
    AdviceText,
    Clinic,
    ExerciseRevision,
    LeafletText,
    LibraryProtocolRevision,
    MeasureText,
    Plan,
    Publication,
    Role,
    RuleRevision,
    SymptomSentence,
    User,
)

CLINIC = "Riverside Physiotherapy (demonstration)"
DISCLAIMERS = {
    "en": "This sheet is part of a demonstration. It does not replace advice from your own clinic.",
    "es": "Esta hoja es parte de una demostración. No sustituye los consejos de su propia clínica.",
}
LANGUAGES_REVIEWED = ("en", "es")
FORMATS = (
    Format(),
    Format(size=Size.LARGE),
    Format(paper=Paper.LETTER),
    Format(copy=Copy.SUMMARY),
    Format(copy=Copy.CLINICIAN),
)
REASONS = {
    "condition_rule": "Tried in the clinic today: the leg pain did not get worse. Small range, slowly.",
    "burden_too_many": "Demonstration of all seed exercises; a real plan would start with three.",
}
REASON = "Looked at with the patient in the clinic; we go on and look again at the review."


@dataclass(frozen=True)
class Login:
    """An account of the demonstration: its password is told this once."""

    username: str
    password: str
    what: str


@dataclass(frozen=True)
class Demo:
    """The first published plan, and the logins and the key that were made just now, if any."""

    publication: Publication
    logins: tuple[Login, ...] = field(default=(), repr=False)
    key: systems.MadeKey | None = None


def find_demo() -> Publication | None:
    """Return the newest version of the first patient's plan."""
    return _newest(FIRST)


def find_others() -> list[tuple[str, Publication]]:
    """Return the newest versions of the other patients' plans, each with what it is for."""
    found = ((given.what, _newest(given.record_number)) for given in DEMO_PATIENTS)
    return [(what, publication) for what, publication in found if publication]


def _newest(record_number: str) -> Publication | None:
    issued = Publication.objects.filter(
        plan__patient__clinic__name=CLINIC, plan__patient__record_number=record_number
    )
    return issued.order_by("-published_at").first()


@transaction.atomic
def make_demo() -> Demo:
    """Make what is missing; a demo clinic that is there already stays as people left it."""
    found = find_demo()
    if found:
        return Demo(found)
    service = _person(
        "demo.service", "Robin", "Service", "runs the service: clinics, accounts, files; no patient"
    )
    lead = _person("demo.lead", "Alex", "Lead", "lead: the whole clinic, its people, systems and keys")
    admin = _person(
        "demo.admin", "Lee", "Admin", "library admin and reviewer: writes and approves the library"
    )
    therapist = _person("demo.therapist", "Sam", "Therapist", "therapist: patients, plans, publications")
    clinic = _clinic(service.person)
    _roles(clinic, service.person, lead.person, admin.person, therapist.person)
    _approve_all(clinic, admin.person)
    plan = make_back_plan(clinic, therapist=therapist.person)
    make_protocol(plan, by=admin.person)
    key = _key(clinic, lead.person, therapist.person)
    made = (therapist, lead, admin, service)
    logins = tuple(one.login for one in made)
    for one in made:
        # At the end: the first role ends a password that somebody else has set.
        people.set_password(person=one.person, password=one.login.password, by=None)
    first = _publish(plan, therapist.person)
    for given in DEMO_PATIENTS:
        begun = make_plan(given, clinic=clinic, therapist=therapist.person)
        _publish(begun, therapist.person, formats=given.formats)
    return Demo(first, logins, key)


@dataclass(frozen=True)
class _Made:
    person: User
    login: Login


def _person(username: str, first_name: str, last_name: str, what: str) -> _Made:
    person = people.save_person(
        person=User(
            username=username,
            first_name=first_name,
            last_name=last_name,
            is_superuser=username == "demo.service",
        ),
        by=None,
    )
    return _Made(person, Login(username, secrets.token_urlsafe(12), what))


def _clinic(service: User) -> Clinic:
    return clinics.make_clinic(
        clinic=Clinic(
            name=CLINIC,
            address="12 River Street, Springfield",
            phone="555 0142",
            demonstration=True,
            disclaimers=DISCLAIMERS,
        ),
        by=service,
    )


def _roles(clinic: Clinic, service: User, lead: User, admin: User, therapist: User) -> None:
    """Go the way of every clinic: who runs the service makes the first lead, the lead gives all further roles."""
    clinics.give_first_lead(person=lead, clinic=clinic, by=service)
    clinics.give_role(person=admin, clinic=clinic, role=Role.LIBRARY_ADMIN, by=lead)
    clinics.give_role(person=admin, clinic=clinic, role=Role.REVIEWER, licence_number="DEMO-0000", by=lead)
    clinics.give_role(person=therapist, clinic=clinic, role=Role.THERAPIST, by=lead)


def _key(clinic: Clinic, lead: User, therapist: User) -> systems.MadeKey:
    system = systems.make_system(
        clinic=clinic, name="Demonstration", role=Role.THERAPIST, on_behalf_of=therapist, by=lead
    )
    return systems.add_key(system=system, scopes=get_scopes_backend().get_all_scopes(), by=lead)


def _approve_all(clinic: Clinic, by: User) -> None:
    approving.approve_exercises(
        revisions=ExerciseRevision.objects.filter(newest=True, exercise__clinic=None), clinic=clinic, by=by
    )
    approving.approve_rules(
        revisions=RuleRevision.objects.filter(newest=True, rule__clinic=None), clinic=clinic, by=by
    )
    approving.approve(things=AdviceText.objects.filter(advice__clinic=None), clinic=clinic, by=by)
    protocols = LibraryProtocolRevision.objects.filter(newest=True, protocol__clinic=None)
    approving.approve(things=protocols, clinic=clinic, by=by)
    approving.approve(things=LeafletText.objects.filter(leaflet__clinic=None), clinic=clinic, by=by)
    approving.approve(things=MeasureText.objects.filter(measure__clinic=None), clinic=clinic, by=by)
    approving.approve(things=SymptomSentence.objects.filter(symptom__clinic=None), clinic=clinic, by=by)
    for language in LANGUAGES_REVIEWED:
        approving.approve_wording(language=LANGUAGES[language].code, clinic=clinic, by=by)


def _publish(plan: Plan, therapist: User, *, formats: tuple[Format, ...] = FORMATS) -> Publication:
    prepared = publishing.prepare(plan=plan, by=therapist, formats=())
    reasons = {
        card.cause: REASONS.get(card.findings[0].code, REASON)
        for card in prepared.check.cards
        if card.takes_reason
    }
    published = publishing.publish(
        plan=plan, expected_hash=prepared.expected_hash, by=therapist, formats=formats, reasons=reasons
    )
    return published.publication
