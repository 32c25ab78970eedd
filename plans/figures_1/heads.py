"""The head: skull, jaw, hair and a friendly face, from every side."""

from math import atan2, cos, pi, sin

from plans.figures_1.bodies import Body
from plans.figures_1.brush import Piece, Sphere, circle, fills, layer
from plans.figures_1.camera import Camera
from plans.figures_1.colours import LINE
from plans.figures_1.frames import Frame
from plans.figures_1.paths import Path, Point, disc, polyline
from plans.figures_1.vectors import Vec, across, add, cross, dot, scale, unit

_SKULL, _JAW, _NOSE, _EAR, _EYE, _BUN = 6.1, 3.4, 1.05, 1.0, 0.66, 2.9
_FACE_REACH = 1.22
"""Radians from the middle of the face to the hairline."""
_SAMPLES = 48
_SMILE = ((-4.1, 5.0, 0.3), (-4.0, 4.7, 1.3), (-3.4, 4.3, 2.0))


def draw_head(head: Frame, body: Body, camera: Camera) -> list[Path]:
    skull: Sphere = (add(head.at, _along(head, 0.5, -0.3, 0)), _SKULL)
    jaw: Sphere = (add(head.at, _along(head, -3.5, 1.8, 0)), _JAW)
    cheek: Sphere = (add(head.at, _along(head, -0.6, 1.6, 0)), 4.3)
    nose: Sphere = (add(head.at, _along(head, -0.9, 5.7, 0)), _NOSE)
    bridge: Sphere = (add(head.at, _along(head, 0.9, 4.9, 0)), 0.7)
    face_shown = dot(head.front, camera.toward) > -0.55
    skin = body.skin.near
    base = [Piece((jaw, cheek), skin), Piece((skull,), body.hair)]
    profile = [Piece((bridge, nose), skin)] if abs(dot(head.front, camera.toward)) < 0.9 else []
    paths = _bun(head, body, camera, behind=True) + layer([*profile, *base], camera)
    if face_shown:
        paths += _face(head, skull, [Piece((jaw, cheek), skin)], skin, camera)
        paths += fills(profile, camera)
    return (
        paths + _ears(head, skin, camera) + _features(head, camera) + _bun(head, body, camera, behind=False)
    )


def _along(head: Frame, up: float, front: float, right: float) -> Vec:
    return add(add(scale(head.up, up), scale(head.front, front)), scale(head.right, right))


def _bun(head: Frame, body: Body, camera: Camera, *, behind: bool) -> list[Path]:
    place = add(head.at, _along(head, 5.2, -4.9, 0))
    hidden = camera.depth(place) < camera.depth(head.at)
    if not body.bun or hidden != behind:
        return []
    return layer([Piece(((place, _BUN),), body.hair)], camera)


def _face(head: Frame, skull: Sphere, chin: list[Piece], skin: str, camera: Camera) -> list[Path]:
    outline = _cap(skull, unit(_along(head, -0.9, 1, 0)), camera)
    face = [Path(polyline(outline, closed=True), fill=skin)] if outline else []
    return face + fills(chin, camera)


def _cap(skull: Sphere, axis: Vec, camera: Camera) -> list[Point]:
    centre, radius = skull
    rim = _ring(centre, scale(axis, radius * cos(_FACE_REACH)), radius * sin(_FACE_REACH), axis)
    seen = [dot(add(point, scale(centre, -1)), camera.toward) >= 0 for point in rim]
    if all(seen) or not any(seen):
        return [camera.project(point) for point in rim] if all(seen) else []
    start = next(i for i in range(_SAMPLES) if seen[i] and not seen[i - 1])
    hairline = [rim[(start + i) % _SAMPLES] for i in range(_SAMPLES) if seen[(start + i) % _SAMPLES]]
    return [camera.project(point) for point in hairline] + _edge(skull, axis, hairline, camera)


def _edge(skull: Sphere, axis: Vec, hairline: list[Vec], camera: Camera) -> list[Point]:
    """The edge of the skull from the end of the hairline back to its start, on the side of the face."""
    x, y, radius = circle(skull, camera)
    ends = [camera.project(hairline[-1]), camera.project(hairline[0])]
    begin, end = (atan2(py - y, px - x) for px, py in ends)
    ax, ay = camera.project(add(skull[0], axis))
    middle = atan2(ay - y, ax - x)
    sweep = (end - begin) % (2 * pi)
    if (middle - begin) % (2 * pi) > sweep:
        sweep -= 2 * pi
    angles = [begin + sweep * i / 16 for i in range(17)]
    return [(x + radius * cos(angle), y + radius * sin(angle)) for angle in angles]


def _ring(centre: Vec, offset: Vec, radius: float, axis: Vec) -> list[Vec]:
    first = across((0.31, 0.42, 0.85), axis)
    second = cross(axis, first)
    middle = add(centre, offset)
    turns = [2 * pi * i / _SAMPLES for i in range(_SAMPLES)]
    return [add(middle, add(scale(first, radius * cos(t)), scale(second, radius * sin(t)))) for t in turns]


def _ears(head: Frame, skin: str, camera: Camera) -> list[Path]:
    paths: list[Path] = []
    for sign in (1, -1):
        if sign * dot(head.right, camera.toward) > 0.3:
            upper = (add(head.at, _along(head, -0.1, -1.0, 5.3 * sign)), _EAR)
            lobe = (add(head.at, _along(head, -1.7, -0.6, 5.1 * sign)), 0.6 * _EAR)
            paths += layer([Piece((upper, lobe), skin)], camera, width=0.9)
    return paths


def _features(head: Frame, camera: Camera) -> list[Path]:
    paths = []
    for sign in (1, -1):
        eye = _along(head, 0.35, 5.0, 2.3 * sign)
        if dot(unit(eye), camera.toward) > 0.12:
            paths.append(Path(disc(camera.project(add(head.at, eye)), _EYE), fill=LINE))
        smile = [_along(head, up, front, side * sign) for up, front, side in _SMILE]
        if dot(unit(smile[1]), camera.toward) > 0.12:
            line = polyline([camera.project(add(head.at, point)) for point in smile])
            paths.append(Path(line, stroke=LINE, width=0.8))
    return paths
