"""Kept pictures as a phone needs them: whole for a screen, small for a list."""

import io
from functools import lru_cache
from typing import NamedTuple

from PIL import Image, ImageOps

from plans.drawer import MEDIA_TYPE as DRAWN_TYPE
from plans.drawer import last_panel
from plans.models import Picture
from plans.rendering import storage

MEDIA_TYPE = "image/webp"
SCREEN_SIZE = (800, 1000)
"""Twice a phone's width, or nearly so."""
LIST_SIZE = (240, 180)
"""Twice what a row of the list shows."""
QUALITY = 75
MAX_HELD = 400
"""About 4 KB each in a list, 10 KB a figure, 60 KB a photograph: 25 MB a process if all were photographs."""


class PhonePicture(NamedTuple):
    """A picture's bytes with their media type."""

    data: bytes
    media_type: str


def phone_picture(picture: Picture, *, in_list: bool = False, right_to_left: bool = False) -> PhonePicture:
    """Return a kept picture for a phone. In a list a figure is the panel to which it moves, the last in its direction.

    Raises FileNotFoundError, StorageFailed.
    """
    is_drawn = picture.media_type == DRAWN_TYPE
    name, turned = picture.file.name or "", right_to_left and is_drawn and in_list
    return _made(picture.sha256, name, is_drawn=is_drawn, in_list=in_list, right_to_left=turned)


@lru_cache(maxsize=MAX_HELD)
def _made(sha256: str, name: str, *, is_drawn: bool, in_list: bool, right_to_left: bool) -> PhonePicture:
    """The same bytes give the same picture, wherever they lie."""
    data = storage.read(name)
    if is_drawn and not in_list:
        # Few colours, 1,004 dots wide, 8 to 18 KB: a WebP of it at 800 dots is no smaller, and less sharp.
        return PhonePicture(data, DRAWN_TYPE)
    with Image.open(io.BytesIO(data)) as picture:
        shown = (_last_panel(picture, right_to_left=right_to_left) if is_drawn else picture).convert("RGB")
    shown.thumbnail(LIST_SIZE if in_list else SCREEN_SIZE, Image.Resampling.LANCZOS)
    small = io.BytesIO()
    shown.save(small, "WEBP", quality=QUALITY, method=4)
    return PhonePicture(small.getvalue(), MEDIA_TYPE)


def _last_panel(figure: Image.Image, *, right_to_left: bool) -> Image.Image:
    return ImageOps.mirror(last_panel(ImageOps.mirror(figure))) if right_to_left else last_panel(figure)
