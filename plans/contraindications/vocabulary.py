"""The words that facts and rules share: which movements include wider ones, which conditions have parents."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, Final

from plans.contraindications.errors import CircularVocabulary, UnknownCode
from plans.contraindications.facts import RedFlag

NOTHING: Final[Mapping[str, Collection[Any]]] = {}


class Vocabulary:
    """Movements with the wider ones they imply and conditions with their parents, all steps worked out once.

    `cause_first` are conditions whose cause is treated before any exercise, `sided` those that are on a side of the
    body, `ask_which` those whose kinds have rules of their own, `regions` of the body those that have one.
    `former_parents` and `former_flags` are
    what conditions and symptoms said before a change that waits for review: both count, and so do the wider movements
    of before and after. Words under change may include each other; `check_circles` finds those that are wrong.
    Raises UnknownCode for a wider movement, parent or cause_first code that is not itself in the vocabulary.
    """

    __slots__ = ("_former_flags", "_wider", "_with_parents", "ask_which", "cause_first", "regions", "sided")

    def __init__(
        self,
        *,
        movements: Mapping[str, Collection[str]],
        conditions: Mapping[str, str | None],
        cause_first: Collection[str] = (),
        sided: Collection[str] = (),
        ask_which: Collection[str] = (),
        regions: Mapping[str, str] = MappingProxyType({}),
        former_parents: Mapping[str, Collection[str]] = NOTHING,
        former_flags: Mapping[str, Collection[RedFlag]] = NOTHING,
    ) -> None:
        parents = {code: (parent,) if parent else () for code, parent in conditions.items()}
        for code, former in former_parents.items():
            parents[code] = (*parents[code], *former)
        self._wider = {code: frozenset(_follow(code, movements, "movement")) for code in movements}
        self._with_parents = {code: _follow(code, parents, "condition") for code in conditions}
        self._former_flags = former_flags
        self.cause_first = frozenset(cause_first)
        self.sided = frozenset(sided)
        self.ask_which = frozenset(ask_which)
        self.regions = regions
        for code in self.cause_first:
            self.with_parents(code, where="The list of causes to treat first")

    def wider(self, code: str, *, where: str) -> frozenset[str]:
        """Return the movement itself and all that it implies; `where` names the speaker in the error."""
        try:
            return self._wider[code]
        except KeyError:
            raise UnknownCode(where=where, kind="movement", code=code) from None

    def with_parents(self, code: str, *, where: str) -> tuple[str, ...]:
        """Return the condition, its parent, and so on up; `where` names the speaker in the error."""
        try:
            return self._with_parents[code]
        except KeyError:
            raise UnknownCode(where=where, kind="condition", code=code) from None

    def kinds_of(self, code: str) -> tuple[str, ...]:
        """Return the conditions that are kinds of this one, however far down, in the order of their codes."""
        return tuple(sorted(one for one, wider in self._with_parents.items() if code in wider[1:]))

    def gravest_flag(self, symptom: str, now: RedFlag | None) -> RedFlag | None:
        flags = {now, *self._former_flags.get(symptom, ())}
        return next((flag for flag in RedFlag if flag in flags), None)


def check_circles(*, movements: Mapping[str, Collection[str]], conditions: Mapping[str, str | None]) -> None:
    parents = {code: (parent,) if parent else () for code, parent in conditions.items()}
    tables: tuple[tuple[str, Mapping[str, Collection[str]]], ...] = (
        ("Movement", movements),
        ("Condition", parents),
    )
    for kind, table in tables:
        for code in table:
            following = {step for wider in table[code] for step in _follow(wider, table, kind.lower())}
            if code in following:
                raise CircularVocabulary(kind=kind, code=code)


def _follow(code: str, table: Mapping[str, Collection[str]], kind: str) -> tuple[str, ...]:
    found: dict[str, None] = {code: None}
    waiting = sorted(table[code])
    while waiting:
        following = waiting.pop(0)
        if following not in table:
            raise UnknownCode(where=f"{kind.capitalize()} {code}", kind=kind, code=following)
        if following not in found:
            found[following] = None
            waiting.extend(sorted(table[following]))
    return tuple(found)
