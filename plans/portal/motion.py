"""The moving figure of an exercise, as a page shows it: a strip of frames that CSS moves, and its address."""

from dataclasses import dataclass
from uuid import UUID

from plans.content import ItemContent, PlanContent
from plans.drawer import FRAME_WIDTH
from plans.models import Picture
from plans.rendering import moving
from plans.rendering.drawings import drawings_of


@dataclass(frozen=True, kw_only=True)
class Motion:
    """Where the strip is, how many frames it has, and its size in pixels."""

    address: str
    frames: int
    width: int
    height: int


def motion_of(item: ItemContent, *, home: str) -> Motion | None:
    """Return the moving figure of an exercise; None where its picture stays still, or is not drawn yet.

    `home` is the path of the link's page. Who asks first has it drawn. The strip has no words: it is one for all
    languages.
    """
    drawing = item.picture.drawing if item.picture else None
    row = moving.moving_picture_of(drawing) if drawing else None
    if row is None or row.picture is None:
        return None
    width = row.picture.width
    return Motion(
        address=f"{home}motion/{row.pk}",
        frames=width // FRAME_WIDTH,
        width=width,
        height=row.picture.height,
    )


def find_motion(content: PlanContent, name: UUID) -> Picture | None:
    """Return the strip of this name; None for one that the content does not name, or that is not there."""
    return moving.kept_picture(name) if name in moving.ids_of(drawings_of(content)) else None
