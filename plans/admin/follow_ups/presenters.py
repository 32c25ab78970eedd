"""The follow-up list as home, its own page and the patient's page show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from plans.actions.follow_up_drafts import OFFERS
from plans.models import FollowUp, FollowUpKind, Patient, User
from plans.queries.follow_ups import ShownFollowUp, items_of, open_follow_ups, show_follow_ups
from plans.queries.logs import Adherence, recent_adherences
from plans.queries.replacements import Relation

MAX_AT_HOME = 12
MAX_OF_PATIENT = 100
URGENT = (FollowUpKind.SIGN, FollowUpKind.PAIN)


@dataclass(frozen=True, kw_only=True)
class FollowUpLine:
    """One row: whom and which plan, why, since when, who saw it, and what its buttons say."""

    shown: ShownFollowUp
    label: str
    """The kind in two words, so that no two buttons of a page are called the same."""
    draft: str
    adherence: Adherence
    """Of the last two weeks."""

    @property
    def row(self) -> FollowUp:
        return self.shown.row

    @property
    def is_urgent(self) -> bool:
        return self.row.kind in URGENT


@dataclass(frozen=True, kw_only=True)
class FollowUpList:
    """So many rows, and whether there are more. They are not counted, as a lead may have very many."""

    lines: list[FollowUpLine]
    has_more: bool


def follow_ups_at_home(person: User) -> FollowUpList:
    return list_follow_ups(open_follow_ups(person), most=MAX_AT_HOME)


def follow_ups_of_patient(person: User, patient: Patient, *, known: Mapping[UUID, Adherence]) -> FollowUpList:
    """Return the patient's rows; `known` is the adherence of the plans of which the page read it already."""
    return list_follow_ups(open_follow_ups(person, patient=patient), most=MAX_OF_PATIENT, known=known)


def list_follow_ups(
    rows: QuerySet[FollowUp], *, most: int, after: int = 0, known: Mapping[UUID, Adherence] | None = None
) -> FollowUpList:
    found = list(rows[after : after + most + 1])
    shown = found[:most]
    kept = known or {}
    asked = {row.plan_id: row.plan for row in shown if row.plan_id not in kept}
    kept = {**kept, **recent_adherences(list(asked.values()))}
    lines = [
        FollowUpLine(shown=one, label=_label(one.row), draft=_draft(one.row), adherence=kept[one.row.plan_id])
        for one in show_follow_ups(shown)
    ]
    return FollowUpList(lines=lines, has_more=len(found) > most)


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
