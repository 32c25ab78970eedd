"""Where the things of a panel are: those that stand in the room, and those that the body carries along."""

from plans.figures.solve.posing import Solved
from plans.figures.solve.props import MAT, PlacedProp
from plans.figures.solve.setting import Setting
from plans.figures.spec import Panel, Prop
from plans.figures.words import PropKind


def placed_props(setting: Setting, panel: Panel, solved: Solved) -> tuple[PlacedProp, ...]:
    found = []
    for prop in panel.props:
        stand = next((stand for stand in setting.stands if stand.prop == prop), None)
        if stand:
            found.append(stand.placed(setting.body.stature))
        elif prop.kind is PropKind.MAT:
            found.append(_mat(setting, prop, solved))
    return tuple(found)


def _mat(setting: Setting, prop: Prop, solved: Solved) -> PlacedProp:
    length, thick, width = (share * setting.body.stature / 100 for share in MAT)
    low, high = solved.skin.min(axis=0), solved.skin.max(axis=0)
    x, z = (float(low[0] + high[0]) / 2, 0.0)
    return PlacedProp(
        PropKind.MAT, (x, -thick, z), (max(length, float(high[0] - low[0]) + 8), thick, width), line=prop.line
    )
