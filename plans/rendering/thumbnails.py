"""Small pictures for lists: a photograph as it is, of a figure the panel to which it moves."""

import io
from functools import lru_cache

from PIL import Image

from plans.drawer import MEDIA_TYPE as DRAWN_TYPE
from plans.drawer import last_panel
from plans.models import Picture
from plans.rendering import storage

MEDIA_TYPE = "image/webp"
SIZE = (320, 240)
"""Twice what a card shows, for screens with fine pixels."""
QUALITY = 80
MAX_HELD = 600
"""About 6 KB each: a process makes each of them once."""


def thumbnail_of(picture: Picture) -> bytes:
    """Return a kept picture small, as WebP. Raises FileNotFoundError, StorageFailed."""
    return _thumbnail(picture.sha256, picture.file.name or "", is_drawn=picture.media_type == DRAWN_TYPE)


@lru_cache(maxsize=MAX_HELD)
def _thumbnail(sha256: str, name: str, *, is_drawn: bool) -> bytes:
    """The same bytes give the same picture, wherever they lie."""
    with Image.open(io.BytesIO(storage.read(name))) as picture:
        shown = (last_panel(picture) if is_drawn else picture).convert("RGB")
    shown.thumbnail(SIZE, Image.Resampling.LANCZOS)
    small = io.BytesIO()
    shown.save(small, "WEBP", quality=QUALITY, method=2)
    return small.getvalue()
