"""The words of reminders: in the patient's language, without a name, an exercise or a condition.

A reminder's subject and sender are read on locked screens, so they do not name the clinic either, which may be one for
a single complaint. The mail that asks to confirm an address may reach a stranger: it names no clinic at all and opens
no plan.
"""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext, ngettext

from plans import tokens
from plans.actions.outgoing.letters import make_letter, one_line
from plans.actions.reminders.bounds import CONFIRM_DAYS
from plans.models import Clinic, Reminder, ReminderKind, ReminderSchedule
from plans.queries.links import address_of_link
from plans.tokens import Opens


def write_letter(reminder: Reminder) -> EmailMessage:
    """Return the mail, ready to be handed over. Raises LinkKeyMissing."""
    schedule = reminder.schedule
    stop = address_to_stop(schedule)
    with translation.override(schedule.plan.patient.language):
        asks = reminder.kind == ReminderKind.CONFIRM
        return make_letter(
            row_id=reminder.pk,
            to=schedule.address,
            subject=confirm_subject() if asks else gettext("Your reminder for today"),
            paragraphs=_confirm_words(schedule) if asks else _reminder_words(schedule, stop),
            # RFC 8058: a mail program shows a button of its own, which ends the reminders without opening a page.
            headers={
                "List-Unsubscribe": f"<{stop}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )


def confirm_subject() -> str:
    """Return how the mail that asks to confirm is called, which the page says, too: so it can be found."""
    return gettext("Please confirm: reminders by e-mail")


def address_to_stop(schedule: ReminderSchedule) -> str:
    """Return the address that ends the reminders. Raises LinkKeyMissing."""
    token = tokens.token_for(Opens.STOP_REMINDERS, schedule.pk, digest=schedule.stop_digest)
    return f"{settings.PUBLIC_URL}/p/{token}/reminders/stop/"


def address_to_confirm(schedule: ReminderSchedule) -> str:
    """Return the address that says yes to reminders at a typed address. Raises LinkKeyMissing."""
    token = tokens.token_for(Opens.CONFIRM_REMINDERS, schedule.pk, digest=schedule.confirm_digest)
    return f"{settings.PUBLIC_URL}/p/{token}/reminders/confirm/"


def _reminder_words(schedule: ReminderSchedule, stop: str) -> list[str]:
    clinic = schedule.plan.patient.clinic
    return [
        gettext("Hello,"),
        gettext("This is your reminder for today from %(clinic)s.") % {"clinic": one_line(clinic.name)},
        gettext("Open your plan here:"),
        address_of_link(schedule.link),
        gettext("The page asks for your date of birth."),
        gettext("Is today a day of rest? Then you do not need to do anything."),
        gettext("Do you want no more reminders? Stop them here:"),
        stop,
        _contact(clinic),
        gettext("Please do not answer this mail. Nobody reads the answers."),
    ]


def _confirm_words(schedule: ReminderSchedule) -> list[str]:
    until = ngettext("The link works for %(days)d day.", "The link works for %(days)d days.", CONFIRM_DAYS)
    return [
        gettext("Hello,"),
        gettext("Somebody asked for reminders to this mail address."),
        gettext("Was it you? Then open this page and say yes:"),
        address_to_confirm(schedule),
        until % {"days": CONFIRM_DAYS},
        gettext("Was it not you? Then do nothing. You will get no more mails."),
        gettext("Please do not answer this mail. Nobody reads the answers."),
    ]


def _contact(clinic: Clinic) -> str:
    names = {"clinic": one_line(clinic.name), "phone": one_line(clinic.phone)}
    words = (
        gettext("Questions? Call %(clinic)s: %(phone)s")
        if clinic.phone
        else gettext("Questions? Ask %(clinic)s.")
    )
    return words % names
