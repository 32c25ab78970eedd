"""A clinic large enough to measure the API with: patients, plans that could be published, a system with a token."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from oauth2_provider.models import get_access_token_model
from oauthlib.common import generate_token

from bench.samples import demo_publication
from plans.actions import systems
from plans.api.scopes import SCOPES
from plans.models import Clinic, Patient, PatientCondition, Plan, PlanItem

CODES = ("pelvic-tilt", "cat-cow", "bird-dog")
ITEMS = len(CODES)


@dataclass(frozen=True)
class World:
    """The token, the plans to publish, one of them with a single exercise, and a question for the rules."""

    token: str
    plans: list[UUID]
    short_plan: UUID
    question: dict[str, Any]


def make(*, patients: int, plans: int) -> World:
    """Fill the demo's clinic, whose library is approved already; rows are written in bulk, as they are only read."""
    publication = demo_publication()
    model = publication.plan
    clinic, therapist = model.patient.clinic, model.patient.therapist
    people = [
        Patient(
            clinic=clinic,
            therapist=therapist,
            name=f"Robin {number % 1000} Example {number}",
            birth_date=date(1950 + number % 50, 1 + number % 12, 1 + number % 28),
            record_number=f"B-{number}",
            equipment=["mat", "pillow", "chair", "wall"],
        )
        for number in range(patients)
    ]
    Patient.objects.bulk_create(people)
    condition = model.patient.conditions.get(condition__code="sciatica").condition
    PatientCondition.objects.bulk_create(PatientCondition(patient=one, condition=condition) for one in people)
    made = _plans(model, people, plans)
    items = list(model.items.select_related("revision__exercise"))
    question: dict[str, Any] = {
        "birth_date": "1960-01-01",
        "conditions": [{"condition": "sciatica", "onset": "2026-01-01"}, {"condition": "disc_herniation"}],
        "items": [{"exercise_code": item.revision.exercise.code} for item in items],
    }
    short = made.pop()
    PlanItem.objects.filter(plan=short, order__gt=1).delete()
    return World(_token(clinic), made, short, question)


def _plans(model: Plan, people: list[Patient], count: int) -> list[UUID]:
    today = timezone.localdate()
    made = [
        Plan(
            patient=people[number % len(people)],
            title=f"Plan {number}",
            start_on=today,
            review_on=today + timedelta(days=42),
            created_by=model.created_by,
            times_per_day_min=1,
            times_per_day_max=1,
            days_per_week_min=7,
            days_per_week_max=7,
        )
        for number in range(count)
    ]
    Plan.objects.bulk_create(made)
    chosen = [
        item
        for item in model.items.select_related("revision__exercise")
        if item.revision.exercise.code in CODES
    ]
    rows = []
    for plan in made:
        for order, item in enumerate(chosen, start=1):
            row = PlanItem(plan=plan, revision=item.revision, order=order)
            row.dose = item.dose
            rows.append(row)
    PlanItem.objects.bulk_create(rows, batch_size=1000)
    return [plan.pk for plan in made]


def _token(clinic: Clinic) -> str:
    system = systems.make_system(clinic=clinic, name="Benchmark", by=None)
    key = systems.add_key(system=system, scopes=list(SCOPES), by=None).key
    token = generate_token()
    row = get_access_token_model()(
        application=key, scope=" ".join(SCOPES), expires=timezone.now() + timedelta(days=1)
    )
    row._raw_token = token
    row.save()
    return token
