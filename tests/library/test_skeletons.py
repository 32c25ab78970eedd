"""The facts of each exercise of the whole body can be read; only its words are yet to be written."""

import re

import pytest

from plans.libraryfiles import Known, LibraryError, read_library
from scripts.library_skeleton import skeleton
from tests.library.conftest import STARTER
from tests.library.facts import facts

ROWS = facts("exercises")
CODES = frozenset(row["code"] for row in ROWS)


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return tmp_path_factory.mktemp("skeletons") / "all.yaml"


def whole(starter, *, filled):
    written = CODES | {exercise.code for exercise in starter.exercises}
    texts = [skeleton(row, written=written) for row in ROWS]
    if filled:
        texts = [
            re.sub(r"level: TODO", "level: 1", re.sub(r"condition: TODO", "condition: neck_pain", text))
            for text in texts
        ]
    return "exercises:\n" + "".join(text.removeprefix("exercises:\n") for text in texts)


def known(starter):
    there = Known.of(starter)
    figures = frozenset(row["code"] for row in ROWS)
    return Known(
        sources=there.sources,
        movements=there.movements,
        conditions=there.conditions,
        exercises=there.exercises,
        figures=figures,
    )


def test_the_facts_of_all_are_sound(starter, file):
    file.write_text(whole(starter, filled=True), encoding="utf-8")

    read = read_library(file, known=known(starter)).exercises

    assert [exercise.code for exercise in read] == [row["code"] for row in ROWS]
    for exercise, row in zip(read, ROWS, strict=True):
        assert exercise.region == row["region"]
        assert exercise.easier == (row["easier"] or None)
        assert exercise.harder == (row["harder"] or None)
        assert exercise.sources


def test_what_is_not_written_is_refused(starter, file):
    file.write_text(whole(starter, filled=False), encoding="utf-8")

    with pytest.raises(LibraryError, match="level of chin-tuck-sitting must be a whole number"):
        read_library(file, known=known(starter))


def test_nothing_of_a_skeleton_is_left_in_the_library():
    left = [file.name for file in STARTER.rglob("*.yaml") if "TODO" in file.read_text(encoding="utf-8")]
    assert left == []
