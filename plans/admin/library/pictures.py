"""An exercise's picture as its pages show it."""

from dataclasses import dataclass

from plans.admin.base.pictures import picture_address
from plans.content import DRAWING, DrawingContent
from plans.models import ExerciseRevision, Picture
from plans.queries.exercise_pictures import example_of
from plans.rendering import drawings

DRAWN_WIDTH_MM = 85


@dataclass(frozen=True, kw_only=True)
class PictureShown:
    """Where a picture is, and how large it is on paper; of one that is still drawn only the width is known."""

    address: str
    width_mm: int = DRAWN_WIDTH_MM
    height_mm: int | None = None


def picture_shown(revision: ExerciseRevision) -> PictureShown | None:
    """Return the picture that stands for the exercise; a figure is asked for, if nobody did before."""
    found = example_of(revision, revision.pictures.select_related("picture"))
    if isinstance(found, DrawingContent):
        row = drawings.ask([found])[found.id_in(grey=False)]
        address = picture_address(f"{DRAWING}{row.pk}")
        return photo_shown(row.picture, address) if row.picture else PictureShown(address=address)
    return photo_shown(found) if found else None


def photo_shown(picture: Picture, address: str = "") -> PictureShown:
    width, height = picture.printed_mm
    return PictureShown(address=address or picture_address(picture.sha256), width_mm=width, height_mm=height)
