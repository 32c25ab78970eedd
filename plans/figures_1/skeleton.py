"""From a pose to the places of all joints in the room."""

from dataclasses import dataclass

from plans.figures_1 import bodies
from plans.figures_1.bodies import Body
from plans.figures_1.errors import UnknownPart
from plans.figures_1.frames import Frame, Root
from plans.figures_1.limbs import Arm, Leg, Locate, place_arm, place_leg
from plans.figures_1.poses import Pose, Target
from plans.figures_1.trunk import Station, build_head, build_trunk, lowest, nearest
from plans.figures_1.vectors import ORIGIN, Vec, add, rotate, step

SIDES: tuple[tuple[str, int], ...] = (("right", 1), ("left", -1))


@dataclass(frozen=True, slots=True)
class Skeleton:
    """All joints in the picture's room (x to the right, y up, z toward the viewer of the side view)."""

    trunk: tuple[Station, ...]
    head: Frame
    legs: dict[str, Leg]
    arms: dict[str, Arm]

    def part(self, name: str) -> Vec:
        """The place of a part of the body, for hands to hold and arrows to point at. Raises UnknownPart."""
        places = self.parts()
        if name not in places:
            raise UnknownPart(part=name, known=", ".join(sorted(places)))
        return places[name]

    def parts(self) -> dict[str, Vec]:
        limbs = [(side, leg.parts()) for side, leg in self.legs.items()]
        limbs += [(side, arm.parts()) for side, arm in self.arms.items()]
        places = {f"{side}_{name}": at for side, parts in limbs for name, at in parts.items()}
        places |= {"belly": self._front(0.3), "chest": self._front(0.75), "head": self.head.at}
        return places | {"hip": nearest(self.trunk, 0).axis.at, "neck": self.trunk[-1].axis.at}

    def _front(self, share: float) -> Vec:
        station = nearest(self.trunk, share)
        return step(station.middle, station.axis.front, station.radius)


def solve(pose: Pose, body: Body) -> Skeleton:
    """The joints of `body` in `pose`. Raises UnreachableTarget or UnknownPart."""
    trunk = build_trunk(pose, body)
    height = pose.hip[1] if pose.hip[1] is not None else -lowest(trunk, Root(ORIGIN, pose.roll, pose.pitch))
    root = Root((pose.hip[0], height, 0.0), pose.roll, pose.pitch)
    placed = tuple(station.placed(root) for station in trunk)
    head = root.frame(build_head(pose, trunk[-1].axis))
    legs = _legs(pose, root, trunk, Skeleton(placed, head, {}, {}))
    arms = _arms(pose, root, trunk, Skeleton(placed, head, legs, {}))
    return Skeleton(placed, head, legs, arms)


def _legs(pose: Pose, root: Root, trunk: tuple[Station, ...], known: Skeleton) -> dict[str, Leg]:
    pelvis = nearest(trunk, 0).axis

    def turn(direction: Vec) -> Vec:
        return rotate(direction, pelvis.up, -pose.twist)

    for side, sign in _leaning_last(pose):
        hip = step(pelvis.at, pelvis.right, sign * bodies.HIP_APART)
        leg = pose.right_leg if sign > 0 else pose.left_leg
        known.legs[side] = place_leg(leg, hip, sign, turn, _locator(root, known, hip)).mapped(root.out)
    return known.legs


def _leaning_last(pose: Pose) -> tuple[tuple[str, int], ...]:
    heel = pose.right_leg.heel
    return SIDES[::-1] if heel and heel.on else SIDES


def _arms(pose: Pose, root: Root, trunk: tuple[Station, ...], known: Skeleton) -> dict[str, Arm]:
    chest = nearest(trunk, bodies.SHOULDER_AT).axis
    arms = {}
    for side, sign in SIDES:
        shoulder = step(chest.at, chest.right, sign * bodies.SHOULDER_APART)
        arm = pose.right_arm if sign > 0 else pose.left_arm
        arms[side] = place_arm(arm, shoulder, sign, chest.front, _locator(root, known, shoulder)).mapped(
            root.out
        )
    return arms


def _locator(root: Root, known: Skeleton, joint: Vec) -> Locate:
    """Targets are written in the picture's room; a target without z lies straight below or above the joint."""
    default_z = root.out(joint)[2]

    def locate(target: Target) -> Vec:
        if target.on is not None:
            return root.inward(add(known.part(target.on), target.off))
        x, y, z = target.at or (0.0, 0.0, None)
        return root.inward(add((x, y, default_z if z is None else z), target.off))

    return locate
