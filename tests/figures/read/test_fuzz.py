"""Whatever the text, the reader gives a figure or says file and line of what is wrong."""

import re
from contextlib import suppress

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from plans.figures.errors import FigureFileError
from plans.figures.read.edit import set_joint
from plans.figures.read.figure import parse_figure
from plans.figures.read.old_language import is_old_language
from plans.figures.read.vocabulary import vocabulary
from tests.figures.schema.test_schema import FIGURES, schema_takes

TEXTS = [path.read_text("utf-8") for path in FIGURES]
WORDS = sorted({word for words in vocabulary().values() for word in words})
PIECES = [
    *"{}[]:,#&*!|>'\"%@`-?\n\t ",
    "\n  - ",
    ": ",
    "~",
    ".nan",
    "1e9",
    "off",
    "-.2",
    "<<",
    "é",
    "\u2028",
    "\x00",
    "\ud800",
]

words = st.sampled_from(WORDS)
scalars = st.one_of(
    words,
    st.integers(-500, 500),
    st.floats(allow_nan=True),
    st.booleans(),
    st.none(),
    st.text(max_size=12),
    st.builds("{} {} {}".format, words, words, words),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.one_of(words, scalars), inner, max_size=4)
    ),
    max_leaves=12,
)
panels = st.dictionaries(st.sampled_from(vocabulary()["panel keys"]), values, max_size=4)


def outcome(text):
    try:
        return parse_figure(text, file="new.yaml")
    except FigureFileError as error:
        problems = error.problems
    assert problems
    assert all(re.match(r"new\.yaml:\d+: \S", problem) for problem in problems), problems
    return None


@given(panel=panels, start=words)
@settings(max_examples=100, deadline=None)
def test_any_values(panel, start):
    figure = {"figure": "x", "start": start, "alt": {"en": "A"}, "panels": [{}, panel]}
    text = yaml.safe_dump(figure, allow_unicode=True)

    if outcome(text):
        assert schema_takes(text)


@given(data=st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_to_a_figure(data):
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = start + data.draw(st.integers(0, 12))
        text = text[:start] + data.draw(st.one_of(st.sampled_from(PIECES), words)) + text[end:]

    is_old_language(text)
    if outcome(text):
        assert schema_takes(text)


@given(text=st.lists(st.sampled_from([*PIECES, "a", "panels", "start"]), max_size=40).map("".join))
@example("panels: {? [a]: b}")
@example("? {a: b}\n: c")
@example("--- a\n--- b")
@settings(max_examples=100, deadline=None)
def test_any_text(text):
    is_old_language(text)
    outcome(text)
    with suppress(FigureFileError):
        set_joint(text, panel=0, name="neck flexion", degrees=3)
