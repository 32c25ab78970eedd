"""A plan's personal link: made, renewed, revoked, opened by the birth date."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from plans import audit, counters, outbox, permissions, tokens
from plans.actions.devices import end_with_link
from plans.actions.mail_cancelling import cancel_of_link
from plans.actions.pausing import pause_if_emergency
from plans.actions.reviewing import review_or_tell
from plans.exceptions import PlansError
from plans.models import (
    AuditVerb,
    DownloadLink,
    LinkOpening,
    LinkUse,
    Plan,
    PlanItem,
    Publication,
    User,
    WrongDate,
)
from plans.models.links import how_wrong
from plans.permissions import NotAllowed
from plans.queries.active_plans import active_publications, is_followed
from plans.queries.content_builder import plan_end
from plans.queries.library_snapshot import LibrarySnapshot
from plans.queries.links import (
    MAX_WRONG,
    TRIES_PER_ADDRESS,
    TRY_WINDOW,
    is_slowed,
    newest_uses,
    usable_link,
    wrong_in_a_row,
)
from plans.queries.locks import lock_patient_of

NOBODYS_LINK = uuid.UUID(int=0)


class LinkRefused(PlansError):
    """This link does not open with this birth date."""

    code = "link_refused"


class NoLink(PlansError):
    """This plan has no personal link."""

    code = "no_link"


@transaction.atomic
def ensure_link(*, plan: Plan, by: User) -> DownloadLink:
    """Return the plan's link, made now if there is none; its last day follows the end of what was issued.

    One that wrong birth dates have ended stays ended: renew_link makes the next.
    """
    plan = _held(plan, by)
    blocked = plan.links.filter(revoked_at=None, blocked_at__isnull=False).first()
    if blocked:
        return blocked
    items = list(plan.items.all())
    if not plan.publications.exists():
        return link_of(plan=plan, items=items, by=by)
    followed = is_followed(plan)
    link = _link_until(plan, _last_day_now(plan, items), by)
    _look_again(plan, by, followed=followed)
    return link


def link_to_prepare(
    *, plan: Plan, items: Sequence[PlanItem], last: Publication | None, by: User
) -> DownloadLink:
    """Return the link that a sheet would carry; a draft moves the last day of no link that an issued version uses.

    For a plan and patient that the caller holds.
    """
    if last is None:
        return link_of(plan=plan, items=items, by=by)
    if link := plan.links.filter(revoked_at=None, blocked_at=None).first():
        return link
    followed = is_followed(plan)
    link = _link_until(plan, _last_day_now(plan, items), by)
    _look_again(plan, by, followed=followed)
    return link


def link_of(*, plan: Plan, items: Sequence[PlanItem], by: User) -> DownloadLink:
    """Return a link that opens, for a plan that the caller has locked, with the items that are issued.

    A sheet that is printed now must lead somewhere, so it renews one that wrong birth dates have ended.
    """
    return _link_until(plan, last_day(plan, items), by)


@transaction.atomic
def renew_link(*, plan: Plan, by: User) -> DownloadLink:
    """Revoke the plan's link and make a new one; sheets printed before lead nowhere any more."""
    plan = _held(plan, by)
    followed = is_followed(plan)
    for link in plan.links.filter(revoked_at=None):
        _revoke(link, by)
    made = _make(plan, _last_day_now(plan, list(plan.items.all())), by)
    _look_again(plan, by, followed=followed)
    return made


@transaction.atomic
def revoke_link(*, plan: Plan, by: User) -> None:
    """Close the plan's link for good. Raises NoLink when none is open."""
    plan = _locked(plan, by)
    link = plan.links.filter(revoked_at=None).first()
    if link is None:
        raise NoLink
    _revoke(link, by)


def open_link(*, token: str, birth_date: date, address: str, code: str = "") -> DownloadLink:
    """Open by the birth date, and by the printed code if the link asks for it, and record the try.

    Raises LinkRefused, the same for whatever is wrong.

    Too many wrong tries on a link or from an address make it refuse for a while, also the right date: a person
    who knows it waits some minutes, a machine that guesses gets nowhere.
    """
    digest, source = tokens.token_digest(token), tokens.address_digest(address)
    tries = f"link-tries:{source}"
    crowded = counters.count(tries, seconds=TRY_WINDOW.seconds) > TRIES_PER_ADDRESS
    link = None if crowded else _try(digest, source, birth_date, code)
    if link is None:
        raise LinkRefused
    counters.uncount(tries, seconds=TRY_WINDOW.seconds)
    return link


@transaction.atomic
def _try(digest: str, source: str, birth_date: date, code: str) -> DownloadLink | None:
    """Record what becomes of the try and return the link if it opens.

    For a token that opens nothing the same is done and then undone: made-up ones leave no rows, and nobody can tell
    by the time which ones are real.
    """
    link = usable_link(digest)
    uses = newest_uses(token_digest=digest, address_digest=source)
    is_code = tokens.is_code(code, link_id=link.pk if link else NOBODYS_LINK, digest=digest)
    use = LinkUse.REFUSED
    if is_slowed(uses):
        use = LinkUse.SLOWED
    elif link is not None and birth_date == link.plan.patient.birth_date and (is_code or not link.asks_code):
        use = LinkUse.OPENED
    if use != LinkUse.SLOWED or uses[0] != LinkUse.SLOWED:  # one row tells that it is slowed
        opening = LinkOpening.objects.create(
            link=link,
            use=use,
            wrong_date=_how_wrong(link, use, birth_date),
            token_digest=digest,
            address_digest=source,
        )
        if link is not None and use == LinkUse.OPENED:
            outbox.add_link_opened(opening, link)
    if use == LinkUse.REFUSED and wrong_in_a_row(digest) >= MAX_WRONG and link is not None:
        link.blocked_at = timezone.now()
        link.save(update_fields=["blocked_at"])
        audit.append(verb=AuditVerb.LINK_BLOCKED, by=None, what=link, **audit.place_of(link.plan.patient))
        cancel_of_link(link, by=None)
        end_with_link(link=link, by=None)
    if link is None:
        transaction.set_rollback(True)
    if link is None or use != LinkUse.OPENED:
        return None
    audit.append(verb=AuditVerb.LINK_OPENED, by=None, what=link, **audit.place_of(link.plan.patient))
    return link


def _how_wrong(link: DownloadLink | None, use: LinkUse, tried: date) -> str:
    """Say how a refused date differs, or that the code did; of a right one that had to wait, nothing."""
    if link is None or use != LinkUse.REFUSED:
        return ""
    born = link.plan.patient.birth_date
    return WrongDate.CODE if tried == born else how_wrong(tried, born)


def _locked(plan: Plan, by: User) -> Plan:
    # Two people who open the publish page at once must get the same link.
    plan = Plan.objects.select_for_update(of=("self",)).select_related("patient__clinic").get(pk=plan.pk)
    if not permissions.may_care_for(by, plan.patient):
        raise NotAllowed
    return plan


def _make(plan: Plan, expires_on: date, by: User) -> DownloadLink:
    link_id = uuid.uuid4()
    digest = tokens.token_digest(tokens.new_token(link_id=link_id))
    link = DownloadLink.objects.create(
        id=link_id,
        plan=plan,
        token_digest=digest,
        created_by=by,
        expires_on=expires_on,
        has_code=plan.patient.clinic.asks_code,
    )
    audit.append(verb=AuditVerb.LINK_MADE, by=by, what=link, **audit.place_of(plan.patient))
    return link


def _revoke(link: DownloadLink, by: User) -> None:
    link.revoked_at, link.revoked_by = timezone.now(), by
    link.save(update_fields=["revoked_at", "revoked_by"])
    audit.append(verb=AuditVerb.LINK_REVOKED, by=by, what=link, **audit.place_of(link.plan.patient))
    cancel_of_link(link, by=by)
    end_with_link(link=link, by=by)


def _held(plan: Plan, by: User) -> Plan:
    # The patient first, like who saves facts and then looks at the plans.
    lock_patient_of(plan.pk)
    return _locked(plan, by)


def _link_until(plan: Plan, expires_on: date, by: User) -> DownloadLink:
    link = plan.links.filter(revoked_at=None).first()
    if link is not None and link.blocked_at is not None:
        _revoke(link, by)
        link = None
    if link is None:
        return _make(plan, expires_on, by)
    if link.expires_on < plan.patient.clinic.today():
        end_with_link(link=link, by=None)  # a link that goes on after its end brings none of them back
    if link.expires_on != expires_on:
        link.expires_on = expires_on
        link.save(update_fields=["expires_on"])
    return link


def _look_again(plan: Plan, by: User, *, followed: bool) -> None:
    """Check a plan that is followed again since its link opens: what was noted meanwhile stopped nothing."""
    newest = (
        None if followed else active_publications(clinic=plan.patient.clinic).filter(plan=plan.pk).first()
    )
    if newest is not None:
        pause_if_emergency(plan=plan, by=by)
        review_or_tell(publication=newest, library=LibrarySnapshot())


def last_day(plan: Plan, items: Sequence[PlanItem]) -> date:
    """Return the last day of a link, and of a sheet's "go on", for a plan that is issued today with these items."""
    end = plan_end(plan, items, issued_on=plan.patient.clinic.today())
    kept = plan.patient.clinic.link_days
    # In this order no day is reached that the calendar does not have.
    return min(end, _latest(plan) - timedelta(days=kept)) + timedelta(days=kept)


def _last_day_now(plan: Plan, items: Sequence[PlanItem]) -> date:
    """Return the last day of a link that is given today: of what was issued, or of the draft before that."""
    newest = plan.publications.order_by("-number").first()
    if newest is None:
        return last_day(plan, items)
    clinic = plan.patient.clinic
    kept = clinic.today() + timedelta(days=clinic.link_days)
    return min(max(newest.followed_until, kept), _latest(plan))


def _latest(plan: Plan) -> date:
    return plan.patient.clinic.today() + timedelta(days=settings.LINK_MAX_DAYS)
