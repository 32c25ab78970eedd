from datetime import timedelta
from decimal import Decimal

import pytest

from plans.actions import people
from plans.content import LimitContent, from_json
from plans.dose import Dose, Limb, Side, Span
from plans.handout.formats import Format
from plans.handout.html import preview_html
from plans.models import Clinic, User
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def titled(clinic):
    return factories.therapist(clinic, last_name="Okafor", title="PT, DPT")


def test_the_therapists_title_is_frozen_and_printed_after_the_name(titled, clinic):
    issued = factories.publication(titled)
    content = from_json(issued.content.json)
    assert (content.therapist.name, content.therapist.title) == ("Pat Okafor", "PT, DPT")
    assert "Pat Okafor, PT, DPT" in preview_html(content, Format(), address=str)

    person = User.objects.get(pk=titled.pk)
    person.title = "PT"
    people.save_person(person=person, by=factories.lead(clinic))
    issued.content.refresh_from_db()
    assert from_json(issued.content.json) == content
    assert factories.publication(titled, of_plan=issued.plan).number == 2


def frozen(pat, *, language="en", **clinic):
    """The content of a publication in a clinic with these columns."""
    Clinic.objects.filter(pk=pat.memberships.get().clinic_id).update(**clinic)
    texts = {code: factories.exercise_text() for code in ("en", language)}
    revision = factories.approved_exercise(pat.memberships.get().clinic, texts=texts)
    of = factories.patient(User.objects.get(pk=pat.pk), language=language)
    of_plan = factories.plan(pat, of=of, exercises=[revision], title="Back plan")
    return from_json(factories.publication(pat, of_plan=of_plan).content.json)


def test_the_clinics_words_are_frozen_in_the_language_of_the_plan(titled):
    words = {
        "disclaimer": "Ask us.",
        "disclaimers": {"es": "Pregúntenos."},
        "titles": {"es": {"PT, DPT": "Fisioterapeuta", "Back plan": "Plan de espalda"}},
    }
    spanish = frozen(titled, language="es", **words)
    assert spanish.clinic.disclaimer == "Pregúntenos."
    assert (spanish.therapist.title, spanish.title) == ("Fisioterapeuta", "Plan de espalda")
    english = frozen(titled, **words)
    assert (english.clinic.disclaimer, english.therapist.title, english.title) == (
        "Ask us.",
        "PT, DPT",
        "Back plan",
    )


@pytest.mark.parametrize(
    ("language", "setting", "locale", "first"),
    [
        ("en", None, "en-US", 6),
        ("en", None, "en-NZ", 0),
        ("en", None, "es-ES", 6),
        ("es", None, "en-US", 0),
        ("es", None, "es-MX", 6),
        ("ar", None, "en-US", 5),
        ("ar", None, "ar-LB", 0),
        ("zh-hans", None, "en-US", 0),
        ("en", 0, "en-US", 0),
        ("ar", 6, "en-US", 6),
    ],
)
def test_the_week_begins_as_the_clinic_says_or_else_as_the_language_has_it(language, setting, locale, first):
    clinic = factories.clinic(week_starts_on=setting, locale=locale)
    assert clinic.week_start_in(language) == first


def test_the_first_day_limb_and_breathing_are_frozen(titled, clinic):
    Clinic.objects.filter(pk=clinic.pk).update(week_starts_on=5)
    text = factories.exercise_text(breathing="Breathe out as you slide.")
    dose = Dose(repetitions=Span(3, 3), side=Side.EACH, out_seconds=Span(2, 2))
    revision = factories.approved_exercise(
        clinic, "one-leg", texts={"en": text}, one_sided=True, limb=Limb.LEG, dose=dose
    )
    issued = factories.publication(titled, of_plan=factories.plan(titled, exercises=[revision]))
    content = from_json(issued.content.json)
    assert (content.items[0].limb, content.items[0].breathing) == ("leg", "Breathe out as you slide.")
    assert content.clinic.week_starts_on == 5
    page = preview_html(content, Format(), address=str)
    assert "Breathe out as you slide." in page
    assert page.index(">Sat<") < page.index(">Sun<") < page.index(">Fri<")


def test_without_a_title_the_name_stands_alone(clinic):
    content = from_json(factories.publication(factories.therapist(clinic, last_name="Okafor")).content.json)
    assert "Pat Okafor</span>" in preview_html(content, Format(), address=str)


def test_limits_that_hold_and_what_to_check_first_are_frozen(pat, clinic):
    """One that ends before the plan, or was cleared, is not printed, nor is a limit changed by what comes later."""
    factories.approved_rule(
        clinic,
        movements=(),
        whole_plan=True,
        check_first=True,
        sentences={"en": "Because of your heart: weigh yourself each day."},
    )
    of = factories.patient(pat, has=("sciatica",))
    today = clinic.today()
    factories.limit(of, None, words="Bend your knee", at_most=Decimal("90.0"), unit="degrees", side="left")
    factories.limit(of, None, words="No running", until=today)
    plan = factories.plan(
        pat, of=of, start_on=today + timedelta(days=1), review_on=today + timedelta(days=20)
    )
    content = from_json(factories.publication(pat, of_plan=plan).content.json)
    assert content.check_first == ("Because of your heart: weigh yourself each day.",)
    assert content.sentences == ()
    assert content.limits == (
        LimitContent(
            words="Bend your knee",
            said_by="Dr Ana Lee",
            said_on=today,
            at_most="90",
            unit="degrees",
            side="left",
        ),
    )
    page = preview_html(content, Format(), address=str)
    assert page.index("weigh yourself each day") < page.index(
        "Bend your knee: at most 90 degrees (left side)"
    )
