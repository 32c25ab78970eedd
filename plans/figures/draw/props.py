"""Meshes of the things of a panel, where the pose has put them."""

from collections.abc import Sequence
from typing import Protocol

from plans.figures.draw import furniture as made
from plans.figures.draw import ground
from plans.figures.draw.bike import bike
from plans.figures.draw.mesh import Mesh
from plans.figures.draw.shapes import box, cushion, strap, tube
from plans.figures.words import PropKind

TOWEL, BAND = 4.2, 3.0  # half their widths, in centimetres


class PlacedProp(Protocol):
    """What is read of a placed prop: centimetres and degrees in the world."""

    @property
    def kind(self) -> PropKind: ...
    @property
    def at(self) -> Sequence[float]: ...
    @property
    def size(self) -> Sequence[float]: ...
    @property
    def turn(self) -> float: ...
    @property
    def through(self) -> Sequence[Sequence[float]]: ...
    @property
    def wide(self) -> Sequence[float]: ...
    @property
    def widths(self) -> Sequence[float]: ...
    @property
    def armrests(self) -> bool: ...
    @property
    def edge(self) -> bool: ...
    @property
    def post(self) -> Sequence[float] | None: ...
    @property
    def steps(self) -> int: ...
    @property
    def rail(self) -> int: ...


def meshes_of(prop: PlacedProp, stature: float) -> list[Mesh]:
    at, turn = prop.at, prop.turn
    size = [float(length) for length in prop.size]
    match prop.kind:
        case PropKind.MAT:
            return [box(at, size, made.MAT, turn)]
        case PropKind.WALL:
            return [box(at, size, made.WALL, turn)]
        case PropKind.STEP:
            return ground.steps(at, size, turn, stature, count=prop.steps, rail=prop.rail)
        case PropKind.CONE:
            return [ground.cone(at, size)]
        case PropKind.TAPE:
            return [ground.tape(at, size, turn)]
        case PropKind.PILLOW:
            return [cushion(at, size, made.CLOTH, turn)]
        case PropKind.CHAIR if prop.through:
            return [bike(at, size, turn, prop.through)]
        case PropKind.CHAIR:
            return [made.chair(at, size, turn, stature, armrests=prop.armrests)]
        case PropKind.TABLE:
            return [made.table(at, size, turn)]
        case PropKind.BED:
            return made.bed(at, size, turn)
        case PropKind.DOOR_FRAME:
            return [made.door_frame(at, size, turn)]
        case PropKind.POOL:
            return made.pool(at, size, turn, edge=prop.edge)
        case PropKind.BALL:
            return [made.ball(at, size)]
        case PropKind.WEIGHT:
            return [made.weight(at, size[0], turn)]
        case PropKind.TOWEL if size[0]:
            return [tube(prop.through, size[0] / 2, made.CLOTH)]
        case PropKind.TOWEL:
            return [strap(prop.through, TOWEL, made.CLOTH, prop.wide, prop.widths)]
        case PropKind.BAND:
            band = strap(prop.through, BAND, made.BAND, prop.wide, prop.widths)
            return [band, *made.post(prop.post, BAND)] if prop.post else [band]
        case PropKind.STICK:
            return [tube(prop.through, 1.4, made.STICK, thin=True)]
