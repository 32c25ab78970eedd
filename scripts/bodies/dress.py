"""Makes the dressed parts: clothes, shoes and hair as shells over the body, and the skin that stays in sight."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Material
from plans.figures.body.layout import OUTFITS, outfit_bit
from plans.figures.body.smoothing import neighbours, smoothed
from scripts.bodies import lines as line
from scripts.bodies.buns import bun, bun_triangles
from scripts.bodies.cutting import Table
from scripts.bodies.domes import DOMES, dome, dome_triangles
from scripts.bodies.lines import Lines
from scripts.bodies.shoes import sole, sole_triangles
from scripts.bodies.source import Points, Source, Triangles

TROUSERS = ("long", "short")
SPANNING = 40
WEIGHT_SMOOTHING = {Material.SHIRT: 16, Material.TROUSERS: 8, Material.SHOE: 0, Material.HAIR: 0}


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


def shell(part: Part, offset: Points | float, smooth: int, *, follow: Points | float = 1.0) -> Part:
    """Every body's part evened out and pushed outward by `offset` (n,) centimetres.

    `follow` 1: where evening went below the skin it comes out again; 0: toes and such are bridged.
    """
    links, counts = neighbours(part.triangles, len(part.canonical))
    push = np.broadcast_to(offset, len(part.canonical))
    shapes = []
    for skin in part.shapes:
        even = smoothed(skin, links, counts, smooth)
        sunk = ((skin - even) * normals(skin, part.triangles)).sum(axis=1)
        outward = smoothed(normals(even, part.triangles), links, counts, 2)
        shapes.append(even + outward * (push + follow * np.maximum(sunk, 0))[:, None])
    part.shapes = np.stack(shapes)
    # Cloth hangs over a joint: it follows the bones less sharply than the skin below.
    part.weights = smoothed(part.weights, links, counts, WEIGHT_SMOOTHING[part.material])
    return part


def spanned(part: Part, share: Points) -> Part:
    """Cloth that is drawn tight across what lies beneath: before by its whole form, behind only over hollows."""
    links, counts = neighbours(part.triangles, len(part.canonical))
    behind = part.canonical[:, 2] < 0
    shapes = []
    for skin in part.shapes:
        move = smoothed(skin, links, counts, SPANNING) - skin
        inward = (move * normals(skin, part.triangles)).sum(axis=1) < 0
        shapes.append(skin + move * np.where(behind & inward, 0, share)[:, None])
    part.shapes = np.stack(shapes)
    return part


def joined(first: Part, second: Part) -> Part:
    """Two pieces of one material as one part."""
    triangles = np.concatenate([first.triangles, second.triangles + len(first.canonical)])
    canonical = np.concatenate([first.canonical, second.canonical])
    weights = np.concatenate([first.weights, second.weights])
    shapes = np.concatenate([first.shapes, second.shapes], axis=1)
    return Part(first.name, first.material, triangles, canonical, weights, shapes, first.steps)


class Tailor:
    """Cuts each part from the base mesh's skin or its tights."""

    def __init__(self, source: Source, table: Table, lines: Lines) -> None:
        self.source = source
        self.table = table
        self.lines = lines
        self.tights = source.faces["helper-tights"]
        body = np.unique(source.faces["body"])
        self.in_mouth = line.inside_mouth(table.canonical, source.faces["body"])
        self.head = body[table.canonical[body, 1] > 6.9]

    def cut(self, triangles: Triangles, *fields: Callable[[Table], Points]) -> Triangles:
        for field in fields:
            triangles = self.table.cut(triangles, field)
        return triangles

    def shirt(self) -> Part:
        of = self.lines
        cloth = self.cut(self.tights, of.sleeve, of.above_hem, of.below_neck)
        part = taken(self.table, cloth, "shirt", Material.SHIRT)
        part = spanned(part, line.over_the_chest(part.canonical))
        part.steps = 10
        # Loose at the hem, closer at the shoulders.
        return shell(part, 0.9 * np.clip(1.3 - np.maximum(part.canonical[:, 1] - 4.6, 0), 0.5, 1.3), 3)

    def trousers(self, length: str) -> Part:
        cloth = self.cut(self.tights, self.lines.below_waist, self.lines.above_leg(length))
        part = taken(self.table, cloth, f"trousers_{length}", Material.TROUSERS)
        part.steps = 8
        below = (line.HEM + line.OVERLAP - part.canonical[:, 1]) / 0.6
        part = spanned(part, line.between_the_legs(part.canonical))
        return shell(part, (0.5 if length == "long" else 0.9) * np.clip(below, 0.2, 1), 2)

    def shoes(self) -> list[Part]:
        cloth = self.cut(self.tights, self.lines.below_collar)
        upper = taken(self.table, cloth, "shoes", Material.SHOE)
        below = self.lines.below_collar(Table(upper.canonical, upper.weights, upper.shapes))
        toe_box = np.clip((upper.canonical[:, 2] - 0.7) / 0.8, 0, 1)
        upper = shell(
            upper, (0.65 + 0.45 * toe_box) * np.clip(below / 0.3, 0.25, 1), 10, follow=1 - 0.7 * toe_box
        )
        upper.shapes[:, :, 1] = np.maximum(upper.shapes[:, :, 1], 0)
        upper.weights = self.lines.as_one_toe(upper.weights)
        return [upper, joined(self.sole(upper, 1), self.sole(upper, -1))]

    def sole(self, upper: Part, side: int) -> Part:
        mine = upper.canonical[:, 0] * side > 0
        canonical = sole(upper.canonical[mine], 1)
        shapes = np.stack([sole(shape[mine], 10) for shape in upper.shapes])
        weights = self.lines.sole_weights(canonical, side)
        return Part("soles", Material.SOLE, sole_triangles(), canonical, weights, shapes)

    def hair(self, style: str) -> Part:
        name = f"hair_{style}"
        if style in DOMES:
            return self.on_head(name, dome_triangles(), partial(dome, DOMES[style]))
        inside = line.hair(style)
        part = taken(self.table, self.cut(self.source.faces["body"], inside), name, Material.HAIR)
        rising = np.clip(inside(Table(part.canonical, part.weights, part.shapes)) / 0.25, 0.15, 1)
        part = shell(part, line.thickness(style, part.canonical) * rising, 3)
        return joined(part, self.on_head(name, bun_triangles(), bun)) if style == "bun" else part

    def on_head(
        self, name: str, triangles: Triangles, form: Callable[[Points, Points, float], Points]
    ) -> Part:
        """A form of its own, made to fit the base mesh's head and each body's."""
        table, head = self.table, self.head
        canonical = form(table.canonical[head], table.canonical[head], 1)
        shapes = [form(table.canonical[head], shape[head], 10) for shape in table.shapes]
        weights = np.zeros((len(canonical), table.weights.shape[1]))
        weights[:, self.lines.head_bone] = 1
        return Part(name, Material.HAIR, triangles, canonical, weights, np.stack(shapes))

    def skin(self) -> Part:
        body = self.source.faces["body"]
        worn = np.zeros(len(body), np.uint8)
        for trousers, feet in OUTFITS:
            hidden = line.hidden_skin(self.lines, self.table, trousers, feet)
            worn |= np.where(hidden[body].all(axis=1), 0, outfit_bit(trousers, feet)).astype(np.uint8)
        worn[self.in_mouth] = 0
        part = taken(self.table, body[worn > 0], "skin", Material.SKIN)
        part.worn = worn[worn > 0]
        part.steps = 4
        return part

    def mouth(self) -> Part:
        return taken(self.table, self.source.faces["body"][self.in_mouth], "mouth", Material.MOUTH)

    def eyes(self) -> Part:
        both = np.concatenate([self.source.faces["helper-l-eye"], self.source.faces["helper-r-eye"]])
        return taken(self.table, both, "eyes", Material.EYE)

    def parts(self, styles: Iterable[str]) -> list[Part]:
        clothes = [self.shirt(), *(self.trousers(length) for length in TROUSERS), *self.shoes()]
        return [self.skin(), *clothes, *(self.hair(style) for style in styles), self.eyes(), self.mouth()]
