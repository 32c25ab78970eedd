"""The fields for reasons: each is for the findings that its card showed, and answers no other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from plans.contraindications import Card, Finding, fingerprints_of, name_together
from plans.models import Reason
from plans.queries.reasons import EarlierReason

REASON_PREFIX = "reason-"
TAKE_BACK = "_take_back"


@dataclass(frozen=True, kw_only=True)
class EarlierLine:
    """What was said before of some of a card's findings, and is asked again. Adopted, it answers these alone."""

    earlier: EarlierReason
    exercises: tuple[str, ...]
    field: str
    typed: str

    @property
    def reason(self) -> Reason:
        return self.earlier.reason

    @property
    def why(self) -> str:
        return self.earlier.why.value

    @property
    def may_be_adopted(self) -> bool:
        return self.earlier.may_be_adopted


def field_of(findings: Iterable[Finding]) -> str:
    return f"{REASON_PREFIX}{name_together(findings)}"


def posted_reasons(data: Mapping[str, Any]) -> dict[str, str]:
    return {
        name.removeprefix(REASON_PREFIX): str(words)
        for name, words in data.items()
        if name.startswith(REASON_PREFIX)
    }


def to_take_back(data: Mapping[str, Any]) -> list[UUID]:
    """Return the reasons whose button was pressed."""
    try:
        return [UUID(key) for key in str(data.get(TAKE_BACK, "")).split()]
    except ValueError:
        return []


def typed_in(field: str, posted: Mapping[str, str]) -> str:
    return posted.get(field.removeprefix(REASON_PREFIX), "")


def typed_for_less(card: Card, field: str, posted: Mapping[str, str]) -> tuple[str, ...]:
    """Return words that were typed when the card said less: they answer that alone, and are there to be chosen."""
    own = field.removeprefix(REASON_PREFIX)
    others = ((name, words) for name, words in posted.items() if name != own and words.strip())
    return tuple(words for name, words in others if fingerprints_of(name, [card]))


def earlier_lines(
    asked: Sequence[Finding],
    earlier: Mapping[str, EarlierReason],
    *,
    names: Mapping[str, str],
    posted: Mapping[str, str],
) -> tuple[EarlierLine, ...]:
    """Return what was said before, the newest first: the same words of one day are one line."""
    found: dict[tuple[object, ...], list[Finding]] = {}
    for finding in asked:
        if before := earlier.get(finding.fingerprint):
            found.setdefault(_same(before), []).append(finding)
    lines = []
    for said in found.values():
        field = field_of(said)
        # Where it was said of all that is asked, the card names the exercises already.
        of_rows = said if len(said) < len(asked) else ()
        rows = tuple(dict.fromkeys(names[one.item] for one in of_rows if one.item and one.item in names))
        lines.append(
            EarlierLine(
                earlier=earlier[said[0].fingerprint],
                exercises=rows,
                field=field,
                typed=typed_in(field, posted),
            )
        )
    return tuple(sorted(lines, key=lambda line: line.reason.created_at, reverse=True))


def distinct(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Return them the newest first, the same words of one author once."""
    newest = sorted(reasons, key=lambda reason: reason.created_at, reverse=True)
    found: dict[tuple[str, UUID], Reason] = {}
    for reason in newest:
        found.setdefault((reason.words, reason.created_by_id), reason)
    return tuple(found.values())


def _same(before: EarlierReason) -> tuple[object, ...]:
    reason = before.reason
    return before.why, reason.words, reason.created_by_id, reason.created_at.date()
