"""What a therapist should look at: raised by what is told, ended by itself where it is not so any more, seen, done."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from plans import audit, outbox, permissions
from plans.exceptions import PlansError
from plans.models import AuditVerb, FollowUp, FollowUpKind, Plan, User
from plans.models.follow_ups import OPEN
from plans.permissions import NotAllowed
from plans.queries.follow_up_reasons import Key, Past, Reason, Told, find_reasons, read_told
from plans.queries.silence import is_silent

PEOPLE_END: Final = (FollowUpKind.PAIN, FollowUpKind.HURTS, FollowUpKind.SIGN)
"""What was told once stays until a person is done with it, also when it was corrected: the sentence says so."""


class FollowUpOver(PlansError):
    """Somebody is done with this follow-up, or what it was about is over."""

    code = "follow_up_over"


@transaction.atomic
def raise_follow_ups(*, plan: Plan, day: date) -> list[FollowUp]:
    """Bring the plan's follow-ups up to date with what was told of this day; return those that are new or say more.

    The caller has written it in the same transaction. What is open is updated, never doubled; what somebody had seen
    and is news now is unseen again.
    """
    # Two devices may tell at once. Whoever told holds a share of the plan by its rows: a full lock would wait for
    # itself there.
    held = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("patient__clinic")
    plan = held.get(pk=plan.pk)
    clinic = plan.patient.clinic
    wanted = {FollowUpKind(kind) for kind in clinic.follow_up_kinds}
    told = read_told(plan, day=day, today=clinic.today())
    reasons = {reason.key: reason for reason in find_reasons(told) if reason.kind in wanted}
    _end_what_is_over(told, reasons, plan)
    changed = (_bring_up_to_date(plan, reason, told.past_of(*key)) for key, reason in reasons.items())
    return [row for row in changed if row]


@transaction.atomic
def see_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Note who has seen it; the first one stays. Raises NotAllowed, FollowUpOver."""
    row = _held(follow_up, by)
    note_seen(follow_up=row, by=by)
    row.refresh_from_db(fields=["seen_at", "seen_by"])
    return row


@transaction.atomic
def finish_follow_up(*, follow_up: FollowUp, by: User) -> FollowUp:
    """Take it off the list. It may come again, by newer days. Raises NotAllowed, FollowUpOver."""
    row = _held(follow_up, by)
    row.done_at, row.done_by = timezone.now(), by
    if row.seen_at is None:
        row.seen_at, row.seen_by = row.done_at, by
    row.save(update_fields=["done_at", "done_by", "seen_at", "seen_by"])
    _note(AuditVerb.FOLLOW_UP_DONE, row, by)
    return row


def add_follow_up(plan: Plan, reason: Reason) -> FollowUp:
    """Write a new one, and tell the clinic's systems. The caller holds the plan."""
    row = FollowUp.objects.create(
        clinic=plan.patient.clinic,
        plan=plan,
        publication_id=reason.publication,
        kind=reason.kind,
        item_key=reason.item,
        day=reason.day,
        facts=dict(reason.facts),
    )
    outbox.add_follow_up_raised(row)
    return row


def end_follow_ups(ids: Iterable[UUID]) -> int:
    """End what is not so any more, by itself."""
    return FollowUp.objects.filter(OPEN, pk__in=ids).update(ended_at=timezone.now())


def _end_what_is_over(told: Told, reasons: Mapping[Key, Reason], plan: Plan) -> None:
    over = []
    for (kind, item), past in told.past.items():
        if past.open is None or (kind, item) in reasons:
            continue
        if kind in PEOPLE_END:
            _say_corrected(past.open)
        elif kind is not FollowUpKind.SILENT or not is_silent(plan):
            over.append(past.open.pk)
    if over:
        end_follow_ups(over)


def _say_corrected(row: FollowUp) -> None:
    if not row.facts.get("corrected"):
        row.facts["corrected"] = True
        row.save(update_fields=["facts"])


def _bring_up_to_date(plan: Plan, reason: Reason, past: Past) -> FollowUp | None:
    row = past.open
    if row is None:
        return add_follow_up(plan, reason)
    if (row.day, row.facts) == (reason.day, reason.facts):
        return None
    news = _says_more(row, reason)
    if news:
        row.seen_at = row.seen_by = None
    row.day, row.facts, row.publication_id = reason.day, dict(reason.facts), reason.publication
    row.save(update_fields=["day", "facts", "publication", "seen_at", "seen_by"])
    return row if news else None


def _says_more(row: FollowUp, reason: Reason) -> bool:
    """Whether somebody who has seen it should look again; of ease only another exercise is news."""
    then, now = row.facts, reason.facts
    match reason.kind:
        case FollowUpKind.EASY:
            return not set(then["items"]).issuperset(now["items"])
        case FollowUpKind.PAIN:
            graver = now["pain"] > then["pain"]
        case FollowUpKind.SIGN:
            graver = not set(then["signs"]).issuperset(now["signs"])
        case _:
            graver = now["hurt"] + now["cannot"] > then["hurt"] + then["cannot"]
    return graver or reason.day > row.day


def note_seen(*, follow_up: FollowUp, by: User) -> None:
    """Note that somebody who may has seen it, unless somebody had, or it is over."""
    now = timezone.now()
    if FollowUp.objects.filter(OPEN, pk=follow_up.pk, seen_at=None).update(seen_at=now, seen_by=by):
        _note(AuditVerb.FOLLOW_UP_SEEN, follow_up, by)


def _held(follow_up: FollowUp, by: User) -> FollowUp:
    rows = FollowUp.objects.select_for_update(of=("self",)).select_related("plan__patient__clinic")
    row = rows.get(pk=follow_up.pk)
    if not permissions.may_care_for(by, row.plan.patient):
        raise NotAllowed
    if not row.is_open:
        raise FollowUpOver
    return row


def _note(verb: AuditVerb, row: FollowUp, by: User) -> None:
    audit.append(verb=verb, by=by, what=row, **audit.place_of(row.plan.patient))
