"""Names of exercises at the desk: the patient's, and beside it the reader's own where the library has one."""

from uuid import UUID

import pytest

from plans.content import from_json
from plans.queries.exercise_names import exercise_names
from tests import factories


@pytest.fixture
def content_of(clinic, pat):
    def make(language, name, english="Heel slide"):
        texts = {"en": factories.exercise_text(name=english), language: factories.exercise_text(name=name)}
        exercise = factories.approved_exercise(clinic, "heel-slide", texts=texts)
        patient = factories.patient(pat, language=language)
        plan = factories.plan(pat, of=patient, exercises=[exercise])
        return from_json(factories.publication(pat, of_plan=plan).content.json)

    return make


def names_of(content, language):
    return exercise_names([content], language=language)[UUID(content.items[0].key)]


def test_the_readers_name_stands_beside_the_patients(content_of, django_assert_num_queries):
    content = content_of("es", "Deslizar el talón")

    with django_assert_num_queries(1):
        assert names_of(content, "en") == "Deslizar el talón (Heel slide)"
    with django_assert_num_queries(0):
        assert names_of(content, "es") == "Deslizar el talón"


def test_where_the_library_has_no_other_name_the_patients_stands_alone(content_of):
    assert names_of(content_of("en", "Heel slide"), "es") == "Heel slide"
    assert exercise_names([], language="en") == {}


def test_one_name_in_both_languages_stands_once(content_of):
    assert names_of(content_of("es", "Burpee", english="Burpee"), "en") == "Burpee"


def test_a_name_from_right_to_left_leaves_the_others_in_their_order(content_of):
    assert names_of(content_of("ar", "زلق الكعب"), "en") == "\u2068زلق الكعب\u2069 (Heel slide)"
