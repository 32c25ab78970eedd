"""Hand a mail over to the mail server, and say what became of it: taken, refused for good, for now, or not known.

Only an answer of the server counts. What breaks off while the letter is handed over may have been taken all the same.
"""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from plans.models import MailState

REFUSED = "refused"
SENDER_REFUSED = "sender_refused"
NOT_NOW = "not_now"
UNREACHABLE = "unreachable"
BROKE_OFF = "broke_off"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True)
class Handed:
    """How it ended: the state, QUEUED for another try; why, and what the server said."""

    state: MailState
    error_code: str = ""
    answer: str = ""

    @property
    def refuses_address(self) -> bool:
        return self.error_code == REFUSED


def has_server() -> bool:
    """Whether mails leave this machine; else they are written into files."""
    return bool(settings.EMAIL_HOST)


def hand_over(letter: EmailMessage, *, begin: Callable[[], Handed | None]) -> Handed:
    """Send the letter. `begin` notes that the hand-over begins now, or gives an end: then nothing is sent."""
    try:
        connection = get_connection()
        connection.open()
        _greet(connection)
    except (smtplib.SMTPException, OSError, ImproperlyConfigured) as error:
        log.warning("mail_server_away", error=type(error).__name__)
        return Handed(state=MailState.QUEUED, error_code=UNREACHABLE, answer=_said(error))
    try:
        return begin() or _send(connection, letter)
    finally:
        # It was taken or not before: a quarrel over the goodbye changes nothing.
        with suppress(smtplib.SMTPException, OSError):
            connection.close()


def _greet(connection: BaseEmailBackend) -> None:
    """Have the server answer before the hand-over: what breaks off here was not taken, and is tried again.

    Without TLS and a login smtplib would greet with the letter. Files have no server.
    """
    server = getattr(connection, "connection", None)
    if not isinstance(server, smtplib.SMTP):
        return
    try:
        server.ehlo_or_helo_if_needed()
    except (smtplib.SMTPException, OSError):
        server.close()
        raise


def _send(connection: BaseEmailBackend, letter: EmailMessage) -> Handed:
    try:
        connection.send_messages([letter])
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _refused(code, said, for_good=REFUSED)
    except smtplib.SMTPDataError as error:
        return _refused(error.smtp_code, error.smtp_error, for_good=REFUSED)
    except smtplib.SMTPResponseException as error:
        # What the server says of us, not of the patient's address.
        return _refused(error.smtp_code, error.smtp_error, for_good=SENDER_REFUSED)
    except (smtplib.SMTPException, OSError) as error:
        return Handed(state=MailState.UNKNOWN, error_code=BROKE_OFF, answer=_said(error))
    return Handed(state=MailState.SENT)


def _refused(code: int, said: bytes | str, *, for_good: str) -> Handed:
    words = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    answer = " ".join(f"{code} {words}".split())[:200]
    if code >= 500:
        return Handed(state=MailState.FAILED, error_code=for_good, answer=answer)
    return Handed(state=MailState.QUEUED, error_code=NOT_NOW, answer=answer)


def _said(error: Exception) -> str:
    """Return the kind of an error that is no answer: its words may hold addresses of this machine."""
    return type(error).__name__
