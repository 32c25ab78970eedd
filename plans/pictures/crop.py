"""The part of a picture that is printed, as whoever uploads it cuts it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from plans.pictures.errors import PictureCropIncomplete, PictureCropOutside
from plans.pictures.printed import PLACE_MM, PORTRAIT_PLACE_MM

RATIOS = (PLACE_MM, PORTRAIT_PLACE_MM)
"""Width to height of what is cut out: it then fills its place on paper."""
WHOLE = 100.0
ROUNDED = 0.02
"""The page's numbers have two digits behind the point."""


@dataclass(frozen=True, slots=True)
class Crop:
    """Where the part begins and how large it is, in per cent of the picture as it is seen."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def read(cls, said: Sequence[str]) -> Self | None:
        """Read left, top, width, height as they are typed; without any number the whole picture is meant.

        Raises PictureCropIncomplete, PictureCropOutside.
        """
        if not any(text.strip() for text in said):
            return None
        try:
            crop = cls(*(float(text) for text in said))
        except ValueError:
            raise PictureCropIncomplete from None
        if not crop.is_inside:
            raise PictureCropOutside
        return crop

    @property
    def is_inside(self) -> bool:
        return all(
            start >= 0 and size > 0 and start + size <= WHOLE + ROUNDED
            for start, size in ((self.left, self.width), (self.top, self.height))
        )
