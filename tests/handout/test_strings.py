"""The fixed sentences, where a reader stumbled over one, and what stands there now."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from plans.handout import strings
from plans.handout.formats import Copy, Format
from plans.handout.html import handout_html
from plans.languages import LANGUAGES
from tests.handout.samples import make_plan_in


def test_a_bad_fall_counts_when_it_is_new():
    assert "a new bad fall or accident" in strings.say_emergencies()


def test_spanish_signs_go_on_from_their_titles():
    """Each is a clause after "si", which a bare noun is not."""
    with translation.override("es"):
        assert strings.say_emergency_title("911") == "Llame ya al 911 si:"
        assert strings.say_same_day_title() == "Pare y llame hoy al médico si:"
        signs = (*strings.say_emergencies(), *strings.say_same_day_signs())
    begins = {"no siente", "no puede", "siente menos", "tiene", "ha tenido", "le duele", "baja", "le supura"}
    assert [sign for sign in signs if not sign.startswith(tuple(begins))] == []


@pytest.mark.parametrize("english", ["a new loss of feeling during sex", "new weakness in one leg or foot"])
def test_what_is_new_in_english_is_new_in_spanish(english):
    signs = (*strings.say_emergencies(), *strings.say_same_day_signs())
    assert english in signs
    with translation.override("es"):
        assert gettext(english).endswith("y es nuevo")


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("Good to know", "Conviene saber"),
        ("Is this sheet still right?", "¿Sigue vigente esta hoja?"),
        ("a wound that leaks", "le supura una herida"),
    ],
)
def test_spanish_as_it_is_said(english, spanish):
    with translation.override("es"):
        assert gettext(english) == spanish


def test_the_spanish_pain_guide():
    with translation.override("es"):
        pain = strings.say_pain_advice()
    assert pain["scale"].startswith("0 es nada de dolor.")
    assert pain["ease"].startswith("Baje el ritmo:")


@pytest.mark.parametrize("copy", list(Copy))
@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_sheet_in_a_draft_language_says_so(code, copy):
    language = LANGUAGES[code]
    with translation.override(code):
        words = gettext("Draft translation, made by a machine. If a line is not clear, ask your clinic.")
    page = handout_html(make_plan_in(code), Format(copy=copy), language, link_url="", sheet_url="")
    assert (words in page) == language.is_draft
