"""The formats in which a content can be printed. The language is the content's own."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from plans.exceptions import PlansError


class UnknownFormat(PlansError):
    """There is no handout format named {key!r}."""

    code = "unknown_format"


class Copy(StrEnum):
    """For whom: the whole plan, the same with what the rules found, or one page for the fridge."""

    PATIENT = "patient"
    CLINICIAN = "clinician"
    SUMMARY = "summary"


class Paper(StrEnum):
    """The paper's CSS name."""

    A4 = "A4"
    LETTER = "Letter"


class Size(StrEnum):
    """Body type of 12 pt or 18 pt."""

    NORMAL = "normal"
    LARGE = "large"


class Ink(StrEnum):
    """Colour, or greys without filled areas for a printer that shall save ink."""

    COLOUR = "colour"
    GREY = "grey"


@dataclass(frozen=True, kw_only=True)
class Format:
    """How a content is printed. `key` is its stable name, for example `patient-a4-normal-colour`."""

    copy: Copy = Copy.PATIENT
    paper: Paper = Paper.A4
    size: Size = Size.NORMAL
    ink: Ink = Ink.COLOUR

    @property
    def key(self) -> str:
        return f"{self.copy}-{self.paper.lower()}-{self.size}-{self.ink}"

    @classmethod
    def from_key(cls, key: str) -> Self:
        for one in ALL_FORMATS:
            if one.key == key:
                return cls(copy=one.copy, paper=one.paper, size=one.size, ink=one.ink)
        raise UnknownFormat(key=key)


ALL_FORMATS: tuple[Format, ...] = tuple(
    Format(copy=copy, paper=paper, size=size, ink=ink)
    for copy in Copy
    for paper in Paper
    for size in Size
    for ink in Ink
)
