"""Measures of library files: written once, changed as a new text that waits for review, in force once approved."""

from io import StringIO

import pytest
from django.core.management import call_command

from plans.actions import approving
from plans.actions.library_measures import retire_measure, write_measure
from plans.models import Measure, MeasureText
from plans.queries.approvals import measure_work
from plans.queries.library_measures import measure_texts_in_force
from tests import factories
from tests.library.conftest import STARTER

pytestmark = pytest.mark.django_db


def write(**fields):
    return write_measure(data=factories.measure_data(**fields), order=1)


def said():
    rows = MeasureText.objects.order_by("language", "number")
    return [(row.language, row.number, row.name) for row in rows]


def in_force(clinic):
    return [(text.language, text.number) for text in measure_texts_in_force(clinic).values()]


def test_the_same_measure_twice_changes_nothing():
    assert write()
    assert not write()
    assert said() == [("en", 1, "Your pain")]


def test_changed_words_are_a_new_text_and_another_language_joins():
    write()
    assert write(texts={"en": factories.measure_text("Pain")})
    assert write(texts={"es": factories.measure_text("Su dolor")})
    assert said() == [("en", 1, "Your pain"), ("en", 2, "Pain"), ("es", 1, "Su dolor")]


def test_another_figure_has_all_texts_reviewed_again():
    texts = {"en": factories.measure_text(), "es": factories.measure_text("Su dolor")}
    write(texts=texts)
    assert write(differences=(factories.difference("1.5"),), texts={"en": texts["en"]})
    assert [(language, number) for language, number, _ in said()] == [
        ("en", 1),
        ("en", 2),
        ("es", 1),
        ("es", 2),
    ]
    assert [one["points"] for one in MeasureText.objects.get(language="es", number=2).differences] == ["1.5"]


def test_nothing_is_asked_before_a_reviewer_approves_it(clinic):
    row = factories.measure()
    assert in_force(clinic) == []
    assert [text.measure for text in measure_work(clinic)] == [row]
    approving.approve(things=row.texts.all(), clinic=clinic, by=factories.reviewer(clinic))
    assert in_force(clinic) == [("en", 1)]
    assert in_force(factories.clinic()) == []
    assert not measure_work(clinic).exists()


def test_what_was_approved_goes_on_while_a_change_waits(clinic):
    row = factories.approved_measure(clinic)
    write(texts={"en": factories.measure_text("Pain")})
    assert in_force(clinic) == [("en", 1)]
    approving.approve(things=row.texts.filter(number=2), clinic=clinic, by=factories.reviewer(clinic))
    assert in_force(clinic) == [("en", 2)]


def test_an_approval_taken_back_brings_no_older_text_back(clinic):
    row, reviewer = factories.approved_measure(clinic), factories.reviewer(clinic)
    write(texts={"en": factories.measure_text("Pain")})
    approving.approve(things=row.texts.filter(number=2), clinic=clinic, by=reviewer)
    approving.withdraw(approvals=clinic.approvals.filter(measure__number=2), by=reviewer)
    assert in_force(clinic) == []


def test_a_withdrawn_measure_is_asked_no_more(clinic):
    retire_measure(factories.approved_measure(clinic))
    assert in_force(clinic) == []


def test_texts_in_force_are_one_query(clinic, django_assert_num_queries):
    factories.approved_measures(clinic)
    with django_assert_num_queries(1):
        assert len(measure_texts_in_force(clinic)) == 2


def test_the_starter_librarys_measures_are_loaded_and_wait(clinic):
    call_command("load_library", STARTER, stdout=StringIO())
    assert list(Measure.objects.values_list("code", flat=True)) == [
        "numeric-pain-rating",
        "patient-specific-function",
    ]
    assert measure_work(clinic).count() == 8
    assert in_force(clinic) == []
