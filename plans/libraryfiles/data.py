"""What library files say, as frozen values: one class for each kind of entry, and the Library of them all.

Every entry knows its place in the files; the place is no part of its identity, so the same words read
from another file are equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plans.contraindications import Disagreement, MovementSide
from plans.dose import Dose, Limb, Span
from plans.libraryfiles.audience import Audience
from plans.libraryfiles.entry import Cited, Entry
from plans.libraryfiles.errors import Place
from plans.libraryfiles.measure_data import MeasureData
from plans.libraryfiles.vocabulary import (
    AdviceKind,
    Anchor,
    Equipment,
    Evidence,
    Kind,
    Level,
    Position,
    RedFlag,
    Region,
    SourceKind,
    Target,
    WithdrawnKind,
)


@dataclass(frozen=True, kw_only=True)
class SourceData(Entry):
    """A source that entries name by its code, and `cite` in words. `where` it is found, how much was `read`."""

    title: str
    cite: str = ""
    kind: SourceKind | None = None
    where: str = ""
    read: str = ""
    strength: str = ""


@dataclass(frozen=True, kw_only=True)
class MovementData(Cited):
    """What an exercise may ask of the body; `implies` names the wider movements it always includes."""

    name: str
    meaning: str
    also: tuple[str, ...]
    implies: tuple[str, ...]
    sided: bool = False


@dataclass(frozen=True, kw_only=True)
class ConditionData(Cited):
    """A diagnosis or state; a rule for the parent holds for the child. `icd10` are ICD-10-CM leaf codes.

    `dates` are those that windows of its rules count from. `treat_cause_first`: no exercise before the
    cause is treated and someone says so. `sided`: left and right are told apart; `ask_which`: its kinds have
    rules of their own. `name_places` are those of the name and of each other name.
    """

    name: str
    also: tuple[str, ...]
    name_places: tuple[Place, ...] = field(compare=False)
    icd10: tuple[str, ...]
    parent: str | None
    dates: tuple[Anchor, ...]
    treat_cause_first: bool
    sided: bool = False
    ask_which: bool = False
    region: Region | None = None


@dataclass(frozen=True, kw_only=True)
class SymptomData(Cited):
    """What a patient may report; a red flag carries its sentence for the patient's copy, per language.

    `audience` says on whose copy it is printed; without one it is that of its region. `needs_answer`: only where the
    clinic names somebody who answers.
    """

    name: str
    red_flag: RedFlag | None
    region: Region | None = None
    audience: Audience | None = None
    needs_answer: bool = False
    sentences: Mapping[str, str]

    @property
    def shown_to(self) -> Audience:
        """Return on whose copy it is printed; a general one is on all, one without a region on none by itself."""
        if self.red_flag is None:
            return Audience()
        if self.audience is not None:
            return self.audience
        if self.region is Region.GENERAL:
            return Audience(everybody=True)
        return Audience(regions=(self.region,) if self.region else ())


@dataclass(frozen=True, kw_only=True)
class Help:
    """A condition that an exercise helps, by its code, and who says so."""

    condition: str
    source: str


@dataclass(frozen=True, kw_only=True)
class ExerciseText:
    """An exercise in one language, as the patient reads it; `alt` tells the picture's start and end.

    `also` are other names, which therapists look for and no handout prints.
    """

    name: str
    purpose: str
    start: str
    steps: tuple[str, ...]
    cautions: tuple[str, ...]
    alt: str
    breathing: str = ""
    also: tuple[str, ...] = ()
    note: str = ""
    """For the reviewer, never printed: how the text came about, if not written by the project."""


@dataclass(frozen=True, kw_only=True)
class ExerciseData(Cited):
    """An exercise with its facts and its texts by language code.

    `figure` is the name of a pose file, empty for an exercise whose picture is uploaded. `limb` works on a side.
    `movement_sides` tells of which side a movement is asked; one that is not named is asked of both.

    `dose` is the default one and lies inside `safe` (dose field -> lowest and highest value), for which
    `safe_source` vouches. `easier`, `harder` and `alternative_to` are codes of exercises.
    """

    kind: Kind
    position: Position
    targets: tuple[Target, ...]
    movements: tuple[str, ...]
    equipment: tuple[Equipment, ...]
    one_sided: bool
    dose: Dose
    safe: Mapping[str, Span]
    safe_source: str
    source_note: str
    disagreement: Disagreement | None
    alternative_to: str | None
    region: Region | None = None
    level: int | None = None
    helps: tuple[Help, ...] = ()
    limb: Limb | None = None
    movement_sides: Mapping[str, MovementSide] = field(default_factory=dict)
    easier: str | None = None
    harder: str | None = None
    figure: str
    texts: Mapping[str, ExerciseText]


@dataclass(frozen=True, kw_only=True)
class RuleData(Cited):
    """A condition and movements (or the whole plan) that do not go together, when, why and who says so.

    `from_day` counts, `to_day` does not; both are days since `anchor`. `sentences` are for the patient. `check_first`:
    they say what to check each day before the exercises, and stand above them all.
    """

    condition: str
    movements: tuple[str, ...]
    whole_plan: bool
    level: Level
    anchor: Anchor | None
    from_day: int | None
    to_day: int | None
    until_cleared: bool
    rationale: str
    evidence: Evidence
    counter_evidence: str
    review_on: date
    sentences: Mapping[str, str]
    check_first: bool = False


@dataclass(frozen=True, kw_only=True)
class AdviceData(Cited):
    """A sentence of general advice with those whom it is for, or the name of another therapy, per language."""

    kind: AdviceKind
    audience: Audience
    texts: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LeafletSection:
    """A heading with what stands under it: one paragraph, or the points of a list."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LeafletText:
    """A leaflet in one language, as the patient reads it."""

    title: str
    sections: tuple[LeafletSection, ...]


@dataclass(frozen=True, kw_only=True)
class LeafletData(Cited):
    """What to know about these conditions, on one page, with its texts by language code."""

    conditions: tuple[str, ...]
    texts: Mapping[str, LeafletText]


@dataclass(frozen=True, kw_only=True)
class ProtocolItemData:
    """One exercise of a protocol, by its code, with its own dose."""

    exercise: str
    dose: Dose
    place: Place = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class ProtocolText:
    """A protocol in one language: its title, which a plan takes over, and when to go on to the next one."""

    title: str
    go_on_when: str = ""


@dataclass(frozen=True, kw_only=True)
class ProtocolData(Cited):
    """A programme for a phase of a condition; its window counts days since `anchor`, `next` is a protocol's code.

    `note` is for therapists and reviewers: how strong its sources are, what a dose cannot say.
    """

    condition: str
    phase: str
    anchor: Anchor | None
    from_day: int | None
    to_day: int | None
    next: str | None
    note: str
    items: tuple[ProtocolItemData, ...]
    texts: Mapping[str, ProtocolText]


@dataclass(frozen=True, kw_only=True)
class WithdrawnData(Entry):
    """What these files no longer hold, and why: where it was loaded it is retired."""

    kind: WithdrawnKind
    reason: str


@dataclass(frozen=True, kw_only=True)
class Library:
    """All entries of the files read, in the order of the files."""

    sources: tuple[SourceData, ...] = ()
    movements: tuple[MovementData, ...] = ()
    conditions: tuple[ConditionData, ...] = ()
    symptoms: tuple[SymptomData, ...] = ()
    exercises: tuple[ExerciseData, ...] = ()
    rules: tuple[RuleData, ...] = ()
    advice: tuple[AdviceData, ...] = ()
    leaflets: tuple[LeafletData, ...] = ()
    measures: tuple[MeasureData, ...] = ()
    protocols: tuple[ProtocolData, ...] = ()
    withdrawn: tuple[WithdrawnData, ...] = ()
