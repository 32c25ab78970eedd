"""Publish: freeze a plan as it was seen, ask for its files, wake the worker. The gate for every edge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from plans import audit, permissions
from plans.actions.links import ensure_link
from plans.content import PlanContent, content_hash, substance_hash, to_json
from plans.content.records import SCHEMA
from plans.contraindications import Finding
from plans.exceptions import PlansError
from plans.models import FrozenContent, Plan, Publication, Reason, Reservation, User
from plans.permissions import NotAllowed
from plans.queries.checks import PlanCheck, check_plan, reasons_of
from plans.queries.contents import Issue, issue_of
from plans.rendering.formats import Copy, Format
from plans.rendering.queue import ask


class PlanChanged(PlansError):
    """The plan is no longer what you saw. Look at it again, then publish."""


class PublishRefused(PlansError):
    """The plan cannot be published yet: {count} finding(s) stand in the way."""

    def __init__(self, *, findings: Sequence[Finding]) -> None:
        super().__init__(count=len(findings))
        self.findings = tuple(findings)


class UnknownFinding(PlansError):
    """A reason was given for a finding that this plan does not have."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A plan as it would be published: its check, its contents, and the hash that publish expects."""

    check: PlanCheck
    issue: Issue
    frozen: FrozenContent
    expected_hash: str


@transaction.atomic
def prepare(*, plan: Plan, by: User, formats: Sequence[Format]) -> Prepared:
    """Reserve what the next version will print, and let the worker render what would be published."""
    plan = _locked(plan, by)
    check = check_plan(plan)
    issue = _issue(check, last_publication(plan), by)
    frozen = _freeze(issue.content, plan)
    if not check.stops:
        ask(content=frozen, formats=[form for form in formats if form.copy is not Copy.CLINICIAN])
    return Prepared(check=check, issue=issue, frozen=frozen, expected_hash=substance_hash(issue.content))


@transaction.atomic
def publish(
    *,
    plan: Plan,
    expected_hash: str,
    by: User,
    formats: Sequence[Format],
    reasons: Mapping[str, str] | None = None,
    bulk: bool = False,
) -> Publication:
    """Issue the plan as the next version and ask for its files; unchanged, give the version there is.

    `reasons` are words by the fingerprint of the finding that they answer; `bulk` files wait behind all others.
    Raises NotAllowed, UnknownFinding,
    PlanChanged, or PublishRefused with the findings that stand in the way; then nothing is written.
    """
    plan = _locked(plan, by)
    check = check_plan(plan)
    if _record_reasons(check, reasons or {}, by):
        check = replace(check, reasons=reasons_of(plan))
    if not check.may_go_to_patient:
        raise PublishRefused(findings=(*check.stops, *check.unanswered))
    last = last_publication(plan)
    issue = _issue(check, last, by)
    if substance_hash(issue.content) != expected_hash:
        raise PlanChanged
    publication = _unchanged(last, issue) or _insert(check, issue, formats, by)
    _ask_files(publication, formats, bulk=bulk)
    return publication


@transaction.atomic
def give_reason(*, plan: Plan, fingerprint: str, words: str, by: User) -> None:
    """Record why the therapist goes on in spite of a finding. Raises UnknownFinding for one that is not there."""
    plan = _locked(plan, by)
    _record_reasons(check_plan(plan), {fingerprint: words}, by)


@transaction.atomic
def give_reasons(*, plan: Plan, reasons: Mapping[str, str], by: User) -> int:
    """Record the reasons for those findings that the plan still has, blank words apart; give how many fell away."""
    plan = _locked(plan, by)
    check = check_plan(plan)
    asked = {finding.fingerprint for finding in check.findings if finding.needs_reason}
    _record_reasons(check, {name: words for name, words in reasons.items() if name in asked}, by)
    return sum(bool(words.strip()) for name, words in reasons.items() if name not in asked)


@transaction.atomic
def ask_formats(*, publication: Publication, formats: Sequence[Format], by: User) -> None:
    """Ask for files of an issued version: further formats, or a failed one again."""
    _locked(publication.plan, by)
    _ask_files(publication, formats)


def last_publication(plan: Plan) -> Publication | None:
    """The newest version of the plan."""
    return plan.publications.order_by("-number").select_related("content", "record").first()


def _locked(plan: Plan, by: User) -> Plan:
    # Two people who publish at once: the second waits here, then finds the version of the first.
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .select_related("patient__clinic__logo", "patient__therapist")
        .get(pk=plan.pk)
    )
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    return plan


def _issue(check: PlanCheck, last: Publication | None, by: User) -> Issue:
    plan = check.plan
    return issue_of(
        check,
        reservation=_reserve(plan, (last.number if last else 0) + 1),
        link=ensure_link(plan=plan, by=by),
        last=last,
    )


def _reserve(plan: Plan, number: int) -> Reservation:
    """Keep the reservation while it names the next version and today; otherwise make it anew."""
    today = timezone.localdate()
    held = Reservation.objects.filter(plan=plan).first()
    if held and (held.number, held.issued_on) == (number, today):
        return held
    if held:
        held.delete()
    return Reservation.objects.create(plan=plan, number=number, issued_on=today)


def _record_reasons(check: PlanCheck, reasons: Mapping[str, str], by: User) -> bool:
    """Write the reasons that are new; whether there were any. They answer findings, they do not change them."""
    recorded = False
    asked = {finding.fingerprint: finding for finding in check.findings if finding.needs_reason}
    for fingerprint, words in reasons.items():
        if fingerprint not in asked:
            raise UnknownFinding
        held = check.reasons.get(fingerprint)
        if words.strip() and (held is None or held.words != words.strip()):
            Reason.objects.create(
                plan=check.plan,
                fingerprint=fingerprint,
                finding_code=asked[fingerprint].code,
                words=words.strip(),
                by=by,
            )
            recorded = True
    return recorded


def _unchanged(last: Publication | None, issue: Issue) -> Publication | None:
    """The last version, if a new one would say nothing new, lead nowhere else and rest on the same reasons.

    The sheets of a stopped plan say so; to publish it again starts it again, with a new sheet.
    """
    if last is None or last.plan.stopped_on or last.substance != _substance(issue):
        return None
    return last


def _substance(issue: Issue) -> str:
    # A renewed link is news for paper: the old sheet's code leads nowhere.
    return f"{substance_hash(issue.record)[:32]}{issue.content.link_id.replace('-', '')}"


def _insert(check: PlanCheck, issue: Issue, formats: Sequence[Format], by: User) -> Publication:
    content, plan = issue.content, check.plan
    publication = Publication.objects.create(
        id=UUID(content.publication_id),
        plan=plan,
        number=content.version,
        content=_freeze(content, plan),
        record=_freeze(issue.record, plan),
        substance=_substance(issue),
        sheet_code=content.sheet_code,
        formats=[form.key for form in formats],
        fingerprints=sorted({f"{finding.code} {finding.fingerprint}" for finding in check.findings}),
        issued_on=content.issued_on,
        published_by=by,
    )
    Reservation.objects.filter(plan=plan).delete()
    Plan.objects.filter(pk=plan.pk).update(stopped_on=None)
    audit.append(
        verb="plan.published",
        by=by,
        what=publication,
        clinic=plan.patient.clinic,
        patient_id=plan.patient_id,
        detail={"version": publication.number, "content": publication.content_id},
    )
    return publication


def _freeze(content: PlanContent, plan: Plan) -> FrozenContent:
    frozen, _ = FrozenContent.objects.get_or_create(
        sha256=content_hash(content),
        defaults={
            "clinic": plan.patient.clinic,
            "plan": plan,
            "json": to_json(content),
            "schema": SCHEMA,
        },
    )
    return frozen


def _ask_files(publication: Publication, formats: Sequence[Format], *, bulk: bool = False) -> None:
    for_patient = [form for form in formats if form.copy is not Copy.CLINICIAN]
    for_clinician = [form for form in formats if form.copy is Copy.CLINICIAN]
    ask(content=publication.content, formats=for_patient, again=True, bulk=bulk)
    ask(content=publication.record, formats=for_clinician, again=True, bulk=bulk)
