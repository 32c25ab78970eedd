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
WATER_LINE = "#17496b"
SHOE = "#eceff1"


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 (black) to 1 (white), as WCAG 2 defines it."""
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """WCAG 2 contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
