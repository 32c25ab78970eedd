"""The demonstration's three patients who begin with a protocol of the library: a new knee, a shoulder, falls."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone

from plans.actions import patients
from plans.actions import plans as plan_actions
from plans.actions.apply_protocol import start_plan
from plans.dose import Side
from plans.handout.formats import Format, Size
from plans.models import (
    BodySide,
    Clinic,
    Condition,
    LibraryProtocol,
    Patient,
    PatientCondition,
    Plan,
    User,
)


@dataclass(frozen=True, kw_only=True)
class DemoPatient:
    """Somebody invented, what is known of them, and the protocol that their plan begins with."""

    record_number: str
    what: str
    name: str
    birth_date: date
    language: str
    conditions: tuple[str, ...]
    protocol: str
    side: str = ""
    operated_days_ago: int | None = None
    equipment: tuple[str, ...] = ()
    goals: str = ""
    formats: tuple[Format, ...] = (Format(),)


DEMO_PATIENTS = (
    DemoPatient(
        record_number="D-0002",
        what="a new knee, third week, in Spanish",
        name="Marisol Demo",
        birth_date=date(1955, 9, 3),
        language="es",
        conditions=("total_knee_replacement",),
        protocol="tkr-0-6",
        side="right",
        operated_days_ago=17,
        equipment=("bed", "chair", "towel"),
        goals="Caminar hasta el mercado sin bastón.",
    ),
    DemoPatient(
        record_number="D-0003",
        what="a sore shoulder",
        name="Casey Demo",
        birth_date=date(1979, 2, 21),
        language="en",
        conditions=("rotator_cuff_pain",),
        protocol="rotator-cuff-1",
        side="left",
        equipment=("chair", "table", "wall", "towel", "light_weight"),
        goals="Reach the top shelf without pain.",
    ),
    DemoPatient(
        record_number="D-0004",
        what="risk of falling, in Spanish and large print",
        name="Ernesto Demo",
        birth_date=date(1943, 11, 30),
        language="es",
        conditions=("falls_risk", "osteoporosis"),
        protocol="otago-a",
        equipment=("chair", "table", "wall"),
        goals="Subir la escalera de casa sin miedo.",
        formats=(Format(), Format(size=Size.LARGE)),
    ),
)


def make_plan(given: DemoPatient, *, clinic: Clinic, therapist: User) -> Plan:
    """Make the patient and their plan, by the actions of the desk."""
    today = timezone.localdate()
    protocol = LibraryProtocol.objects.get(code=given.protocol, clinic=None)
    joined = start_plan(
        protocol=protocol,
        patient=_patient(given, clinic, therapist),
        start_on=today,
        review_on=today + timedelta(days=28),
        by=therapist,
    )
    plan = joined.plan
    plan.goals = given.goals
    items = list(plan.items.select_related("revision"))
    for item in items:
        # A protocol says "each side"; of this patient one side is to work.
        if given.side and item.revision.one_sided:
            item.dose = replace(item.dose, side=Side(given.side))
    return plan_actions.save_plan(plan=plan, items=items, by=therapist)


def _patient(given: DemoPatient, clinic: Clinic, therapist: User) -> Patient:
    patient = Patient(
        clinic=clinic,
        therapist=therapist,
        name=given.name,
        birth_date=given.birth_date,
        language=given.language,
        record_number=given.record_number,
        equipment=list(given.equipment),
    )
    conditions = [_condition(patient, code, given) for code in given.conditions]
    return patients.save_patient(patient=patient, conditions=conditions, by=therapist)


def _condition(patient: Patient, code: str, given: DemoPatient) -> PatientCondition:
    condition = Condition.objects.get(code=code, clinic=None)
    row = PatientCondition(patient=patient, condition=condition)
    if condition.sided:
        row.side = BodySide(given.side)
    if given.operated_days_ago is not None:
        row.surgery_on = timezone.localdate() - timedelta(days=given.operated_days_ago)
    return row
