"""A protocol's items as they were given: which exercise each names, and its dose."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Q

from plans.api.lookups.item_lists import Given, found_or_refused, read_list
from plans.api.lookups.items import usual_dose
from plans.api.serializers.doses import dose_over
from plans.dose import Dose
from plans.models import Clinic, Exercise, Protocol, ProtocolItem
from plans.queries.exercises import offered_revisions
from plans.queries.rules import shared_or_of


def read_protocol_items(
    given: Given, *, protocol: Protocol, clinic: Clinic
) -> tuple[list[ProtocolItem], set[UUID]]:
    """Give the rows in their order, and the ids of those that were left out.

    Raises ValidationError that names the place of an item which is not the protocol's or names no known exercise.
    """
    held = {} if protocol._state.adding else {item.pk: item for item in protocol.items.all()}
    library = _Library(given, clinic)

    def fill(item: ProtocolItem, one: dict[str, Any]) -> None:
        new = item._state.adding
        if new or _names_exercise(one):
            item.exercise = library.exercise(one)
        item.dose = dose_over(library.usual_dose(item.exercise) if new else item.dose, one)

    return read_list(given, held=held, make=ProtocolItem, fill=fill)


def _names_exercise(one: dict[str, Any]) -> bool:
    return "exercise" in one or "exercise_id" in one


class _Library:
    """The exercises that a list names, with their usual doses, read at once."""

    def __init__(self, given: Given, clinic: Clinic) -> None:
        codes = {_code(one) for one in given} - {None}
        wanted = {one["exercise_id"] for one in given if "exercise_id" in one}
        rows = Exercise.objects.filter(shared_or_of(clinic)).filter(Q(code__in=codes) | Q(pk__in=wanted))
        found = sorted(rows, key=lambda row: row.clinic_id is not None)
        self.by_code = {row.code: row for row in found}
        self.by_id = {row.pk: row for row in found}
        revisions = offered_revisions([clinic.pk]).filter(exercise__in=self.by_id)
        self.doses = {row.exercise_id: usual_dose(row) for row in revisions}

    def exercise(self, one: dict[str, Any]) -> Exercise:
        if "exercise_id" in one:
            found, field = self.by_id.get(one["exercise_id"]), "exercise"
        else:
            found, field = self.by_code.get(_code(one) or ""), "exercise_code"
        exercise: Exercise = found_or_refused(found, field, named=_names_exercise(one))
        return exercise

    def usual_dose(self, exercise: Exercise) -> Dose:
        return replace(self.doses.get(exercise.pk, Dose()), until=None)


def _code(one: dict[str, Any]) -> str | None:
    code: str | None = one.get("exercise", {}).get("code")
    return code
