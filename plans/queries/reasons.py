"""The reasons given for a plan: which hold, and which were given before and are asked again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from plans.contraindications import Finding, PlanFacts, digest_of
from plans.models import Plan, PlanItem, Reason

LASTING = timedelta(days=90)
"""How old a reason may be when the next version is issued."""


class AskedAgain(StrEnum):
    """Why an earlier reason does not answer by itself: it may be adopted, or has to be thought over."""

    ANOTHER_PLAN = "another_plan"
    OLD = "old"
    NEW_FACTS = "new_facts"


@dataclass(frozen=True, kw_only=True)
class EarlierReason:
    """A reason that was given for the same finding before."""

    reason: Reason
    why: AskedAgain

    @property
    def may_be_adopted(self) -> bool:
        return self.why is AskedAgain.ANOTHER_PLAN


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """By the finding's fingerprint, what answers it, and what did before."""

    held: Mapping[str, Reason] = field(default_factory=dict)
    earlier: Mapping[str, EarlierReason] = field(default_factory=dict)


def reasons_for(findings: Sequence[Finding], plan: Plan, facts: PlanFacts, *, keep: bool) -> Reasons:
    """Return the newest reason of each finding that takes one, also one that was kept under its former name.

    `keep`: what was given holds, however long ago. Otherwise a reason of an earlier version that is old, or was given
    before something about the patient changed, is asked again; and reasons of the plan that this one is a copy of are
    for the therapist to adopt.
    """
    asking = [finding for finding in findings if finding.takes_reason]
    if not asking:
        return Reasons()
    given = _newest(plan.pk)
    former = {
        one.fingerprint: given[one.former_fingerprint] for one in asking if one.former_fingerprint in given
    }
    held = {**former, **given}
    if keep:
        return Reasons(held=held)
    again = _asked_again(held, plan, facts) if held else {}
    held = {name: reason for name, reason in held.items() if name not in again}
    offered = _of_the_copied(asking, held, plan.copied_from_id, facts) if plan.copied_from_id else {}
    return Reasons(held=held, earlier={**offered, **again})


def _newest(plan_id: UUID) -> dict[str, Reason]:
    rows = Reason.objects.filter(plan_id=plan_id, taken_back_at=None).select_related("created_by")
    return {reason.fingerprint: reason for reason in rows.order_by("created_at")}


def _asked_again(held: Mapping[str, Reason], plan: Plan, facts: PlanFacts) -> dict[str, EarlierReason]:
    issued = plan.publications.aggregate(last=Max("published_at"))["last"]
    if issued is None:
        return {}
    of_before = {name: reason for name, reason in held.items() if reason.created_at <= issued}
    found = {name: (reason, _why(reason, facts)) for name, reason in of_before.items()}
    return {name: EarlierReason(reason=reason, why=why) for name, (reason, why) in found.items() if why}


def _why(reason: Reason, facts: PlanFacts) -> AskedAgain | None:
    if reason.facts and reason.facts != digest_of(facts):
        return AskedAgain.NEW_FACTS
    return AskedAgain.OLD if timezone.now() - reason.created_at > LASTING else None


def _of_the_copied(
    asking: Sequence[Finding], held: Mapping[str, Reason], copied: UUID, facts: PlanFacts
) -> dict[str, EarlierReason]:
    """Return reasons of the plan that was copied, for what the rules say of the same revision there."""
    given = _newest(copied)
    if not given:
        return {}
    there: dict[str, list[str]] = {}
    for key, revision in PlanItem.objects.filter(plan=copied).values_list("pk", "revision"):
        there.setdefault(str(revision), []).append(str(key))
    revisions = {item.key: item.revision_id for item in facts.items}
    found = {}
    for finding in asking:
        keys = there.get(revisions[finding.item], ()) if finding.item else (None,)
        names = (finding._replace(item=key).fingerprint for key in keys)
        reason = next((given[name] for name in names if name in given), None)
        if reason and finding.fingerprint not in held:
            why = _why(reason, facts) or AskedAgain.ANOTHER_PLAN
            found[finding.fingerprint] = EarlierReason(reason=reason, why=why)
    return found
