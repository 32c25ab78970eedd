"""An exercise's picture as its pages show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.admin.base.pictures import picture_address
from plans.content import DRAWING, DrawingContent
from plans.drawer import DRAWER_VERSION
from plans.models import Clinic, Drawing, ExerciseRevision, Picture, PictureBody
from plans.queries.approvals import standing
from plans.queries.exercise_pictures import as_kept, example_of
from plans.rendering import drawings

DRAWN_WIDTH_MM = 85


@dataclass(frozen=True, kw_only=True)
class PictureShown:
    """Where a picture is, and how large it is on paper; of one that is still drawn only the width is known."""

    address: str
    width_mm: int = DRAWN_WIDTH_MM
    height_mm: int | None = None


def picture_shown(revision: ExerciseRevision, *, drawer: str = "") -> PictureShown | None:
    """Return the picture that stands for the exercise; a figure is asked for, if nobody did before.

    It is drawn by the drawer in use, or as it was kept of the one that is named.
    """
    found = example_of(revision, revision.pictures.select_related("picture"), drawer=drawer)
    if isinstance(found, DrawingContent):
        drawing = as_kept([found])[found]
        return _drawing_shown(drawings.ask([drawing])[drawing.id_in(grey=False)])
    return photo_shown(found) if found else None


def drawers_approved(revisions: Sequence[ExerciseRevision], clinic: Clinic) -> dict[ExerciseRevision, str]:
    """Return the version of the drawer whose picture the clinic approved, of each revision with one."""
    found = standing(clinic).filter(revision__in=revisions).exclude(drawer="")
    drawers = dict(found.values_list("revision", "drawer"))
    return {row: drawers[row.pk] for row in revisions if row.pk in drawers}


def is_redrawn(drawer: str) -> bool:
    """Whether a picture that this version drew, and that was approved, is drawn otherwise by now."""
    return drawer not in ("", DRAWER_VERSION)


def asks_to_be_redrawn(revision: ExerciseRevision) -> bool:
    """Whether the poses are in the language of the first drawer: their pictures are kept, and drawn no more."""
    return bool(revision.figure) and revision.pictures.exclude(body=PictureBody.PHOTO).exists()


def photo_shown(picture: Picture, address: str = "") -> PictureShown:
    width, height = picture.printed_mm
    return PictureShown(address=address or picture_address(picture.sha256), width_mm=width, height_mm=height)


def _drawing_shown(row: Drawing) -> PictureShown:
    address = picture_address(f"{DRAWING}{row.pk}")
    return photo_shown(row.picture, address) if row.picture else PictureShown(address=address)
