"""Pictures into private storage: figures to draw when they are needed, and what was uploaded and converted."""

import io

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from plans import permissions
from plans.drawer import check_figure, name_of_figure
from plans.models import Clinic, ExerciseRevision, Figure, Picture, PictureBody, RevisionPicture, User
from plans.permissions import NotAllowed
from plans.pictures import ConvertedPicture
from plans.rendering.storage import read, sha256_of


def keep_figure(text: str) -> Figure:
    """Keep a figure's poses, once; nothing is drawn. Raises FigureFileError for what cannot be read."""
    check_figure(text)
    return Figure.objects.get_or_create(sha256=name_of_figure(text), defaults={"text": text})[0]


def drawn_before(revision: ExerciseRevision) -> list[RevisionPicture]:
    """Return what the first drawer drew of a revision: its poses are in the language of that drawer."""
    return list(revision.pictures.exclude(body=PictureBody.PHOTO).select_related("picture"))


def take_over(pictures: list[RevisionPicture], revision: ExerciseRevision) -> None:
    """Print a further revision with pictures that were kept with an older one."""
    for row in pictures:
        RevisionPicture.objects.create(
            revision=revision, body=row.body, mirrored=row.mirrored, picture=row.picture, rights=row.rights
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
