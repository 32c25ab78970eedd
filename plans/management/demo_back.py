"""The demonstration's first patient, with a herniated disc: a plan that is chosen by hand, kept as a protocol."""

from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from plans.actions import patients
from plans.actions import plans as plan_actions
from plans.actions import protocols as protocol_actions
from plans.dose import Dose, Side, Span
from plans.models import (
    Clinic,
    Condition,
    ExerciseRevision,
    Patient,
    PatientCondition,
    PatientSymptom,
    Plan,
    PlanItem,
    Protocol,
    ProtocolItem,
    Symptom,
    User,
)

FIRST = "D-0001"
"""The record number of the patient whose plan is shown first."""
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


def _patient(clinic: Clinic, therapist: User) -> Patient:
    onset = timezone.localdate() - timedelta(days=91)
    patient = Patient(
        clinic=clinic,
        therapist=therapist,
        name="Jordan Demo",
        birth_date=date(1968, 4, 12),
        record_number=FIRST,
        equipment=["mat", "pillow", "chair", "wall"],
    )
    return patients.save_patient(
        patient=patient,
        conditions=[
            PatientCondition(patient=patient, condition=condition_of("disc_herniation"), onset=onset),
            PatientCondition(patient=patient, condition=condition_of("sciatica"), onset=onset),
        ],
        symptoms=[
            PatientSymptom(
                patient=patient, symptom=Symptom.objects.get(code="radiating_leg_pain", clinic=None)
            )
        ],
        by=therapist,
    )


def condition_of(code: str) -> Condition:
    return Condition.objects.get(code=code, clinic=None)


def make_back_plan(clinic: Clinic, *, therapist: User) -> Plan:
    patient = _patient(clinic, therapist)
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
    items = [item_of(code, order) for order, code in enumerate(EXERCISES, start=1)]
    return plan_actions.save_plan(plan=plan, items=items, by=therapist)


def make_protocol(plan: Plan, *, by: User) -> None:
    """Keep the plan's first exercises as what the next patient with a herniated disc begins with."""
    protocol = Protocol(
        clinic=plan.patient.clinic,
        title="Herniated disc, the first two weeks",
        condition=condition_of("disc_herniation"),
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
    protocol_actions.save_protocol(protocol=protocol, items=items, by=by)


def item_of(code: str, order: int) -> PlanItem:
    revision = ExerciseRevision.objects.select_related("exercise").get(
        exercise__code=code, exercise__clinic=None, newest=True
    )
    item = PlanItem(revision=revision, order=order)
    dose = WALK if code == "walking" else revision.dose
    item.dose = replace(dose, side=Side.EACH if revision.one_sided else dose.side)
    return item
