"""What a newer library withdraws is retired in the shared library, never deleted."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from plans.actions.advice import retire_advice
from plans.actions.exercises import retire_exercise
from plans.actions.leaflets import retire_leaflet
from plans.actions.library_measures import retire_measure
from plans.actions.library_protocols import retire_library_protocol
from plans.actions.rules import retire_rule
from plans.actions.signs import retire_symptom
from plans.contraindications import RedFlag
from plans.libraryfiles import WithdrawnData, WithdrawnKind
from plans.models import Advice, Exercise, Leaflet, LibraryProtocol, Measure, Rule, Symptom
from plans.models.library import LibraryEntry


@dataclass(frozen=True, kw_only=True)
class Withdrawn:
    """How many entries were retired now, which of them are signs that threaten life, and what was never here."""

    retired: int
    urgent: tuple[WithdrawnData, ...]
    never_loaded: tuple[WithdrawnData, ...]


def retire_withdrawn(entries: Iterable[WithdrawnData]) -> Withdrawn:
    """Retire what is in use still. What was never loaded is nobody's."""
    retired, urgent, never_loaded = 0, [], []
    for entry in entries:
        model, in_use, retire = _KINDS[entry.kind]
        rows: Any = model._default_manager.filter(clinic=None, code=entry.code)
        row = rows.first()
        if row is None:
            never_loaded.append(entry)
        elif rows.filter(**in_use).exists():
            retire(row)
            retired += 1
            if isinstance(row, Symptom) and _threatens_life(row):
                urgent.append(entry)
    return Withdrawn(retired=retired, urgent=tuple(urgent), never_loaded=tuple(never_loaded))


def _threatens_life(symptom: Symptom) -> bool:
    """Whether it does, or did before a change that a clinic may not have approved."""
    return (
        symptom.red_flag == RedFlag.EMERGENCY
        or symptom.sentences.filter(red_flag=RedFlag.EMERGENCY).exists()
        or symptom.versions.filter(red_flag=RedFlag.EMERGENCY).exists()
    )


_IN_USE: Mapping[str, Any] = {"retired_on": None}
_RULE_IN_USE: Mapping[str, Any] = {"revisions__newest": True, "revisions__retired": False}
_KINDS: Mapping[WithdrawnKind, tuple[type[LibraryEntry], Mapping[str, Any], Callable[[Any], object]]] = {
    WithdrawnKind.EXERCISE: (Exercise, _IN_USE, lambda row: retire_exercise(exercise=row, by=None)),
    WithdrawnKind.RULE: (Rule, _RULE_IN_USE, lambda row: retire_rule(rule=row, by=None)),
    WithdrawnKind.PROTOCOL: (LibraryProtocol, _IN_USE, retire_library_protocol),
    WithdrawnKind.ADVICE: (Advice, _IN_USE, retire_advice),
    WithdrawnKind.LEAFLET: (Leaflet, _IN_USE, retire_leaflet),
    WithdrawnKind.MEASURE: (Measure, _IN_USE, retire_measure),
    WithdrawnKind.SYMPTOM: (Symptom, _IN_USE, retire_symptom),
}
"""The model of each kind, which of its rows are in use, and what retires one."""
