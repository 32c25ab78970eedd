"""What the engine knows of a plan: frozen copies, without a database behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple, Self

from plans.contraindications.errors import OneSided
from plans.contraindications.rules import Anchor
from plans.dose import Dose, Frequency, Span


class RedFlag(StrEnum):
    """What a warning sign asks for: the emergency number, or a doctor the same day."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"


class ReviewState(StrEnum):
    """Whether a licensed reviewer of this clinic has approved a revision, or its text in one language."""

    APPROVED = "approved"
    NEEDS_REVIEW = "needs_review"
    MISSING = "missing"


class SignState(StrEnum):
    """Whether a warning sign that fits a plan is printed, or why not."""

    APPROVED = ReviewState.APPROVED.value
    NEEDS_REVIEW = ReviewState.NEEDS_REVIEW.value
    MISSING = ReviewState.MISSING.value
    NO_ROOM = "no_room"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearance:
    """Who recorded that a stop no longer holds, on which day, and how they know."""

    by: str = ""
    on: date | None = None
    how: str = ""

    def is_blank(self) -> bool:
        return not (self.by.strip() or self.on or self.how.strip())

    def counts(self, *, since: date | None, today: date) -> bool:
        if self.on is None or not self.by.strip() or not self.how.strip():
            return False
        return self.on <= today and (since is None or since <= self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomFacts:
    """A symptom that the patient has reported; `red_flag` is None for the ordinary ones."""

    code: str
    name: str
    red_flag: RedFlag | None = None
    noted_on: date | None = None
    clearance: Clearance = Clearance()


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a part of a diagnosis in free words stands for: the codes and names of one condition or several."""

    words: str
    conditions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisFacts:
    """A diagnosis in free words.

    `meanings` are the conditions that it names as the patient's own. `has_asides`: it denies some, or they are
    somebody else's. `says_more`: it holds words that no condition matches.
    """

    words: str
    meanings: tuple[Meaning, ...] = ()
    has_asides: bool = False
    says_more: bool = False


class Operated(StrEnum):
    """What is known of an operation that has no day: there was none, or nobody knows when it was."""

    NO = "no"
    DAY_UNKNOWN = "day_unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionFacts:
    """A condition that the patient has, with the dates that windows count from.

    `recorded_as` are the ICD-10 codes that it was recorded by; one of them may stand for several conditions.
    On two sides it is two of them, with dates and clearances of their own; a blank `side` is none, or not told.
    `operated` says why there is no day of surgery, where somebody was asked.
    """

    code: str
    name: str
    side: str = ""
    recorded_as: tuple[str, ...] = ()
    onset: date | None = None
    surgery: date | None = None
    due_date: date | None = None
    operated: Operated | None = None
    clearance: Clearance = Clearance()

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from the patient's other conditions. One without a side is named as before there were any."""
        return (self.code, self.side) if self.side else (self.code,)

    @property
    def label(self) -> str:
        return f"{self.name}, {self.side}" if self.side != "both" and self.side else self.name

    def date_of(self, anchor: Anchor) -> date | None:
        match anchor:
            case Anchor.ONSET:
                return self.onset
            case Anchor.SURGERY:
                return self.surgery
            case Anchor.DUE_DATE:
                return self.due_date


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """What a surgeon or another clinician forbade this patient, in the words that the patient reads.

    `movement` is the code that it acts by; without one the rules cannot check it. `at_most` so many of `unit`. It
    holds to `until`, that day too, or until it is cleared.
    """

    words: str
    said_by: str
    said_on: date | None = None
    until: date | None = None
    movement: str = ""
    movement_name: str = ""
    side: str = ""
    at_most: Decimal | None = None
    unit: str = ""
    clearance: Clearance = Clearance()

    @property
    def identity(self) -> tuple[str, ...]:
        """What tells it from the patient's other limits: all that was said, but for the clearance."""
        days = (day.isoformat() if day else "" for day in (self.said_on, self.until))
        return (self.movement, self.side, self.words, self.amount, self.said_by, *days)

    @property
    def amount(self) -> str:
        return "" if self.at_most is None else f"{self.at_most.normalize():f} {self.unit}"


class Said(NamedTuple):
    """What one source says."""

    source: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """Sources that do not agree: what each of them says, and what would justify going on. Raises OneSided.

    `both_allow`: each of them allows the exercise, they differ in how it is done.
    """

    sides: tuple[Said, ...]
    go_on_when: str
    both_allow: bool = False

    def __post_init__(self) -> None:
        words = [self.go_on_when, *(part for side in self.sides for part in side)]
        if len(self.sides) < 2 or not all(part.strip() for part in words):
            raise OneSided

    def __str__(self) -> str:
        said = " ".join(f"{side.source}: {side.words}" for side in self.sides)
        return f"{said} To go on: {self.go_on_when}"

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Self:
        sides = tuple(Said(one["source"], one["words"]) for one in given["sides"])
        return cls(
            sides=sides, go_on_when=given["go_on_when"], both_allow=bool(given.get("both_allow", False))
        )

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON holds it: {"sides": [{"source": …, "words": …}, …], "go_on_when": …}, both_allow if so."""
        said = {"sides": [side._asdict() for side in self.sides], "go_on_when": self.go_on_when}
        return {**said, "both_allow": True} if self.both_allow else said


class MovementSide(StrEnum):
    """On which side a one-sided exercise asks for a movement: the one that works, or the other that holds."""

    WORKING = "working"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemFacts:
    """One exercise of the plan. `key` is the plan item's stable id, unique in the plan.

    `in_use_number` is the revision that the clinic goes on with, None when its reviewer withdrew that approval or has
    approved none yet. `movements` and `equipment` are codes; `safe` maps a dose field (hold_seconds) to the range that
    this exercise allows. `sides` maps movements of a one-sided exercise to the side that they are asked of; one that is
    not told is asked of both.
    """

    key: str
    exercise_code: str
    name: str
    position: str
    movements: frozenset[str]
    dose: Dose
    revision_id: str
    revision_number: int = 1
    in_use_number: int | None = 1
    revision_state: ReviewState = ReviewState.APPROVED
    text_state: ReviewState = ReviewState.APPROVED
    retired: bool = False
    one_sided: bool = False
    safe: Mapping[str, Span] = field(default_factory=dict)
    equipment: frozenset[str] = frozenset()
    sides: Mapping[str, MovementSide] = field(default_factory=dict)
    disagreement: Disagreement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafletFacts:
    """A leaflet that is to be printed with the plan, and the state of its text in the plan's language."""

    code: str
    title: str
    state: ReviewState
    is_retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SignFacts:
    """A warning sign that fits the plan, and the state of its sentence in the plan's language."""

    code: str
    name: str
    state: SignState
    is_emergency: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacts:
    """A plan and its patient, as they are known on one day.

    `diagnoses` are those in free words. `language_ready`: whether the fixed words
    of the handout are reviewed in its language. `needs_pain_control` holds until the patient's tick is taken away.
    """

    today: date
    birth_date: date | None = None
    start_date: date | None = None
    review_date: date | None = None
    frequency: Frequency = field(default_factory=Frequency)
    language: str = "en"
    language_ready: bool = True
    equipment: frozenset[str] = frozenset()
    needs_pain_control: bool = False
    symptoms: tuple[SymptomFacts, ...] = ()
    conditions: tuple[ConditionFacts, ...] = ()
    limits: tuple[LimitFacts, ...] = ()
    diagnoses: tuple[DiagnosisFacts, ...] = ()
    items: tuple[ItemFacts, ...] = ()
    leaflets: tuple[LeafletFacts, ...] = ()
    signs: tuple[SignFacts, ...] = ()
