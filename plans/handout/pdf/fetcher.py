"""What a page may load: pictures by their name and pictures inside the page, nothing else."""

import base64
import binascii
import io
from collections.abc import Mapping

from PIL import Image, UnidentifiedImageError

from plans.handout.errors import FetchRefused, PictureBroken, PictureMissing
from plans.handout.picture_address import INLINE, SCHEME

MAX_PIXELS = 40_000_000


def fetch_picture(address: str, pictures: Mapping[str, bytes], *, grey: bool) -> bytes:
    """Return the bytes of a picture that the page names, as PNG or JPEG.

    Raises PictureMissing, PictureBroken, or FetchRefused for files, the network and every other scheme.
    """
    if address.startswith(INLINE):
        return _decode_inline(address)
    if not address.startswith(SCHEME):
        raise FetchRefused(address=address[:80])
    name = address.removeprefix(SCHEME)
    if name not in pictures:
        raise PictureMissing(picture=name)
    return check_picture(pictures[name], name=name, grey=grey)


def _decode_inline(address: str) -> bytes:
    try:
        return base64.b64decode(address.removeprefix(INLINE), validate=True)
    except binascii.Error as error:
        raise PictureBroken(picture="inside the page") from error


def check_picture(data: bytes, *, name: str, grey: bool) -> bytes:
    """Return the picture once it was decoded whole, in grey if asked; the renderer only logs one it cannot read."""
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise PictureBroken(picture=name)
            picture.load()
            if not grey:
                return data
            return _make_grey_photograph(picture) if picture.format == "JPEG" else _make_grey(picture)
    except (Image.DecompressionBombError, UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureBroken(picture=name) from error


def _make_grey_photograph(picture: Image.Image) -> bytes:
    """A photograph again, which the renderer brings to the dots that print needs: as PNG it would keep all of them."""
    made = io.BytesIO()
    picture.convert("L").save(made, "JPEG", quality=85)
    return made.getvalue()


def _make_grey(picture: Image.Image) -> bytes:
    """On white: a transparent picture turned grey as it is would print its hidden colours."""
    flat = Image.new("RGBA", picture.size, "white")
    flat.alpha_composite(picture.convert("RGBA"))
    made = io.BytesIO()
    flat.convert("L").quantize(32).save(made, "PNG", optimize=True)
    return made.getvalue()
