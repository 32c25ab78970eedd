"""Rules: a condition, what it does not go with, when, and why."""

from typing import Final

from plans.libraryfiles.data import RuleData
from plans.libraryfiles.fields import Fields
from plans.libraryfiles.read_sources import read_citation
from plans.libraryfiles.read_window import read_window
from plans.libraryfiles.values import choice, day, flag, scalar, translations
from plans.libraryfiles.vocabulary import MAX_NAMES, Evidence, Level

WHOLE_PLAN: Final = "*"


def read_rule(fields: Fields) -> RuleData:
    whole_plan, movements = _movements(fields)
    anchor, from_day, to_day = read_window(fields)
    cited = read_citation(fields)
    level = choice(fields, "level", Level)
    check_first = flag(fields, "check_first")
    if check_first and not (whole_plan and level is Level.CAUTION and anchor is None):
        fields.problem(
            "check_first",
            f"{fields.what}: what to check first is a caution for the whole plan without a window",
        )
    return RuleData(
        code=fields.code(),
        place=fields.place,
        condition=fields.code("condition"),
        movements=movements,
        whole_plan=whole_plan,
        level=level,
        anchor=anchor,
        from_day=from_day,
        to_day=to_day,
        until_cleared=flag(fields, "until_cleared"),
        check_first=check_first,
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
