"""Pictures as the PDF carries them: indexed PNG are taken over as they are, and kept in the process."""

import re
from collections.abc import Mapping
from hashlib import sha256

import pydyf

from plans.handout.fonts import use_bundled_fonts
from plans.handout.pdf.fetcher import fetch_picture
from plans.handout.pdf.png import IndexedPng, take_apart
from plans.handout.picture_address import INLINE, SCHEME

with use_bundled_fonts():
    from weasyprint.images import RasterImage

MAX_CACHED_PICTURES = 400


class _IndexedPicture(RasterImage):  # type: ignore[misc]  # the renderer has no type hints
    """An indexed PNG as it is. The renderer would pack it anew for each document, at three bytes a dot."""

    def __init__(self, png: IndexedPng, name: str) -> None:
        # Not the base's: it would turn the picture into RGB. Only what drawing reads is set.
        self.png = png
        self.id = sha256(name.encode()).hexdigest()[:32]
        self.width, self.height = png.width, png.height
        self.ratio = png.width / png.height
        self._dpi = None

    def get_x_object(self, interpolate: bool, dpi_ratio: float) -> pydyf.Stream:
        png = self.png
        colours = pydyf.Array(["/Indexed", "/DeviceRGB", png.last_colour, f"<{png.palette.hex()}>"])
        rows = {"Predictor": 15, "Colors": 1, "BitsPerComponent": png.depth, "Columns": png.width}
        extra = {
            "Type": "/XObject",
            "Subtype": "/Image",
            "Width": png.width,
            "Height": png.height,
            "ColorSpace": colours,
            "BitsPerComponent": png.depth,
            "Interpolate": "true" if interpolate else "false",
            "Filter": "/FlateDecode",
            "DecodeParms": pydyf.Dictionary(rows),
        }
        return pydyf.Stream([png.rows], pydyf.Dictionary(extra))


_CODE = re.compile(rf'(?:src="|url\()({re.escape(INLINE)}[^")]+)[")]')
"""A picture inside the page or its style sheet: a QR code, boxes to tick."""
_decoded: dict[tuple[str, bool], _IndexedPicture] = {}


def decode(html: str, pictures: Mapping[str, bytes], *, grey: bool) -> dict[str, object]:
    """Return the renderer's cache for one document, filled with pictures that need no decoding.

    The renderer keeps a failed picture in its cache as nothing at all, so a cache never outlives its document.
    Only checked pictures are kept here; their names hold their hash, so they cannot go stale.
    """
    found: dict[str, object] = {}
    for name in pictures:
        picture = _decoded.get((name, grey)) or _read_indexed(name, pictures, grey=grey)
        if picture:
            found[SCHEME + name] = picture
    for address in _CODE.findall(html):
        png = take_apart(fetch_picture(address, pictures, grey=grey))
        if png:
            found[address] = _IndexedPicture(png, address)
    return found


def _read_indexed(name: str, pictures: Mapping[str, bytes], *, grey: bool) -> _IndexedPicture | None:
    png = take_apart(fetch_picture(SCHEME + name, pictures, grey=grey))
    if png is None:
        return None
    if len(_decoded) >= MAX_CACHED_PICTURES:
        _decoded.clear()
    _decoded[name, grey] = picture = _IndexedPicture(png, f"{name} {grey}")
    return picture
