"""Pictures into private storage: drawn from poses, or a photograph that was decoded and encoded anew."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image, ImageOps

from plans import permissions
from plans.exceptions import PlansError
from plans.figures import BODIES, BodyName, parse_figure, raster
from plans.models import Clinic, ExerciseRevision, Picture, RevisionPicture, User
from plans.permissions import NotAllowed
from plans.rendering.store import read, sha256_of

MOST_BYTES = 15_000_000
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1400
"""Pixels: 300 dpi on the widest place that a handout gives a picture."""


class PictureTooLarge(PlansError):
    """The picture is too large: at most 15 MB and 40 megapixels."""

    code = "picture_too_large"


class PictureUnreadable(PlansError):
    """The file is not a picture that can be read. Use JPEG, PNG or WebP."""

    code = "picture_unreadable"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A figure as PNG, for one body and one reading direction."""

    body: BodyName
    mirrored: bool
    data: bytes

    @property
    def sha256(self) -> str:
        """The name of its bytes."""
        return sha256_of(self.data)


@lru_cache(maxsize=64)
def draw_pictures(figure: str) -> tuple[Drawn, ...]:
    """Draw a figure's YAML for every body, and mirrored for right-to-left; drawn once in a process."""
    read = parse_figure(figure)
    return tuple(
        Drawn(
            body=body,
            mirrored=mirrored,
            data=raster(read, body=body, mirrored=mirrored),
        )
        for body in BODIES
        for mirrored in (False, True)
    )


def keep_pictures(revision: ExerciseRevision, pictures: Iterable[Drawn]) -> None:
    """Keep a revision's drawings; equal bytes are kept once."""
    for drawn in pictures:
        RevisionPicture.objects.create(
            revision=revision,
            body=drawn.body,
            mirrored=drawn.mirrored,
            picture=_keep(drawn.data, media_type="image/png", clinic=None),
        )


@transaction.atomic
def add_photo(*, data: bytes, clinic: Clinic, by: User) -> Picture:
    """Decode an uploaded picture, shrink it for print and encode it anew: no meta data, nothing hidden in it.

    Raises PictureTooLarge before decoding, PictureUnreadable for anything that is no picture.
    """
    if not (permissions.may_edit_library(by, clinic.pk) or by.is_superuser):
        raise NotAllowed
    return _keep(_encode_anew(data), media_type="image/jpeg", clinic=clinic)


def _encode_anew(data: bytes) -> bytes:
    if len(data) > MOST_BYTES:
        raise PictureTooLarge
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureTooLarge
            upright = _on_paper(ImageOps.exif_transpose(picture))
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureUnreadable from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    out = io.BytesIO()
    upright.save(out, "JPEG", quality=85, optimize=True)
    return out.getvalue()


def _on_paper(picture: Image.Image) -> Image.Image:
    """The picture on white: what is clear in a logo would otherwise be printed black."""
    drawn = picture.convert("RGBA")
    paper = Image.new("RGBA", drawn.size, "white")
    return Image.alpha_composite(paper, drawn).convert("RGB")


def picture_of_clinic(picture: Picture, clinic: Clinic | None) -> Picture:
    """Return the picture if the clinic may use it, else the clinic's own of the same bytes."""
    if picture.clinic_id is None or (clinic and picture.clinic_id == clinic.pk):
        return picture
    return _keep(read(picture.file.name or ""), media_type=picture.media_type, clinic=clinic)


def _keep(data: bytes, *, media_type: str, clinic: Clinic | None) -> Picture:
    sha256 = sha256_of(data)
    known = Picture.objects.filter(sha256=sha256, clinic=clinic).first()
    if known:
        return known
    with Image.open(io.BytesIO(data)) as picture:
        width, height = picture.size
    made = Picture(sha256=sha256, media_type=media_type, width=width, height=height, clinic=clinic)
    made.file.save(f"{sha256}.{media_type.rpartition('/')[2]}", ContentFile(data), save=False)
    made.save()
    return made
