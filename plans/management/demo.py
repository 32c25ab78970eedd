"""The demonstration: a made-up clinic with its people, a patient with a herniated disc, and a published plan.

It goes the way that people go, through the actions; a run that was cut off leaves nothing, and a second run
finds the clinic and changes nothing.
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from oauth2_provider.scopes import get_scopes_backend

from plans.actions import approving, clinics, patients, people, publishing, systems
from plans.actions import plans as plan_actions
from plans.actions import protocols as protocol_actions
from plans.dose import Dose, Side, Span
from plans.handout.formats import Copy, Format, Paper, Size
from plans.languages import LANGUAGES
from plans.models import (
    AdviceText,
    Clinic,
    Condition,
    ExerciseRevision,
    LeafletText,
    LibraryProtocolRevision,
    Patient,
    PatientCondition,
    PatientSymptom,
    Plan,
    PlanItem,
    Protocol,
    ProtocolItem,
    Publication,
    Role,
    RuleRevision,
    Symptom,
    User,
)

CLINIC = "Riverside Physiotherapy (demonstration)"
LANGUAGES_REVIEWED = ("en", "es")
EXERCISES = (
    "pelvic-tilt",
    "single-knee-to-chest",
    "cat-cow",
    "bird-dog",
    "glute-bridge",
    "prone-press-up",
    "lower-trunk-rotation",
    "walking",
)
PROTOCOL_ITEMS = 5
WALK = Dose(
    sets=Span(1, 1), duration_seconds=Span(600, 900), times_per_day=Span(1, 2), days_per_week=Span(7, 7)
)
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
    """The published plan, and the logins and the key that were made just now, if any."""

    publication: Publication
    logins: tuple[Login, ...] = field(default=(), repr=False)
    key: systems.MadeKey | None = None


def find_demo() -> Publication | None:
    issued = Publication.objects.filter(plan__patient__clinic__name=CLINIC)
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
    plan = _plan(_patient(clinic, therapist.person), therapist.person)
    _protocol(plan, admin.person)
    key = _key(clinic, lead.person, therapist.person)
    made = (therapist, lead, admin, service)
    logins = tuple(one.login for one in made)
    for one in made:
        # At the end: the first role ends a password that somebody else has set.
        people.set_password(person=one.person, password=one.login.password, by=None)
    return Demo(_publish(plan, therapist.person), logins, key)


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
            disclaimer="This sheet is part of a demonstration. It does not replace advice from your own clinic.",
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
    for language in LANGUAGES_REVIEWED:
        approving.approve_wording(language=LANGUAGES[language].code, clinic=clinic, by=by)


def _patient(clinic: Clinic, therapist: User) -> Patient:
    onset = timezone.localdate() - timedelta(days=91)
    patient = Patient(
        clinic=clinic,
        therapist=therapist,
        name="Jordan Demo",
        birth_date=date(1968, 4, 12),
        record_number="D-0001",
        equipment=["mat", "pillow", "chair", "wall"],
    )
    return patients.save_patient(
        patient=patient,
        conditions=[
            PatientCondition(patient=patient, condition=_condition("disc_herniation"), onset=onset),
            PatientCondition(patient=patient, condition=_condition("sciatica"), onset=onset),
        ],
        symptoms=[
            PatientSymptom(
                patient=patient, symptom=Symptom.objects.get(code="radiating_leg_pain", clinic=None)
            )
        ],
        by=therapist,
    )


def _condition(code: str) -> Condition:
    return Condition.objects.get(code=code, clinic=None)


def _plan(patient: Patient, therapist: User) -> Plan:
    today = timezone.localdate()
    plan = Plan(
        patient=patient,
        title="Your back: exercises at home",
        goals="Walk for 20 minutes without leg pain.",
        start_on=today,
        review_on=today + timedelta(days=28),
        note="Start with half the numbers if your back is sore in the morning.",
        times_per_day_min=1,
        times_per_day_max=1,
        days_per_week_min=5,
        days_per_week_max=7,
    )
    items = [_item(code, order) for order, code in enumerate(EXERCISES, start=1)]
    return plan_actions.save_plan(plan=plan, items=items, by=therapist)


def _protocol(plan: Plan, admin: User) -> None:
    """Keep the plan's first exercises as what the next patient with a herniated disc begins with."""
    protocol = Protocol(
        clinic=plan.patient.clinic,
        title="Herniated disc, the first two weeks",
        condition=_condition("disc_herniation"),
        phase="first weeks",
        window_anchor="onset",
        window_from_day=0,
        window_to_day=14,
        go_on_when={
            "en": "Sits and walks for half an hour, and the leg hurts less.",
            "es": "Se sienta y camina media hora, y la pierna duele menos.",
        },
        guidance="Demonstration. Look at the leg first: what makes its pain go further down is left out.",
        times_per_day_min=1,
        times_per_day_max=1,
        days_per_week_min=5,
        days_per_week_max=7,
    )
    items = []
    for row in plan.items.select_related("revision__exercise")[:PROTOCOL_ITEMS]:
        items.append(ProtocolItem(exercise=row.revision.exercise, order=row.order))
        items[-1].dose = row.dose
    protocol_actions.save_protocol(protocol=protocol, items=items, by=admin)


def _item(code: str, order: int) -> PlanItem:
    revision = ExerciseRevision.objects.select_related("exercise").get(
        exercise__code=code, exercise__clinic=None, newest=True
    )
    item = PlanItem(revision=revision, order=order)
    dose = WALK if code == "walking" else revision.dose
    item.dose = replace(dose, side=Side.EACH if revision.one_sided else dose.side)
    return item


def _publish(plan: Plan, therapist: User) -> Publication:
    prepared = publishing.prepare(plan=plan, by=therapist, formats=())
    reasons = {
        card.cause: REASONS.get(card.findings[0].code, REASON)
        for card in prepared.check.cards
        if card.takes_reason
    }
    published = publishing.publish(
        plan=plan, expected_hash=prepared.expected_hash, by=therapist, formats=FORMATS, reasons=reasons
    )
    return published.publication
