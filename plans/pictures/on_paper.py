"""What white paper leaves of a picture. It is read by the decoder and, as that, imports nothing of the service."""

from math import ceil
from typing import Any

LOOKED_AT = 300
"""Dots to which a picture's longer side is brought for the look."""
LEAST_SEEN, MOST_LOST = 0.002, 0.005
"""Shares of the dots: of those that must be seen, and of those that may be there and not be seen."""
THERE = 255
MARGIN_CONTRAST = 1.05
"""What is paler is a margin."""


def on_white(picture: Any) -> Any:
    """Return the picture on paper: what is clear in a logo would otherwise be printed black."""
    from PIL import Image

    if picture.mode != "RGBA":
        return picture
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def fault_on_paper(picture: Any, *, min_contrast: float) -> str | None:
    """Return the code of a refusal when nothing of the picture is seen, or of a clear one not all: white letters."""
    small = picture.copy()
    small.thumbnail((LOOKED_AT, LOOKED_AT))
    seen = _darker(small, min_contrast)
    if _share(seen) < LEAST_SEEN:
        return "picture_too_pale"
    if small.mode == "RGBA" and _share(_lost(small, seen)) > MOST_LOST:
        return "picture_partly_pale"
    return None


def without_margins(picture: Any, *, bounds: dict[str, Any]) -> Any:
    """Return the picture without the white around it, in which it would be small; its shape stays one that is taken."""
    left, top, right, bottom = _darker(picture, MARGIN_CONTRAST).getbbox()
    least = bounds["min_short_side"]
    wide = max(right - left, least, ceil((bottom - top) / bounds["max_times_as_high"]))
    high = max(bottom - top, least, ceil(wide / bounds["max_times_as_wide"]))
    x = min(max(0, (left + right - wide) // 2), picture.width - wide)
    y = min(max(0, (top + bottom - high) // 2), picture.height - high)
    return picture.crop((x, y, x + wide, y + high))


def _darker(picture: Any, contrast: float) -> Any:
    """Return 255 for the dots that have at least this contrast to white paper, 0 for others."""
    from PIL import Image

    linear = [
        round(255 * (value / 3294.6 if value <= 10 else ((value / 255 + 0.055) / 1.055) ** 2.4))
        for value in range(256)
    ]
    light = Image.merge("RGB", [band.point(linear) for band in on_white(picture).split()])
    most = 255 * (1.05 / contrast - 0.05)
    return light.convert("L", (0.2126, 0.7152, 0.0722, 0)).point(
        [255 * (value <= most) for value in range(256)]
    )


def _lost(clear: Any, seen: Any) -> Any:
    """Return 255 for the dots of those parts, each with clear dots around it, of which nothing is seen."""
    from PIL import ImageDraw

    parts = clear.getchannel("A").point([255 * (value > 127) for value in range(256)])
    dots = parts.load()
    for at, is_seen in enumerate(seen.tobytes()):
        place = at % seen.width, at // seen.width
        if is_seen and dots[place] == THERE:
            ImageDraw.floodfill(parts, place, 1)
    return parts


def _share(mask: Any) -> float:
    return float(mask.histogram()[THERE] / (mask.width * mask.height))
