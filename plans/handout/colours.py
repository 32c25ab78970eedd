"""Contrast by the formula of WCAG 2, and a clinic's colour made dark enough to read."""

import re

TEXT_CONTRAST = 4.5
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
FALLBACK = "#1f4e79"


def contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def make_readable(colour: str, *, on: str = "#ffffff", ratio: float = TEXT_CONTRAST) -> str:
    """Return the colour, or as much darker as text on `on` needs; the fallback for anything but `#rrggbb`."""
    red, green, blue = _channels(colour if _HEX.fullmatch(colour) else FALLBACK)
    for percent in range(100, -1, -2):
        darker = f"#{red * percent // 100:02x}{green * percent // 100:02x}{blue * percent // 100:02x}"
        if contrast(darker, on) >= ratio:
            return darker
    return "#000000"


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
