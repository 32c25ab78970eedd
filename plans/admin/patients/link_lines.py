"""Why a patient can or cannot open a plan: everything that may be in the way, in the order in which to try it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from plans.admin.publications.presenters.mails import NO_MAILS, Mails
from plans.models import Device, DownloadLink, LinkOpening, Plan, WrongDate
from plans.queries.devices import last_day_of
from plans.queries.links import MAX_WRONG, address_of_link, printed_code
from plans.queries.patient_plans import LinkState, PlanState

MAX_SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class DeviceLine:
    """A device that opens the link without the birth date."""

    device: Device
    last_day: date


@dataclass(frozen=True, kw_only=True)
class LinkLine:
    """One plan's link: whether it opens, what is in the way, who tried."""

    state: PlanState
    opens: bool
    obstacles: Sequence[str]
    hints: Sequence[str]
    uses: Sequence[LinkOpening]
    gives: bool
    """Whether the link may be sent: a link that never opens again, or to a plan that is not followed, may not."""
    mails: Mails = NO_MAILS
    devices: Sequence[DeviceLine] = ()

    @property
    def plan(self) -> Plan:
        return self.state.plan

    @property
    def link(self) -> DownloadLink | None:
        return self.state.link.link if self.state.link else None

    @property
    def address(self) -> str:
        link = self.link
        if link is None or link.revoked_at:
            return ""
        return address_of_link(link)

    @property
    def code(self) -> str:
        """What is asked beside the birth date, for a patient at the telephone who cannot read it."""
        link = self.link
        return printed_code(link) if link and not link.revoked_at else ""


def link_line(state: PlanState, today: date, mails: Mails = NO_MAILS) -> LinkLine:
    obstacles = _obstacles(state, today)
    return LinkLine(
        state=state,
        opens=not obstacles,
        obstacles=obstacles,
        hints=_hints(state),
        uses=state.link.uses[:MAX_SHOWN] if state.link else (),
        gives=_gives(state, today),
        mails=mails,
        devices=[DeviceLine(device=device, last_day=last_day_of(device)) for device in state.link.devices]
        if state.link
        else (),
    )


def _gives(state: PlanState, today: date) -> bool:
    link = state.link.link if state.link else None
    if link is None or link.revoked_at or link.blocked_at or link.expires_on < today:
        return False
    return not state.plan.stopped_on and not state.paused_at


def _obstacles(state: PlanState, today: date) -> list[str]:
    """Return what keeps the plan shut also for who knows the birth date."""
    if state.link is None:
        return [_("There is no link: it is made when the plan is published.")]
    link, found = state.link.link, []
    if link.revoked_at:
        by = {"day": date_format(localtime(link.revoked_at)), "person": link.revoked_by}
        found.append(_("The link was revoked on %(day)s by %(person)s.") % by)
    if link.blocked_at and not link.revoked_at:
        words = {"count": MAX_WRONG, "day": date_format(localtime(link.blocked_at))}
        found.append(
            _(
                "It was closed on %(day)s after too many wrong birth dates, %(count)d in a row. Renew it to open it."
            )
            % words
        )
    if link.expires_on < today:
        found.append(
            _("It ended on %(day)s. Publish again to go on.") % {"day": date_format(link.expires_on)}
        )
    if not found and (until := state.link.waits_until):
        words = {"time": date_format(localtime(until), "TIME_FORMAT")}
        found.append(
            _("After five wrong birth dates it refuses also the right one, until %(time)s. Then it opens.")
            % words
        )
    return found


def _hints(state: PlanState) -> list[str]:
    """Return what else may explain it: wrong dates and how they differ, nobody there, a plan that is not followed."""
    found = []
    if state.plan.stopped_on:
        found.append(_("It opens, and says that the plan was stopped."))
    elif state.paused_at:
        found.append(_("It opens, and says: do not exercise, call the clinic. The plan is paused."))
    if state.link and (wrong := state.link.wrong):
        found.append(_wrong_words(state.link, len(wrong)))
        kinds = Counter(use.wrong_date for use in wrong if use.wrong_date)
        for kind, count in kinds.most_common():
            found.append(f"{count} × {WrongDate(kind).label}." if kind in WrongDate else "")
        found.append(_("Ask the patient for the birth date, and mend it here if the record is wrong."))
    elif state.link and not state.link.uses and not state.plan.stopped_on:
        found.append(_("Nobody has tried it yet: the patient may not have it. Give it again."))
    return found


def _wrong_words(link: LinkState, count: int) -> str:
    since = ngettext("%(count)d wrong birth date", "%(count)d wrong birth dates", count) % {"count": count}
    if not link.last_opened:
        return _("%(wrong)s, and it was never opened.") % {"wrong": since}
    day = date_format(localtime(link.last_opened))
    return _("%(wrong)s since it was opened last, on %(day)s.") % {"wrong": since, "day": day}
