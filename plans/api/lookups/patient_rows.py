"""The conditions and symptoms of a body, matched with the rows that the patient has."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Q

from plans.api.lookups.conditions import GivenCondition, read_conditions
from plans.api.lookups.library import by_codes
from plans.models import Patient, PatientCondition, PatientLimit, PatientSymptom, Symptom

CLEARANCE = ("cleared_on", "cleared_by", "cleared_how")
Given = dict[str, Any]
Row = TypeVar("Row", PatientCondition, PatientSymptom, PatientLimit)


@dataclass(frozen=True)
class GivenRows(Generic[Row]):
    """The rows that a list gives, the place in it where each is told, and the ids of rows that it leaves out."""

    rows: list[Row] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    left_out: set[UUID] = field(default_factory=set)


def condition_rows(patient: Patient, given: Sequence[Given] | None) -> GivenRows[PatientCondition]:
    """Match conditions by code and side, and then by the code alone: a side may be told later, or left out.

    Raises ValidationError.
    """
    if given is None:
        return GivenRows()
    held = [] if patient._state.adding else list(patient.conditions.all())
    told = read_conditions(given, patient.clinic)
    matched: dict[int, PatientCondition] = {}
    for matches in (_is_of_side, _is_of_condition):
        for place, named in enumerate(told):
            found = next((row for row in held if place not in matched and matches(row, named)), None)
            if found is not None:
                held.remove(found)
                matched[place] = found
    rows, places = [], []
    for place, named in enumerate(told):
        row = matched.get(place) or PatientCondition(patient=patient, condition=named.condition)
        row.side = row.side if named.side is None else named.side
        row.operated = named.told.get("operated", row.operated) or ""
        _take(row, named.told, ("onset", "surgery_on", "due_on"))
        row.recorded_as = list(dict.fromkeys([*row.recorded_as, *named.recorded_as]))
        rows.append(row)
        places.append(named.place)
    return GivenRows(rows, places, {row.pk for row in held})


def _is_of_side(row: PatientCondition, named: GivenCondition) -> bool:
    return _is_of_condition(row, named) and row.side == (named.side or "")


def _is_of_condition(row: PatientCondition, named: GivenCondition) -> bool:
    return row.condition.code == named.condition.code


def symptom_rows(patient: Patient, given: Sequence[Given] | None) -> GivenRows[PatientSymptom]:
    """Match symptoms, of which one code may stand beside others that were cleared. Raises ValidationError.

    What was cleared stays on record: it is not left out by a list that does not name it, and a symptom that is reported
    again is a new row.
    """
    if given is None:
        return GivenRows()
    cleared = {place for place, told in enumerate(given) if told.get("cleared_on")}
    codes = [told["symptom"]["code"] for told in given]
    held = [] if patient._state.adding else list(patient.symptoms.all())
    # What the library has retired is recorded of nobody anew, and stays where it is.
    usable = Q(retired_on=None) | Q(pk__in={row.symptom_id for row in held})
    known = by_codes(Symptom, codes, patient.clinic, "symptoms", again=cleared, usable=usable)
    matched: dict[int, PatientSymptom] = {}
    # In this order: what says the same as a cleared row is that row, and only then can another clear what stands.
    for matches in (_is_recorded, _stands, _of_that_day):
        for place, told in enumerate(given):
            found = next((row for row in held if place not in matched and matches(row, told)), None)
            if found is not None:
                held.remove(found)
                matched[place] = found
    rows = []
    for place, told in enumerate(given):
        row = matched.get(place) or PatientSymptom(patient=patient, symptom=known[codes[place]])
        # A day that is left out stays: without it a clearance of any day would count.
        _take(row, {"noted_on": row.noted_on, **told}, ("noted_on",))
        rows.append(row)
    return GivenRows(rows, list(range(len(rows))), {row.pk for row in held if not row.is_cleared})


def _is_recorded(row: PatientSymptom, told: Given) -> bool:
    same = all((getattr(row, name) or None) == (told.get(name) or None) for name in CLEARANCE)
    of_its_day = told.get("noted_on") in (None, row.noted_on)
    return row.is_cleared and same and of_its_day and row.symptom.code == told["symptom"]["code"]


def _stands(row: PatientSymptom, told: Given) -> bool:
    """Whether it is a row that was not cleared before, and may be now."""
    if row.is_cleared or row.symptom.code != told["symptom"]["code"]:
        return False
    return not told.get("cleared_on") or told.get("noted_on") in (None, row.noted_on)


def _of_that_day(row: PatientSymptom, told: Given) -> bool:
    """Whether it says something else of a row that was cleared, which the action refuses."""
    same = row.symptom.code == told["symptom"]["code"] and row.noted_on == told.get("noted_on")
    return same and row.is_cleared and bool(told.get("cleared_on"))


def _take(row: PatientCondition | PatientSymptom, given: Given, days: Sequence[str]) -> None:
    for name in (*days, "cleared_on"):
        setattr(row, name, given.get(name))
    row.cleared_by, row.cleared_how = given.get("cleared_by", ""), given.get("cleared_how", "")
