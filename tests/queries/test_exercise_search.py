"""The search knows at once what a clinic goes on with, and asks the database once to know it."""

import pytest
from django.db import connection

from plans.actions.approving import approve_exercises
from plans.actions.exercises import recall_exercise, retire_exercise
from plans.libraryfiles import Equipment, Help, Level, Position, Target
from plans.models import Condition, Exercise, ExerciseText
from plans.queries import exercise_search
from plans.queries.exercise_search import search_exercises
from plans.queries.library_stamp import stamp_of
from tests import factories


def codes(words, clinic, language="en", **how):
    found = search_exercises(words, clinics=[clinic.pk], language=language, **how)
    return [one.listed.document.code for one in found]


@pytest.fixture
def admin(clinic):
    return factories.library_admin(clinic)


def test_what_was_just_approved_is_found_at_once_and_what_was_recalled_is_not(clinic, lead):
    first = factories.approved_exercise(
        clinic, "slide", texts={"en": factories.exercise_text(name="Heel slide")}
    )
    second = factories.exercise("slide", texts={"en": factories.exercise_text(name="Wide arc")})
    assert (codes("heel", clinic), codes("arc", clinic)) == (["slide"], [])

    reviewer = factories.reviewer(clinic)
    approve_exercises(revisions=[second], clinic=clinic, by=reviewer)
    assert (codes("heel", clinic), codes("arc", clinic)) == ([], ["slide"])

    approve_exercises(revisions=[first], clinic=clinic, by=reviewer)
    assert (codes("heel", clinic), codes("arc", clinic)) == (["slide"], [])
    recall_exercise(exercise=first.exercise, clinic=clinic, by=lead)
    assert (codes("heel", clinic), codes("arc", clinic)) == ([], ["slide"])


def test_clinics_find_what_they_go_on_with_themselves(clinic):
    other = factories.clinic()
    factories.approved_exercise(clinic, "slide", texts={"en": factories.exercise_text(name="Heel slide")})
    factories.approved_exercise(other, "slide", texts={"en": factories.exercise_text(name="Wide arc")})
    factories.exercise("own", clinic=other, texts={"en": factories.exercise_text(name="Own arc")})

    assert codes("arc", clinic) == []
    assert sorted(codes("arc", other)) == ["own", "slide"]
    both = search_exercises("slide", clinics=[clinic.pk, other.pk], language="en")
    assert [one.listed.document.names["en"] for one in both] == ["Wide arc"]  # by its code; the newest counts


def test_a_retired_exercise_is_found_only_where_it_is_asked_for(clinic, admin):
    revision = factories.exercise("own-arc", clinic=clinic)
    assert codes("arc", clinic) == ["own-arc"]
    retire_exercise(exercise=revision.exercise, by=admin)
    assert codes("arc", clinic) == []
    assert codes("arc", clinic, retired=True) == ["own-arc"]


def test_a_text_that_joins_later_and_a_condition_that_is_renamed_are_found(clinic):
    factories.condition("sciatica", name="Sciatica")
    revision = factories.approved_exercise(
        clinic, "slide", helps=(Help(condition="sciatica", source="ours"),)
    )
    assert codes("talón", clinic) == codes("leg nerve trouble", clinic) == []

    text = factories.exercise_text(name="Deslizar el talón")
    factories.exercise("slide", helps=(Help(condition="sciatica", source="ours"),), texts={"es": text})
    assert ExerciseText.objects.filter(revision=revision, language="es").exists()
    Condition.objects.filter(code="sciatica").update(
        name="Leg nerve trouble", search_text="leg nerve trouble"
    )
    assert codes("talon", clinic) == codes("leg nerve trouble", clinic) == ["slide"]


def test_an_exercise_is_not_found_for_what_a_rule_forbids_it_in(clinic):
    factories.condition("osteoporosis", name="Osteoporosis")
    factories.movement("neural_tension", name="Putting tension on the sciatic nerve")
    factories.condition("sciatica", name="Sciatica", also=["sciatic pain"])
    factories.approved_exercise(clinic, "leg-raise", movements=("neural_tension",))
    for condition in ("osteoporosis", "sciatica"):
        factories.approved_rule(
            clinic, f"no-{condition}", condition=condition, movements=("neural_tension",), level=Level.AVOID
        )

    for words in ("osteoporosis", "sciatica", "sciatic", "sciatca", "sciatic nerve"):
        assert codes(words, clinic) == []
    assert codes("tension", clinic) == ["leg-raise"]


def test_facts_are_found_below_names(clinic):
    factories.approved_exercise(clinic, "wall-slide", position=Position.STANDING)
    factories.approved_exercise(clinic, "squat", equipment=(Equipment.WALL,), targets=(Target.THIGHS,))
    assert codes("wall", clinic) == ["wall-slide", "squat"]


def test_chinese_and_arabic_names_are_found_by_a_part(clinic):
    texts = {
        "zh-hans": factories.exercise_text(name="臀桥运动"),
        "ar": factories.exercise_text(name="تمرين الجسر"),
    }
    factories.approved_exercise(
        clinic, "glute-bridge", texts={"en": factories.exercise_text(name="Lift"), **texts}
    )
    for words in ("臀桥", "桥", "الجسر", "جسر"):
        assert codes(words, clinic, language="zh-hans") == ["glute-bridge"]
    assert codes("桥臀", clinic) == []


def test_one_question_tells_whether_something_changed(clinic, django_assert_num_queries):
    factories.approved_exercise(clinic, "slide")
    search_exercises("slide", clinics=[clinic.pk], language="en")
    with django_assert_num_queries(1):
        search_exercises("another word", clinics=[clinic.pk], language="en")


def test_a_change_reads_only_what_is_new(clinic, django_assert_max_num_queries, monkeypatch):
    for number in range(3):
        factories.approved_exercise(clinic, f"slide-{number}")
    search_exercises("slide", clinics=[clinic.pk], language="en")
    read = []
    monkeypatch.setattr(
        exercise_search,
        "listed_revisions",
        lambda ids, original=exercise_search.listed_revisions: read.append(len(ids)) or original(ids),
    )
    factories.approved_exercise(clinic, "arc")
    with django_assert_max_num_queries(8):
        assert codes("arc", clinic) == ["arc"]
    assert read == [1]


def test_the_stamp_is_the_same_while_nothing_changes(clinic):
    factories.approved_exercise(clinic, "slide")
    assert stamp_of([clinic.pk]) == stamp_of([clinic.pk])
    factories.exercise("foreign", clinic=factories.clinic())
    before = stamp_of([clinic.pk])
    with connection.cursor() as cursor:  # another process, that knows nothing of what this one keeps
        cursor.execute("UPDATE plans_exercise SET retired_on = '2026-01-01' WHERE code = 'slide'")
    assert stamp_of([clinic.pk]) != before
    assert Exercise.objects.count() == 2


def test_without_a_clinic_it_is_the_shared_library(clinic):
    factories.exercise("slide")
    assert [one.listed.document.code for one in search_exercises("", clinics=[], language="en")] == ["slide"]
