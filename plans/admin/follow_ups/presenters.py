"""The follow-up list as home, its own page and the patient's page show it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plans.actions.follow_up_drafts import OFFERS
from plans.models import FollowUp, FollowUpKind, Patient, User
from plans.queries.follow_ups import ShownFollowUp, items_of, open_follow_ups, show_follow_ups
from plans.queries.replacements import Relation

MAX_AT_HOME = 12
URGENT = (FollowUpKind.SIGN, FollowUpKind.PAIN)


@dataclass(frozen=True, kw_only=True)
class FollowUpLine:
    """One row: whom and which plan, why, since when, who saw it, and what its buttons say."""

    shown: ShownFollowUp
    label: str
    """The kind in two words, so that no two buttons of a page are called the same."""
    draft: str

    @property
    def row(self) -> FollowUp:
        return self.shown.row

    @property
    def is_urgent(self) -> bool:
        return self.row.kind in URGENT


@dataclass(frozen=True, kw_only=True)
class FollowUpList:
    """The first rows, and how many there are."""

    lines: list[FollowUpLine]
    count: int

    @property
    def has_more(self) -> bool:
        return self.count > len(self.lines)


def follow_ups_at_home(person: User) -> FollowUpList:
    rows = open_follow_ups(person)
    return _list(rows, MAX_AT_HOME)


def follow_ups_of_patient(person: User, patient: Patient) -> FollowUpList:
    rows = open_follow_ups(person, patient=patient)
    return _list(rows, None)


def lines_of(rows: list[FollowUp]) -> list[FollowUpLine]:
    return [
        FollowUpLine(shown=shown, label=_label(shown.row), draft=_draft(shown.row))
        for shown in show_follow_ups(rows)
    ]


def _list(rows: QuerySet[FollowUp], most: int | None) -> FollowUpList:
    first: list[Any] = list(rows if most is None else rows[: most + 1])
    count = rows.count() if most and len(first) > most else len(first)
    return FollowUpList(lines=lines_of(first[:most]), count=count)


def _label(row: FollowUp) -> str:
    return {
        FollowUpKind.SIGN: _("Warning sign"),
        FollowUpKind.PAIN: _("Pain"),
        FollowUpKind.HURTS: _("It hurts"),
        FollowUpKind.SILENT: _("No log"),
        FollowUpKind.EASY: _("Too easy"),
    }[FollowUpKind(row.kind)]


def _draft(row: FollowUp) -> str:
    relation = OFFERS.get(FollowUpKind(row.kind)) if items_of(row) else None
    match relation:
        case Relation.EASIER:
            return _("Next version, easier")
        case Relation.HARDER:
            return _("Next version, harder")
    return _("Next version")
