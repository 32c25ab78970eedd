"""What warning signs are called, by whom it is read."""

import pytest
from django.utils import translation

from plans.models import Symptom
from plans.queries.sign_names import sign_names
from tests import factories


def test_no_sign_asks_nothing(db, clinic, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert sign_names([], clinics={clinic.pk}) == {}


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_clinics_own_sign_goes_before_a_shared_one(clinic, language, django_assert_num_queries):
    factories.symptom("fever", name="Shared")
    Symptom.objects.create(code="fever", name="Ours", clinic=clinic)
    Symptom.objects.create(code="fever", name="Theirs", clinic=factories.clinic())

    with translation.override(language), django_assert_num_queries(1):
        assert sign_names(["fever"], clinics={clinic.pk}) == {"fever": "Ours"}


def test_the_newest_sentence_stands_for_a_name_that_is_english(clinic):
    for words in ("Ve dos.", "Ve doble."):
        factories.signs(factories.sign_data(sentences={"en": "You see double.", "es": words}))
    factories.signs(
        factories.sign_data(sentences={"en": "You see double.", "es": "Ve doble."}),
        factories.sign_data("faint", name="Faint"),
    )

    with translation.override("es"):
        named = sign_names(["double_vision", "faint", "unheard_of"], clinics={clinic.pk})

    assert named == {"double_vision": "Ve doble", "faint": "Faint"}
