"""The pictures of a content: by what they are named, so that the bytes may be kept, or drawn, elsewhere."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

DRAWING = "drawing-"
"""How the name of a drawing begins; that of a photograph is its sha256."""


@dataclass(frozen=True, kw_only=True)
class DrawingContent:
    """How a figure is drawn: by the name of its poses, the body, and the version of the drawer.

    `mirrored` shows the left side at work, `right_to_left` orders the panels so.
    """

    figure: str
    body: str
    mirrored: bool
    right_to_left: bool
    drawer: str

    def id_in(self, *, grey: bool) -> UUID:
        """Return the id of the drawing in colour or in grey: whoever wants the same one asks for the same id."""
        return _id_of(self.figure, self.body, self.mirrored, self.right_to_left, grey, self.drawer)

    def id_moving(self, version: str) -> UUID:
        """Return the id of the moving picture; in which order panels are printed makes no difference to it."""
        return _id_of(self.figure, self.body, self.mirrored, self.drawer, "motion", version)


def _id_of(*parts: object) -> UUID:
    return UUID(bytes=sha256("\0".join(map(str, parts)).encode()).digest()[:16])


@dataclass(frozen=True, kw_only=True)
class PictureContent:
    """A picture with its alternative text in the plan's language: a drawing, or kept bytes by their sha256.

    One that is higher than wide is a `portrait`: it gets more height, or nobody could see what it shows.
    """

    alt: str
    sha256: str | None = None
    drawing: DrawingContent | None = None
    media_type: str = "image/png"
    portrait: bool = False

    @property
    def name(self) -> str:
        """What the page calls it, in colour as in grey."""
        return f"{DRAWING}{self.drawing.id_in(grey=False)}" if self.drawing else self.sha256 or ""
