"""What library files say of a measure, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from plans.libraryfiles.entry import Cited
from plans.libraryfiles.vocabulary import Better, DifferenceKind, MeasureKind, Region


@dataclass(frozen=True, kw_only=True)
class DifferenceData:
    """What a source calls a change that counts, in points, and of which people it is known.

    Without `regions` it counts for everybody; `of_one` is about one activity and not about the mean.
    """

    source: str
    kind: DifferenceKind
    points: Decimal
    people: str
    regions: tuple[Region, ...] = ()
    of_one: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasureText:
    """A measure in one language, as the patient reads it; `lowest` and `highest` are the ends in words."""

    name: str
    question: str
    lowest: str
    highest: str
    help: str = ""


@dataclass(frozen=True, kw_only=True)
class MeasureData(Cited):
    """What is asked at the start of a plan and at its review, with its texts by language code."""

    kind: MeasureKind
    lowest: int
    highest: int
    better: Better
    differences: tuple[DifferenceData, ...]
    texts: Mapping[str, MeasureText]
