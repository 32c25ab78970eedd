"""Draws a person: parts of the body from far to near, seams at hips and shoulders hidden."""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.figures_1.bodies import Body
from plans.figures_1.brush import fills, layer
from plans.figures_1.camera import Camera
from plans.figures_1.flesh import arm_pieces, hip_patch, leg_pieces, neck_piece, shoulder_patch, trunk_pieces
from plans.figures_1.heads import draw_head
from plans.figures_1.paths import Path
from plans.figures_1.skeleton import SIDES, Skeleton
from plans.figures_1.trunk import nearest
from plans.figures_1.vectors import Vec, dot, mix, scale

BODY_PARTS = ("trunk", "head", "right_arm", "left_arm", "right_leg", "left_leg")
_FAR, _SEAM_SHOWN, _SEAM_BROAD = -0.5, -0.35, 0.7
_ORDER_SHIFT = 1000.0
_HEAD_NEARER, _CHIN_SHOWN = 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the body as it is drawn, with how near it is to the eye."""

    name: str
    depth: float
    paths: list[Path]
    seam: list[Path]


def draw_person(
    skeleton: Skeleton,
    body: Body,
    camera: Camera,
    *,
    shoes: bool = False,
    in_front: Iterable[str] = (),
    behind: Iterable[str] = (),
) -> list[Path]:
    """All paths of the person. `in_front` and `behind` overrule the order by depth."""
    shift = dict.fromkeys(in_front, _ORDER_SHIFT) | dict.fromkeys(behind, -_ORDER_SHIFT)
    parts = [*_limbs(skeleton, body, camera, shoes=shoes), _trunk(skeleton, body, camera)]
    parts.append(_head(skeleton, body, camera))
    parts.append(_neck(skeleton, body, camera, behind=parts[-2:]))
    parts.sort(key=lambda part: part.depth + shift.get(part.name, 0.0))
    return _painted(parts)


def _painted(parts: list[Part]) -> list[Path]:
    """Each seam is hidden as soon as both the limb and the trunk are there."""
    paths: list[Path] = []
    waiting: list[Path] = []
    trunk_done = False
    for part in parts:
        paths += part.paths
        trunk_done = trunk_done or part.name == "trunk"
        waiting += part.seam
        if trunk_done:
            paths += waiting
            waiting = []
    return paths


def _trunk(skeleton: Skeleton, body: Body, camera: Camera) -> Part:
    return Part("trunk", camera.depth(_middle(skeleton)), layer(trunk_pieces(skeleton, body), camera), [])


def _middle(skeleton: Skeleton) -> Vec:
    return nearest(skeleton.trunk, 0.45).middle


def _neck(skeleton: Skeleton, body: Body, camera: Camera, *, behind: list[Part]) -> Part:
    depth = min(part.depth for part in behind) - _HEAD_NEARER
    return Part("neck", depth, layer([neck_piece(skeleton, body)], camera), [])


def _head(skeleton: Skeleton, body: Body, camera: Camera) -> Part:
    depth = camera.depth(skeleton.head.at) + _HEAD_NEARER
    if dot(skeleton.head.front, camera.toward) > _CHIN_SHOWN:
        # A chin that points at the viewer lies in front of the throat, however the person lies.
        depth = max(depth, camera.depth(_middle(skeleton)) + _HEAD_NEARER)
    return Part("head", depth, draw_head(skeleton.head, body, camera), [])


def _limbs(skeleton: Skeleton, body: Body, camera: Camera, *, shoes: bool) -> Iterable[Part]:
    for side, sign in SIDES:
        arm, leg = skeleton.arms[side], skeleton.legs[side]
        facing = _facing(nearest(skeleton.trunk, 0.88).axis.right, sign, camera)
        seam = fills([shoulder_patch(arm, skeleton, body, broad=facing > _SEAM_BROAD)], camera)
        paths = layer(arm_pieces(arm, body, far=facing < _FAR), camera)
        depth = camera.depth(mix(arm.shoulder, arm.wrist, 0.45))
        yield Part(f"{side}_arm", depth, paths, seam if facing > _SEAM_SHOWN else [])
        facing = _facing(nearest(skeleton.trunk, 0).axis.right, sign, camera)
        seam = fills([hip_patch(leg, skeleton, body, broad=facing > _SEAM_BROAD)], camera)
        paths = layer(leg_pieces(leg, body, far=facing < _FAR, shoes=shoes), camera)
        depth = camera.depth(mix(leg.hip, mix(leg.knee, leg.ankle, 0.3), 0.6))
        yield Part(f"{side}_leg", depth, paths, seam if facing > _SEAM_SHOWN else [])


def _facing(right: Vec, sign: int, camera: Camera) -> float:
    """How far the limb's side of the body is turned to the eye: 1 toward it, -1 away from it."""
    return dot(scale(right, sign), camera.toward)
