"""Whether a protocol is for this patient today: the condition it is for, and the days of its phase."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plans.contraindications import Anchor, Operated
from plans.models import Patient, PatientCondition
from plans.queries.programmes import Programme
from plans.queries.rules import vocabulary_for


class WindowState(StrEnum):
    """How the first day of a plan lies to a protocol's phase."""

    FITS = "fits"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    NO_DATE = "no_date"
    NOT_OPERATED = "not_operated"
    NO_CONDITION = "no_condition"


ORDER = (
    WindowState.FITS,
    WindowState.NO_DATE,
    WindowState.TOO_EARLY,
    WindowState.TOO_LATE,
    WindowState.NOT_OPERATED,
)
"""Of two hips the one that fits best counts."""


@dataclass(frozen=True, kw_only=True)
class WindowCheck:
    """What was found, and the day since the date that counts, where it is known."""

    state: WindowState
    day: int | None = None

    @property
    def fits(self) -> bool:
        return self.state is WindowState.FITS


def check_window(programme: Programme, patient: Patient, *, on: date) -> WindowCheck:
    (found,) = check_windows([programme], patient, on=on)
    return found


def check_windows(programmes: Sequence[Programme], patient: Patient, *, on: date) -> list[WindowCheck]:
    """Ask the patient's conditions, once for all; a protocol for any condition at any time fits."""
    if all(one.condition is None for one in programmes):
        return [WindowCheck(state=WindowState.FITS) for _one in programmes]
    vocabulary = vocabulary_for(patient.clinic)
    held = [
        (row, vocabulary.with_parents(row.condition.code, where="The patient"))
        for row in patient.conditions.select_related("condition")
    ]
    return [_best(programme, held, on) for programme in programmes]


def _best(
    programme: Programme, held: Sequence[tuple[PatientCondition, Collection[str]]], on: date
) -> WindowCheck:
    if programme.condition is None:
        return WindowCheck(state=WindowState.FITS)
    wanted = programme.condition.code
    found = [_check(programme, row, on) for row, codes in held if wanted in codes]
    return min(
        found, key=lambda one: ORDER.index(one.state), default=WindowCheck(state=WindowState.NO_CONDITION)
    )


def _check(programme: Programme, row: PatientCondition, on: date) -> WindowCheck:
    if programme.anchor is None:
        return WindowCheck(state=WindowState.FITS)
    dates = {Anchor.ONSET: row.onset, Anchor.SURGERY: row.surgery_on, Anchor.DUE_DATE: row.due_on}
    begun = dates[programme.anchor]
    if begun is None:
        never = programme.anchor is Anchor.SURGERY and row.operated == Operated.NO
        return WindowCheck(state=WindowState.NOT_OPERATED if never else WindowState.NO_DATE)
    day = (on - begun).days
    if programme.from_day is not None and day < programme.from_day:
        return WindowCheck(state=WindowState.TOO_EARLY, day=day)
    if programme.to_day is not None and day >= programme.to_day:
        return WindowCheck(state=WindowState.TOO_LATE, day=day)
    return WindowCheck(state=WindowState.FITS, day=day)
