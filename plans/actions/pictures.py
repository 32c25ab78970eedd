"""Pictures into private storage: drawn from poses, or uploaded and converted."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from plans import permissions
from plans.figures_1 import BODIES, BodyName, parse_figure, raster
from plans.models import Clinic, ExerciseRevision, Picture, RevisionPicture, User
from plans.permissions import NotAllowed
from plans.pictures import ConvertedPicture
from plans.rendering.storage import read, sha256_of


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A figure as PNG, for one body and one reading direction."""

    body: BodyName
    mirrored: bool
    data: bytes

    @property
    def sha256(self) -> str:
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
def add_picture(*, picture: ConvertedPicture, clinic: Clinic | None, by: User | None) -> Picture:
    """Keep a picture that was uploaded and converted (plans.pictures) as the clinic's own."""
    if clinic is None or by is None:
        raise NotAllowed
    if not (permissions.may_edit_library(by, clinic.pk) or by.is_superuser):
        raise NotAllowed
    return _keep(picture.data, media_type="image/jpeg", clinic=clinic)


def picture_of_clinic(picture: Picture, clinic: Clinic | None) -> Picture:
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
