"""The words of a mail: in the patient's language, without a name, an exercise or a condition."""

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext

from plans.actions.outgoing.letters import make_letter, one_line
from plans.handout.phrases import write_date
from plans.languages import get_language
from plans.models import Clinic, Mail
from plans.queries.links import address_of_link


def write_letter(mail: Mail) -> EmailMessage:
    """Return the mail, ready to be handed over. Raises LinkKeyMissing."""
    clinic = mail.publication.plan.patient.clinic
    with translation.override(mail.language):
        return make_letter(
            row_id=mail.pk,
            to=mail.consent.address,
            subject=gettext("Your plan from %(clinic)s") % {"clinic": one_line(clinic.name)},
            paragraphs=_paragraphs(mail, clinic),
            sender=clinic.name,
        )


def _paragraphs(mail: Mail, clinic: Clinic) -> list[str]:
    language = get_language(mail.language, locale=clinic.locale)
    names = {"clinic": one_line(clinic.name), "phone": one_line(clinic.phone)}
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
    return [*paragraphs[:-1], f"{paragraphs[-1]} {contact % names}", nobody]


def _what_is_asked(mail: Mail, day: dict[str, str]) -> list[str]:
    asked = [gettext("The page asks for your date of birth. You can open it until %(date)s.") % day]
    if mail.link.asks_code:
        asked.append(
            gettext("It also asks for the 6-digit code on your printed plan. It is not in this mail.")
        )
    return asked
