"""What the check of a finished PDF would veto, preparing and publishing refuse first, by the name of the field."""

from dataclasses import replace
from functools import partial

import pytest

from plans.actions import printable, publishing
from plans.actions.printable import TooHardToRead, TooMuchText, check_content
from plans.actions.texts import InvisibleCharacter, LooksBlank, Unprintable
from plans.handout.strings import WordsMissing
from plans.languages import UnknownLanguage
from plans.models import ExerciseText, FrozenContent, Plan, Publication, User
from tests import factories
from tests.factories import PATIENT_COPY
from tests.handout.make import check, html_of, render
from tests.handout.samples import FINDINGS, make_plan, make_plan_in

HARD = "Neuromuscular stabilisation necessitates simultaneous cocontraction of antagonistic musculature."


def test_a_plan_that_prints_passes():
    for language in ("en", "es", "ar", "zh-hans"):
        check_content(make_plan_in(language, findings=FINDINGS))


def test_five_hundred_exercises_of_the_library_pass_and_a_book_does_not():
    first = make_plan().items[0]
    content = make_plan(items=tuple(replace(first, number=number) for number in range(1, 501)))
    check_content(content)
    long = replace(first, steps=("Lift it, and hold it. " * 9,) * 8, note="Well done. " * 27)
    with pytest.raises(TooMuchText, match=r"^Exercises: the plan has [0-9]+ letters .* at most 600000"):
        check_content(replace(content, items=(long,) * 500))


@pytest.mark.parametrize("publish", [False, True])
def test_a_plan_that_is_too_long_is_refused_before_anything_is_frozen(pat, publish, monkeypatch):
    monkeypatch.setattr(printable, "MAX_LETTERS", 100)
    how = partial(publishing.publish, expected_hash=None) if publish else publishing.prepare
    with pytest.raises(TooMuchText) as caught:
        how(plan=factories.plan(pat), by=pat, formats=[PATIENT_COPY])
    assert caught.value.attribute == "items"
    assert not FrozenContent.objects.exists()


@pytest.mark.parametrize("publish", [False, True])
def test_what_was_stored_before_there_was_a_gate_is_refused_before_anything_is_frozen(pat, publish):
    """By whichever way: an older release, a file of the library, a hand at the database."""
    plan = factories.plan(pat)
    Plan.objects.filter(pk=plan.pk).update(note="Well done \U0001f600")
    how = partial(publishing.publish, expected_hash=None) if publish else publishing.prepare
    with pytest.raises(Unprintable, match=r"^Note: the handout cannot print"):
        how(plan=plan, by=pat, formats=[PATIENT_COPY])
    assert not FrozenContent.objects.exists()
    assert not Publication.objects.exists()


def test_the_exercise_or_the_therapist_is_named(pat):
    plan = factories.plan(pat)
    ExerciseText.objects.update(steps=["Lift \u202eit."])
    with pytest.raises(InvisibleCharacter, match=r"^Steps of heel-slide: "):
        publishing.prepare(plan=plan, by=pat, formats=[PATIENT_COPY])
    ExerciseText.objects.update(steps=["Lift it."])
    User.objects.filter(pk=pat.pk).update(first_name="அ")
    with pytest.raises(Unprintable, match=r"^Name of the therapist: "):
        publishing.prepare(plan=plan, by=pat, formats=[PATIENT_COPY])


def test_a_finding_of_the_clinicians_copy_is_named():
    with pytest.raises(Unprintable, match=r"^Source of the finding rule: "):
        check_content(make_plan(findings=(replace(FINDINGS[0], source="\u2713"),)))


def test_text_that_is_too_hard_to_read_is_refused_by_its_exercise():
    items = make_plan().items
    hard = replace(items[2], start=HARD, steps=(HARD,) * 40)
    content = make_plan(items=(*items[:2], hard, *items[3:]))
    assert {one.code for one in check(render(html_of(content)), content, PATIENT_COPY)} == {"reading"}
    with pytest.raises(TooHardToRead, match="most of all those of lower-trunk-rotation"):
        check_content(content)


def test_a_picture_without_words_is_refused():
    items = make_plan().items
    picture = replace(items[0].picture, alt=" ")
    with pytest.raises(LooksBlank, match=r"^What the picture of pelvic-tilt shows"):
        check_content(make_plan(items=(replace(items[0], picture=picture), *items[1:])))


def test_a_language_without_words_is_refused(monkeypatch):
    with pytest.raises(UnknownLanguage):
        check_content(make_plan(language="ta"))
    monkeypatch.setattr(
        "plans.handout.strings.say_same_day_title", lambda: "Stop, and call a doctor today if you have:"
    )
    with pytest.raises(WordsMissing):
        check_content(make_plan_in("es"))
