"""Why to look at a plan again, in the reader's language."""

from datetime import date

import pytest
from django.utils import translation

from plans.models import FollowUpKind
from plans.queries.follow_up_sentences import Named, sentence

DAY = date(2026, 3, 2)
FACTS = {
    FollowUpKind.PAIN: {"pain": 7, "over": 5, "days": 1},
    FollowUpKind.HURTS: {"hurt": 1, "cannot": 1},
    FollowUpKind.EASY: {"sessions": 4, "days": 3},
}


@pytest.mark.parametrize("kind", FACTS)
@pytest.mark.parametrize(
    ("language", "names"),
    [("en", "“Heel slide”, “Bridge”"), ("es", "«Heel slide», «Bridge»")],
)
def test_each_name_stands_in_the_quotes_of_the_readers_language(kind, language, names):
    named = Named(exercises=["Heel slide", "Bridge"])

    with translation.override(language):
        said = sentence(kind, {"since": "2026-03-01", **FACTS[kind]}, day=DAY, today=DAY, named=named)

    assert names in said
    assert {mark for mark in said if mark in "“”«»"} == set(names) & set("“”«»")


def test_without_a_name_nothing_is_quoted():
    facts = {"since": "2026-03-01", **FACTS[FollowUpKind.PAIN]}

    said = sentence(FollowUpKind.PAIN, facts, day=DAY, today=DAY, named=Named())

    assert said.startswith("Pain 7 of 10 on ")
    assert "“" not in said
