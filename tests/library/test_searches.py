"""What a therapist types finds what it names in the starter library; no rule is a way to an exercise."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

import plans
from plans.models import Condition, ExerciseRevision, ExerciseText, RevisionHelp, RuleRevision
from plans.queries.exercise_search import search_exercises
from plans.search import Field, phrases_for
from plans.search.text import OPTIONAL, tokens, variants
from tests import factories

pytestmark = pytest.mark.django_db
STARTER = Path(plans.__file__).with_name("library")
SEARCHES = Path(__file__).with_name("searches")
FIRST = 5


def lines(name):
    for line in (SEARCHES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, wanted = line.partition(" | ")
            yield words, [one.strip() for one in wanted.split("/")]


def codes(words, clinic, language="en", **how):
    found = search_exercises(words, clinics=[clinic.pk], language=language, **how)
    return [one.listed.document.code for one in found]


def facts_of(code):
    row = ExerciseRevision.objects.get(exercise__code=code, newest=True)
    return {
        f"exercise:{code}",
        f"position:{row.position}",
        f"level:{row.level}",
        *(f"target:{one}" for one in row.targets),
        *(f"equipment:{one}" for one in row.equipment),
        *(f"helps:{one.condition.code}" for one in row.helps.all()),
    }


def missed(name, clinic):
    """Return the searches of a list that do not find what they name within the first five, with what they find."""
    told = []
    for words, wanted in lines(name):
        first = codes(words, clinic)[:FIRST]
        true = {fact for code in first for fact in facts_of(code)}
        if not true & {one if ":" in one else f"exercise:{one}" for one in wanted}:
            told.append((words, first))
    return told


@pytest.fixture(scope="module")
def starter(django_db_setup, django_db_blocker):
    """A clinic with the starter library, loaded once for these tests, and gone after them."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_library", STARTER, stdout=StringIO())
        yield factories.clinic()
        transaction.set_rollback(True)


def test_each_search_finds_what_it_names_within_the_first_five(starter):
    assert missed("now", starter) == []
    assert missed("strangers", starter) == []


@pytest.mark.parametrize("language", ["en", "es"])
def test_each_exercise_is_found_by_its_name_and_each_other_name(starter, language):
    rows = ExerciseText.objects.filter(language=language, revision__newest=True)
    said = rows.values_list("revision__exercise__code", "name", "also")
    named = {(code, words) for code, name, also in said for words in (name, *also)}
    assert len({code for code, _ in named}) == 172
    lost = {
        (code, words): found
        for code, words in sorted(named)
        if code not in (found := codes(words, starter, language=language)[:FIRST])
    }
    assert lost == {}


def test_what_the_library_has_not_yet_is_not_found(starter):
    """The day it is: move its line to now.txt."""
    assert [words for words, _ in missed("wider", starter)] == [words for words, _ in lines("wider")]


def test_nothing_is_found_for_a_condition_but_what_helps_it(starter):
    """Among the conditions are those that rules name, and nothing else does: they find nothing at all."""
    named = {
        code: [name, *also] for code, name, also in Condition.objects.values_list("code", "name", "also")
    }
    called = {code: [*names, code.replace("_", " ")] for code, names in named.items()}
    helping = {}
    for code, condition in RevisionHelp.objects.values_list("revision__exercise__code", "condition__code"):
        helping.setdefault(condition, set()).add(code)
    forbidden = set(RuleRevision.objects.values_list("condition__code", flat=True))
    assert len(forbidden - helping.keys()) > 5
    wrong = {
        name: sorted(others)
        for condition, names in named.items()
        for name in names
        if (
            others := set(codes(name, starter))
            - _helping_any(name, called, helping)
            - helping.get(condition, set())
        )
    }
    wrong = {name: left for name, others in wrong.items() if (left := _not_called(name, others))}
    assert wrong == {}


def test_names_are_found_in_every_language_and_shown_in_the_persons_own(starter):
    found = search_exercises("bridge", clinics=[starter.pk], language="es")
    assert found[0].listed.document.name_in("es") == "Puente"
    for words in ("gluteos", "Glúteos", "GLU\u0301TEOS"):
        assert codes(words, starter) == codes("glúteos", starter)
        assert "glute-bridge" in codes(words, starter)[:FIRST]


@pytest.mark.parametrize("words", ["仰卧", "استلقاء على الظهر", "boca arriba", "lying on the back"])
def test_positions_are_found_in_every_language(starter, words):
    assert "position:supine" in facts_of(codes(words, starter)[0])


@pytest.mark.parametrize("words", ["mckenzei", "brigde", "pelvic tlit", "hamstirng", "brid dog", "sciatca"])
def test_typing_errors_are_forgiven(starter, words):
    assert codes(words, starter)


@pytest.mark.parametrize("words", ["glaucoma", "proliferative retinopathy", "diabetic foot ulcer"])
def test_what_is_known_is_no_typing_error(starter, words):
    """Nothing helps these, and what is written like them is not meant."""
    assert codes(words, starter) == []


def _not_called(name, exercises):
    """Return those that are not called so themselves: "heel pain" finds what slides a heel, by its name.

    That it hurts says nothing: "neck pain" finds what is for the neck.
    """
    words = set(tokens(name)) - OPTIONAL
    said = ExerciseText.objects.filter(revision__newest=True, revision__exercise__code__in=exercises)
    called = {
        code
        for code, own, also in said.values_list("revision__exercise__code", "name", "also")
        for one in (own, *also)
        if words <= {form for word in tokens(one) for form in (word, *variants(word))}
    }
    rows = ExerciseRevision.objects.filter(newest=True, exercise__code__in=exercises)
    aimed = {
        row.exercise.code
        for row in rows.select_related("exercise")
        for target in row.targets
        for phrase in phrases_for(Field.TARGET, target)
        if words <= set(tokens(phrase.words))
    }
    return sorted(set(exercises) - called - aimed)


def _helping_any(name, named, helping):
    """Return what helps any condition that this name may stand for: a name of one may be a part of another's."""
    words = set(name.casefold().split())
    found = set()
    for code, names in named.items():
        if any(words <= set(one.casefold().replace("(", " ").replace(")", " ").split()) for one in names):
            found |= helping.get(code, set())
    return found
