"""The words that facts and rules share: which movements include wider ones, which conditions have parents."""

from collections.abc import Collection, Mapping

from plans.contraindications.errors import CircularVocabulary, UnknownCode


class Vocabulary:
    """Movements with the wider ones they imply and conditions with their parents, all steps worked out once.

    `cause_first` are conditions whose cause is treated before any exercise. Raises UnknownCode for a wider
    movement, parent or cause_first code that is not itself in the vocabulary, CircularVocabulary for a loop.
    """

    __slots__ = ("_wider", "_with_parents", "cause_first")

    def __init__(
        self,
        *,
        movements: Mapping[str, Collection[str]],
        conditions: Mapping[str, str | None],
        cause_first: Collection[str] = (),
    ) -> None:
        parents = {code: (parent,) if parent else () for code, parent in conditions.items()}
        self._wider = {code: frozenset(_follow(code, movements, "movement")) for code in movements}
        self._with_parents = {code: _follow(code, parents, "condition") for code in conditions}
        self.cause_first = frozenset(cause_first)
        for code in self.cause_first:
            self.with_parents(code, where="The list of causes to treat first")

    def wider(self, code: str, *, where: str) -> frozenset[str]:
        """Give the movement itself and all that it implies; `where` names the speaker in the error."""
        try:
            return self._wider[code]
        except KeyError:
            raise UnknownCode(where=where, kind="movement", code=code) from None

    def with_parents(self, code: str, *, where: str) -> tuple[str, ...]:
        """Give the condition, its parent, and so on up; `where` names the speaker in the error."""
        try:
            return self._with_parents[code]
        except KeyError:
            raise UnknownCode(where=where, kind="condition", code=code) from None


def _follow(code: str, table: Mapping[str, Collection[str]], kind: str) -> tuple[str, ...]:
    found: dict[str, None] = {code: None}
    waiting = sorted(table[code])
    while waiting:
        following = waiting.pop(0)
        if following == code:
            raise CircularVocabulary(kind=kind.capitalize(), code=code)
        if following not in table:
            raise UnknownCode(where=f"{kind.capitalize()} {code}", kind=kind, code=following)
        if following not in found:
            found[following] = None
            waiting.extend(sorted(table[following]))
    return tuple(found)
