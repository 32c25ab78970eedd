"""What only shows between exercises: names that nobody defined, and ways of steps that lead round."""

from collections.abc import Iterator, Set

from plans.libraryfiles.data import Library
from plans.libraryfiles.entry import Entry
from plans.libraryfiles.errors import Problem
from plans.libraryfiles.known import Known
from plans.libraryfiles.naming import in_circle, unknown
from plans.libraryfiles.vocabulary import WithdrawnKind

NEIGHBOURS = ("alternative_to", "easier", "harder")


def check_exercises(library: Library, known: Known, figures: Set[str]) -> Iterator[Problem]:
    movements = {movement.code for movement in library.movements} | known.movements
    conditions = {condition.code for condition in library.conditions} | known.conditions.keys()
    for exercise in library.exercises:
        yield from unknown(exercise, "movement", exercise.movements, movements)
        yield from unknown(exercise, "figure", [exercise.figure], figures)
        yield from unknown(exercise, "condition", [one.condition for one in exercise.helps], conditions)
    yield from _sides(library)
    yield from _neighbours(library, known)
    yield from _steps(library)
    yield from _withdrawn(library)


def _sides(library: Library) -> Iterator[Problem]:
    trunk = {movement.code for movement in library.movements if not movement.sided}
    for exercise in library.exercises:
        for code in sorted(exercise.movement_sides.keys() & trunk):
            yield Problem(exercise.place, f"{exercise.code} tells a side of {code}, a movement that has none")


def _neighbours(library: Library, known: Known) -> Iterator[Problem]:
    gone = {entry.code for entry in library.withdrawn if entry.kind is WithdrawnKind.EXERCISE}
    codes = {exercise.code for exercise in library.exercises} | (known.exercises - gone)
    for exercise in library.exercises:
        for name in NEIGHBOURS:
            other = getattr(exercise, name)
            yield from unknown(exercise, "exercise", [other or ""], codes)
            if other == exercise.code:
                yield Problem(exercise.place, f"{exercise.code} names itself under {name}")


def _steps(library: Library) -> Iterator[Problem]:
    """Told both ways: what is easier than an exercise has that one as a harder step."""
    upward: dict[str, set[str]] = {exercise.code: set() for exercise in library.exercises}
    for exercise in library.exercises:
        if exercise.easier:
            upward.setdefault(exercise.easier, set()).add(exercise.code)
        if exercise.harder:
            upward[exercise.code].add(exercise.harder)
    for exercise in library.exercises:
        # One that names itself was told already.
        others = {code: steps - {code} for code, steps in upward.items()}
        if (exercise.easier or exercise.harder) and in_circle(exercise.code, others):
            message = f"the easier and harder steps of {exercise.code} lead round to it again"
            yield Problem(exercise.place, message)


def _withdrawn(library: Library) -> Iterator[Problem]:
    held: dict[WithdrawnKind, dict[str, Entry]] = {
        WithdrawnKind.EXERCISE: {entry.code: entry for entry in library.exercises},
        WithdrawnKind.RULE: {entry.code: entry for entry in library.rules},
        WithdrawnKind.PROTOCOL: {entry.code: entry for entry in library.protocols},
        WithdrawnKind.ADVICE: {entry.code: entry for entry in library.advice},
        WithdrawnKind.LEAFLET: {entry.code: entry for entry in library.leaflets},
        WithdrawnKind.SYMPTOM: {entry.code: entry for entry in library.symptoms},
    }
    for entry in library.withdrawn:
        if (other := held[entry.kind].get(entry.code)) is not None:
            yield Problem(
                entry.place, f"{entry.kind} {entry.code} is withdrawn, and defined at {other.place}"
            )
