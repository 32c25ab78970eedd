"""The room that a style sheet leaves on a sheet of paper."""

import re
from functools import cache
from typing import NamedTuple

PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""
_SIZE = re.compile(r"size: ([\d.]+)mm ([\d.]+)mm")
_MARGIN = re.compile(r"@page \{[^}]*?margin: ([\d.]+)mm [\d.]+mm ([\d.]+)mm")


class Paper(NamedTuple):
    """In millimetres; `top` is the margin there, `room` the height between the margins."""

    width: float
    top: float
    room: float


@cache
def paper_of(css: str) -> Paper | None:
    """Return None for a style sheet that does not say. Of several rules the last one holds."""
    sizes, margins = _SIZE.findall(css), _MARGIN.findall(css)
    if not sizes or not margins:
        return None
    (width, height), (top, bottom) = sizes[-1], margins[-1]
    return Paper(float(width), float(top), float(height) - float(top) - float(bottom))
