"""The words of a mail: in the patient's language, without a name, an exercise or a condition."""

from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from plans.handout.phrases import write_date
from plans.languages import get_language
from plans.models import Clinic, Mail
from plans.queries.links import address_of_link


def write_letter(mail: Mail) -> EmailMessage:
    """Return the mail, ready to be handed over. Raises LinkKeyMissing.

    Its Message-ID holds the row's id, so that a returned one tells which it was.
    """
    clinic = mail.publication.plan.patient.clinic
    with translation.override(mail.language):
        subject, body = _subject(clinic), _body(mail, clinic)
    host = urlsplit(settings.PUBLIC_URL).hostname
    return EmailMessage(
        subject=subject,
        body=body,
        from_email=formataddr((_line(clinic.name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1])),
        to=[mail.consent.address],
        headers={"Message-ID": f"<{mail.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _subject(clinic: Clinic) -> str:
    return gettext("Your plan from %(clinic)s") % {"clinic": _line(clinic.name)}


def _body(mail: Mail, clinic: Clinic) -> str:
    language = get_language(mail.language, locale=clinic.locale)
    names = {"clinic": _line(clinic.name), "phone": _line(clinic.phone)}
    day = {"date": write_date(mail.link.expires_on, language)}
    paragraphs = [
        gettext("Hello,"),
        gettext("%(clinic)s made a plan for you. Open it here:") % names,
        address_of_link(mail.link),
        *_what_is_asked(mail, day),
        gettext("Keep this link to yourself. It is only for you."),
        gettext(
            "You get this mail because you said yes to it at the clinic. Is it not for you, or do you want no more?"
        ),
    ]
    contact = gettext("Call %(clinic)s: %(phone)s") if clinic.phone else gettext("Tell %(clinic)s.")
    nobody = gettext("Please do not answer this mail. Nobody reads the answers.")
    return "\n\n".join([*paragraphs[:-1], f"{paragraphs[-1]} {contact % names}", nobody]) + "\n"


def _what_is_asked(mail: Mail, day: dict[str, str]) -> list[str]:
    asked = [gettext("The page asks for your date of birth. You can open it until %(date)s.") % day]
    if mail.link.asks_code:
        asked.append(
            gettext("It also asks for the 6-digit code on your printed plan. It is not in this mail.")
        )
    return asked


def _line(words: str) -> str:
    return " ".join(words.split())
