"""Mails that wait and shall not go any more: their plan was stopped or paused, their link or consent ended."""

from datetime import date
from typing import Any

from django.db.models.functions import Now

from plans import audit
from plans.models import (
    AuditVerb,
    DownloadLink,
    Mail,
    MailConsent,
    MailState,
    Patient,
    Plan,
    Reminder,
    ReminderSchedule,
    User,
)
from plans.queries.pauses import open_pause

PLAN_STOPPED = "plan_stopped"
PLAN_PAUSED = "plan_paused"
LINK_ENDED = "link_ended"
CONSENT_WITHDRAWN = "consent_withdrawn"
ADDRESS_CHANGED = "address_changed"


def why_no_link(link: DownloadLink, *, plan: Plan, today: date, consent: MailConsent | None) -> str:
    """Return why no mail with this link shall go; blank when one may."""
    if plan.stopped_on:
        return PLAN_STOPPED
    if open_pause(plan):
        return PLAN_PAUSED
    if link.revoked_at or link.blocked_at or link.expires_on < today:
        return LINK_ENDED
    return CONSENT_WITHDRAWN if consent and consent.withdrawn_at else ""


def cancel_of_plan(plan: Plan, *, why: str, by: User | None) -> None:
    """Cancel what waits of a plan's mails. Reminders end with a stop; a pause they outlast, and none goes in it."""
    _cancel_mails(why=why, by=by, publication__plan=plan)
    if why != PLAN_PAUSED:
        end_reminders(why=why, by=by, plan=plan)
    cancel_reminders(why=why, schedule__plan=plan)


def cancel_of_link(link: DownloadLink, *, by: User | None) -> None:
    """Cancel what waits with a link that ended, and end the reminders that carried it."""
    _cancel_mails(why=LINK_ENDED, by=by, link=link)
    end_reminders(why=LINK_ENDED, by=by, link=link)


def cancel_of_consent(consent: MailConsent, *, why: str, by: User | None) -> None:
    """Cancel what waits for the address of a consent that ended, and end the reminders to it."""
    _cancel_mails(why=why, by=by, consent=consent)
    end_reminders(why=why, by=by, consent=consent)


def end_all_reminders(patient: Patient, *, by: User | None) -> None:
    """End a patient's reminders, wherever they go: who wants no mails means these, too."""
    end_reminders(why=CONSENT_WITHDRAWN, by=by, plan__patient=patient)


def end_reminders(*, why: str, by: User | None, **those: Any) -> int:
    """End those schedules and cancel what waits of them; how many ended.

    The schedule first: who makes the row of a due hour writes the schedule before, so one of the two waits for the
    other, and no row is made of a schedule that ended.
    """
    ended = 0
    schedules = ReminderSchedule.objects.filter(ended_at=None, **those)
    for schedule in schedules.select_related("plan__patient__clinic"):
        columns = {"ended_at": Now(), "ended_why": why, "ended_by": by, "next_at": None}
        if not ReminderSchedule.objects.filter(pk=schedule.pk, ended_at=None).update(**columns):
            continue
        ended += 1
        cancel_reminders(why=why, schedule=schedule)
        audit.append(
            verb=AuditVerb.REMINDERS_OFF,
            by=by,
            what=schedule,
            detail={"why": why},
            **audit.place_of(schedule.plan.patient),
        )
    return ended


def cancel_reminders(*, why: str, **those: Any) -> None:
    """Cancel what waits of those reminders. One that is on its way meets the same question before it goes."""
    waiting = Reminder.objects.filter(state=MailState.QUEUED, **those)
    waiting.update(state=MailState.CANCELLED, error_code=why, finished_at=Now())


def _cancel_mails(*, why: str, by: User | None, **those: Any) -> None:
    waiting = Mail.objects.filter(state=MailState.QUEUED, **those)
    for mail in waiting.select_related("publication__plan__patient"):
        ended = {"state": MailState.CANCELLED, "error_code": why, "finished_at": Now()}
        if Mail.objects.filter(pk=mail.pk, state=MailState.QUEUED).update(**ended):
            note_cancelled(mail, why=why, by=by)


def note_cancelled(mail: Mail, *, why: str, by: User | None) -> None:
    patient = mail.publication.plan.patient
    audit.append(
        verb=AuditVerb.MAIL_CANCELLED, by=by, what=mail, detail={"why": why}, **audit.place_of(patient)
    )
