from pathlib import Path

import pytest
import yaml

import plans
from plans import yaml_nodes
from plans.yaml_nodes import NodeLimits, compose, line_of

LIMITS = NodeLimits(depth=3, values=10)


def read(text, limits=LIMITS):
    problems = []
    return compose(text, limits=limits, report=lambda line, words: problems.append((line, words))), problems


def test_nodes_know_their_lines():
    root, problems = read("a: 1\nb:\n  - 2\n")
    assert problems == []
    assert [(key.value, line_of(value)) for key, value in root.value] == [("a", 1), ("b", 3)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", (1, "the file is empty")),
        ("a: b\n c: d", (2, "not readable as YAML: mapping values are not allowed here")),
        ("a: 1\n---\nb: 2\n", (2, "not readable as YAML: but found another document")),
        ("a:\n  \x07", (2, "a character that YAML does not allow")),
        ("[[[]]]\n", None),
        ("\n[[[[]]]]", (2, "nested deeper than 3 levels")),
        ("[1, 2, 3, 4, 5, 6, 7, 8, 9]", None),
        ("[1, 2, 3, 4, 5,\n6, 7, 8, 9, 10]", (2, "too many values, at most 10 are read")),
        ("- 1\n- &b 2\n", (2, "anchors and aliases are not read here: b")),
        ("- 1\n- !!str 2\n", (2, "tags are not read here: tag:yaml.org,2002:str")),
    ],
)
def test_what_is_refused_is_told_with_its_line(text, problem):
    root, problems = read(text)
    assert problems == ([problem] if problem else [])
    assert (root is None) is (problem is not None)


def test_nothing_is_built_of_what_is_refused(monkeypatch):
    monkeypatch.setattr(yaml_nodes.yaml, "compose", None)
    _, problems = read("a: &a [1]\nb: [*a, *a]\n")
    assert [line for line, _ in problems] == [1, 2, 2]


def test_without_a_number_of_values_there_may_be_any():
    assert read("[" + "1, " * 5000 + "1]", NodeLimits(depth=1))[1] == []


def told(node):
    if isinstance(node, yaml.ScalarNode):
        return node.tag, node.value, node.style, line_of(node)
    parts = [part for pair in node.value for part in pair] if node.id == "mapping" else node.value
    return node.tag, line_of(node), [told(part) for part in parts]


@pytest.mark.parametrize(
    "name", ["conditions", "exercises/wall-sit", "figures/wall-sit", "protocols/tkr-0-6"]
)
def test_with_and_without_the_fast_reader_the_same_is_read(name, monkeypatch):
    text = (Path(plans.__file__).parent / "library" / f"{name}.yaml").read_text(encoding="utf-8")
    text = f"'a': |\n  é ł 😀\n  b\n\"c\": [1, '2', ~, 2026-03-02]\n{text}"
    limits = NodeLimits(depth=20)
    fast, _ = read(text, limits)
    monkeypatch.delattr(yaml, "CSafeLoader")
    slow, _ = read(text, limits)
    assert told(fast) == told(slow)


def test_what_cannot_be_written_as_bytes_is_refused_all_the_same():
    assert read("a: \ud800")[1] == [(1, "a character that YAML does not allow")]
