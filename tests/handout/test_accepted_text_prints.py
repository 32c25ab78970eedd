"""What the gate for text accepts prints, in every format; whatever people type, paste or send."""

import os

import pytest
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from plans.actions.printable import check_content
from plans.actions.texts import TextRefused, clean_text
from plans.handout.fonts import FAMILIES, FONT_DIR
from plans.handout.formats import ALL_FORMATS
from plans.handout.make import make_handout
from plans.languages import LANGUAGES
from tests.handout.samples import LINK_URL, SHEET_URL, pictures
from tests.handout.scripts import NAMES, SENTENCES
from tests.handout.written import fill

EXAMPLES = int(os.environ.get("PRINTED_EXAMPLES", "0"))
"""Of the long test. A number asks for as many new ones; without it the same 80 are made again in each run."""
STRANGE = (
    "\x00\x0b\x0c\x1f\x85\u00a0\u00ad\u0301\u0303\u200b\u200c\u200d\u200e"
    "\u2028\u202e\u2066\u3000\u3164\ufeff\ufe0f\u20e3"
)


def letters_of(family):
    with TTFont(FONT_DIR / FAMILIES[family].format("Regular"), lazy=True) as font:
        return "".join(map(chr, sorted(font.getBestCmap())))


one_script = st.sampled_from(sorted(FAMILIES)).flatmap(lambda family: st.text(letters_of(family), min_size=1))
real = st.sampled_from([*NAMES.values(), *SENTENCES.values()])
pieces = st.one_of(
    one_script, real, st.text(min_size=1), st.text(STRANGE, min_size=1), st.sampled_from(" -/\n(.3")
)
texts = st.lists(pieces, min_size=1, max_size=8).map("".join)


def print_accepted(text, form, language):
    """Raise nothing for a text that is refused, or that prints."""
    try:
        kept = clean_text(text, field="Text", lines=True)
    except TextRefused:
        assume(False)
    line = clean_text(kept, field="Text")
    assume(line)
    content = fill(language, lambda most: line[:most].strip() or "x")
    # A text that is cut may begin with a mark: that is for the gate to say, of each of them.
    try:
        check_content(content)
    except TextRefused:
        assume(False)
    made = make_handout(content, form, link_url=LINK_URL, sheet_url=SHEET_URL, pictures=pictures())
    assert made.pages


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=texts, form=st.sampled_from(ALL_FORMATS), language=st.sampled_from(sorted(LANGUAGES)))
def test_what_is_accepted_prints(text, form, language):
    print_accepted(text, form, language)


@pytest.mark.long
@settings(
    max_examples=EXAMPLES or 80,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=not EXAMPLES,
)
@given(text=texts, form=st.sampled_from(ALL_FORMATS), language=st.sampled_from(sorted(LANGUAGES)))
def test_what_is_accepted_prints_at_length(text, form, language):
    print_accepted(text, form, language)
