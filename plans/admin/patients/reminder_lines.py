"""How the reminders of a patient's plans stand, in words: on since when and by whom, the last, the next, not known."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.clinics import time_zones
from plans.admin.publications.presenters.mails import REASONS, WORDS
from plans.admin.words.moments import day_in_words, moment_in_words
from plans.models import MailState, Plan, Reminder
from plans.queries.patient_plans import PlanState
from plans.queries.reminders import Reminders, reminders_by_plan

DEFAULT_HOUR = 17
ENDED = {
    "switched_off": _lazy("Switched off."),
    "replaced": _lazy("Asked for anew at another address."),
    "address_fails": _lazy("The address takes no mails: check it with the patient."),
}
LEFT_OUT = {
    **REASONS,
    **ENDED,
    "too_late": _lazy("It would have come too late for its hour."),
    "logged": _lazy("The patient told of the day before it went."),
}


OTHER_NAMES = ("etc/", "us/", "canada/", "brazil/", "chile/", "mexico/")


@cache
def zones_offered() -> Sequence[str]:
    """Return the time zones that are named by a place; other names of the same ones are taken, and not offered."""
    return sorted(zone for zone in time_zones() if "/" in zone and not zone.lower().startswith(OTHER_NAMES))


@dataclass(frozen=True, kw_only=True)
class ReminderLine:
    """One plan's reminders; `badge` is good, avoid or blank."""

    plan: Plan
    stand: Reminders
    word: str
    badge: str
    facts: Sequence[str]
    can_switch_on: bool

    @property
    def hour(self) -> int:
        return self.stand.schedule.hour if self.stand.schedule else DEFAULT_HOUR

    @property
    def hours(self) -> Sequence[tuple[int, str]]:
        return [(hour, f"{hour:02}:00") for hour in range(24)]

    @property
    def is_open(self) -> bool:
        return self.stand.is_on or self.stand.waits_for_answer


def reminder_lines(states: Sequence[PlanState]) -> list[ReminderLine]:
    """Return a line for each plan that was issued and goes on, or whose reminders have something to tell."""
    issued = [state for state in states if state.newest]
    stands = reminders_by_plan([state.plan for state in issued]) if issued else {}
    lines = [_line(state, stands.get(state.plan.pk, Reminders())) for state in issued]
    return [line for line in lines if line.can_switch_on or line.stand.schedule]


def _line(state: PlanState, stand: Reminders) -> ReminderLine:
    word, badge = _("Off"), ""
    if stand.is_on:
        word, badge = _("On"), "good"
    elif stand.waits_for_answer:
        word, badge = _("Waits for the patient's yes"), "avoid"
    live = not state.plan.stopped_on and not state.paused_at
    return ReminderLine(
        plan=state.plan, stand=stand, word=word, badge=badge, facts=_facts(stand), can_switch_on=live
    )


def _facts(stand: Reminders) -> list[str]:
    schedule = stand.schedule
    if schedule is None:
        return []
    told = [_("To %(address)s.") % {"address": schedule.address}, _by(stand)]
    if not schedule.ended_at:
        zone = {"hour": f"{schedule.hour:02}:00", "zone": schedule.zone.key}
        told.append(_("Each day at %(hour)s, %(zone)s.") % zone)
    if stand.last:
        told.append(_("Last: %(what)s.") % {"what": say_mail(stand.last)})
    if stand.next_at:
        told.append(_("Next: %(moment)s.") % {"moment": moment_in_words(stand.next_at)})
    if stand.waits_for_answer and stand.confirming:
        told.append(_("The mail that asks for the yes: %(what)s.") % {"what": say_mail(stand.confirming)})
    if schedule.ended_at:
        words = {"day": day_in_words(localtime(schedule.ended_at).date())}
        why = str(LEFT_OUT.get(schedule.ended_why, schedule.ended_why))
        told.append(f"{_('Ended on %(day)s.') % words} {why}")
    return told


def _by(stand: Reminders) -> str:
    schedule = stand.schedule
    if schedule is None:
        return ""
    words = {
        "day": day_in_words(localtime(schedule.confirmed_at or schedule.created_at).date()),
        "person": schedule.created_by,
    }
    if not schedule.confirmed_at:
        return _("Asked for on %(day)s by the patient, on the page.") % words
    if schedule.created_by:
        return _("On since %(day)s, by %(person)s.") % words
    return _("On since %(day)s, by the patient, on the page.") % words


def say_mail(mail: Reminder) -> str:
    """Say when a reminder was due and what became of it."""
    word = str(WORDS[MailState(mail.state)][0])
    if mail.written_to_file:
        word = _("Written into a file, not sent")
    said = f"{moment_in_words(mail.due_at)}, {word[:1].lower()}{word[1:]}"
    why = str(LEFT_OUT.get(mail.error_code, mail.error_code)).rstrip(".")
    return f"{said} ({why})" if why else said
