"""What a clinic and a therapist are used to: habit, which is no evidence, and is said to be habit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from plans.models import FavouriteExercise, Patient, PatientCondition, Plan, PlanItem, User

LEAST_PATIENTS = 5
"""Of fewer it would be a handful's habit, and might tell who they were."""
MAX_USUAL = 24
MAX_RECENT = 24
ITEMS_LOOKED_AT = 300
EXERCISE = "patient__plans__publications__published_revisions__revision__exercise"


@dataclass(frozen=True, kw_only=True)
class Usual:
    """In how many patients' issued plans an exercise stands, of those of the clinic who have the condition too."""

    patients: int
    of: int
    condition: str


def usual_exercises(patient: Patient) -> Mapping[UUID, Usual]:
    """Return what the clinic issued for others with the patient's conditions, the most usual first."""
    own = patient.conditions.filter(cleared_on=None).values("condition")
    others = PatientCondition.objects.filter(condition__in=own, patient__clinic=patient.clinic_id)
    others = others.exclude(patient=patient.pk).order_by()
    found = _counted(others.exclude(**{EXERCISE: None}), "condition", "condition__name", EXERCISE)
    found = [row for row in found if row[-1] >= LEAST_PATIENTS]
    if not found:
        return {}
    issued = others.filter(patient__plans__publications__isnull=False)
    of: dict[UUID, int] = dict(_counted(issued, "condition"))
    usual: dict[UUID, Usual] = {}
    for condition, name, exercise, count in sorted(found, key=lambda row: -row[-1] / of[row[0]]):
        usual.setdefault(exercise, Usual(patients=count, of=of[condition], condition=name))
    return dict(list(usual.items())[:MAX_USUAL])


def recent_exercises(person: User, *, besides: Plan) -> Mapping[UUID, date]:
    """Return what stands in the plans that a person began, with the day of the last one, the newest first."""
    items = PlanItem.objects.filter(plan__created_by=person).exclude(plan=besides.pk)
    rows = items.order_by("-plan__updated_at", "order").values_list("revision__exercise", "plan__updated_at")
    recent: dict[UUID, date] = {}
    for exercise, moment in rows[:ITEMS_LOOKED_AT]:
        recent.setdefault(exercise, timezone.localdate(moment))
        if len(recent) == MAX_RECENT:
            break
    return recent


def favourites_of(person: User) -> frozenset[UUID]:
    return frozenset(FavouriteExercise.objects.filter(person=person).values_list("exercise", flat=True))


def _counted(rows: QuerySet[PatientCondition], *names: str) -> list[Any]:
    return list(rows.values_list(*names).annotate(patients=Count("patient", distinct=True)))
