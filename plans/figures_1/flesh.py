"""Shapes of limbs and trunk around the skeleton."""

from itertools import pairwise

from plans.figures_1.bodies import Body
from plans.figures_1.brush import Piece, Sphere
from plans.figures_1.colours import SHOE
from plans.figures_1.limbs import Arm, Leg
from plans.figures_1.skeleton import Skeleton
from plans.figures_1.trunk import Station, nearest
from plans.figures_1.vectors import Vec, mix, step

# Radii, percent of body height, of a body with girth 1.
HIP, MID_THIGH, KNEE, CALF, ANKLE, HEEL, BALL, TOE = 5.0, 4.8, 3.3, 3.1, 1.85, 2.05, 1.5, 1.0
SHOULDER, MID_ARM, ELBOW, FOREARM, WRIST, PALM, FINGERTIP = 3.3, 2.75, 2.25, 2.35, 1.5, 1.75, 1.0
NECK = 2.6
_WAIST = 0.2
_OVER_OUTLINE = 0.85


def leg_pieces(leg: Leg, body: Body, *, far: bool, shoes: bool) -> list[Piece]:
    skin, shorts = (body.skin.far, body.shorts.far) if far else (body.skin.near, body.shorts.near)
    girth = body.limb_girth
    calf = (step(mix(leg.knee, leg.ankle, 0.3), leg.back, 0.7), CALF * girth)
    knee: Sphere = (leg.knee, KNEE * girth)
    ankle: Sphere = (leg.ankle, ANKLE * girth)
    middle: Sphere = (mix(leg.hip, leg.knee, 0.35), MID_THIGH * girth)
    hem = _between(middle, knee, (body.shorts_leg - 0.35) / 0.65)
    foot = SHOE if shoes else skin
    return [
        Piece((knee, calf), skin),
        Piece((calf, ankle), skin),
        Piece((middle, knee), skin),
        Piece(((leg.heel, HEEL), (leg.ankle, ANKLE), (leg.ball, BALL)), foot),
        Piece(((leg.ball, BALL), (leg.toe, TOE)), foot),
        Piece(((leg.hip, HIP * girth), middle), shorts),
        Piece((middle, hem), shorts),
    ]


def arm_pieces(arm: Arm, body: Body, *, far: bool) -> list[Piece]:
    skin, shirt = (body.skin.far, body.shirt.far) if far else (body.skin.near, body.shirt.near)
    girth = body.limb_girth
    elbow: Sphere = (arm.elbow, ELBOW * girth)
    shoulder: Sphere = (arm.shoulder, SHOULDER * girth)
    belly: Sphere = (mix(arm.elbow, arm.wrist, 0.25), FOREARM * girth)
    hem = _between(shoulder, elbow, body.sleeve)
    return [
        Piece((elbow, belly), skin),
        Piece((belly, (arm.wrist, WRIST * girth)), skin),
        Piece(((arm.wrist, WRIST), (arm.palm, PALM)), skin),
        Piece(((arm.palm, PALM), (arm.fingertips, FINGERTIP)), skin),
        Piece((hem, elbow), skin),
        Piece((shoulder, (hem[0], hem[1] + 0.3)), shirt),
    ]


def trunk_pieces(skeleton: Skeleton, body: Body) -> list[Piece]:
    pieces = []
    for lower, upper in pairwise(skeleton.trunk):
        fill = body.shirt.near if upper.share > _WAIST else body.shorts.near
        pieces.append(Piece((*_slice(lower), *_slice(upper)), fill))
    return sorted(pieces, key=lambda piece: piece.fill == body.shorts.near)


def neck_piece(skeleton: Skeleton, body: Body) -> Piece:
    throat = step(skeleton.head.at, skeleton.head.up, -4.5)
    return Piece(((skeleton.trunk[-1].axis.at, NECK * body.limb_girth), (throat, NECK)), body.skin.near)


def _slice(station: Station) -> tuple[Sphere, Sphere]:
    right, left = station.circles()
    return (right, station.radius), (left, station.radius)


def hip_patch(leg: Leg, skeleton: Skeleton, body: Body, *, broad: bool) -> Piece:
    """What hides the seam between thigh and pelvis; broad where the thigh lies in front of the pelvis."""
    pelvis = nearest(skeleton.trunk, 0)
    radius = HIP * body.limb_girth + (_OVER_OUTLINE if broad else -0.2)
    return Piece(((leg.hip, radius), (_inner(pelvis.middle, leg.hip), radius)), body.shorts.near)


def shoulder_patch(arm: Arm, skeleton: Skeleton, body: Body, *, broad: bool) -> Piece:
    chest = nearest(skeleton.trunk, 0.8)
    radius = SHOULDER * body.limb_girth + (_OVER_OUTLINE if broad else -0.15)
    return Piece(((arm.shoulder, radius), (_inner(chest.middle, arm.shoulder), radius)), body.shirt.near)


def _inner(middle: Vec, joint: Vec) -> Vec:
    return mix(joint, middle, 0.5)


def _between(start: Sphere, end: Sphere, share: float) -> Sphere:
    return mix(start[0], end[0], share), start[1] + (end[1] - start[1]) * share
