"""A pose on the way between two of one figure and body: near to an even way, with what stands kept in its place."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from plans.figures.body.body import Body
from plans.figures.solve.chain import Angles
from plans.figures.solve.contacts import HANDS, Met
from plans.figures.solve.planes import Edge, Plane
from plans.figures.solve.posing import (
    ON_FEET,
    Solved,
    Task,
    anchor_spots,
    apart_of,
    grounds_of,
    met_of,
    scapulae_of,
    solve_rounds,
)
from plans.figures.solve.rig import Points, rig_of
from plans.figures.solve.skin import bones_of, skinned
from plans.figures.solve.solver import HEAVY, Leaning, Problem, angles_of, numbers_of, room_at
from plans.figures.solve.spots import patch_of
from plans.figures.solve.staying import Stays
from plans.figures.solve.symmetry import is_even, is_even_task
from plans.figures.solve.vectors import IDENTITY, Mat, Vec, Y, add, length, mix, part_way, scale, sub
from plans.figures.solve.wishes import Wish, along_plane, as_vec
from plans.figures.spec import Attach, Contact, Part
from plans.figures.words import PartName, Surface

BETWEEN_DEGREES, BETWEEN_CM = 1.0, 1.5
"""What is much for an angle, and for the body, away from an even way."""
STAYS = 1 / 0.1
STEP_CM, LIFT_CM = 4.0, 5.0
"""A foot that stands so much further is lifted so high on its way."""
LIFTED = 1 / 0.3


@dataclass(frozen=True)
class Way:
    """From one solved panel to another, with the contacts that are held."""

    tasks: tuple[Task, Task]
    ends: tuple[Solved, Solved]
    contacts: tuple[Contact, ...]

    def nearer(self, share: float) -> Task:
        return self.tasks[0] if share < 0.5 else self.tasks[1]


def shared_contacts(tasks: tuple[Task, Task], ends: tuple[Solved, Solved]) -> Iterator[Contact]:
    """Yield what both poses keep in contact, also where it goes from one place to another on the same plane."""
    before, after = (dict.fromkeys(met.contact for met in one.met) for one in ends)
    places = {(contact.part, contact.target) for contact in before}
    for contact in after:
        if contact in before:
            yield contact
        elif (contact.part, contact.target) in places and _plane_of(tasks[1], contact):
            yield replace(contact, at=None, pointing=None, bend=None)


def drift_at(way: Way, end: int) -> Points:
    """Return how far the solver would go from one of the poses itself: it weighs what is wished in another way."""
    own = way.ends[end].angles
    found = _solved(way, own, float(end))
    drift: Points = numbers_of(found.angles) - numbers_of(own)
    return drift


def pose_on(way: Way, goal: Angles, share: float, drift: Points) -> Solved:
    """Return a pose near to `goal` whose contacts hold, without what the solver drifts aside."""
    found = _solved(way, goal, share)
    numbers = numbers_of(found.angles) - drift
    rig = rig_of(way.tasks[0].setting.body)
    angles = angles_of(numbers, found.angles, _scapulae(way, share))
    room = room_at(rig, angles)
    bones = bones_of(rig, room.stance, angles.degrees, found.digits)
    return replace(found, angles=angles, room=room, bones=bones, skin=skinned(rig, bones))


def _solved(way: Way, goal: Angles, share: float) -> Solved:
    task = way.nearer(share)
    rig, numbers = rig_of(task.setting.body), numbers_of(goal)
    spread = np.array([BETWEEN_CM] * 3 + [BETWEEN_DEGREES] * (len(numbers) - 3))
    met = _met(way, task, goal, share)
    wishes: list[Wish] = [one.wish for one in met]
    wishes += [*_standing(way, task, share), *grounds_of(task.setting, way.contacts)]
    wishes.append(apart_of(rig.body, way.contacts))
    even = is_even(numbers) and is_even_task(way.contacts, task.setting)
    problem = Problem(rig, Leaning(numbers, spread), wishes, _scapulae(way, share), even)
    digits = _digits(way, share)
    # Where the skin is, is known from the first: else the body would be drawn to where bones alone would carry it.
    room = room_at(rig, goal)
    skin = skinned(rig, bones_of(rig, room.stance, goal.degrees, digits))
    for wish in wishes:
        wish.learn(room, skin)
    return solve_rounds(problem, goal, digits, met, rounds=1, at_first=(HEAVY,))


def _met(way: Way, task: Task, goal: Angles, share: float) -> tuple[Met, ...]:
    guess = room_at(rig_of(task.setting.body), goal)
    steps = [contact for contact in way.contacts if _is_step(way, task, contact)]
    standing = [contact for contact in way.contacts if contact not in steps]
    lifted = [one for contact in steps for one in _lifted(way, task.setting.body, contact, share)]
    return (*met_of(task.setting, standing, guess), *lifted)


def _standing(way: Way, task: Task, share: float) -> Iterator[Wish]:
    for contact in way.contacts:
        along = _along(task, contact)
        if along and contact.part.side and not _is_step(way, task, contact):
            for spot in anchor_spots(task.setting.body, contact.part):
                place = mix(*_places(way, spot.vertex), share)
                yield Stays(spot, place, along, STAYS)


def _along(task: Task, contact: Contact) -> tuple[Vec, ...]:
    """Return the ways in which it might slide on its surface."""
    ground = task.setting.grounds.get(contact.target) if isinstance(contact.target, Surface) else None
    if isinstance(ground, Edge):
        return (ground.along,)
    return along_plane(ground.normal) if ground else ()


def _is_step(way: Way, task: Task, contact: Contact) -> bool:
    """Whether somebody who stands sets this foot down elsewhere; on a cloth it slides."""
    if contact.part.name is not PartName.FOOT or contact.target is not Surface.FLOOR:
        return False
    carried = {c.part.name for c in task.base.contacts if isinstance(c.target, Surface)}
    if not carried <= ON_FEET | HANDS or any(_slides(task, contact.part) for task in way.tasks):
        return False
    (spot, *_) = anchor_spots(task.setting.body, contact.part)
    return length(sub(*_places(way, spot.vertex))) > STEP_CM


def _slides(task: Task, foot: Part) -> bool:
    return any(prop.attach is Attach.UNDER and foot in prop.parts for prop in task.panel.props)


def _lifted(way: Way, body: Body, contact: Contact, share: float) -> Iterator[Met]:
    lift = scale(Y, LIFT_CM * 4 * share * (1 - share))
    for spot in patch_of(body, contact.part):
        place = add(mix(*_places(way, spot.vertex), share), lift)
        yield Met(contact, Stays(spot, place, IDENTITY, LIFTED))


def _places(way: Way, vertex: int) -> tuple[Vec, Vec]:
    first, last = (as_vec(end.skin[vertex]) for end in way.ends)
    return first, last


def _plane_of(task: Task, contact: Contact) -> Plane | None:
    ground = task.setting.grounds.get(contact.target) if isinstance(contact.target, Surface) else None
    return ground if isinstance(ground, Plane) else None


def _scapulae(way: Way, share: float) -> dict[str, float]:
    before, after = (scapulae_of(task.panel) for task in way.tasks)
    return {
        name: (1 - share) * before.get(name, 0.0) + share * after.get(name, 0.0) for name in before | after
    }


def _digits(way: Way, share: float) -> dict[str, Mat]:
    before, after = (end.digits for end in way.ends)
    return {bone: part_way(before.get(bone), after.get(bone), share) for bone in {**before, **after}}
