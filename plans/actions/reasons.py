"""Record why a therapist goes on in spite of what the rules say."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from plans import permissions
from plans.actions.reviewing import close_answered
from plans.actions.texts import clean_texts
from plans.contraindications import Finding, digest_of, fingerprints_of, make_cards
from plans.exceptions import PlansError
from plans.models import Plan, Publication, Reason, User
from plans.permissions import NotAllowed
from plans.queries.checks import PlanCheck, check_plan, with_reasons
from plans.queries.issued_checks import check_publication


class UnknownFinding(PlansError):
    """A reason was given for a finding that this plan does not have."""

    code = "unknown_finding"


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
