"""The exercises of protocols as the API tells them with `expand=exercises`: read for all protocols at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from plans.models import Exercise, Protocol
from plans.queries.exercises import revisions_in_use
from plans.queries.protocols import names_of


def exercises_of(protocols: Sequence[Protocol]) -> dict[UUID, list[dict[str, Any]]]:
    """Return what is told of each protocol's exercises; the queries grow with the clinics, not with the rows."""
    of = {
        protocol.pk: {item.exercise_id: item.exercise for item in protocol.items.all()}
        for protocol in protocols
    }
    names = names_of(
        {key for exercises in of.values() for key in exercises},
        clinics={protocol.clinic_id for protocol in protocols},
    )
    approved = {}
    for clinic in {protocol.clinic for protocol in protocols}:
        own = {key for protocol in protocols if protocol.clinic_id == clinic.pk for key in of[protocol.pk]}
        approved[clinic.pk] = revisions_in_use(own, clinic=clinic)
    return {
        protocol.pk: [
            _exercise(exercise, names.get(key), approved[protocol.clinic_id].get(key))
            for key, exercise in of[protocol.pk].items()
        ]
        for protocol in protocols
    }


def _exercise(exercise: Exercise, name: str | None, revision: Any) -> dict[str, Any]:
    return {
        "exercise": exercise.pk,
        "code": exercise.code,
        "name": name or exercise.code,
        "retired": exercise.retired_on is not None,
        "revision": revision and revision.pk,
    }
