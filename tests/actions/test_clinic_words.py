import pytest

from plans.actions.clinic_words import (
    MAX_DISCLAIMER,
    MAX_LINES,
    MAX_TITLE,
    MAX_TITLES,
    TooManyLines,
    TooManyTitles,
)
from plans.actions.clinics import change_settings
from plans.actions.texts import InvisibleCharacter, LooksBlank, TextTooLong, Unprintable
from plans.languages import UnknownLanguage
from plans.models import AuditEvent
from plans.permissions import NotAllowed
from tests import factories

pytestmark = pytest.mark.django_db
LONGEST = ("These words are for you alone. " * 65)[:MAX_DISCLAIMER].strip()


def test_a_lead_writes_the_clinics_words_in_each_language(clinic, lead):
    change_settings(
        clinic=clinic,
        disclaimers={"en": f" {LONGEST} ", "ES": "Solo para usted.\r\nGuárdelo.", "ar": " "},
        titles={"es": {" Physical therapist": "Fisioterapeuta "}, "ar": {}},
        week_starts_on=6,
        by=lead,
    )
    clinic.refresh_from_db()
    assert clinic.disclaimers == {"en": LONGEST, "es": "Solo para usted.\nGuárdelo."}
    assert clinic.titles == {"es": {"Physical therapist": "Fisioterapeuta"}}
    assert clinic.week_starts_on == 6
    event = AuditEvent.objects.get(verb="clinic.changed", created_by=lead)
    assert event.detail == {"changed": "disclaimers, titles, week_starts_on"}


def test_what_is_not_given_stays_and_null_gives_the_week_back_to_the_language(clinic, lead):
    change_settings(clinic=clinic, disclaimers={"en": "Yours alone."}, week_starts_on=6, by=lead)
    changed = change_settings(clinic=clinic, locale="en-NZ", by=lead)
    assert (changed.disclaimers, changed.week_starts_on) == ({"en": "Yours alone."}, 6)
    assert change_settings(clinic=clinic, week_starts_on=None, by=lead).week_starts_on is None


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"disclaimers": {"es": "x" * (MAX_DISCLAIMER + 1)}}, TextTooLong, r"Disclaimer \(Español\)"),
        ({"disclaimers": {"es": "x\n" * MAX_LINES + "x"}}, TooManyLines, r"Disclaimer \(Español\)"),
        ({"disclaimers": {"en": "\u10d0"}}, Unprintable, r"Disclaimer \(English\)"),
        ({"disclaimers": {"en": "a\u202eb"}}, InvisibleCharacter, r"Disclaimer \(English\)"),
        ({"disclaimers": {"tlh": "x"}}, UnknownLanguage, "tlh"),
        ({"titles": {"tlh": {"x": "y"}}}, UnknownLanguage, "tlh"),
        ({"titles": {"es": {"PT": "x" * (MAX_TITLE + 1)}}}, TextTooLong, r"Titles \(Español\)"),
        ({"titles": {"es": {"PT": " "}}}, LooksBlank, r"Titles \(Español\)"),
        (
            {"titles": {"es": {str(number): "x" for number in range(MAX_TITLES + 1)}}},
            TooManyTitles,
            "Español: there are more than 100 titles",
        ),
    ],
)
def test_words_that_no_handout_could_print_are_refused_by_their_field(clinic, lead, given, error, said):
    with pytest.raises(error, match=said):
        change_settings(clinic=clinic, locale="en-NZ", **given, by=lead)
    clinic.refresh_from_db()
    assert (clinic.disclaimers, clinic.titles, clinic.locale) == ({}, {}, "en-US")


def test_others_write_no_words_of_a_clinic(clinic):
    for other in (factories.therapist(clinic), factories.lead(factories.clinic())):
        with pytest.raises(NotAllowed):
            change_settings(clinic=clinic, disclaimers={"en": "Mine."}, by=other)
