"""Publish: freeze a plan as it was seen, ask for its files, wake the worker. The gate for every edge."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from plans import audit, outbox, permissions
from plans.actions.freezing import freeze
from plans.actions.links import last_day, link_of, link_to_prepare
from plans.actions.printable import check_content
from plans.actions.reasons import record_reasons
from plans.actions.reviewing import close_all
from plans.content import PlanContent, from_json, substance_hash
from plans.content.records import SCHEMA
from plans.contraindications import Finding
from plans.enqueue import enqueue_moving_of
from plans.exceptions import PlansError
from plans.handout.formats import Copy, Format
from plans.models import (
    AuditVerb,
    DownloadLink,
    FrozenContent,
    Plan,
    Publication,
    PublishedRevision,
    Rendering,
    Reservation,
    User,
)
from plans.permissions import NotAllowed
from plans.queries.checks import PlanCheck, check_plan, with_reasons
from plans.queries.content_builder import Issue, issue_of
from plans.queries.locks import lock_patient_of
from plans.rendering import drawings
from plans.rendering.drafts import drop_overtaken
from plans.rendering.queue import ask


class PlanChanged(PlansError):
    """The plan is no longer what you saw. Look at it again, then publish."""

    code = "plan_changed"


class AlreadyPublished(PlansError):
    """Version {number} was published after you had looked at the plan. Look at it again, then publish."""

    code = "already_published"

    def __init__(self, *, publication: Publication) -> None:
        super().__init__(number=publication.number)
        self.publication = publication


class PublishRefused(PlansError):
    """The plan cannot be published yet: {count} finding(s) stand in the way."""

    code = "publish_refused"

    def __init__(self, *, findings: Sequence[Finding], causes: Mapping[str, str]) -> None:
        super().__init__(count=len(findings))
        self.findings, self.causes = tuple(findings), causes


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A plan as it would be published: its check, its contents, its files, and the hash that publish expects.

    There are no files while something stops the plan. The hash names the version that comes next and what it would
    say: `2-9c56...`.
    """

    check: PlanCheck
    issue: Issue
    frozen: FrozenContent
    files: tuple[Rendering, ...]
    expected_hash: str


@dataclass(frozen=True, kw_only=True)
class Published:
    """The version that holds now; `created` is false where the plan says what its last version says."""

    publication: Publication
    created: bool


@transaction.atomic
def prepare(*, plan: Plan, by: User, formats: Sequence[Format]) -> Prepared:
    """Reserve what the next version will print, and let the worker render it ahead. Raises NotAllowed."""
    lock_patient_of(plan.pk)
    plan = _locked_to_publish(plan, by)
    check = check_plan(plan)
    last = last_publication(plan)
    reservation = _reservation(plan, _next_number(last))
    if reservation._state.adding:
        reservation.save()
    link = link_to_prepare(plan=plan, items=check.items, last=last, by=by)
    issue = _issue(check, reservation, last, link)
    (frozen,) = freeze(plan, issue.content, draft=True)
    drop_overtaken(frozen)
    for_patient = [form for form in formats if form.copy is not Copy.CLINICIAN]
    drawings.ask(drawings.drawings_of(issue.content))
    files = () if check.stops or not check.items else tuple(ask(content=frozen, formats=for_patient))
    expected = f"{reservation.number}-{substance_hash(issue.content)}"
    return Prepared(check=check, issue=issue, frozen=frozen, files=files, expected_hash=expected)


@transaction.atomic
def publish(
    *,
    plan: Plan,
    expected_hash: str | None,
    by: User,
    formats: Sequence[Format],
    reasons: Mapping[str, str] | None = None,
    bulk: bool = False,
) -> Published:
    """Issue the plan as the next version and ask for its files; unchanged, return the version there is.

    `expected_hash` is what `prepare` told of the plan that was seen; None when the caller holds the plan's lock and
    compared what was seen itself. `reasons` are words by the fingerprint of the finding that they answer; `bulk`
    files wait behind all others. Raises NotAllowed, AlreadyPublished if someone was faster, UnknownFinding,
    PlanChanged, or PublishRefused with the findings that stand in the way; then nothing is written.
    """
    lock_patient_of(plan.pk)
    plan = _locked_to_publish(plan, by)
    last = last_publication(plan)
    seen_number, _, seen = (expected_hash or "").partition("-")
    if last and expected_hash is not None and seen_number != str(_next_number(last)):
        raise AlreadyPublished(publication=last)
    # A re-issue of many is no new decision: what was said for the version there is holds for it too.
    check = check_plan(plan, keep_reasons=bulk)
    if record_reasons(check, reasons or {}, by):
        check = with_reasons(check, keep=bulk)
    if not check.may_go_to_patient:
        raise PublishRefused(findings=check.refusals, causes=check.causes)
    link = link_of(plan=plan, items=check.items, by=by)
    issue = _issue(check, _reservation(plan, _next_number(last)), last, link)
    if expected_hash is not None and substance_hash(issue.content) != seen:
        raise PlanChanged
    unchanged = _unchanged(last, issue)
    publication = unchanged or _insert(check, issue, formats, by)
    _ask_files(publication, formats, bulk=bulk)
    if unchanged is None:
        outbox.add_renderings_issued(publication)
        if not bulk:
            # Of a re-issue of thousands each page asks for its own, when it is looked at.
            enqueue_moving_of(publication)
    return Published(publication=publication, created=unchanged is None)


@transaction.atomic
def ask_formats(*, publication: Publication, formats: Sequence[Format], by: User) -> None:
    """Ask for files of an issued version: further formats, or a failed one again. Raises NotAllowed."""
    if not permissions.may_care_for(by, _locked(publication.plan).patient):
        raise NotAllowed
    _ask_files(publication, formats)


def last_publication(plan: Plan) -> Publication | None:
    return plan.publications.order_by("-number").select_related("content", "record").first()


def _locked_to_publish(plan: Plan, by: User) -> Plan:
    # Two people who publish at once: the second waits here, then is told of the version of the first. Who may is
    # asked of the row as it is now: the patient may have gone to another therapist since the page was read.
    plan = _locked(plan)
    if not permissions.may_publish(by, plan):
        raise NotAllowed
    return plan


def _locked(plan: Plan) -> Plan:
    rows = Plan.objects.select_for_update(of=("self",))
    return rows.select_related("patient__clinic__logo", "patient__therapist").get(pk=plan.pk)


def _issue(check: PlanCheck, reservation: Reservation, last: Publication | None, link: DownloadLink) -> Issue:
    issue = issue_of(check, reservation=reservation, link=link, last=last)
    check_content(issue.record)
    return issue


def _next_number(last: Publication | None) -> int:
    return last.number + 1 if last else 1


def _reservation(plan: Plan, number: int) -> Reservation:
    """The reservation that names the next version and today, or a new one that is not stored yet."""
    today = plan.patient.clinic.today()
    held = Reservation.objects.filter(plan=plan).first()
    if held and (held.number, held.issued_on) == (number, today):
        return held
    return Reservation(plan=plan, number=number, issued_on=today)


def _unchanged(last: Publication | None, issue: Issue) -> Publication | None:
    """The last version, if a new one would say nothing new, lead nowhere else and rest on the same reasons.

    The sheets of a stopped plan say so; to publish it again starts it again, with a new sheet.
    """
    if last is None or last.plan.stopped_on or _substance_of(last) != _substance(issue.record):
        return None
    return last


def _substance(record: PlanContent) -> str:
    # A renewed link is news for paper: the old sheet's code leads nowhere.
    return f"{substance_hash(record)[:32]}{record.link_id.replace('-', '')}"


def _substance_of(last: Publication) -> str:
    """What was issued says, in today's schema: a release that only stores it otherwise is no news for the patient."""
    if last.record.schema == SCHEMA:
        return last.substance
    return _substance(from_json(last.record.json))


def _insert(check: PlanCheck, issue: Issue, formats: Sequence[Format], by: User) -> Publication:
    content, plan = issue.content, check.plan
    frozen, record = freeze(plan, content, issue.record, draft=False)
    publication = Publication.objects.create(
        id=UUID(content.publication_id),
        plan=plan,
        number=content.version,
        content=frozen,
        record=record,
        substance=_substance(issue.record),
        sheet_code=content.sheet_code,
        formats=[form.key for form in formats],
        fingerprints=sorted({f"{finding.code} {finding.fingerprint}" for finding in check.findings}),
        issued_on=content.issued_on,
        followed_until=last_day(plan, check.items),
        published_by=by,
    )
    PublishedRevision.objects.bulk_create(
        PublishedRevision(publication=publication, revision_id=revision)
        for revision in dict.fromkeys(_revisions_of(content))
    )
    Reservation.objects.filter(plan=plan).delete()
    if content.clinic.asks_code:
        # From now on there is a sheet with a code, which the link may ask for.
        DownloadLink.objects.filter(pk=content.link_id, has_code=False).update(has_code=True)
    if plan.stopped_on:
        Plan.objects.filter(pk=plan.pk).update(stopped_on=None)
    # What the rules said of older versions is answered by this one. A pause is not: the plan is resumed by name.
    close_all(plan=plan, by=by)
    audit.append(
        verb=AuditVerb.PLAN_PUBLISHED,
        by=by,
        what=publication,
        clinic=plan.patient.clinic,
        patient_id=plan.patient_id,
        detail={"version": publication.number, "content": publication.content_id},
    )
    return publication


def _revisions_of(content: PlanContent) -> Iterator[UUID]:
    for item in content.items:
        yield UUID(item.revision_id)
        if item.easier:
            yield UUID(item.easier.revision_id)


def _ask_files(publication: Publication, formats: Sequence[Format], *, bulk: bool = False) -> None:
    for_patient = [form for form in formats if form.copy is not Copy.CLINICIAN]
    for_clinician = [form for form in formats if form.copy is Copy.CLINICIAN]
    ask(content=publication.content, formats=for_patient, again=True, bulk=bulk)
    ask(content=publication.record, formats=for_clinician, again=True, bulk=bulk)
