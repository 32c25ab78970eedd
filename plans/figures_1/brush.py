"""Draws layers: pieces that share one outline and melt into each other where they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from plans.figures_1.bands import Circle, band
from plans.figures_1.camera import Camera
from plans.figures_1.colours import LINE
from plans.figures_1.paths import Path
from plans.figures_1.vectors import Vec

OUTLINE = 1.5
"""Width of the outline of bodies and things, percent of body height; half of it lies outside the fill."""

Sphere = tuple[Vec, float]


@dataclass(frozen=True, slots=True)
class Piece:
    """A band around spheres, in one colour."""

    spheres: tuple[Sphere, ...]
    fill: str


def layer(pieces: Sequence[Piece], camera: Camera, *, width: float = OUTLINE) -> list[Path]:
    outlines = [segment for piece in pieces for segment in band(_circles(piece, camera))]
    outline = Path(tuple(outlines), fill=LINE, stroke=LINE, width=width)
    return [outline, *fills(pieces, camera)]


def fills(pieces: Sequence[Piece], camera: Camera) -> list[Path]:
    """The fills alone: what covers the outline of a joint that should not show."""
    paths = []
    for fill, same in groupby(pieces, key=lambda piece: piece.fill):
        segments = [segment for piece in same for segment in band(_circles(piece, camera))]
        paths.append(Path(tuple(segments), fill=fill))
    return paths


def circle(sphere: Sphere, camera: Camera) -> Circle:
    at, radius = sphere
    return (*camera.project(at), radius)


def _circles(piece: Piece, camera: Camera) -> list[Circle]:
    return [circle(sphere, camera) for sphere in piece.spheres]
