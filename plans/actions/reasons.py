"""Record why a therapist goes on in spite of what the rules say."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.actions.reviewing import close_answered, review_plans_of
from plans.actions.texts import clean_texts
from plans.contraindications import Finding, digest_of, fingerprints_of, make_cards
from plans.exceptions import PlansError
from plans.models import AuditVerb, Plan, Publication, Reason, User
from plans.permissions import NotAllowed
from plans.queries.checks import PlanCheck, check_plan, with_reasons
from plans.queries.issued_checks import check_publication
from plans.queries.locks import lock_patient_of


class UnknownFinding(PlansError):
    """A reason was given for a finding that this plan does not have."""

    code = "unknown_finding"


class NoSuchReason(PlansError):
    """This reason is not on record any more: somebody has taken it back."""

    code = "no_such_reason"


@transaction.atomic
def give_reasons(*, plan: Plan, reasons: Mapping[str, str], by: User, strict: bool) -> PlanCheck:
    """Record why the therapist goes on in spite of findings, and return the check with the reasons.

    Each is given for a cause, and so for all of its findings, or for one finding by its fingerprint. `strict`: each
    answers a finding of the draft or of the version that the patient follows, else UnknownFinding is raised and
    nothing is written. Otherwise a reason that answers no finding of the draft is left out: what was saved together
    with the reasons may have ended it. Raises NotAllowed.
    """
    plan = _locked(plan, by)
    check = check_plan(plan)
    if not strict:
        reasons = {name: words for name, words in reasons.items() if fingerprints_of(name, check.cards)}
    of_draft = {finding.fingerprint for finding in check.findings}
    last = _newest(plan) if strict and reasons.keys() - of_draft else None
    of_issue = check_publication(last).findings if last else ()
    record_reasons(check, reasons, by, also=of_issue)
    close_answered(plan=plan, by=by)
    return with_reasons(check)


@transaction.atomic
def take_back_reasons(*, plan: Plan, reasons: Collection[UUID], by: User) -> None:
    """Say that these were given by mistake: what they answer is asked again, in a version in use too.

    What was said of the same findings before them does not hold again; what was said after them stays. Raises
    NotAllowed, or NoSuchReason if none of them holds.
    """
    lock_patient_of(plan.pk)
    plan = _locked(plan, by)
    held = Reason.objects.filter(plan=plan, taken_back_at=None)
    shown = list(held.filter(pk__in=reasons))
    if not shown:
        raise NoSuchReason
    for one in shown:
        until = held.filter(fingerprint=one.fingerprint, created_at__lte=one.created_at)
        until.update(taken_back_at=timezone.now(), taken_back_by=by)
    audit.append(
        verb=AuditVerb.PLAN_REASON_TAKEN_BACK,
        by=by,
        what=plan,
        detail={"findings": sorted({one.finding_code for one in shown})},
        **audit.place_of(plan.patient),
    )
    review_plans_of(plan.patient)


def record_reasons(
    check: PlanCheck, reasons: Mapping[str, str], by: User, *, also: Sequence[Finding] = ()
) -> bool:
    """Write the reasons that are new, and return whether there were any. Raises UnknownFinding."""
    recorded = False
    of_issue, facts = make_cards(also, check.vocabulary), digest_of(check.facts)
    codes = {finding.fingerprint: finding.code for finding in (*check.findings, *also)}
    for name, words in reasons.items():
        answered = {*fingerprints_of(name, check.cards), *fingerprints_of(name, of_issue)}
        if not answered:
            raise UnknownFinding
        if not words.strip():
            continue
        for fingerprint in sorted(answered):
            held = check.reasons.get(fingerprint)
            reason = Reason(
                plan=check.plan,
                fingerprint=fingerprint,
                finding_code=codes[fingerprint],
                words=words,
                facts=facts,
                created_by=by,
            )
            clean_texts(reason, of=codes[fingerprint])
            if held is None or held.words != reason.words:
                reason.save()
                recorded = True
    return recorded


def _locked(plan: Plan, by: User) -> Plan:
    plan = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    return plan


def _newest(plan: Plan) -> Publication | None:
    rows = plan.publications.select_related("content", "plan__patient__clinic")
    return rows.order_by("-number").first()
