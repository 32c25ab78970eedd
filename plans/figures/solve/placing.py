"""Where the things of a panel are: those that stand in the room, and those that the body carries along."""

from dataclasses import replace

from plans.figures.solve.attached import Carried
from plans.figures.solve.posing import Solved
from plans.figures.solve.posts import post_of
from plans.figures.solve.props import MAT, PlacedProp
from plans.figures.solve.setting import Setting
from plans.figures.solve.straps import skin_at
from plans.figures.solve.vectors import Vec
from plans.figures.spec import Panel, Part, Prop
from plans.figures.words import PartName, PropKind, Side, Surface


def placed_props(setting: Setting, panel: Panel, solved: Solved) -> tuple[PlacedProp, ...]:
    found = []
    for prop in panel.props:
        stand = next((stand for stand in setting.stands if stand.prop == prop), None)
        if stand:
            edge = (
                any(met.contact.target is Surface.POOL_EDGE for met in solved.met) or prop.where is not None
            )
            placed = replace(stand.placed(setting.body.stature), edge=edge and prop.kind is PropKind.POOL)
            found.append(replace(placed, through=_held(setting, solved)) if prop.pedals else placed)
        elif prop.kind is PropKind.MAT:
            found.append(_mat(setting, prop, solved))
        elif prop.parts or prop.ends:
            carried = Carried(setting, solved, prop).placed()
            found.append(replace(carried, post=post_of(setting.posts, prop)) if prop.anchor else carried)
    return tuple(found)


def _held(setting: Setting, solved: Solved) -> tuple[Vec, ...]:
    """Return where both feet stand on the pedals of a bike, and where both hands hold it."""
    return tuple(
        skin_at(setting, solved, Part(name, side))
        for name in (PartName.BALL_OF_FOOT, PartName.PALM)
        for side in (Side.RIGHT, Side.LEFT)
    )


def _mat(setting: Setting, prop: Prop, solved: Solved) -> PlacedProp:
    length, thick, width = (share * setting.body.stature / 100 for share in MAT)
    low, high = solved.skin.min(axis=0), solved.skin.max(axis=0)
    x, z = (float(low[0] + high[0]) / 2, 0.0)
    size = (max(length, float(high[0] - low[0]) + 8), thick, width)
    return PlacedProp(PropKind.MAT, (x, -thick, z), size, line=prop.line)
