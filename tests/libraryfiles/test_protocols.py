"""Protocols of library files: read and written whole; each thing that is wrong with one is said with its line."""

import pytest

from plans.dose import Dose, Side, Span
from plans.libraryfiles import Anchor, DoseLimits, Known, LibraryError, library_yaml, read_library

PROTOCOLS = """protocols:
  - code: early
    condition: surgery
    phase: 1 of 2
    anchor: surgery
    from_day: 0
    to_day: 28
    next: late
    source: one clinic
    note: The weeks are one surgeon's.
    items:
      - {exercise: bridge, dose: {sets: 1, repetitions: 5-10, times_per_day: 2, side: each}}
    texts:
      en: {title: The first weeks, go_on_when: You walk with ease.}
      es: {title: Primeras semanas, go_on_when: Camina sin esfuerzo.}
  - code: late
    condition: surgery
    source: one clinic
    items:
      - exercise: bridge
        dose: {sets: 3, repetitions: 10, side: each}
    texts:
      en: {title: The weeks after}
"""

WRONG = [
    ("condition: surgery", "condition: gout", 2, "early names the unknown condition gout"),
    ("condition: surgery", "", 2, "early has no condition"),
    ("anchor: surgery", "anchor: onset", 2, "protocol early counts from onset, a date that surgery has not"),
    ("to_day: 28", "to_day: 0", 7, "the window of early ends (0) before it begins (0)"),
    ("    anchor: surgery\n", "", 5, "early counts days but names no anchor to count from"),
    ("    from_day: 0\n", "", 5, "early has an anchor but no from_day"),
    ("next: late", "next: later", 2, "early names the unknown protocol later"),
    ("next: late", "next: early", 2, "what follows on protocol early leads round to it again"),
    ("    source: one clinic\n", "", 2, "early has no source"),
    ("{exercise: bridge, dose", "{exercise: bow, dose", 12, "early names the unknown exercise bow"),
    ("{exercise: bridge, dose", "{dose", 12, "an item of early has no exercise"),
    ("repetitions: 5-10", "repetitions: 5-21", 12,
     "repetitions of bridge in early: 5-21 is outside the safe range 5-20"),
    ("repetitions: 5-10, times_per_day: 2, side: each", "repetitions: 5", 12, "bridge in early works one side"),
    ("repetitions: 5-10", "repetitions: 10-5", 12, "Repetitions: from 10 to 5 is upside down"),
    ("{exercise: bridge, dose: {sets: 1, repetitions: 5-10, times_per_day: 2, side: each}}", "{exercise: bridge}", 12,
     "bridge in early has no dose"),
    ("items:\n", "things:\n", 2, "early has no items"),
    ("    texts:\n      en: {title: The first weeks, go_on_when: You walk with ease.}\n",
     "    texts:\n      en: {title: The first weeks}\n", 14, "en text of early has no go_on_when"),
    ("title: The first weeks, ", "", 14, "en text of early has no title"),
    ("code: late", "code: early", 16, "protocol early is already defined at"),
    ("phase: 1 of 2", f"phase: {'long ' * 9}", 4, "phase of early has 44 characters, at most 40"),
]  # fmt: skip


@pytest.fixture
def read(folder):
    """Read the small library with these protocols beside it."""

    def read(text=PROTOCOLS, **known):
        (folder / "protocols.yaml").write_text(text, encoding="utf-8")
        return read_library(folder, known=Known(**known))

    return read


def refused(read, text, **known):
    with pytest.raises(LibraryError) as caught:
        read(text, **known)
    return [
        (problem.place.line, problem.message)
        for problem in caught.value.problems
        if problem.place.file.endswith("protocols.yaml")
    ]


def test_a_protocol_is_read_whole(read):
    early, late = read().protocols

    assert (early.condition, early.phase, early.next, late.next) == ("surgery", "1 of 2", "late", None)
    assert (early.anchor, early.from_day, early.to_day) == (Anchor.SURGERY, 0, 28)
    assert (late.anchor, late.from_day, late.to_day) == (None, None, None)
    (item,) = early.items
    assert item.exercise == "bridge"
    assert item.dose == Dose(
        sets=Span(1, 1), repetitions=Span(5, 10), times_per_day=Span(2, 2), side=Side.EACH
    )
    assert early.texts["es"].title == "Primeras semanas"
    assert (late.texts["en"].title, late.texts["en"].go_on_when) == ("The weeks after", "")


def test_what_is_written_is_read_back(read, tmp_path):
    library = read()
    file = tmp_path / "again" / "all.yaml"
    file.parent.mkdir()
    file.write_text(library_yaml(library), encoding="utf-8")

    known = Known(figures=frozenset({"bridge"}))
    assert read_library(file, known=known).protocols == library.protocols


@pytest.mark.parametrize(("old", "new", "line", "message"), WRONG, ids=[wrong[3][:60] for wrong in WRONG])
def test_problem_with_its_line(read, old, new, line, message):
    assert PROTOCOLS.count(old) >= 1, old
    found = refused(read, PROTOCOLS.replace(old, new, 1))
    assert any(at == line and message in words for at, words in found), found


def test_an_exercise_twice(read):
    twice = "      - {exercise: bridge, dose: {sets: 1, side: each}}\n    texts:\n      en: {title: The first"
    found = refused(read, PROTOCOLS.replace("    texts:\n      en: {title: The first", twice, 1))
    ((line, words),) = found
    assert line == 13
    assert words.startswith("early names bridge twice, first at ")
    assert words.endswith("protocols.yaml:12")


def test_a_withdrawn_exercise(read, folder):
    (folder / "gone.yaml").write_text(
        "withdrawn:\n  - {kind: exercise, code: bow, reason: A better one took its place.}\n",
        encoding="utf-8",
    )
    found = refused(read, PROTOCOLS.replace("bridge, dose", "bow, dose"), exercises=frozenset({"bow"}))
    assert found == [(12, "early names the retired exercise bow")]


def test_an_exercise_that_is_retired_in_the_stored_library(read):
    bow = PROTOCOLS.replace("bridge, dose", "bow, dose")
    known = {"exercises": frozenset({"bow"})}
    assert refused(read, bow, retired=frozenset({"bow"}), **known) == [
        (12, "early names the retired exercise bow")
    ]
    assert read(bow, **known).protocols


def test_files_that_bring_a_retired_exercise_back_may_name_it(read):
    assert read(exercises=frozenset({"bridge"}), retired=frozenset({"bridge"})).protocols


def test_a_dose_is_held_to_the_safe_range_of_a_stored_exercise(read):
    limits = {"bow": DoseLimits(safe={"repetitions": Span(1, 4)}, one_sided=False)}
    bow = PROTOCOLS.replace("bridge, dose", "bow, dose")
    found = refused(read, bow, exercises=frozenset({"bow"}), limits=limits)
    assert found == [
        (12, "repetitions of bow in early: 5-10 is outside the safe range 1-4"),
        (12, "the dose of bow in early has a side, but the exercise works both at once"),
    ]


def test_a_circle_through_a_stored_protocol(read):
    late = PROTOCOLS[: PROTOCOLS.index("  - code: late")]
    found = refused(read, late, protocols={"late": "later", "later": "early"})
    assert found == [(2, "what follows on protocol early leads round to it again")]
    assert read(late, protocols={"late": ""}).protocols


def test_a_withdrawn_protocol_is_neither_defined_nor_followed(read, folder):
    (folder / "gone.yaml").write_text(
        "withdrawn:\n  - {kind: protocol, code: late, reason: Another took its place.}\n", encoding="utf-8"
    )
    with pytest.raises(LibraryError, match="protocol late is withdrawn, and defined at"):
        read()
    alone = PROTOCOLS[: PROTOCOLS.index("  - code: late")]
    assert refused(read, alone, protocols={"late": ""}) == [(2, "early names the unknown protocol late")]
