"""Makes the dressed parts: clothes, shoes and hair as shells over the body, and the skin that stays in sight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Material
from plans.figures.body.layout import OUTFITS, outfit_bit
from plans.figures.body.smoothing import neighbours, smoothed
from scripts.bodies import lines as line
from scripts.bodies.cutting import Table
from scripts.bodies.lines import Lines
from scripts.bodies.source import Points, Source, Triangles

TROUSERS = ("long", "short")


@dataclass
class Part:
    """A piece of the body or its clothes, for all bodies; triangles count its own vertices."""

    name: str
    material: Material
    triangles: Triangles
    canonical: Points
    weights: Points
    shapes: Points  # (bodies, n, 3)
    steps: int = 0  # of evening out after posing
    worn: NDArray[np.uint8] | None = None  # of each triangle: with which outfits it is seen


def normals(points: Points, triangles: Triangles) -> Points:
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    across = np.cross(b - a, c - a)
    sums = [np.bincount(triangles.ravel(), np.repeat(across[:, axis], 3), len(points)) for axis in range(3)]
    total = np.stack(sums, axis=1)
    return total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-12)


def taken(table: Table, triangles: Triangles, name: str, material: Material) -> Part:
    used, local = np.unique(triangles, return_inverse=True)
    return Part(
        name,
        material,
        local.reshape(-1, 3),
        table.canonical[used],
        table.weights[used],
        table.shapes[:, used],
    )


def shell(part: Part, offset: Points | float, smooth: int) -> Part:
    """Every body's part evened out and pushed outward by `offset` (n,) centimetres."""
    links, counts = neighbours(part.triangles, len(part.canonical))
    push = np.broadcast_to(offset, len(part.canonical))[:, None]
    even = [smoothed(shape, links, counts, smooth) for shape in part.shapes]
    part.shapes = np.stack([shape + normals(shape, part.triangles) * push for shape in even])
    return part


class Tailor:
    """Cuts each part from the base mesh's skin or its tights."""

    def __init__(self, source: Source, table: Table, lines: Lines) -> None:
        self.source = source
        self.table = table
        self.lines = lines
        self.tights = source.faces["helper-tights"]

    def cut(self, triangles: Triangles, *fields: Callable[[Table], Points]) -> Triangles:
        for field in fields:
            triangles = self.table.cut(triangles, field)
        return triangles

    def shirt(self) -> Part:
        of = self.lines
        cloth = self.cut(self.tights, of.sleeve, of.above_hem, of.below_neck)
        part = taken(self.table, cloth, "shirt", Material.SHIRT)
        part.steps = 3
        # Loose at the hem, closer at the shoulders.
        return shell(part, 0.9 * np.clip(1.3 - np.maximum(part.canonical[:, 1] - 4.6, 0), 0.5, 1.3), 3)

    def trousers(self, length: str) -> Part:
        cloth = self.cut(self.tights, self.lines.below_waist, self.lines.above_leg(length))
        part = taken(self.table, cloth, f"trousers_{length}", Material.TROUSERS)
        part.steps = 2
        below = (line.HEM + line.OVERLAP - part.canonical[:, 1]) / 0.6
        return shell(part, (0.5 if length == "long" else 0.9) * np.clip(below, 0.2, 1), 2)

    def shoes(self) -> Part:
        cloth = self.cut(self.tights, self.lines.below_collar)
        part = shell(taken(self.table, cloth, "shoes", Material.SHOE), 0.7, 6)
        part.shapes[:, :, 1] = np.maximum(part.shapes[:, :, 1], -0.4)
        return part

    def hair(self, style: str) -> Part:
        inside = line.hair(style)
        part = taken(self.table, self.cut(self.source.faces["body"], inside), f"hair_{style}", Material.HAIR)
        rising = np.clip(inside(Table(part.canonical, part.weights, part.shapes)) / 0.25, 0.15, 1)
        return shell(part, line.THICKNESS[style] * rising, 3)

    def skin(self) -> Part:
        body = self.source.faces["body"]
        worn = np.zeros(len(body), np.uint8)
        for trousers, feet in OUTFITS:
            hidden = line.hidden_skin(self.lines, self.table, trousers, feet)
            worn |= np.where(hidden[body].all(axis=1), 0, outfit_bit(trousers, feet)).astype(np.uint8)
        part = taken(self.table, body[worn > 0], "skin", Material.SKIN)
        part.worn = worn[worn > 0]
        return part

    def eyes(self) -> Part:
        both = np.concatenate([self.source.faces["helper-l-eye"], self.source.faces["helper-r-eye"]])
        return taken(self.table, both, "eyes", Material.EYE)

    def parts(self, styles: Iterable[str]) -> list[Part]:
        clothes = [self.shirt(), *(self.trousers(length) for length in TROUSERS), self.shoes()]
        return [self.skin(), *clothes, *(self.hair(style) for style in styles), self.eyes()]
