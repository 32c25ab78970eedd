"""What the chaos test of mails and logs does inside Django, each step a process of its own.

`python -m tests.with_django tests.chaos.mail_driver STEP ...`
"""

import json
import sys
from collections import Counter
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from plans import tokens
from plans.models import (
    DayEntry,
    LogChange,
    LogEntry,
    Mail,
    OutboxEvent,
    Reminder,
    ReminderSchedule,
    WebhookEvent,
)
from tests import factories
from tests.logs import keys_of, plan_of

EXERCISES, SESSIONS = 4, 6
FAR = timedelta(days=1)
MIDNIGHT = 0


def prepare(silent, told):
    """Plans with a reminder that is not due yet and a mail that waits, and those of which phones will tell."""
    # Where it is noon now: neither midnight nor a second hour of reminders comes while the test runs.
    zone = f"Etc/GMT{timezone.now().hour - 12:+d}"
    clinic = factories.clinic(name="Hill Street Clinic", time_zone=zone)
    pat = factories.therapist(clinic)
    revision = factories.approved_exercise(clinic)
    for _ in range(int(silent)):
        plan = factories.plan(pat, exercises=[revision])
        factories.mail(pat, of=factories.publication(pat, of_plan=plan))
        factories.reminders(pat, of_plan=plan, hour=MIDNIGHT)
    phones = [_phone(plan_of(pat, EXERCISES), pat) for _ in range(int(told))]
    ReminderSchedule.objects.update(next_at=timezone.now() + FAR)
    Mail.objects.update(not_before=timezone.now() + FAR)
    say(phones=phones)


def _phone(publication, by):
    """What a phone knows of its plan, and what it will tell: each exercise, several times that day, and the pain."""
    schedule = factories.reminders(by, of_plan=publication.plan, hour=MIDNIGHT)
    link = publication.plan.links.get(revoked_at=None)
    day = publication.plan.patient.clinic.today().isoformat()
    ticks = [
        {"id": str(uuid4()), "day": day, "item": str(key), "session": session, "outcome": "part"}
        for session in range(1, SESSIONS + 1)
        for key in keys_of(publication)
    ]
    pain = {"id": str(uuid4()), "day": day, "pain": 8, "feel": "hurt"}
    later = [{**tick, "id": str(uuid4()), "outcome": "all", "pain_after": 2} for tick in ticks]
    return {
        "path": f"/p/{tokens.token_of(link_id=link.pk, digest=link.token_digest)}/",
        "plan": str(publication.plan_id),
        "schedule": str(schedule.pk),
        "ticks": [*ticks, pain],
        "corrections": later,
    }


def verify():
    """All that is left of mails, and of what was told."""
    mails = {str(row.pk): row.state for model in (Mail, Reminder) for row in model.objects.all()}
    once = Counter(Reminder.objects.values_list("schedule", "day"))
    entries = [
        [str(row.plan_id), str(row.item_key), row.session, row.outcome, row.pain_after]
        for row in LogEntry.objects.all()
    ]
    say(
        states=mails,
        reminders_of={
            str(pk): str(schedule) for pk, schedule in Reminder.objects.values_list("pk", "schedule")
        },
        most_a_day=max(once.values()),
        changes=sorted(str(pk) for pk in LogChange.objects.values_list("client_id", flat=True)),
        entries=sorted(entries),
        pains=[[str(row.plan_id), row.pain, row.feel] for row in DayEntry.objects.all()],
        told_events=OutboxEvent.objects.filter(type=WebhookEvent.LOG_TOLD).count(),
        follow_up_events=OutboxEvent.objects.filter(type=WebhookEvent.FOLLOW_UP_RAISED).count(),
    )


def say(**facts):
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    {step.__name__: step for step in (prepare, verify)}[sys.argv[1]](*sys.argv[2:])
