"""One panel of a figure on one body, in a furnished room: wishes gathered, solved, skinned, measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from plans.figures.body.body import Body
from plans.figures.joints import Joint
from plans.figures.solve.angles import read_angles
from plans.figures.solve.apart import Apart
from plans.figures.solve.balance import Balanced
from plans.figures.solve.chain import NEUTRAL_DEGREES, Angles
from plans.figures.solve.contacts import FLAT_PARTS, HANDS, Maker, Met
from plans.figures.solve.grips import digits_of
from plans.figures.solve.leanings import LEG_PARTS, ROOT_AMID_CM, ROOT_ANCHORED_CM, leaning_of
from plans.figures.solve.nodes import NODES
from plans.figures.solve.planes import FLOOR, Plane
from plans.figures.solve.resting import Above
from plans.figures.solve.rig import Keyed, Points, Rig, rig_of
from plans.figures.solve.setting import Setting, with_pillows
from plans.figures.solve.skin import Bones, bones_of, skinned
from plans.figures.solve.solids import Outside, solids_of
from plans.figures.solve.solver import (
    HEAVY,
    SOFT_FIRST,
    Leaning,
    Problem,
    angles_of,
    numbers_of,
    room_at,
    solve,
)
from plans.figures.solve.spots import Cloud, Spot, cloud_of, patch_of, spot_of
from plans.figures.solve.staying import Stays
from plans.figures.solve.symmetry import is_alike, is_even, is_even_task
from plans.figures.solve.vectors import Mat
from plans.figures.solve.wishes import Room, Wish, along_plane
from plans.figures.spec import Contact, Panel, Part
from plans.figures.words import PAIRED, PartName, PropKind, Side, Surface

WHOLE = (
    PartName.HEAD, PartName.NECK, PartName.TRUNK, PartName.UPPER_ARM, PartName.FOREARM, PartName.PALM, PartName.THIGH,
    PartName.SHIN, PartName.FOOT,
)  # fmt: skip
SOFT = {
    "pelvis": 2.0,
    "lumbar": 1.6,
    "thoracic": 1.4,
    "thigh": 1.6,
    "upper arm": 0.8,
    "shin": 0.7,
    "forearm": 0.5,
}
"""How deep each part may be pressed flat, in centimetres."""
ROUNDS = 3
CLOSE = 0.3  # centimetres; nearer than that nothing is looked at again
HEAD_PARTS = frozenset({
    PartName.HEAD, PartName.FOREHEAD, PartName.FACE, PartName.CHIN, PartName.TEMPLE, PartName.CROWN, PartName.MOUTH,
})  # fmt: skip
ON_FEET = frozenset({PartName.FOOT, PartName.HEEL, PartName.BALL_OF_FOOT, PartName.TOES})


@dataclass(frozen=True)
class Solved:
    """A pose with all that came of it."""

    angles: Angles
    digits: Mapping[str, Mat]
    met: tuple[Met, ...]
    room: Room
    bones: Bones
    skin: Points
    anchors: tuple[tuple[Contact, Stays], ...] = ()
    """Contacts of the start pose with the places that they keep."""


def whole_cloud(body: Body) -> tuple[Cloud, Points]:
    return _whole_cloud(Keyed(body))


@lru_cache(maxsize=64)
def _whole_cloud(key: Keyed) -> tuple[Cloud, Points]:
    body = key.body
    parts = [Part(name, side) for name in WHOLE for side in (Side if name in PAIRED else (None,))]
    clouds = [cloud_of(body, part) for part in parts]
    nodes = np.concatenate([cloud.nodes for cloud in clouds])
    cloud = Cloud(
        np.concatenate([c.vertices for c in clouds]), nodes, np.concatenate([c.places for c in clouds])
    )
    soft = np.array(
        [next((v for start, v in SOFT.items() if NODES[n].name.startswith(start)), 0.3) for n in nodes]
    )
    return cloud, soft


def first_guess(rig: Rig, base: Mat, leaning: Leaning, scapulae: dict[str, float], level: float) -> Angles:
    """Return the pose as the joints say it, its lowest point on what carries it."""
    angles = angles_of(leaning.goal, Angles((0.0, 0.0, 0.0), base, NEUTRAL_DEGREES), scapulae)
    cloud, _ = whole_cloud(rig.body)
    low = float(room_at(rig, angles).cloud(cloud)[:, 1].min())
    return replace(angles, position=(0.0, level - low, 0.0))


@dataclass(frozen=True)
class Task:
    """What to pose: the panel, how it began (`before`), the line of the start pose.

    `amid`: the pose around which the things of the room were placed; the person stays amid them.
    """

    setting: Setting
    panel: Panel
    base: Panel
    start_line: int
    before: Solved | None = None
    amid: Solved | None = None


def pose(task: Task, contacts: Sequence[Contact]) -> Solved:
    rig, setting = rig_of(task.setting.body), task.setting
    before = task.before
    scapulae = scapulae_of(task.panel)
    position = before.angles.position if before else (0.0, 0.0, 0.0)
    leaning = leaning_of(task.panel, task.start_line, before.angles if before else None, task.base, position)
    if before:
        start = before.angles
    elif task.amid:
        start = task.amid.angles
        leaning.goal[:3] = start.position
        leaning.spread[0] = leaning.spread[2] = ROOT_AMID_CM
    else:
        start = first_guess(rig, setting.base, leaning, scapulae, 0.0)
        leaning.goal[:3] = start.position
    guess = room_at(rig, angles_of(leaning.goal, start, scapulae))
    met = met_of(setting, _settled(task, contacts), guess)
    anchors = _anchors(task, contacts)
    if anchors:
        leaning.spread[0] = leaning.spread[2] = ROOT_ANCHORED_CM
    wishes: list[Wish] = [one.wish for one in met]
    wishes += [
        *(stays for _, stays in anchors),
        *_balance(setting.body, contacts),
        *grounds_of(setting, contacts),
        apart_of(setting.body, contacts),
    ]
    even = (
        is_even_task(contacts, setting)
        and is_even(numbers_of(start))
        and is_even(leaning.goal)
        and is_alike(leaning.spread)
    )
    problem = Problem(rig, leaning, wishes, scapulae, even)
    digits = digits_of(task.panel, task.start_line, contacts)
    return replace(solve_rounds(problem, start, digits, tuple(met)), anchors=tuple(anchors))


def solve_rounds(
    problem: Problem,
    start: Angles,
    digits: Mapping[str, Mat],
    met: tuple[Met, ...],
    rounds: int = ROUNDS,
    at_first: Sequence[float] = SOFT_FIRST,
) -> Solved:
    angles = start
    for turn in range(rounds + 1):
        angles = solve(problem, angles, at_first if turn == 0 else (HEAVY,))
        room = room_at(problem.rig, angles)
        bones = bones_of(problem.rig, room.stance, angles.degrees, digits)
        skin = skinned(problem.rig, bones)
        if turn == rounds or (turn and _met_by(met, skin)):
            break
        for wish in problem.wishes:
            wish.learn(room, skin)
    return Solved(angles, digits, met, room, bones, skin)


def _met_by(met: Sequence[Met], skin: Points) -> bool:
    return all(getattr(one.wish, "gap", _no_gap)(skin) < CLOSE for one in met)


def _no_gap(skin: Points) -> float:
    return 0.0


def met_of(setting: Setting, contacts: Sequence[Contact], guess: Room) -> list[Met]:
    maker = Maker(setting.body, setting.base, setting.grounds, guess)
    return [Met(contact, wish) for contact in contacts for wish in maker.wishes(contact)]


def scapulae_of(panel: Panel) -> dict[str, float]:
    extra = read_angles(panel.joints).extra
    return {
        f"scapula {movement} {side}": degrees
        for (joint, side, movement), degrees in extra.items()
        if joint is Joint.SCAPULA
    }


def _settled(task: Task, contacts: Sequence[Contact]) -> tuple[Contact, ...]:
    """Return the contacts; those of the start pose that go on no longer follow the body: they have their place."""
    if task.before is None:
        return tuple(contacts)
    kept = set(with_pillows(task.setting, task.base))
    return tuple(
        replace(c, at=None) if c in kept and isinstance(c.target, Surface) and c.part.side else c
        for c in contacts
    )


def _anchors(task: Task, contacts: Sequence[Contact]) -> list[tuple[Contact, Stays]]:
    """Keep contacts of the start pose where they were on their surface."""
    found: list[tuple[Contact, Stays]] = []
    if task.before is None:
        return found
    kept = {(c.part, c.target) for c in with_pillows(task.setting, task.base)}
    for contact in _settled(task, contacts):
        ground = task.setting.grounds.get(contact.target) if isinstance(contact.target, Surface) else None
        if not isinstance(ground, Plane) or contact.part.side is None or contact.at:
            continue
        if (contact.part, contact.target) in kept:
            for spot in anchor_spots(task.setting.body, contact.part):
                place = task.before.room.spot(spot)
                found.append((contact, Stays(spot, place, along_plane(ground.normal), 1 / 1.0)))
    return found


def anchor_spots(body: Body, part: Part) -> tuple[Spot, ...]:
    """Return the spots of a part that keep to their places on a surface."""
    if part.name in FLAT_PARTS:
        return patch_of(body, Part(FLAT_PARTS[part.name], part.side))[:2]
    return (spot_of(body, part),)


def apart_of(body: Body, contacts: Sequence[Contact]) -> Apart:
    on_body = [c for c in contacts if isinstance(c.target, Part)]
    busy = {c.part.side for c in on_body if c.part.name in HANDS}
    legs = any(
        c.part.name in LEG_PARTS and c.target.name in LEG_PARTS for c in on_body if isinstance(c.target, Part)
    )
    head = any(HEAD_PARTS & {c.part.name, c.target.name} for c in on_body if isinstance(c.target, Part))
    return Apart(body, [side for side in Side if side not in busy], not legs, not head)


def _balance(body: Body, contacts: Sequence[Contact]) -> list[Wish]:
    carried = [c for c in contacts if isinstance(c.target, Surface)]
    if not carried or any(c.part.name not in ON_FEET for c in carried):
        return []
    spots = tuple(spot for c in carried for spot in patch_of(body, Part(PartName.FOOT, c.part.side)))
    return [Balanced(spots)]


def grounds_of(setting: Setting, contacts: Sequence[Contact]) -> list[Wish]:
    cloud, soft = whole_cloud(setting.body)
    bed = setting.grounds.get(Surface.BED)
    plane = bed if isinstance(bed, Plane) and any(c.target is Surface.BED for c in contacts) else FLOOR
    lies_on = bed is plane
    solids = [
        Outside(cloud, soft, solid)
        for stand in setting.stands
        if not stand.guess and not (lies_on and stand.prop.kind is PropKind.BED)
        for solid in solids_of(stand, setting.body.stature)
    ]
    return [Above(cloud, plane, soft), *solids]
