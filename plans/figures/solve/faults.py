"""What a body cannot do, in words: contacts missed, demands that fight, things that stand in the body."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from plans.figures.body.body import Body
from plans.figures.body.segments import SEGMENTS
from plans.figures.errors import PoseError
from plans.figures.solve.angles import Said, read_angles, with_pelvis
from plans.figures.solve.flatten import segments_of
from plans.figures.solve.leanings import free_joints
from plans.figures.solve.parts import flesh_of
from plans.figures.solve.posing import Solved, Task
from plans.figures.solve.props import Stand, surfaces_of
from plans.figures.solve.setting import Setting
from plans.figures.solve.solids import solids_of
from plans.figures.solve.vectors import dot, sub
from plans.figures.spec import Contact, Part

MOST_MISSED = 1.0  # cm
MOST_SLID = 8.0  # cm that a contact of the start pose may move on its surface
MOST_TURNED = 15.0  # degrees between an angle that is said of a free joint and what is left of it
MOST_INSIDE = 3.3  # cm that a thing may press into flesh
STRETCHED = 20.0  # degrees of elbow or knee from which on a limb counts as stretched out


@dataclass(frozen=True)
class Miss:
    """A contact that the body does not reach: what, by how many centimetres, on which line."""

    words: str
    cm: float
    line: int


def misses_of(solved: Solved) -> tuple[Miss, ...]:
    worst: dict[Contact, float] = {}
    for met in solved.met:
        gap = getattr(met.wish, "gap", None)
        if gap:
            worst[met.contact] = max(worst.get(met.contact, 0.0), float(gap(solved.skin)))
    return tuple(Miss(str(contact), cm, contact.line) for contact, cm in worst.items() if cm > 0.3)


def refuse_faults(task: Task, solved: Solved) -> None:
    """Raise PoseError for the first thing of a panel that this body cannot do."""
    for line, words in (
        *_missed(solved),
        *_slid(solved),
        *_turned(task, solved),
        *things_inside(task.setting, solved),
    ):
        raise PoseError(line=line, words=f"{words} ({_who(task.setting.body)})")


def _who(body: Body) -> str:
    return f"{body.name}, {body.build}"


def _missed(solved: Solved) -> Iterator[tuple[int, str]]:
    contacts = {str(met.contact): met.contact for met in solved.met}
    for miss in sorted(misses_of(solved), key=lambda one: -one.cm):
        if miss.cm > MOST_MISSED:
            contact = contacts[miss.words]
            yield (
                miss.line,
                f"{miss.words}: misses by {miss.cm:.1f} cm{_why(contact, list(contacts.values()), solved)}",
            )


def _slid(solved: Solved) -> Iterator[tuple[int, str]]:
    for contact, stays in solved.anchors:
        x, y, z = solved.skin[stays.spot.vertex].tolist()
        aside = max(abs(dot(sub((x, y, z), stays.place), way)) for way in stays.ways)
        if aside > MOST_SLID:
            words = f"{contact}: slides by {aside:.0f} cm from where the start pose has it; free it or say where it is"
            yield contact.line, words


def _why(contact: Contact, contacts: list[Contact], solved: Solved) -> str:
    limb = _limb(contact.part)
    rival = next((c for c in contacts if c != contact and limb and _limb(c.part) == limb), None)
    if rival:
        return f", it fights with {rival} of line {rival.line}"
    bend = {"arm": "elbow", "leg": "knee"}.get(limb.split(" ")[0] if limb else "")
    if bend and abs(solved.angles[f"{bend} flexion {contact.part.side}"]) < STRETCHED:
        return ", it is out of reach"
    return ""


def _limb(part: Part) -> str:
    segment = SEGMENT_OF_LIMB.get(part.name, "")
    return f"{segment} {part.side}" if segment and part.side else ""


def _turned(task: Task, solved: Solved) -> Iterator[tuple[int, str]]:
    said: Said = read_angles(task.panel.joints)
    tilts = with_pelvis(said, {})
    for axis in free_joints(task.panel, task.start_line):
        left = solved.angles[axis] - tilts.get(axis, 0.0)
        if abs(left - said.degrees[axis]) > MOST_TURNED:
            words = f"{axis}: {said.degrees[axis]:g} degrees are said, the contacts leave {left:.0f}"
            yield said.lines[axis], words


def refuse_places(setting: Setting, solved: Solved) -> None:
    """Raise PoseError where a distance that is said puts a thing into the body, before the body gives way to it."""
    said = replace(setting, stands=tuple(s for s in setting.stands if s.prop.distance is not None))
    for line, words in things_inside(said, solved):
        raise PoseError(line=line, words=f"{words} ({_who(setting.body)})")


def things_inside(setting: Setting, solved: Solved) -> Iterator[tuple[int, str]]:
    """Find things that stand in the body."""
    flesh = flesh_of(setting.body)
    for stand in setting.stands:
        for solid in () if stand.guess else solids_of(stand, setting.body.stature):
            depth, _ = solid.inside(solved.skin)
            depth = np.where(
                flesh.used & ~DIGITS[setting.body.segment] & ~_carried(stand, solved, setting), depth, 0.0
            )
            worst = int(np.argmax(depth))
            if depth[worst] > MOST_INSIDE:
                part = SEGMENTS[int(setting.body.segment[worst])].replace("_l", "").replace("_r", "")
                words = f"the {stand.prop.kind} stands {depth[worst]:.0f} cm in the body ({part})"
                yield stand.prop.line, words


def _carried(stand: Stand, solved: Solved, setting: Setting) -> "np.typing.NDArray[np.bool_]":
    """Return which vertices press into a thing because it carries them."""
    mine = surfaces_of(stand, setting.body.stature)
    parts = [met.contact.part for met in solved.met if met.contact.target in mine]
    return np.isin(setting.body.segment, segments_of(parts) if parts else [])


DIGITS = np.array([name.startswith(("finger", "toe")) for name in SEGMENTS])
SEGMENT_OF_LIMB = {
    **dict.fromkeys(
        ("palm", "hand", "back of hand", "fist", "fingertips", "wrist", "forearm", "elbow"), "arm"
    ),
    **dict.fromkeys(("foot", "heel", "ball of foot", "toes", "top of foot", "ankle", "shin", "calf"), "leg"),
}
