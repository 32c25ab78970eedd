"""What a newer library withdraws is retired in the shared library, never deleted."""

from collections.abc import Iterable

from plans.actions.exercises import retire_exercise
from plans.actions.library_protocols import retire_library_protocol
from plans.actions.rules import retire_rule
from plans.libraryfiles import WithdrawnData, WithdrawnKind
from plans.models import Exercise, LibraryProtocol, Rule


def retire_withdrawn(entries: Iterable[WithdrawnData]) -> int:
    """Retire what is in use still; return how many were. What was never loaded is nobody's."""
    return sum(_retire(entry) for entry in entries)


def _retire(entry: WithdrawnData) -> bool:
    if entry.kind is WithdrawnKind.EXERCISE:
        exercise = Exercise.objects.filter(clinic=None, code=entry.code, retired_on=None).first()
        if exercise is not None:
            retire_exercise(exercise=exercise, by=None)
        return exercise is not None
    if entry.kind is WithdrawnKind.PROTOCOL:
        protocol = LibraryProtocol.objects.filter(clinic=None, code=entry.code, retired_on=None).first()
        if protocol is not None:
            retire_library_protocol(protocol)
        return protocol is not None
    rule = Rule.objects.filter(
        clinic=None, code=entry.code, revisions__newest=True, revisions__retired=False
    ).first()
    if rule is not None:
        retire_rule(rule=rule, by=None)
    return rule is not None
