"""A rule: a condition and movements that do not go together, when, why, and who says so."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from plans.contraindications.errors import InvalidRule
from plans.contraindications.levels import Level


class Anchor(StrEnum):
    """The date of a condition from which a window counts its days."""

    ONSET = "onset"
    SURGERY = "surgery"
    DUE_DATE = "due_date"

    @property
    def words(self) -> str:
        return {"onset": "date of onset", "surgery": "date of surgery", "due_date": "due date"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One version of a rule, with its sentence for the patient in the plan's language.

    It speaks of `movements`, or of the whole plan. Its window counts days since the anchor: from_day is
    inside, to_day is not, None is no end. `until_cleared` holds until a named clinician clears the condition.
    `pending`: no reviewer of this clinic has approved the version. `key` tells it from a rule of another library
    with the same code. `kind_of` names the kind of a condition that it was made for, where only the wider one is
    recorded. `check_first`: its sentence says what to check each day before the exercises, and stands above them all.
    Raises InvalidRule if it could never be right or nobody vouches for it.
    """

    code: str
    version: int
    condition: str
    level: Level
    rationale: str
    evidence: str
    source: str
    movements: frozenset[str] = frozenset()
    whole_plan: bool = False
    anchor: Anchor | None = None
    from_day: int | None = None
    to_day: int | None = None
    until_cleared: bool = False
    counter_evidence: str = ""
    sentence: str = ""
    sentence_approved: bool = False
    pending: bool = False
    key: str = ""
    kind_of: str = ""
    check_first: bool = False

    def __post_init__(self) -> None:
        for problem in _problems(self):
            raise InvalidRule(rule=self.code, problem=problem)

    @property
    def identity(self) -> str:
        """What all versions of this rule share, and no other rule has."""
        return self.key or self.code

    @property
    def why(self) -> str:
        """The rationale as part of a sentence, whether or not it was entered with a full stop."""
        return self.rationale.strip().rstrip(".")

    def holds_on(self, day: int | None) -> bool:
        """Return whether its window is open on this day since the anchor; a day not known counts as inside."""
        if self.anchor is None or day is None:
            return True
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day < self.to_day)

    def opens_in(self, day: int | None) -> int | None:
        """Return the days until its window opens, None if it is open, over, or without a day."""
        if self.anchor is None or day is None or self.from_day is None or self.from_day <= day:
            return None
        return self.from_day - day


# Children come late, some after an induction in the 42nd week: a window that reaches the due date goes on for
# three weeks, or until the condition is taken from the patient.
DAYS_OVERDUE = 21


def window_problem(anchor: Anchor | None, from_day: int | None, to_day: int | None) -> str:
    """Return what is wrong with a window whose end would come while a child may still be unborn, or nothing."""
    if anchor is not Anchor.DUE_DATE or from_day is None or to_day is None:
        return ""
    if from_day <= 0 <= to_day <= DAYS_OVERDUE:
        return f"a window that reaches the due date holds to day {DAYS_OVERDUE}: to_day is {DAYS_OVERDUE + 1} or later"
    return ""


def _problems(rule: Rule) -> Iterator[str]:
    if rule.level is Level.ADVICE:
        yield "its level is stop, avoid or caution"
    if bool(rule.movements) == rule.whole_plan:
        yield "it names movements, or the whole plan"
    if rule.check_first and not (rule.whole_plan and rule.level is Level.CAUTION and rule.anchor is None):
        yield "what to check first each day is a caution for the whole plan without a window"
    if rule.anchor is None and (rule.from_day is not None or rule.to_day is not None):
        yield "its window has no date to count from"
    if rule.from_day is not None and rule.to_day is not None and rule.from_day >= rule.to_day:
        yield "its window ends before it begins"
    for name, text in (("rationale", rule.rationale), ("evidence", rule.evidence), ("source", rule.source)):
        if not text.strip():
            yield f"its {name} is missing"
