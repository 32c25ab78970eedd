"""Sentences of warning signs arrive as revisions: the same files twice change nothing, what is changed waits."""

import pytest

from plans.actions import approving, load_library
from plans.contraindications import RedFlag
from plans.libraryfiles import Audience, Library, Region
from plans.models import Symptom, SymptomSentence
from plans.queries.approvals import sign_work
from tests import factories

pytestmark = pytest.mark.django_db


def load(*data):
    return load_library.load_library(library=Library(symptoms=data), figures={}).changed


def rows():
    return list(
        SymptomSentence.objects.order_by("language", "number").values_list("language", "number", "words")
    )


def test_each_language_is_a_row_and_the_same_files_change_nothing():
    said = factories.sign_data(sentences={"en": "You see double.", "es": "Ve doble."})
    assert (load(said), load(said)) == (1, 0)
    assert rows() == [("en", 1, "You see double."), ("es", 1, "Ve doble.")]


def test_another_word_is_a_new_row_in_its_language_alone():
    load(factories.sign_data(sentences={"en": "You see double.", "es": "Ve doble."}))
    assert load(factories.sign_data(sentences={"en": "You see two.", "es": "Ve doble."})) == 1
    assert rows() == [("en", 1, "You see double."), ("en", 2, "You see two."), ("es", 1, "Ve doble.")]


@pytest.mark.parametrize(
    "change",
    [
        {"red_flag": RedFlag.SAME_DAY},
        {"audience": Audience(conditions=("sciatica",))},
        {"audience": None, "region": Region.NECK},
        {"needs_answer": True},
        {"red_flag": None, "audience": None},
    ],
)
def test_words_for_others_or_as_urgent_as_never_before_are_reviewed_again(clinic, change):
    factories.condition("sciatica")
    factories.approved_signs(clinic, factories.sign_data())
    assert list(sign_work(clinic)) == []
    assert load(factories.sign_data(**change)) == 1
    assert [sentence.number for sentence in sign_work(clinic)] == [2]


def test_a_language_that_a_file_does_not_name_stays():
    load(factories.sign_data(sentences={"en": "You see double.", "es": "Ve doble."}))
    assert load(factories.sign_data(sentences={"es": "Ve dos."})) == 1
    assert rows() == [("en", 1, "You see double."), ("es", 1, "Ve doble."), ("es", 2, "Ve dos.")]


def test_a_symptom_that_is_no_red_flag_has_no_sentence():
    assert load(factories.sign_data(red_flag=None, audience=None)) == 0
    assert rows() == []


def test_signs_keep_the_order_of_the_file():
    load(factories.sign_data("z"), factories.sign_data("a"))
    assert list(Symptom.objects.order_by("order").values_list("code", flat=True)) == ["z", "a"]


def test_an_approval_is_of_one_clinic_and_can_be_taken_back(clinic, reviewer):
    (row,) = factories.approved_signs(clinic, factories.sign_data())
    assert list(sign_work(factories.clinic())) == [row]
    approving.withdraw(approvals=row.approvals.all(), by=reviewer)
    assert list(sign_work(clinic)) == [row]
