"""Where text and pictures lie on a page: inside of what a printer reaches, and nothing over anything else."""

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

SMALL_LETTERS = 0.45
"""The height of letters such as x, as a part of the size of the type."""
UNREACHED = 9.0
"""Points (3 mm) at the edge of the paper that usual printers leave white."""
TOUCH = 1.5
"""Points by which neighbours may overlap: kerning, rounding, a slanted letter."""


class Piece(NamedTuple):
    """A run of text, or a picture with no text, in points from the page's lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    text: str


def find_outside(pieces: Sequence[Piece], *, width: float, height: float) -> list[str]:
    return [
        piece.text
        for piece in pieces
        if min(piece.left, piece.bottom) < UNREACHED
        or piece.right > width - UNREACHED
        or piece.top > height - UNREACHED
    ]


def find_covered(pieces: Sequence[Piece]) -> list[str]:
    rising = sorted(pieces, key=attrgetter("bottom"))
    found = []
    for at, piece in enumerate(rising):
        for other in rising[at + 1 :]:
            if other.bottom >= piece.top - TOUCH:
                break
            if min(piece.right, other.right) - max(piece.left, other.left) > TOUCH:
                found.append(piece.text or other.text)
    return found
