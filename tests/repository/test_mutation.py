"""What `make mutation` changes is there, and what it lets pass is still true."""

import ast

import pytest

from scripts import mutation
from scripts.mutation_changes import find_changes
from tests.repository.facts import ROOT

EXPLAINED = mutation.EQUIVALENTS.read_text().splitlines()


def changes_of(tmp_path, text):
    path = tmp_path / "sample.py"
    path.write_text(text)
    return [(change.before, change.after) for change in find_changes(path, root=tmp_path)]


def test_the_parts_and_their_tests_are_there():
    for part in mutation.PARTS:
        for path in (*part.paths, *part.quick, *part.slow):
            assert (ROOT / path).exists(), path


@pytest.mark.parametrize("line", EXPLAINED)
def test_what_is_explained_stands_in_the_code_and_says_why(line):
    change, why = line.split("  # ")
    path, source = change.split(": ", 1)
    lines = [written.strip() for written in (ROOT / path).read_text().splitlines()]

    assert any(source.startswith(f"{written}: ") for written in lines if written)
    assert len(why.split()) > 4


def test_conditions_values_and_results_are_changed_and_types_are_not(tmp_path):
    text = "def f(a: int | None) -> str | None:\n    if a < 3:\n        return a | 4\n"

    assert sorted(changes_of(tmp_path, text)) == [
        ("3", "4"),
        ("4", "5"),
        ("a < 3", "a <= 3"),
        ("a | 4", "a & 4"),
        ("if a < 3: return a | 4", "if not a < 3: return a | 4"),
        ("return a | 4", "return None"),
    ]


def test_a_change_is_the_module_that_its_importers_get(tmp_path):
    (tmp_path / "one.py").write_text("LIMIT = 3\n")
    (change,) = find_changes(tmp_path / "one.py", root=tmp_path)

    assert ast.unparse(change.tree) == "LIMIT = 4"
    assert mutation._Finder(change).name == "one"
