"""What a panel draws as one set of triangles: the body, finer where it is seen from near, and the things."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from plans.figures.body.body import Body, Material
from plans.figures.body.segments import SEGMENTS
from plans.figures.draw.arrays import Ids, Mask, Points, Triangles, Values, on_grid
from plans.figures.draw.camera import Camera, Window
from plans.figures.draw.lighting import light_on_flat, light_on_round
from plans.figures.draw.mesh import Mesh
from plans.figures.draw.palette import BODY_GROUPS
from plans.figures.draw.subdivide import finer

PROP_PARTS = 64  # parts from here on are faces of things
THIN_PART = 250  # all faces of what is drawn with the thin pen
NEAR = 5.0  # pixels a centimetre from which on the facets of the body would be seen
# Clothes lie on the skin and win over it, in centimetres.
LIFT = {
    Material.SHIRT: 1.0,
    Material.TROUSERS: 0.2,
    Material.HAIR: 0.3,
    Material.SHOE: 0.5,
    Material.SOLE: 0.5,
}
HAND_LIFT = 1.6  # a hand presses the cloth down that it lies on
OF_HANDS = np.array([name.startswith(("hand", "finger")) for name in SEGMENTS])
OPEN = (Material.SHIRT, Material.TROUSERS)  # one sees into a sleeve


@dataclass(frozen=True)
class Geometry:
    """n corners and t triangles of all that a panel shows."""

    pixels: Points  # (n, 3) column, row, depth
    world_height: Values  # (n,)
    triangles: Triangles
    bias: Values  # (t,) centimetres that a triangle is brought nearer
    group: Ids  # (t,) tells things apart
    fill: Ids  # (t,) group of the palette
    part: Ids  # (t,)
    light: Values  # (n,) -1 to 1
    facet_light: Values  # (t,)
    flat: Mask  # (t,)
    canonical: Points  # (n, 3); things: far away from every place on a body
    tints: Points  # (n, k)


def body_and_things(
    body: Body | None,
    vertices: Points,
    tints: Points,
    things: Sequence[Mesh],
    camera: Camera,
    window: Window,
    scale: float,
    near: bool,
    fills: Mapping[str, int],
) -> Geometry:
    """`tints` (n, k): how much each of k muscles lies at each vertex."""
    pieces = [_piece_of_thing(thing, index, fills[thing.colour], camera, window, scale, tints.shape[1])
              for index, thing in enumerate(things) if not thing.water]  # fmt: skip
    if body is not None:
        pieces.insert(0, _piece_of_body(body, on_grid(vertices), tints, camera, window, scale, near))
    return _together(pieces)


def _piece_of_body(
    body: Body, points: Points, tints: Points, camera: Camera, window: Window, scale: float, near: bool
) -> Geometry:
    triangles, material, segment = body.triangles, body.material, body.segment[body.triangles[:, 0]]
    light = light_on_round(camera.view(points), triangles)
    extra = np.concatenate([body.canonical.astype(np.float64), light[:, None], tints], axis=1)
    if near:
        inside = _in_window(camera.view(points), triangles, window)
        triangles, material, segment = triangles[inside], material[inside], segment[inside]
        fine = finer(points, triangles)
        points, triangles, extra = fine.points, fine.triangles, fine.between(extra)
        material, segment = np.repeat(material, 4), np.repeat(segment, 4)
    view = camera.view(points)
    pixels = window.pixels(view, scale)
    kept = _faces_us(pixels, triangles) | np.isin(material, OPEN)
    bias = np.zeros(len(Material))
    for kind, lift in LIFT.items():
        bias[kind] = lift
    triangles, material, segment = triangles[kept], material[kept], segment[kept]
    lifts = np.where(OF_HANDS[segment], HAND_LIFT, bias[material])
    material = np.where(material == Material.EYE, Material.SKIN, material)  # eyes are painted
    count = len(triangles)
    return Geometry(
        pixels, points[:, 1], triangles, lifts, (material + 1).astype(np.uint8), (material + 1).astype(np.uint8),
        (segment + 1).astype(np.uint8), extra[:, 3], np.zeros(count), np.zeros(count, np.bool_),
        extra[:, :3], extra[:, 4:],
    )  # fmt: skip


def _piece_of_thing(
    thing: Mesh, index: int, fill: int, camera: Camera, window: Window, scale: float, tints: int
) -> Geometry:
    points = on_grid(thing.vertices)
    view = camera.view(points)
    pixels = window.pixels(view, scale)
    kept = _faces_us(pixels, thing.triangles)
    triangles = thing.triangles[kept]
    count = len(points)
    return Geometry(
        pixels, points[:, 1], triangles, np.zeros(len(triangles)),
        np.full(len(triangles), BODY_GROUPS + index, np.uint8), np.full(len(triangles), fill, np.uint8),
        np.where(thing.thin, THIN_PART, thing.faces[kept] + PROP_PARTS).astype(np.uint8),
        light_on_round(view, thing.triangles), light_on_flat(view, triangles),
        np.full(len(triangles), thing.flat), np.full((count, 3), -99.0), np.zeros((count, tints)),
    )  # fmt: skip


def _in_window(view: Points, triangles: Triangles, window: Window) -> Mask:
    margin = 2.0
    inside = (
        (view[:, 0] > window.left - margin)
        & (view[:, 0] < window.right + margin)
        & (view[:, 1] > window.bottom - margin)
        & (view[:, 1] < window.top + margin)
    )
    any_corner: Mask = inside[triangles[:, 0]] | inside[triangles[:, 1]] | inside[triangles[:, 2]]
    return any_corner


def _faces_us(pixels: Points, triangles: Triangles) -> Mask:
    x, y = pixels[:, 0][triangles], pixels[:, 1][triangles]
    facing: Mask = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) < (y[:, 1] - y[:, 0]) * (x[:, 2] - x[:, 0])
    return facing


def _together(pieces: list[Geometry]) -> Geometry:
    offsets = np.cumsum([0] + [len(piece.pixels) for piece in pieces[:-1]])
    triangles = [piece.triangles + int(offset) for piece, offset in zip(pieces, offsets, strict=True)]

    def all_of(name: str) -> Points:
        return np.concatenate([getattr(piece, name) for piece in pieces])

    return Geometry(
        all_of("pixels"), all_of("world_height"), np.concatenate(triangles), all_of("bias"),
        all_of("group").astype(np.uint8), all_of("fill").astype(np.uint8), all_of("part").astype(np.uint8),
        all_of("light"), all_of("facet_light"), all_of("flat").astype(np.bool_), all_of("canonical"),
        all_of("tints"),
    )  # fmt: skip
