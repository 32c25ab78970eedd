"""A newer library withdraws: what was loaded is retired, and comes back when it is loaded again."""

import pytest

from plans.actions import approving
from plans.actions.load_library import known_codes, load_library
from plans.contraindications import RedFlag
from plans.libraryfiles import (
    AdviceData,
    AdviceKind,
    Audience,
    Library,
    Place,
    WithdrawnData,
    WithdrawnKind,
)
from plans.models import (
    Advice,
    AdviceText,
    Approval,
    AuditEvent,
    Exercise,
    ExerciseRevision,
    Leaflet,
    LeafletText,
    Measure,
    MeasureText,
    RuleRevision,
    Symptom,
    SymptomSentence,
)
from plans.queries.approvals import advice_work, leaflet_work, measure_work, sign_work
from tests import factories

pytestmark = pytest.mark.django_db
PLACE = Place("withdrawn.yaml", 1)


def withdrawn(kind, code):
    return WithdrawnData(kind=kind, code=code, place=PLACE, reason="A better one took its place.")


@pytest.fixture
def old():
    factories.movement()
    factories.condition("sciatica")
    return Library(exercises=(factories.exercise_data("a"),), rules=(factories.rule_data("rule-a"),))


@pytest.fixture
def new():
    return Library(
        withdrawn=(withdrawn(WithdrawnKind.EXERCISE, "a"), withdrawn(WithdrawnKind.RULE, "rule-a")),
    )


def test_what_is_withdrawn_is_retired_once_and_stays(old, new):
    load_library(library=old, figures={})

    assert load_library(library=new, figures={}).changed == 2
    assert load_library(library=new, figures={}).changed == 0
    assert Exercise.objects.get(code="a").retired_on
    assert ExerciseRevision.objects.filter(exercise__code="a").exists()
    newest = RuleRevision.objects.get(rule__code="rule-a", newest=True)
    assert (newest.number, newest.retired) == (2, True)


def test_two_libraries_in_turn_end_as_the_last_one_says(old, new):
    for library in (old, new, old):
        load_library(library=library, figures={})

    assert Exercise.objects.get(code="a").retired_on is None
    assert not RuleRevision.objects.get(rule__code="rule-a", newest=True).retired
    assert ExerciseRevision.objects.filter(exercise__code="a").count() == 1


def test_what_was_never_loaded_is_nobodys(new):
    assert load_library(library=new, figures={}).changed == 0
    assert not Exercise.objects.exists()


def test_an_own_exercise_of_the_code_stays_in_use(old, new, clinic):
    load_library(library=old, figures={})
    own = factories.exercise("a", clinic=clinic)

    load_library(library=new, figures={})

    own.exercise.refresh_from_db()
    assert own.exercise.retired_on is None


TEXTS = (AdviceText, LeafletText, MeasureText, SymptomSentence)
ENTRIES = (Advice, Leaflet, Measure, Symptom)


def advice_data(words="Keep going."):
    return AdviceData(
        code="a",
        place=PLACE,
        kind=AdviceKind.GENERAL,
        audience=Audience(everybody=True),
        source="ours",
        texts={"en": words, "es": "Siga."},
    )


@pytest.fixture
def words():
    """A line of advice, a leaflet, a measure and a sign of one code."""
    factories.condition("sciatica")
    leaflet = factories.leaflet_data("a")
    measure = factories.measure_data("a")
    return Library(
        advice=(advice_data(),),
        leaflets=(leaflet,),
        measures=(measure,),
        symptoms=(factories.sign_data("a"),),
    )


@pytest.fixture
def without_words():
    kinds = (WithdrawnKind.ADVICE, WithdrawnKind.LEAFLET, WithdrawnKind.MEASURE, WithdrawnKind.SYMPTOM)
    return Library(withdrawn=tuple(withdrawn(kind, "a") for kind in kinds))


def approve_all(clinic, reviewer):
    for model in TEXTS:
        approving.approve(things=model.objects.all(), clinic=clinic, by=reviewer)


def work(clinic):
    found = (advice_work(clinic), leaflet_work(clinic), measure_work(clinic), sign_work(clinic))
    return [sorted(row.number for row in rows) for rows in found]


def test_withdrawn_advice_leaflets_measures_and_signs_are_retired_once_and_stay(
    words, without_words, clinic, reviewer
):
    load_library(library=words, figures={})
    approve_all(clinic, reviewer)

    assert load_library(library=without_words, figures={}).changed == 4
    days = [model.objects.get(code="a").retired_on for model in ENTRIES]
    assert all(days)
    events = AuditEvent.objects.filter(verb__contains="_retired").order_by("verb")
    assert [event.verb for event in events] == [
        "library.advice_retired",
        "library.leaflet_retired",
        "library.measure_retired",
        "library.symptom_retired",
    ]
    assert [model.objects.count() for model in TEXTS] == [2, 1, 1, 1]
    assert Approval.objects.filter(withdrawn_at=None).count() == 5

    assert load_library(library=without_words, figures={}).changed == 0
    assert [model.objects.get(code="a").retired_on for model in ENTRIES] == days
    assert events.count() == 4


def test_what_is_retired_waits_for_no_review(words, without_words, clinic):
    load_library(library=words, figures={})
    assert work(clinic) == [[1, 1], [1], [1], [1]]
    load_library(library=without_words, figures={})
    assert work(clinic) == [[], [], [], []]


def test_old_new_and_old_in_turn_bring_it_back_for_review(words, without_words, clinic, reviewer):
    load_library(library=words, figures={})
    approve_all(clinic, reviewer)
    load_library(library=without_words, figures={})
    load_library(library=words, figures={})

    assert [model.objects.get(code="a").retired_on for model in ENTRIES] == [None, None, None, None]
    assert work(clinic) == [[2, 2], [2], [2], [2]]
    assert Approval.objects.filter(withdrawn_at=None).count() == 5
    assert load_library(library=words, figures={}).changed == 0
    assert work(clinic) == [[2, 2], [2], [2], [2]]


def test_a_language_that_the_returning_file_does_not_name_is_reviewed_again_too(words, without_words, clinic):
    load_library(library=words, figures={})
    load_library(library=without_words, figures={})
    spanish = {"es": factories.leaflet_text("Su nervio")}
    load_library(library=Library(leaflets=(factories.leaflet_data("a", texts=spanish),)), figures={})
    assert sorted(leaflet_work(clinic).values_list("language", "number")) == [("en", 2), ("es", 1)]


def test_a_symptom_without_a_sentence_comes_back_too(without_words):
    plain = Library(symptoms=(factories.sign_data("a", red_flag=None, audience=None, sentences={}),))
    for library in (plain, without_words, plain):
        load_library(library=library, figures={})
    assert Symptom.objects.get(code="a").retired_on is None
    assert load_library(library=plain, figures={}).changed == 0


def test_own_entries_of_the_code_stay_in_use(words, without_words, clinic):
    load_library(library=words, figures={})
    own = [
        Advice.objects.create(code="a", clinic=clinic, kind="general"),
        Leaflet.objects.create(code="a", clinic=clinic, conditions=[]),
        Measure.objects.create(code="a", clinic=clinic),
        Symptom.objects.create(code="a", clinic=clinic, name="A"),
    ]
    load_library(library=without_words, figures={})
    for row in own:
        row.refresh_from_db()
        assert row.retired_on is None


def test_a_withdrawn_sign_that_threatens_life_is_named_once(words, without_words):
    load_library(library=words, figures={})
    (told,) = load_library(library=without_words, figures={}).urgent
    assert (told.kind, told.code) == (WithdrawnKind.SYMPTOM, "a")
    assert load_library(library=without_words, figures={}).urgent == ()


@pytest.mark.parametrize(
    ("before", "is_urgent"),
    [((RedFlag.SAME_DAY,), False), ((RedFlag.EMERGENCY, RedFlag.SAME_DAY), True), ((None,), False)],
    ids=["same day", "an emergency where a clinic has not approved the change", "no warning sign"],
)
def test_which_signs_threaten_life(without_words, before, is_urgent):
    for flag in before:
        audience = Audience(everybody=True) if flag else None
        sign = factories.sign_data("a", red_flag=flag, audience=audience)
        load_library(library=Library(symptoms=(sign,)), figures={})
    assert bool(load_library(library=without_words, figures={}).urgent) is is_urgent


def test_what_was_never_loaded_is_named(words, without_words):
    loaded = load_library(library=without_words, figures={})
    assert loaded.never_loaded == without_words.withdrawn
    load_library(library=words, figures={})
    assert load_library(library=without_words, figures={}).never_loaded == ()


def test_files_are_told_which_symptoms_are_retired(words, without_words):
    load_library(library=words, figures={})
    assert known_codes().retired_symptoms == frozenset()
    load_library(library=without_words, figures={})
    assert known_codes().retired_symptoms == {"a"}
