"""How large a picture of an exercise stands on paper at least; where a page has room, it is larger."""

PLACE_MM = (91, 28)
"""Width and height of its place in the usual handout on A4 (templates/handout/style/base.css)."""
PORTRAIT_PLACE_MM = (45, 60)
"""The same for one that is higher than wide."""

TIGHT_MM = (84, 28)
"""The same for one that is not, where blocks are set tighter to save a page."""


def printed_size(width: int, height: int) -> tuple[int, int]:
    place = PORTRAIT_PLACE_MM if height > width else TIGHT_MM
    scale = min(place[0] / width, place[1] / height)
    return round(width * scale), round(height * scale)
