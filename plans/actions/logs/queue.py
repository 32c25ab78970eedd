"""Many tellings at once, as a phone sends them that had no network: a bad one loses none of the others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from plans.actions.follow_ups import raise_follow_ups
from plans.actions.logs.checks import VersionUnknown
from plans.actions.logs.taking_back import take_back
from plans.actions.logs.telling import hold_plan, tell_day, tell_exercise
from plans.exceptions import PlansError
from plans.models import DayEntry, Device, LogEntry, LogSource, Plan, Publication


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One telling: of an exercise, or of the whole day where it names none. `values` go to the action by name.

    Without a `version` it is told of the one that was in force on its day. `is_back`: it takes a session back.
    """

    client_id: UUID
    day: date
    item_key: UUID | None
    version: int | None
    told_at: datetime | None
    values: Mapping[str, Any]
    is_back: bool = False


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What became of one: the entry, or why it was refused; neither of what was taken back."""

    client_id: UUID
    entry: LogEntry | DayEntry | None = None
    refused: PlansError | None = None


@transaction.atomic
def tell_queue(
    *, plan: Plan, ticks: Collection[Tick], source: LogSource, device: Device | None = None
) -> list[Answered]:
    """Keep what can be kept, in the order given, and answer each. The ways a patient tells: `by` is nobody."""
    held = hold_plan(plan.pk, None)
    versions = list(plan.publications.select_related("plan__patient__clinic").order_by("number"))
    answers = [_answer(tick, versions, source, device) for tick in ticks]
    for day in sorted({answer.entry.day for answer in answers if answer.entry}):
        raise_follow_ups(plan=held, day=day)
    return answers


def _answer(
    tick: Tick, versions: Sequence[Publication], source: LogSource, device: Device | None
) -> Answered:
    try:
        with transaction.atomic():
            return Answered(client_id=tick.client_id, entry=_tell(tick, versions, source, device))
    except PlansError as refused:
        return Answered(client_id=tick.client_id, refused=refused)


def _tell(
    tick: Tick, versions: Sequence[Publication], source: LogSource, device: Device | None
) -> LogEntry | DayEntry | None:
    common: dict[str, Any] = {
        **tick.values,
        "publication": _version_of(tick, versions),
        "day": tick.day,
        "client_id": tick.client_id,
        "source": source,
        "by": None,
        "told_at": tick.told_at,
        "waited": True,
    }
    if tick.is_back and tick.item_key:
        take_back(item_key=tick.item_key, **common)
        return None
    common |= {
        "device": device,
        "follows": False,
    }  # follow-ups: once for a day, and not for each of its ticks
    if tick.item_key is None:
        return tell_day(**common)
    return tell_exercise(item_key=tick.item_key, **common)


def _version_of(tick: Tick, versions: Sequence[Publication]) -> Publication:
    if tick.version is not None:
        named = [row for row in versions if row.number == tick.version]
        if not named:
            raise VersionUnknown(field="Version", attribute="version")
        return named[0]
    issued = [row for row in versions if row.issued_on <= tick.day]
    return issued[-1] if issued else versions[0]
