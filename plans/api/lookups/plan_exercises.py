"""The exercises of plans as the API tells them with `expand=exercises`: read for all plans at once."""

from typing import Any
from uuid import UUID

from plans.models import ExerciseInUse, ExerciseRevision, ExerciseText, Plan


def names_in_plans(plans: Any) -> dict[tuple[UUID, str], str]:
    wanted = {item.revision_id for plan in plans for item in plan.items.all()}
    languages = {plan.patient.language for plan in plans}
    texts = ExerciseText.objects.filter(revision__in=wanted, language__in=languages)
    return {
        (revision, language): name
        for revision, language, name in texts.values_list("revision", "language", "name")
    }


def revisions_in_use(plans: Any) -> dict[tuple[UUID, UUID], UUID]:
    exercises = {item.revision.exercise_id for plan in plans for item in plan.items.all()}
    clinics = {plan.patient.clinic_id for plan in plans}
    rows = ExerciseInUse.objects.filter(clinic__in=clinics, exercise__in=exercises)
    return {(row.clinic_id, row.exercise_id): row.revision_id for row in rows}


def exercises_of(
    plan: Plan, names: dict[tuple[UUID, str], str], in_use: dict[tuple[UUID, UUID], UUID]
) -> list[dict[str, Any]]:
    revisions = {item.revision_id: item.revision for item in plan.items.all()}
    return [
        {
            "revision": key,
            "code": revision.exercise.code,
            "name": names.get((key, plan.patient.language), revision.exercise.code),
            "position": revision.position,
            "newest": _is_newest(revision, in_use.get((plan.patient.clinic_id, revision.exercise_id))),
        }
        for key, revision in revisions.items()
    ]


def _is_newest(revision: ExerciseRevision, in_use: UUID | None) -> bool:
    """Whether the clinic goes on with this revision; without one in use, whether it is the newest."""
    return revision.newest if in_use is None else revision.pk == in_use
