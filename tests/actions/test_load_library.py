import re
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from plans.actions import approving, exercises, load_library
from plans.contraindications import Level
from plans.dose import Span
from plans.libraryfiles import Library, library_yaml, read_library
from plans.models import (
    Approval,
    Condition,
    Drawing,
    Exercise,
    ExerciseInUse,
    ExerciseRevision,
    ExerciseText,
    Figure,
    Picture,
    RuleRevision,
)
from plans.queries.approvals import exercise_work
from plans.queries.easier import easier_names
from plans.queries.replacements import Relation, replacements
from tests import factories

pytestmark = pytest.mark.django_db
STARTER = Path(__file__).resolve().parents[2] / "plans" / "library"


def test_loading_twice_changes_nothing_and_a_failure_undoes_all(monkeypatch):
    factories.movement()
    library = Library(exercises=(factories.exercise_data("a"), factories.exercise_data("b")))
    assert load_library.load_library(library=library, figures={}).changed == 2
    assert load_library.load_library(library=library, figures={}).changed == 0
    broken = Library(exercises=(factories.exercise_data("c"), factories.exercise_data("d", movements=("x",))))
    with pytest.raises(exercises.UnknownMovement), transaction.atomic():
        load_library.load_library(library=broken, figures={})
    assert not ExerciseRevision.objects.filter(exercise__code="c").exists()


@pytest.mark.postgresql
def test_the_database_counts_what_came_in():
    factories.movement()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE pg_class SET reltuples = 0 WHERE relname = 'plans_exerciserevision'")
        load_library.load_library(library=Library(exercises=(factories.exercise_data("a"),)), figures={})
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'plans_exerciserevision'")
        assert cursor.fetchone()[0] >= 1


def test_the_starter_library_is_no_work_a_second_time_wherever_it_stands(tmp_path):
    """Also moved to another folder, and with a line more at the head of each file that is no drawing."""
    call_command("load_library", STARTER, stdout=StringIO())
    shutil.copytree(STARTER, tmp_path / "moved")
    for file in (tmp_path / "moved").rglob("*.yaml"):
        if file.parent.name != "figures":
            file.write_text(f"# Moved.\n{file.read_text()}")
    with CaptureQueriesContext(connection) as second:
        call_command("load_library", tmp_path / "moved", stdout=(said := StringIO()))
    assert " 0 new or changed" in said.getvalue()
    work = re.compile("INSERT|UPDATE|DELETE")
    assert [query["sql"][:200] for query in second.captured_queries if work.match(query["sql"])] == []


def test_a_file_with_one_more_language_can_be_loaded_after_the_starter_library(tmp_path):
    call_command("load_library", STARTER, stdout=StringIO())
    before = ExerciseRevision.objects.count()
    tilt = next(row for row in read_library(STARTER).exercises if row.code == "pelvic-tilt")
    arabic = replace(tilt, texts={"ar": factories.exercise_text(name="إمالة الحوض")})
    file = tmp_path / "ar.yaml"
    file.write_text(library_yaml(Library(exercises=(arabic,))))
    call_command("load_library", file, stdout=StringIO())
    assert ExerciseRevision.objects.count() == before
    assert ExerciseText.objects.get(language="ar").revision.texts.count() == 3


def test_loading_the_library_draws_nothing(monkeypatch):
    monkeypatch.setattr("plans.drawer.draw", None)
    monkeypatch.setattr("plans.drawer.draw_figure", None)

    call_command("load_library", STARTER, stdout=StringIO())

    assert Figure.objects.count() > 20
    assert not Drawing.objects.exists()
    assert not Picture.objects.exists()


@pytest.mark.parametrize("path", ["exercises/wall-sit.yaml", "figures/wall-sit.yaml", "advice.yaml"])
def test_a_folder_with_a_language_that_the_service_does_not_have_is_refused_whole(tmp_path, path):
    folder = tmp_path / "library"
    shutil.copytree(STARTER, folder)
    file = folder / path
    text = file.read_text()
    line = text[: re.search(r"^ +es:", text, re.MULTILINE).start()].count("\n") + 1
    file.write_text(re.sub(r"^( +)es:", r"\1tlh:", text, count=1, flags=re.MULTILINE))

    with pytest.raises(
        CommandError, match=rf"{file.name}:{line}: tlh .*no language of this service"
    ) as caught:
        call_command("load_library", folder, stdout=StringIO())

    assert "1 problem(s). Nothing was loaded." in str(caught.value)
    assert not Exercise.objects.exists()


def test_a_broken_file_is_named_by_line_and_nothing_is_loaded(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("exercises:\n  - code: x\n    movements: [flying]\n")
    with pytest.raises(CommandError, match=r"mine.yaml:\d+: .*flying"):
        call_command("load_library", file, stdout=StringIO())
    assert not Exercise.objects.exists()


GOOD = """exercises:
  - code: before
    kind: strengthening
    position: supine
    targets: [L5-S1]
    movements: [supine]
    dose: {sets: 1, repetitions: 10}
    safe: {sets: 1-3, repetitions: 5-20}
    safe_source: ours
    source: ours
    texts:
      en:
        name: Good one
        also: [Fine one]
        purpose: This makes you strong.
        start: Lie on your back.
        steps: [Lift your hips., Lower slowly.]
        cautions: [Stop if it hurts.]
        alt: Two pictures of a person on the back.
"""
ONE_SIDED = (
    GOOD.replace("code: before", "code: bad").replace("Good one", "Bad one").replace("Fine one", "Ill one")
)
ONE_SIDED = ONE_SIDED.replace("    dose: {", "    one_sided: true\n    limb: leg\n    dose: {side: each, ")
TRUNK = "movements:\n  - {code: bend_back, name: Bending back, meaning: The back arches.}\n"
RULE = """rules:
  - code: rule-bad
    condition: sciatica
    movements: [supine]
    side: left
    level: avoid
    rationale: it hurts
    evidence: opinion
    source: ours
    review_on: 2027-11-20
    sentences: {en: Take care.}
"""


@pytest.mark.parametrize(
    ("bad", "line", "message"),
    [
        (
            ONE_SIDED.replace("    one_sided", "    movement_sides: {supine: upper}\n    one_sided"),
            7,
            "supine of movement_sides of bad is 'upper', must be one of working, other",
        ),
        (ONE_SIDED.replace("side: each", "side: inner"), 9, "side of dose of bad is 'inner'"),
        (
            ONE_SIDED.replace("[supine]", "[supine, bend_back]").replace(
                "    one_sided", "    movement_sides: {bend_back: working}\n    one_sided"
            )
            + TRUNK,
            2,
            "bad tells a side of bend_back, a movement that has none",
        ),
        (RULE, 5, "unknown key side in rule-bad"),
        (
            ONE_SIDED.replace("    limb", "    easier: before\n    harder: before\n    limb"),
            2,
            "the easier and harder steps of bad lead round to it again",
        ),
        (
            "conditions:\n  - {code: gout, name: Gout, icd10: [M10]}\n",
            2,
            "icd10 of gout: M10 is a heading, not a code to record",
        ),
        (
            "protocols:\n  - code: weeks\n    condition: sciatica\n    source: ours\n    items:\n"
            "      - {exercise: retired, dose: {sets: 1, repetitions: 10}}\n"
            "    texts: {en: {title: First weeks, go_on_when: You walk well.}}\n",
            6,
            "weeks names the retired exercise retired",
        ),
    ],
    ids=[
        "a side of no limb",
        "a side of no dose",
        "a side of the trunk",
        "a rule of one side",
        "steps that lead round",
        "a heading of ICD-10",
        "a retired exercise",
    ],
)
def test_what_is_wrong_is_named_by_file_and_line_and_nothing_of_the_folder_is_loaded(
    tmp_path, bad, line, message
):
    factories.movement()
    factories.condition("sciatica")
    exercises.retire_exercise(exercise=factories.exercise("retired").exercise, by=None)
    before = set(ExerciseRevision.objects.values_list("pk", flat=True))
    (tmp_path / "a-good.yaml").write_text(GOOD)
    (tmp_path / "b-bad.yaml").write_text(bad)
    with pytest.raises(CommandError) as caught:
        call_command("load_library", tmp_path, stdout=StringIO())
    assert f"b-bad.yaml:{line}: {message}" in str(caught.value)
    assert "Nothing was loaded" in str(caught.value)
    assert set(ExerciseRevision.objects.values_list("pk", flat=True)) == before
    assert not Condition.objects.filter(code="gout").exists()


def test_two_libraries_in_turn_end_as_the_last_one_says_and_each_change_waits_for_review(clinic, reviewer):
    factories.movement()
    factories.condition("sciatica")
    old = Library(exercises=(factories.exercise_data("a"),), rules=(factories.rule_data("rule-a"),))
    new = Library(
        exercises=(factories.exercise_data("a", safe={"repetitions": Span(1, 5)}),),
        rules=(factories.rule_data("rule-a", level=Level.AVOID),),
    )
    load_library.load_library(library=old, figures={})
    first = ExerciseRevision.objects.get(exercise__code="a")
    approving.approve_exercises(revisions=[first], clinic=clinic, by=reviewer)

    for library in (new, old):
        assert load_library.load_library(library=library, figures={}).changed == 2
        assert load_library.load_library(library=library, figures={}).changed == 0
        newest = ExerciseRevision.objects.get(exercise__code="a", newest=True)
        assert ExerciseInUse.objects.get(clinic=clinic).revision == first
        assert not Approval.objects.filter(revision=newest).exists()

    assert (newest.number, newest.safe) == (3, first.safe)
    assert RuleRevision.objects.get(rule__code="rule-a", newest=True).level == Level.CAUTION


def steps(*, easier="b", harder=None):
    """Three exercises, of which the first tells what is easier and harder than it."""
    first = factories.exercise_data("a", easier=easier, harder=harder)
    return Library(exercises=(first, *(factories.exercise_data(code) for code in "bc")))


def approve_newest(clinic, reviewer):
    newest = ExerciseRevision.objects.filter(newest=True)
    approving.approve_exercises(revisions=list(newest), clinic=clinic, by=reviewer)


@pytest.mark.parametrize("told", [True, False], ids=["loaded by this release", "told by the exercise alone"])
def test_what_is_easier_and_harder_is_as_it_was_until_the_change_is_approved(
    clinic, reviewer, therapist, told
):
    factories.movement()
    load_library.load_library(library=steps(), figures={})
    if not told:  # as an earlier release has left it
        ExerciseRevision.objects.update(tells_steps=False, easier=None)
    approve_newest(clinic, reviewer)
    first = ExerciseRevision.objects.get(exercise__code="a")
    plan = factories.plan(therapist, exercises=[first])

    def offered(revision=first):
        plan.items.update(revision=revision)
        item = plan.items.select_related("revision__exercise").get()
        found = {one.relation: one.chosen.revision.exercise.code for one in replacements(plan, item)}
        named = easier_names([item.revision], clinic=clinic, language="en")
        return found, list(named.values())

    as_it_was = ({Relation.EASIER: "b"}, ["B"])
    assert offered() == as_it_was
    assert load_library.load_library(library=steps(), figures={}).changed == 0
    for library in (steps(easier="c", harder="b"), steps(), steps(easier="c", harder="b")):
        assert load_library.load_library(library=library, figures={}).changed == 1
        assert load_library.load_library(library=library, figures={}).changed == 0
        assert offered() == as_it_was
    assert [row.exercise.code for row in exercise_work(clinic)] == ["a"]
    approve_newest(clinic, reviewer)
    newest = ExerciseRevision.objects.get(exercise__code="a", newest=True)
    assert offered(newest) == ({Relation.EASIER: "c", Relation.HARDER: "b"}, ["C"])


def test_the_other_exercise_offers_what_a_change_tells_of_it_when_that_is_approved(
    clinic, reviewer, therapist
):
    factories.movement()
    load_library.load_library(library=steps(easier=None), figures={})
    approve_newest(clinic, reviewer)
    other = ExerciseRevision.objects.get(exercise__code="b")
    plan = factories.plan(therapist, exercises=[other])

    def offered():
        return [one.relation for one in replacements(plan, plan.items.get())]

    load_library.load_library(library=steps(easier="b"), figures={})
    assert offered() == []
    approve_newest(clinic, reviewer)
    assert offered() == [Relation.HARDER]


def test_what_a_clinic_changed_stays_its_own_where_the_library_changes_too(clinic, reviewer):
    factories.movement()
    old = Library(exercises=(factories.exercise_data("a"),))
    new = Library(exercises=(factories.exercise_data("a", safe={"repetitions": Span(1, 5)}),))
    load_library.load_library(library=old, figures={})
    shared = ExerciseRevision.objects.get(exercise__clinic=None)
    own = factories.exercise(
        "a", clinic=clinic, by=factories.library_admin(clinic), safe={"repetitions": Span(1, 9)}
    )
    approving.approve_exercises(revisions=[shared, own], clinic=clinic, by=reviewer)

    assert load_library.load_library(library=new, figures={}).changed == 1

    in_use = {row.exercise_id: row.revision for row in ExerciseInUse.objects.filter(clinic=clinic)}
    assert in_use == {shared.exercise_id: shared, own.exercise_id: own}
    assert list(own.exercise.revisions.all()) == [own]
    assert shared.exercise.revisions.get(newest=True).safe == {"repetitions": [1, 5]}
