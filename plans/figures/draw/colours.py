"""Colours as #rrggbb and as three bytes; their contrast as WCAG counts it."""

Rgb = tuple[int, int, int]

WHITE: Rgb = (255, 255, 255)
INK: Rgb = (17, 19, 24)
ARROW: Rgb = (178, 24, 34)
GREY_ARROW: Rgb = (0, 0, 0)
MIN_CONTRAST = 3.0  # WCAG 1.4.11: parts of a picture that are needed to understand it


def rgb(text: str) -> Rgb:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def contrast(one: Rgb, other: Rgb) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mixed(colour: Rgb, other: Rgb, percent: int) -> Rgb:
    """`percent` of the other colour in the first."""
    red, green, blue = (
        (a * (100 - percent) + b * percent + 50) // 100 for a, b in zip(colour, other, strict=True)
    )
    return red, green, blue


def lightened(colour: Rgb, against: Rgb, least: float = MIN_CONTRAST) -> Rgb:
    """The colour, as much lighter as a line in `against` needs to be seen on it."""
    for percent in range(0, 101, 2):
        lighter = mixed(colour, WHITE, percent)
        if contrast(lighter, against) >= least:
            return lighter
    return WHITE


def grey(colour: Rgb) -> Rgb:
    level = (colour[0] * 299 + colour[1] * 587 + colour[2] * 114 + 500) // 1000
    return level, level, level
