"""Colours, and how far apart they are for an eye or a grey printer."""

LINE = "#16202a"
PAPER = "#ffffff"
ARROW = "#b3261e"
MAT = "#dfe9e4"
FURNITURE = "#e3d3b8"
WALL = "#e6e8ea"
PILLOW = "#ffffff"
TOWEL = "#f3e3a0"
WATER = "#cfe8f5"
WATER_LINE = "#0f3550"
SHOE = "#eceff1"


Rgb = tuple[int, int, int]


def rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def blend(one: Rgb, other: Rgb, share: float) -> Rgb:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def as_grey(colour: Rgb) -> Rgb:
    """The grey that a black and white printer makes of a colour (weights of ITU-R BT.601)."""
    level = round(0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2])
    return level, level, level


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white), as WCAG 2 defines it."""
    red, green, blue = (_linear(channel / 255) for channel in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
