"""Write down what a patient told of an exercise, or of a day as a whole.

What a telling leaves out stays as it was told before: one tap on "done" takes back no pain. A telling that is `whole`
is all there is, so what it leaves out is taken back; but what a form showed and nobody changed in it is `untouched`,
and what was told meanwhile on another device stays. The same `client_id` again changes nothing. Each brings the plan's
follow-ups up to date, but for a caller that tells many at once, does so itself and says that none `follows`.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction

from plans import permissions
from plans.actions.follow_ups import raise_follow_ups
from plans.actions.logs import checks
from plans.actions.logs.announcing import announce
from plans.exceptions import PlansError
from plans.models import (
    DayEntry,
    Device,
    Feel,
    LogChange,
    LogEntry,
    LogSource,
    Outcome,
    Plan,
    Publication,
    SkipReason,
    User,
)
from plans.models.logs import MAX_WORDS
from plans.permissions import NotAllowed

Values = dict[str, Any]
Entry = TypeVar("Entry", LogEntry, DayEntry)


class TickIdReused(PlansError):
    """This id was used for something else that was told. Give what is new an id of its own."""

    code = "log_id_reused"


class TakenBack(PlansError):
    """This was told before and taken back since. Give what is new an id of its own."""

    code = "log_taken_back"


class NothingTold(PlansError):
    """Nothing was filled in. Fill in at least one thing."""

    code = "log_nothing_told"


@transaction.atomic
def tell_exercise(
    *,
    publication: Publication,
    item_key: UUID,
    day: date,
    session: int,
    outcome: str,
    reason: str = "",
    pain_before: int | None = None,
    pain_after: int | None = None,
    feel: str = "",
    words: str = "",
    client_id: UUID,
    source: LogSource,
    by: User | None,
    device: Device | None = None,
    told_at: datetime | None = None,
    whole: bool = False,
    untouched: Collection[str] = (),
    waited: bool = False,
    follows: bool = True,
) -> LogEntry:
    """Keep one session of one exercise on a day; a session that was told before is corrected.

    Raises NotAllowed, LogRefused, TextTooLong, TickIdReused, TakenBack; then nothing is written.
    """
    values: Values = {
        "outcome": checks.check_choice(outcome, Outcome, field="Done", attribute="outcome", blank=False),
        "reason": checks.check_choice(reason, SkipReason, field="Reason", attribute="reason"),
        "pain_before": checks.check_pain(pain_before, field="Pain before", attribute="pain_before"),
        "pain_after": checks.check_pain(pain_after, field="Pain after", attribute="pain_after"),
        **_feel_and_words(feel, words),
    }
    if values["reason"] and outcome != Outcome.SKIPPED:
        raise checks.ReasonWithoutSkipping(field="Reason", attribute="reason")
    place = {"day": day, "item_key": item_key, "session": checks.check_session(session)}
    plan = hold_plan(publication.plan_id, by)
    if earlier := _told_before(plan, client_id):
        return _same(earlier.entry, earlier, place, values)
    version = checks.held_version(publication, item_key)
    checks.check_day(plan, publication, day, source=source, waited=waited)
    entry = LogEntry.objects.filter(plan=plan, **place).first()
    if entry is None:
        entry = LogEntry(plan=plan, publication=version, **place)
    _take(entry, values, whole=whole, untouched=untouched)
    if entry.outcome != Outcome.SKIPPED:
        entry.reason = ""
    _store(entry, source=source, by=by, device=device)
    change = LogChange(plan=plan, client_id=client_id, entry=entry, values=values, told_at=told_at)
    _note(change, publication=version, day=day, source=source, by=by, follows=follows)
    return entry


@transaction.atomic
def tell_day(
    *,
    publication: Publication,
    day: date,
    pain: int | None = None,
    feel: str = "",
    signs: Collection[str] = (),
    seen_signs: Collection[str] | None = None,
    words: str = "",
    client_id: UUID,
    source: LogSource,
    by: User | None,
    device: Device | None = None,
    told_at: datetime | None = None,
    whole: bool = False,
    untouched: Collection[str] = (),
    waited: bool = False,
    follows: bool = True,
) -> DayEntry:
    """Keep what was told of a day as a whole; a day that was told of before is corrected.

    Of a form that showed `seen_signs`, those that were ticked meanwhile on another device stay.

    Raises NotAllowed, LogRefused, TextTooLong, NothingTold, TickIdReused, TakenBack; then nothing is written.
    """
    values: Values = {
        "pain": checks.check_pain(pain, field="Worst pain", attribute="pain"),
        **_feel_and_words(feel, words),
        "signs": checks.check_signs(publication, signs),
    }
    place = {"day": day}
    plan = hold_plan(publication.plan_id, by)
    if earlier := _told_before(plan, client_id):
        return _same(earlier.day_entry, earlier, place, values)
    checks.check_day(plan, publication, day, source=source, waited=waited)
    entry = DayEntry.objects.filter(plan=plan, **place).first()
    if not any(_is_said(value) for value in values.values()) and not (whole and entry):
        raise NothingTold
    if entry is None:
        entry = DayEntry(plan=plan, publication=publication, **place)
    unseen = set() if seen_signs is None else set(entry.signs) - set(seen_signs)
    taken = {**values, "signs": sorted({*values["signs"], *unseen})}
    _take(entry, taken, whole=whole, untouched=untouched)
    _store(entry, source=source, by=by, device=device)
    change = LogChange(plan=plan, client_id=client_id, day_entry=entry, values=values, told_at=told_at)
    _note(change, publication=publication, day=day, source=source, by=by, follows=follows)
    return entry


def _feel_and_words(feel: str, words: str) -> Values:
    return {
        "feel": checks.check_choice(feel, Feel, field="How it went", attribute="feel"),
        "words": checks.clean_words(words, most=MAX_WORDS, field="A few words", attribute="words"),
    }


def hold_plan(plan_id: UUID, by: User | None) -> Plan:
    """Return the plan, held until the end of the transaction. Raises NotAllowed."""
    # One telling of a plan after the other: two devices that tick the same session at once tell of one session.
    rows = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("patient__clinic")
    plan = rows.get(pk=plan_id)
    if by is not None and not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    return plan


def _told_before(plan: Plan, client_id: UUID) -> LogChange | None:
    rows = LogChange.objects.filter(plan=plan, client_id=client_id)
    return rows.select_related("entry__publication", "day_entry__publication").first()


def _same(entry: Entry | None, earlier: LogChange, place: Mapping[str, object], values: Values) -> Entry:
    if earlier.entry_id is None and earlier.day_entry_id is None:
        raise TakenBack
    if entry is None or earlier.values != values:
        raise TickIdReused
    if any(getattr(entry, name) != value for name, value in place.items()):
        raise TickIdReused
    return entry


def _is_said(value: object) -> bool:
    return value not in (None, "", [])


def _take(entry: LogEntry | DayEntry, values: Values, *, whole: bool, untouched: Collection[str]) -> None:
    is_new = entry._state.adding
    for name, value in values.items():
        if name in untouched and not is_new:
            continue
        if whole or _is_said(value):
            setattr(entry, name, value)


def _store(entry: LogEntry | DayEntry, *, source: LogSource, by: User | None, device: Device | None) -> None:
    entry.source, entry.recorded_by, entry.device = source, by, device
    entry.save()


def _note(
    change: LogChange,
    *,
    publication: Publication,
    day: date,
    source: LogSource,
    by: User | None,
    follows: bool,
) -> None:
    """Keep the telling as it came, and say so to the clinic's systems, the trail and the follow-ups."""
    change.source, change.recorded_by = source, by
    change.save(force_insert=True)
    announce(change.plan, publication=publication, day=day, source=source, by=by)
    if follows:
        raise_follow_ups(plan=change.plan, day=day)
