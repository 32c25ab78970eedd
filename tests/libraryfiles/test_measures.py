"""Measures in library files: read whole, and refused with the line of what is wrong."""

from decimal import Decimal

import pytest

from plans.libraryfiles import (
    Better,
    DifferenceData,
    DifferenceKind,
    LibraryError,
    MeasureKind,
    MeasureText,
    Region,
    library_yaml,
    read_library,
)

FILE = """sources:
  - {code: x, title: A study}
measures:
  - code: function
    kind: own_activities
    lowest: 0
    highest: 10
    better: higher
    sources: [x]
    differences:
      - {source: x, kind: important, points: 1.3, regions: [neck], people: "38 people"}
      - {source: x, kind: detectable, points: 3, of_one: true, people: "38 people"}
    texts:
      en: {name: What you do, question: Which things?, help: Think of a day., lowest: not at all, highest: all of it}
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "measures.yaml"


def read(file, text=FILE):
    file.write_text(text, encoding="utf-8")
    return read_library(file)


def test_all_that_a_measure_says_is_read(file):
    (measure,) = read(file).measures
    assert (measure.code, measure.kind, measure.better) == (
        "function",
        MeasureKind.OWN_ACTIVITIES,
        Better.HIGHER,
    )
    assert (measure.lowest, measure.highest, measure.sources) == (0, 10, ("x",))
    assert measure.differences == (
        DifferenceData(
            source="x",
            kind=DifferenceKind.IMPORTANT,
            points=Decimal("1.3"),
            people="38 people",
            regions=(Region.NECK,),
        ),
        DifferenceData(
            source="x", kind=DifferenceKind.DETECTABLE, points=Decimal(3), people="38 people", of_one=True
        ),
    )
    assert measure.texts["en"] == MeasureText(
        name="What you do",
        question="Which things?",
        help="Think of a day.",
        lowest="not at all",
        highest="all of it",
    )


def test_written_and_read_again_it_is_the_same(file):
    library = read(file)
    assert read(file, library_yaml(library)) == library


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("kind: own_activities", "kind: story", 5, "kind of function is 'story', must be one of number"),
        ("highest: 10", "highest: 0", 7, "function needs a lowest and a highest from 0 to 100"),
        ("    highest: 10\n", "", 4, "function needs a lowest and a highest"),
        ("kind: own_activities\n    lowest: 0", "kind: pain\n    lowest: 1", 5, "told from 0 to 10"),
        ("better: higher", "better: maybe", 8, "better of function is 'maybe'"),
        ("points: 1.3", "points: 11", 11, "points of a difference of function must be a number above 0, at most 10"),
        ("points: 1.3", "points: some", 11, "points of a difference of function must be a number"),
        ("points: 1.3", "points: 0", 11, "points of a difference of function must be a number"),
        ("{source: x, kind: important", "{source: y, kind: important", 11, "names the unknown source y"),
        ("kind: own_activities", "kind: number", 12, "is of one activity, and function asks for none"),
        (", lowest: not at all", "", 14, "en of function has no lowest"),
        ("    sources: [x]\n", "", 4, "function has no source"),
        ('people: "38 people"}\n    texts', "why: x}\n    texts", 12, "unknown key why"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(file, old, new, line, words):
    assert old in FILE
    with pytest.raises(LibraryError) as caught:
        read(file, FILE.replace(old, new, 1))
    said = [str(problem) for problem in caught.value.problems]
    assert any(one.startswith(f"{file}:{line}: ") and words in one for one in said), said


def test_a_code_stands_once(file):
    twice = FILE + FILE[FILE.index("  - code: function") :]
    with pytest.raises(LibraryError, match="measure function is already defined at"):
        read(file, twice)
