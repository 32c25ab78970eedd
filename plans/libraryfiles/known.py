"""What stands elsewhere already, in the stored library or in the same files, for entries that name it by its code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self

from plans.dose import Span
from plans.libraryfiles.data import Library


@dataclass(frozen=True, kw_only=True)
class DoseLimits:
    """What a dose of an exercise is held to: its safe range, and whether it works one side."""

    safe: Mapping[str, Span]
    one_sided: bool


@dataclass(frozen=True, kw_only=True)
class Known:
    """Codes that exist already, for files that speak of entries which stand elsewhere."""

    sources: Mapping[str, str] = field(default_factory=dict)
    """Code -> how it is cited."""
    movements: frozenset[str] = frozenset()
    conditions: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Code -> the names of its dates."""
    condition_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Code -> the name and the other names."""
    symptoms: frozenset[str] = frozenset()
    retired_symptoms: frozenset[str] = frozenset()
    """Those of the symptoms that are retired."""
    exercises: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()
    """Those of the exercises that are retired."""
    limits: Mapping[str, DoseLimits] = field(default_factory=dict)
    """Code of an exercise -> what its doses are held to."""
    protocols: Mapping[str, str] = field(default_factory=dict)
    """Code -> that of the next one, or nothing."""
    figures: frozenset[str] = frozenset()

    @classmethod
    def of(cls, library: Library) -> Self:
        return cls(
            sources={entry.code: entry.cite for entry in library.sources},
            movements=frozenset(entry.code for entry in library.movements),
            conditions={entry.code: frozenset(map(str, entry.dates)) for entry in library.conditions},
            condition_names={entry.code: (entry.name, *entry.also) for entry in library.conditions},
            symptoms=frozenset(entry.code for entry in library.symptoms),
            exercises=frozenset(entry.code for entry in library.exercises),
            limits={
                entry.code: DoseLimits(safe=entry.safe, one_sided=entry.one_sided)
                for entry in library.exercises
            },
            protocols={entry.code: entry.next or "" for entry in library.protocols},
            figures=frozenset(entry.figure for entry in library.exercises if entry.figure),
        )
