"""Draws one panel: ground, things, the person, arrows."""

from plans.figures_1.bodies import Body
from plans.figures_1.camera import Camera
from plans.figures_1.figure import Arrow, Figure, Panel, Prop
from plans.figures_1.marks import draw_arrow
from plans.figures_1.paths import Path
from plans.figures_1.people import draw_person
from plans.figures_1.poses import Target
from plans.figures_1.skeleton import Skeleton, solve
from plans.figures_1.things import (
    draw_box,
    draw_chair,
    draw_ground,
    draw_pillow,
    draw_surface,
    draw_towel,
    draw_wall,
    draw_water,
)
from plans.figures_1.vectors import Vec, add

_GROUND_BEYOND, _GROUND_DEPTH = 5.0, 13.0


def draw_panels(figure: Figure, body: Body, camera: Camera) -> list[list[Path]]:
    """The paths of every panel, on one common ground. Raises PoseError."""
    solved = [(panel, solve(panel.pose, body)) for panel in figure.panels]
    depth = max(_depth(skeleton) for _, skeleton in solved)
    return [draw_panel(figure, panel, skeleton, body, camera, depth=depth) for panel, skeleton in solved]


def draw_panel(
    figure: Figure, panel: Panel, skeleton: Skeleton, body: Body, camera: Camera, *, depth: float
) -> list[Path]:
    low, high = _reach(skeleton, panel.props)
    paths = draw_ground(figure.ground, low - _GROUND_BEYOND, high + _GROUND_BEYOND, depth, camera)
    for prop in panel.props:
        paths += [] if prop.in_front else _draw_prop(prop, skeleton, camera)
    order = {"in_front": panel.in_front, "behind": panel.behind}
    paths += draw_person(skeleton, body, camera, shoes=figure.shoes, **order)
    for prop in panel.props:
        paths += _draw_front(prop, skeleton, camera)
    for arrow in panel.arrows:
        paths += _arrow(arrow, skeleton, camera)
    return paths


def _reach(skeleton: Skeleton, props: tuple[Prop, ...]) -> tuple[float, float]:
    xs = [place[0] for place in _ends(skeleton)] + [x for prop in props for x in _extent(prop)]
    return min(xs), max(xs)


def _depth(skeleton: Skeleton) -> float:
    return max(_GROUND_DEPTH, max(abs(place[2]) for place in _ends(skeleton)) + 3)


def _ends(skeleton: Skeleton) -> list[Vec]:
    places = list(skeleton.parts().values())
    places += [leg.toe for leg in skeleton.legs.values()]
    return places + [arm.fingertips for arm in skeleton.arms.values()]


def _extent(prop: Prop) -> tuple[float, ...]:
    if prop.kind in ("towel", "water"):
        return ()
    return (prop.at[0], prop.at[0] + (-prop.size[0] if prop.kind == "chair" else prop.size[0]))


def _draw_prop(prop: Prop, skeleton: Skeleton, camera: Camera) -> list[Path]:
    if prop.kind == "towel":
        return draw_towel([_place(target, skeleton) for target in prop.through], camera)
    if prop.kind == "water":
        low, high = _reach(skeleton, ())
        return draw_water(prop.at[1], low - _GROUND_BEYOND, high + _GROUND_BEYOND, camera)
    drawers = {"pillow": draw_pillow, "wall": draw_wall, "chair": draw_chair, "box": draw_box}
    return drawers[prop.kind](prop, camera)


def _draw_front(prop: Prop, skeleton: Skeleton, camera: Camera) -> list[Path]:
    if prop.kind == "water":
        low, high = _reach(skeleton, ())
        return draw_surface(prop.at[1], low - _GROUND_BEYOND, high + _GROUND_BEYOND, camera)
    return _draw_prop(prop, skeleton, camera) if prop.in_front else []


def _arrow(arrow: Arrow, skeleton: Skeleton, camera: Camera) -> list[Path]:
    start, end = (camera.project(_place(target, skeleton)) for target in (arrow.start, arrow.end))
    return draw_arrow(start, end, -arrow.bend if camera.mirrored else arrow.bend)


def _place(target: Target, skeleton: Skeleton) -> Vec:
    if target.on is not None:
        return add(skeleton.part(target.on), target.off)
    x, y, z = target.at or (0.0, 0.0, None)
    return add((x, y, z or 0.0), target.off)
