"""Lines of advice arrive by language; what is changed, or comes back, waits for a reviewer."""

import pytest

from plans.actions.advice import retire_advice, write_advice
from plans.libraryfiles import AdviceData, AdviceKind, Audience
from plans.models import Advice, AdviceText
from tests import factories

pytestmark = pytest.mark.django_db


def write(**texts):
    write_advice(
        AdviceData(
            code="walk",
            place=factories.PLACE,
            kind=AdviceKind.GENERAL,
            audience=Audience(everybody=True),
            source="ours",
            texts=texts,
        ),
        order=1,
    )


def rows():
    return list(AdviceText.objects.order_by("language", "number").values_list("language", "number", "words"))


def test_another_word_is_a_new_row_in_its_language_alone():
    write(en="Walk.", es="Camine.")
    write(en="Walk.", es="Camine.")
    write(en="Walk a bit.")
    assert rows() == [("en", 1, "Walk."), ("en", 2, "Walk a bit."), ("es", 1, "Camine.")]


def test_what_comes_back_is_a_new_row_in_all_its_languages_once():
    write(en="Walk.", es="Camine.")
    retire_advice(Advice.objects.get())
    for _ in range(2):
        write(en="Walk.")
    assert rows() == [("en", 1, "Walk."), ("en", 2, "Walk."), ("es", 1, "Camine."), ("es", 2, "Camine.")]
    assert Advice.objects.get().retired_on is None
