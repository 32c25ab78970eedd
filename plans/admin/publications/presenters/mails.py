"""The mails with a plan's link in words: waiting, sent, refused and why, and what the patient agreed to."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.mails.consents import open_consent
from plans.actions.outgoing.handing import has_server
from plans.admin.words.moments import moment_in_words
from plans.models import Mail, MailState, Patient, Publication
from plans.models.outgoing import WAITING

MAX_SHOWN = 5
MAX_READ = 200
SOON = timedelta(minutes=2)
"""A page that waits for a mail asks no longer where the next try is further off."""
WORDS = {
    MailState.QUEUED: (_lazy("Waits"), "schedule", ""),
    MailState.RUNNING: (_lazy("Being sent"), "sync", ""),
    MailState.SENT: (_lazy("Sent"), "check_circle", "good"),
    MailState.UNKNOWN: (_lazy("Not known whether it was sent"), "help", "avoid"),
    MailState.FAILED: (_lazy("Failed"), "error", "stop"),
    MailState.BOUNCED: (_lazy("Came back"), "undo", "stop"),
    MailState.CANCELLED: (_lazy("Not sent"), "block", "avoid"),
}
REASONS = {
    "refused": _lazy("The mail server refuses this address for good: check it with the patient."),
    "came_back": _lazy("The address takes no mails: check it with the patient."),
    "sender_refused": _lazy("The mail server takes no mails from this service: tell whoever runs it."),
    "not_now": _lazy("The mail server says: later."),
    "unreachable": _lazy(
        "The mail server cannot be reached. Nothing is lost; tell whoever runs the service."
    ),
    "broke_off": _lazy(
        "The line broke while it was handed over. Ask the patient whether it came before you send another."
    ),
    "plan_stopped": _lazy("The plan was stopped."),
    "plan_paused": _lazy("The plan was paused."),
    "link_ended": _lazy("The link ended before."),
    "consent_withdrawn": _lazy("The patient's agreement to this address ended before."),
    "address_changed": _lazy("The patient's address was changed: ask whether mails may go to the new one."),
    "link_key_missing": _lazy("The key of this link is gone: renew the link, then send the new one."),
}


@dataclass(frozen=True, kw_only=True)
class MailLine:
    """One mail as its line says it; `look` is good, avoid, stop or blank."""

    mail: Mail
    word: str
    icon: str
    look: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Mails:
    """The newest mails of a plan; `last` names the newest, `final` when none changes soon by itself."""

    lines: tuple[MailLine, ...] = ()
    last: str = ""
    final: bool = True
    digest: str = ""


NO_MAILS = Mails()


def mails_of(publication: Publication) -> Mails:
    rows = Mail.objects.filter(publication__plan=publication.plan_id).select_related("consent")
    return _mails(rows[:MAX_SHOWN])


def mails_by_plan(patient: Patient) -> Mapping[UUID, Mails]:
    """Return the mails of each of the patient's plans, of which any were asked for."""
    rows = Mail.objects.filter(publication__plan__patient=patient.pk).select_related("consent", "publication")
    found: dict[UUID, list[Mail]] = {}
    for row in rows[:MAX_READ]:
        found.setdefault(row.publication.plan_id, []).append(row)
    return {plan: _mails(mails[:MAX_SHOWN]) for plan, mails in found.items()}


def _mails(rows: Iterable[Mail]) -> Mails:
    lines = tuple(_line(row) for row in rows)
    said = "".join(f"{line.mail.pk} {line.mail.state} {line.reason}" for line in lines)
    return Mails(
        lines=lines,
        last=str(lines[0].mail.pk) if lines else "",
        final=not any(_changes_soon(line.mail) for line in lines),
        digest=hashlib.sha256(said.encode()).hexdigest()[:16],
    )


def mail_context(publication: Publication) -> dict[str, Any]:
    return {"mails": mails_of(publication), **consent_context(publication.plan.patient)}


def consent_context(patient: Patient) -> dict[str, Any]:
    consent = open_consent(patient)
    return {
        "consent": consent,
        "mail_address": consent.address if consent else patient.email,
        "mail_server": has_server(),
    }


def _line(mail: Mail) -> MailLine:
    shown, icon, look = WORDS[MailState(mail.state)]
    word = str(shown)
    if mail.written_to_file:
        word, icon, look = _("Written into a file, not sent"), "draft", "avoid"
    return MailLine(mail=mail, word=word, icon=icon, look=look, reason=_reason(mail))


def _reason(mail: Mail) -> str:
    words = str(REASONS.get(mail.error_code, mail.error_code))
    said = [f"{words} ({mail.answer})" if mail.answer else words] if words else []
    if mail.state == MailState.QUEUED and mail.error_code and mail.not_before:
        said.append(_("Next try: %(moment)s.") % {"moment": moment_in_words(mail.not_before)})
    return " ".join(said)


def _changes_soon(mail: Mail) -> bool:
    late = mail.not_before and mail.not_before > timezone.now() + SOON
    return mail.state in WAITING and not late
