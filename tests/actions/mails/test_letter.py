"""The letter: in the patient's language, with the link, without anything about the patient."""

import pytest

from plans import tokens
from plans.actions.mails.letter import write_letter
from plans.models import Clinic, Mail
from plans.queries.links import address_of_link
from tests import factories


@pytest.fixture
def mail(clinic, therapist):
    Clinic.objects.update(phone="555 0100")
    return factories.mail(therapist)


def letter_of(mail, **columns):
    Mail.objects.update(**columns)
    return write_letter(Mail.objects.get())


def test_it_leads_to_the_plan_and_says_what_is_asked_there(mail):
    letter = letter_of(mail)
    token = tokens.token_of(link_id=mail.link.pk, digest=mail.link.token_digest)
    assert address_of_link(mail.link).endswith(f"/p/{token}/")
    assert f"\n{address_of_link(mail.link)}\n" in letter.body
    assert "date of birth" in letter.body
    assert "555 0100" in letter.body
    assert letter.to == ["robin@example.org"]


@pytest.mark.parametrize("language", ["en", "es", "ar", "zh-hans"])
def test_it_names_no_patient_no_exercise_no_condition(mail, language):
    letter = letter_of(mail, language=language)
    plan = mail.publication.plan
    said = str(letter.message()["Subject"]) + letter.subject + letter.body
    for word in (
        plan.patient.name,
        str(plan.patient.birth_date),
        plan.title,
        "slide",
        "weakness",
        "exercise",
    ):
        assert word.lower() not in said.lower()


@pytest.mark.parametrize(
    ("language", "said"),
    [("es", "fecha de nacimiento"), ("ar", "تاريخ ميلادك"), ("zh-hans", "出生日期")],
)
def test_it_speaks_the_patients_language(mail, language, said):
    letter = letter_of(mail, language=language)
    assert said in letter.body
    assert "Hello" not in letter.body
    english = letter_of(mail, language="en")
    left = [line for line in letter.body.splitlines() if line and line in english.body.splitlines()]
    assert left == [address_of_link(mail.link)]


def test_a_clinics_name_begins_no_header(mail, settings):
    settings.DEFAULT_FROM_EMAIL = "Plans <plans@clinic.example>"
    Clinic.objects.update(name="Knee, Hip\n& Co")
    message = letter_of(mail).message()
    assert message["From"] == '"Knee, Hip & Co" <plans@clinic.example>'
    assert message["Message-ID"] == f"<{mail.pk}@127.0.0.1>"
    assert message["Auto-Submitted"] == "auto-generated"


def test_without_a_phone_it_names_the_clinic(mail):
    Clinic.objects.update(phone="")
    assert "Tell Clinic" in letter_of(mail).body
