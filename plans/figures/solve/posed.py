"""A figure's panel on a body: the public face of the solver."""

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np

from plans.figures.body.body import Body
from plans.figures.solve.arches import with_arches
from plans.figures.solve.faults import Miss, misses_of, refuse_faults, refuse_places
from plans.figures.solve.flatten import flattened
from plans.figures.solve.halfway import angles_between
from plans.figures.solve.on_the_way import Way as OnTheWay
from plans.figures.solve.on_the_way import drift_at, pose_on, shared_contacts
from plans.figures.solve.places import place_in, way_in
from plans.figures.solve.placing import placed_props
from plans.figures.solve.posing import Solved, Task, pose
from plans.figures.solve.posts import with_posts
from plans.figures.solve.props import PlacedProp
from plans.figures.solve.rig import Points, rig_of
from plans.figures.solve.setting import (
    Setting,
    empty_setting,
    furnished,
    guessed,
    level_contacts,
    lying_on,
    with_pillow_planes,
    with_pillows,
)
from plans.figures.solve.skin import as_array
from plans.figures.solve.starts import base_of
from plans.figures.spec import Figure, Panel, Part, Place, Way


@dataclass(frozen=True, eq=False)
class Posed:
    """A body in the world: x to the right, y up from the floor, z toward the viewer of the side view; centimetres.

    `turns` (bones, 3, 3): each bone's turn from neutral standing; its columns are where the person's left, up and
    front look. `joints` (bones, 3): the heads of the bones.
    """

    body: Body
    vertices: Points
    turns: Points
    joints: Points
    props: tuple[PlacedProp, ...]
    misses: tuple[Miss, ...]
    setting: Setting = field(repr=False)
    solved: Solved = field(repr=False)
    task: Task = field(repr=False)

    def place(self, place: Place) -> Points:
        return np.array(place_in(self.body, place, self.setting.base, self.solved.room))

    def direction(self, way: Way, part: Part | None = None, *, start: Points | None = None) -> Points:
        """Return a direction of the room; `start` is where `toward` is seen from."""
        x, y, z = (float(v) for v in (self.joints[0] if start is None else start))
        return np.array(way_in(self.body, way, part, (x, y, z), self.setting.base, self.solved.room))


@dataclass(frozen=True, eq=False)
class _Key:
    """What a figure's room is made of: while one of its panels is written, it stays as it is."""

    figure: Figure
    body: Body

    @cached_property
    def said(self) -> tuple[object, ...]:
        return (self.figure.start, self.figure.line, self.figure.base, *_with_things(self.figure))

    def __hash__(self) -> int:
        return hash((self.said, id(self.body)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and self.body is other.body and self.said == other.said


@dataclass(frozen=True)
class _Scene:
    """The furnished room of a figure and its solved start pose."""

    setting: Setting
    start: Solved


@lru_cache(maxsize=16)
def _scene(key: _Key) -> _Scene:
    figure = key.figure
    setting = with_pillow_planes(
        lying_on(empty_setting(key.body, base_of(figure.start)), figure.base), figure.base
    )
    setting, start = _furnish(setting, figure, figure.base, None)
    setting = with_posts(setting, figure.base, start)
    for panel in _with_things(figure):
        setting = with_pillow_planes(setting, panel)
        mine, posed = _furnish(setting.of(panel), figure, panel, start)
        for stand in mine.stands:
            setting = setting if setting.stands_for(stand.prop) else setting.with_stand(stand)
        setting = with_posts(setting, panel, posed)
    return _Scene(setting, start)


def _with_things(figure: Figure) -> tuple[Panel, ...]:
    """Return the panels that bring things of their own."""
    return tuple(p for p in figure.panels if any(prop not in figure.base.props for prop in p.props))


def _furnish(setting: Setting, figure: Figure, panel: Panel, before: Solved | None) -> tuple[Setting, Solved]:
    contacts = with_pillows(setting, panel)
    rough = guessed(setting, panel)
    known = tuple(c for c in level_contacts(contacts) if rough.knows(c))
    first = pose(Task(rough, panel, figure.base, figure.line, before), known)
    whole = furnished(setting, panel, first.room)
    refuse_places(whole, first)
    if whole is setting and len(known) == len(contacts):
        return whole, first
    return whole, pose(Task(whole, panel, figure.base, figure.line, before, first), contacts)


def solve_panel(figure: Figure, panel: Panel, body: Body) -> Posed:
    """Return the body as the panel says. Raises PoseError for what this body cannot do."""
    posed = attempt_panel(figure, panel, body)
    refuse_faults(posed.task, posed.solved)
    return posed


def solve_panel_again(figure: Figure, panel: Panel, body: Body) -> Posed:
    """Return the same, for whoever writes a figure: a panel that was not changed is not solved anew."""
    return _solved_before(_Key(figure, body), panel)


@lru_cache(maxsize=12)  # of one to four panels each: some MB
def _solved_before(key: _Key, panel: Panel) -> Posed:
    return solve_panel(key.figure, panel, key.body)


def attempt_panel(figure: Figure, panel: Panel, body: Body) -> Posed:
    """Return the body as near to what the panel says as it comes, with all that is missed."""
    scene = _scene(_Key(figure, body))
    setting = scene.setting.of(panel)
    task = Task(setting, panel, figure.base, figure.line, scene.start)
    contacts = with_pillows(setting, panel)
    solved = pose(task, contacts) if panel is not figure.base else scene.start
    return finished(task, solved)


def between(start: Posed, end: Posed, share: float) -> Posed:
    """Return the pose at a share (0 to 1) of the way between two of one figure and body; shared contacts are held."""
    if share <= 0 or share >= 1:
        return start if share <= 0 else end
    way, drifts = _way(start, end)
    goal = angles_between(rig_of(start.body), start.solved.angles, end.solved.angles, share)
    drift = drifts[0] * (1 - share) + drifts[1] * share
    return finished(way.nearer(share), pose_on(way, goal, share, drift))


@lru_cache(maxsize=4)
def _way(start: Posed, end: Posed) -> tuple[OnTheWay, tuple[Points, Points]]:
    tasks, ends = (start.task, end.task), (start.solved, end.solved)
    way = OnTheWay(tasks, ends, tuple(shared_contacts(tasks, ends)))
    return way, (drift_at(way, 0), drift_at(way, 1))


def finished(task: Task, solved: Solved) -> Posed:
    setting = task.setting
    return Posed(
        body=setting.body,
        vertices=with_arches(setting.body, solved.bones, solved.digits, flattened(setting, solved)),
        turns=as_array(solved.bones.turns),
        joints=np.array(solved.bones.heads),
        props=placed_props(setting, task.panel, solved),
        misses=misses_of(solved),
        setting=setting,
        solved=solved,
        task=task,
    )
