"""Rules: a condition, what it does not go with, when, and why."""

from typing import Final

from plans.contraindications import window_problem
from plans.libraryfiles.data import RuleData
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.read_sources import read_citation
from plans.libraryfiles.values import choice, day, flag, maybe, number, scalar, translations
from plans.libraryfiles.vocabulary import MAX_NAMES, Anchor, Evidence, Level

WHOLE_PLAN: Final = "*"


def read_rule(fields: Fields) -> RuleData:
    whole_plan, movements = _movements(fields)
    anchor, from_day, to_day = _window(fields)
    cited = read_citation(fields)
    return RuleData(
        code=fields.code(),
        place=fields.place,
        condition=fields.code("condition"),
        movements=movements,
        whole_plan=whole_plan,
        level=choice(fields, "level", Level),
        anchor=anchor,
        from_day=from_day,
        to_day=to_day,
        until_cleared=flag(fields, "until_cleared"),
        rationale=fields.text("rationale", limit="rationale"),
        evidence=choice(fields, "evidence", Evidence),
        source=cited.words,
        sources=cited.codes,
        counter_evidence=fields.text("counter_evidence", limit="counter_evidence", required=False),
        review_on=day(fields, "review_on"),
        sentences=translations(fields, "sentences", limit="sentence"),
    )


def _movements(fields: Fields) -> tuple[bool, tuple[str, ...]]:
    """`movements: '*'` is the whole plan: one finding, not one for each item."""
    node = fields.get("movements", required=True)
    if node is not None and scalar(node) == WHOLE_PLAN:
        return True, ()
    return False, fields.codes("movements", most=MAX_NAMES, required=True) if node else ()


def _window(fields: Fields) -> tuple[Anchor | None, int | None, int | None]:
    anchor = maybe(fields, "anchor", Anchor)
    from_day, to_day = number(fields, "from_day"), number(fields, "to_day")
    if anchor is None and (from_day is not None or to_day is not None):
        fields.problem("from_day", f"{fields.what} counts days but names no anchor to count from")
    if anchor is not None and from_day is None:
        fields.problem("anchor", f"{fields.what} has an anchor but no from_day")
    if from_day is not None and to_day is not None and from_day >= to_day:
        fields.problem("to_day", f"the window of {fields.what} ends ({to_day}) before it begins ({from_day})")
    elif problem := window_problem(anchor, from_day, to_day):
        fields.problem("to_day", f"{fields.what}: {problem}")
    return anchor, from_day, to_day
