"""What an uploaded picture may be: enough dots for print, and a shape that its place on paper can show."""

from dataclasses import dataclass

MAX_BYTES = 35_000_000
"""A JPEG of 50 megapixels has 15 to 25 million."""
MAX_JPEG_PIXELS = 50_500_000
"""Phones of "48 or 50 megapixels" have up to so many."""
MAX_PIXELS = 16_000_000
"""PNG and WebP are decoded whole, at four bytes a dot and more; a JPEG is decoded at the size that is needed."""
MAX_SIDE = 1400
"""Dots: 300 for each inch of the widest place that a handout gives a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Fewest dots along the shorter and the longer side, and how far from square the picture may be.

    `min_contrast` is what some of it has at least against white paper; a `trimmed` one loses the white around it.
    """

    min_short_side: int
    min_long_side: int
    max_times_as_high: float
    max_times_as_wide: float
    min_contrast: float
    trimmed: bool = False


PHOTOGRAPH = Bounds(
    min_short_side=300, min_long_side=400, max_times_as_high=2.2, max_times_as_wide=3.2, min_contrast=1.2
)
"""A whole phone screen held upright still fits; printed, its shorter side has at least an inch."""
LOGO = Bounds(
    min_short_side=60,
    min_long_side=60,
    max_times_as_high=2.0,
    max_times_as_wide=10.0,
    min_contrast=1.5,
    trimmed=True,
)
"""Printed 12 mm high, at most 60 mm wide. Paler than this, a printer without colours leaves nearly nothing of it."""
