"""A folder of library files becomes frozen data, entry by entry, and can be written again."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from plans.dose import Dose, Limb, Side, Span
from plans.libraryfiles import (
    LIMITS,
    Anchor,
    Audience,
    ExerciseText,
    Help,
    Known,
    Level,
    LibraryError,
    Place,
    RedFlag,
    Region,
    library_yaml,
    read_library,
)
from plans.libraryfiles.vocabulary import MAX_STEPS
from tests.libraryfiles.conftest import SMALL, line_of


def test_names(folder):
    library = read_library(folder)
    assert [movement.code for movement in library.movements] == ["bend", "bend_far", "supine"]
    assert library.movements[1].implies == ("bend",)
    assert library.movements[1].also == ("deep bend",)
    surgery, fusion = library.conditions
    assert surgery.icd10 == ("Z98.1",)
    assert (surgery.parent, fusion.parent) == (None, "surgery")
    assert fusion.dates == (Anchor.SURGERY,)
    assert (surgery.treat_cause_first, fusion.treat_cause_first) == (False, True)
    fever, ache = library.symptoms
    assert fever.red_flag is RedFlag.SAME_DAY
    assert fever.sentences == {"en": "You have a fever."}
    assert (ache.red_flag, ache.sentences) == (None, {})
    assert library.sources[0].title == "Guide A"
    assert library.advice[0].texts == {"en": "Move slowly."}
    assert library.advice[0].audience == Audience(everybody=True)
    (leaflet,) = library.leaflets
    assert (leaflet.conditions, leaflet.source) == (("surgery",), "ours")
    what_it_is, what_helps = leaflet.texts["en"].sections
    assert leaflet.texts["en"].title == "After your surgery"
    assert (what_it_is.heading, what_it_is.lines) == ("What it is", ("Your back was operated on.",))
    assert what_helps.lines == ("Walk a bit.", "Rest a bit.")


def test_exercise(folder):
    (exercise,) = read_library(folder).exercises
    assert exercise.dose == Dose(
        sets=Span(2, 2),
        repetitions=Span(10, 15),
        hold_seconds=Span(5, 5),
        out_seconds=Span(2, 2),
        back_seconds=Span(3, 4),
        side=Side.EACH,
        load="red band",
    )
    assert exercise.safe["hold_seconds"] == Span(2, 10)
    assert (exercise.one_sided, exercise.limb) == (True, Limb.LEG)
    assert exercise.texts["en"] == ExerciseText(
        name="Bridge",
        purpose="This makes you strong.",
        start="Lie on your back.",
        steps=("Lift your hips.", "Lower slowly."),
        breathing="Breathe out as you lift.",
        cautions=("Stop if it hurts.",),
        alt="Two pictures of a person on the back, hips down and hips up.",
        also=("Hip lift",),
    )
    assert str(exercise.disagreement) == (
        "Guide A: do it. Guide B: do not. To go on: It was tried in the clinic."
    )
    assert (exercise.alternative_to, exercise.easier, exercise.harder) == (None, None, None)
    assert (exercise.region, exercise.level) == (Region.LOW_BACK, 2)
    assert exercise.helps == (Help(condition="surgery", source="A"),)


def test_rules(folder):
    windowed, whole = read_library(folder).rules
    assert windowed.movements == ("bend", "supine")
    assert (windowed.anchor, windowed.from_day, windowed.to_day) == (Anchor.SURGERY, 0, 42)
    assert windowed.until_cleared
    assert windowed.level is Level.AVOID
    assert windowed.review_on == date(2027, 11, 20)
    assert windowed.sentences["es"] == "No se doble."
    assert (whole.whole_plan, whole.movements) == (True, ())
    assert (whole.anchor, whole.from_day, whole.to_day, whole.until_cleared) == (None, None, None, False)
    assert whole.counter_evidence == ""


def test_entries_know_their_place(folder):
    library = read_library(folder)
    assert library.rules[0].place == Place(str(folder / "small.yaml"), line_of("code: rule-1"))


def test_the_place_is_no_part_of_an_entry(folder):
    before = read_library(folder)
    (folder / "small.yaml").write_text("# moved down\n\n" + SMALL, encoding="utf-8")
    assert read_library(folder) == before


def test_entries_are_frozen(folder):
    with pytest.raises(FrozenInstanceError):
        read_library(folder).rules[0].level = Level.STOP


def test_many_files_in_the_order_of_their_names(folder):
    more = "movements:\n  - {code: early, name: Early, meaning: First.}\n"
    (folder / "a").mkdir()
    (folder / "a" / "more.yml").write_text(more, encoding="utf-8")
    assert [movement.code for movement in read_library(folder).movements] == [
        "early",
        "bend",
        "bend_far",
        "supine",
    ]


def test_one_file_that_speaks_of_what_stands_elsewhere(folder, tmp_path_factory):
    library = read_library(folder)
    file = tmp_path_factory.mktemp("own") / "own.yaml"
    rule = SMALL[SMALL.index("  - code: rule-1") : SMALL.index("  - code: rule-2")]
    file.write_text("rules:\n" + rule, encoding="utf-8")
    with pytest.raises(LibraryError, match="unknown condition fusion"):
        read_library(file)
    assert read_library(file, known=Known.of(library)).rules == library.rules[:1]


def test_an_unknown_date_of_a_known_condition(folder, tmp_path_factory):
    known = Known(movements=frozenset({"bend", "supine"}), conditions={"fusion": frozenset({"onset"})})
    file = tmp_path_factory.mktemp("own") / "own.yaml"
    rule = SMALL[SMALL.index("  - code: rule-1") : SMALL.index("  - code: rule-2")]
    file.write_text("rules:\n" + rule, encoding="utf-8")
    with pytest.raises(LibraryError, match="counts from surgery, a date that fusion has not"):
        read_library(file, known=known)


def test_text_is_in_one_normal_form(folder):
    decomposed = "Doble la rodilla   así\u0301.".replace("así\u0301", "asi\u0301")
    file = folder / "small.yaml"
    file.write_text(SMALL.replace("No se doble.", decomposed), encoding="utf-8")
    assert read_library(folder).rules[0].sentences["es"] == "Doble la rodilla así."


def test_written_and_read_again_it_is_the_same(folder):
    library = read_library(folder)
    (folder / "small.yaml").write_text(library_yaml(library), encoding="utf-8")
    assert read_library(folder) == library


def test_an_empty_dose_is_kept(folder):
    file = folder / "small.yaml"
    start = SMALL.index("    one_sided: true")
    end = SMALL.index("    safe: {")
    file.write_text(SMALL[:start] + "    dose: {}\n" + SMALL[end:], encoding="utf-8")
    library = read_library(folder)
    assert library.exercises[0].dose == Dose()
    file.write_text(library_yaml(library), encoding="utf-8")
    assert read_library(folder) == library


def test_an_exercise_without_a_figure_waits_for_a_photograph(folder):
    (folder / "small.yaml").write_text(SMALL.replace("    figure: bridge\n", ""), encoding="utf-8")
    assert read_library(folder).exercises[0].figure == ""


def test_the_poses_beside_a_single_file_count(folder):
    assert read_library(folder / "small.yaml") == read_library(folder)


def test_what_may_be_absent(folder):
    """Neither sources that disagree, nor a side, nor equipment, nor a note."""
    short = SMALL
    for start, end in (("    equipment: [mat]", "    dose:"), ("    source_note:", "    figure:")):
        short = short[: short.index(start)] + short[short.index(end) :]
    (folder / "small.yaml").write_text(short.replace("side: each, ", ""), encoding="utf-8")
    (exercise,) = read_library(folder).exercises
    assert (exercise.equipment, exercise.one_sided, exercise.dose.side) == ((), False, None)
    assert (exercise.source_note, exercise.disagreement) == ("", None)


def test_a_rule_may_name_the_only_movement_there_is(tmp_path):
    file = tmp_path / "own.yaml"
    condition = "conditions:\n  - {code: fusion, name: Fusion, dates: [surgery]}\n"
    movement = "movements:\n  - {code: bend, name: Bend, meaning: It bends.}\n"
    rule = SMALL[SMALL.index("  - code: rule-1") : SMALL.index("  - code: rule-2")]
    text = condition + movement + "rules:\n" + rule.replace("[bend, supine]", "[bend]")
    file.write_text(text, encoding="utf-8")
    assert read_library(file).rules[0].movements == ("bend",)


def test_the_limits_themselves_are_allowed(folder):
    longest = SMALL.replace("name: Bending\n", f"name: {'b' * LIMITS['name']}\n")
    steps = "          - Lift your hips.\n" * (MAX_STEPS - 1)
    longest = longest.replace("          - Lift your hips.\n", steps)
    (folder / "small.yaml").write_text(longest, encoding="utf-8")
    library = read_library(folder)
    assert len(library.movements[0].name) == 70
    assert len(library.exercises[0].texts["en"].steps) == 8
