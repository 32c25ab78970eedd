"""What each joint is drawn to: what the panel says, what the start pose brings, how the person was before."""

from collections.abc import Iterable, Mapping

import numpy as np

from plans.figures.solve.angles import Said, read_angles, with_pelvis
from plans.figures.solve.chain import Angles
from plans.figures.solve.rows import FREE
from plans.figures.solve.solver import Leaning
from plans.figures.solve.vectors import Vec
from plans.figures.spec import Contact, Panel

# Degrees that are much for an angle that is said, and for one that a start pose brings.
SAID, OF_START = 1.0, 7.0
SPREADS: Mapping[str, float] = {
    "pelvis tilt": 14, "pelvis side": 5, "pelvis turn": 5,
    "lumbar flexion": 10, "lumbar side": 4, "lumbar turn": 3,
    "thoracic flexion": 7, "thoracic side": 3, "thoracic turn": 3,
    "neck flexion": 9, "neck side": 3, "neck turn": 3, "head flexion": 6, "chin retraction": 2,
    "shoulder flexion": 35, "shoulder abduction": 30, "shoulder rotation": 40, "elbow flexion": 45,
    "forearm rotation": 40, "wrist flexion": 20, "wrist deviation": 10,
    "hip flexion": 30, "hip abduction": 10, "hip rotation": 14, "knee flexion": 40,
    "ankle flexion": 18, "ankle inversion": 6, "toes extension": 10,
}  # fmt: skip
"""Degrees that are much for an angle of which nothing is said: arms give way before the trunk does."""
IN_CONTACT = 4.0  # degrees that are much for an angle that is said of a limb which a contact takes somewhere
TAKEN = 2.5  # so much more freely goes a limb that is taken away from what the start pose says
ROOT_CM = 60.0
ROOT_ANCHORED_CM = 400.0
ROOT_AMID_CM = 4.0


def spread_of(name: str) -> float:
    return SPREADS[name.removesuffix(" left").removesuffix(" right")]


def leaning_of(panel: Panel, start_line: int, before: Angles | None, base: Panel, position: Vec) -> Leaning:
    """`before`: the solved start pose, which tells what nothing is said of; `base`: what it was solved for."""
    said, said_before = read_angles(panel.joints), read_angles(base.joints)
    tilts, tilts_before = with_pelvis(said, {}), with_pelvis(said_before, {})
    limbs = _limbs_in_contact(panel.contacts)
    taken = _limbs_in_contact(c for c in panel.contacts if c.line != start_line)
    goal, spread = [*position], [ROOT_CM, 1e4, ROOT_CM]
    for name in FREE:
        same = before is not None and said.degrees.get(name) == said_before.degrees.get(name)
        from_start = said.lines.get(name) == start_line
        if same and before and (from_start or name not in said.degrees):
            value = before[name] + tilts.get(name, 0.0) - tilts_before.get(name, 0.0)
        else:
            value = said.degrees.get(name, 0.0) + tilts.get(name, 0.0)
        goal.append(value)
        usual = _spread(name, said, start_line, moved_by_pelvis=abs(tilts.get(name, 0.0)) > 0)
        if from_start and _limb_of(name) in taken:
            usual = TAKEN * spread_of(name)
        spread.append(max(usual, IN_CONTACT) if _limb_of(name) in limbs else usual)
    return Leaning(np.array(goal), np.array(spread, float))


def free_joints(panel: Panel, start_line: int) -> tuple[str, ...]:
    """Return the axes that the panel itself says and that no contact of their limb takes elsewhere."""
    said, limbs = read_angles(panel.joints), _limbs_in_contact(panel.contacts)
    return tuple(
        axis
        for axis, line in said.lines.items()
        if axis in FREE
        and line != start_line
        and _limb_of(axis) not in limbs
        and not axis.startswith("pelvis")
    )


ARM = ("shoulder", "elbow", "forearm", "wrist")
ARM_PARTS = frozenset(
    {"hand", "palm", "back of hand", "fist", "fingertips", "forearm", "elbow", "wrist", "thumb"}
)
LEG_PARTS = frozenset(
    {"foot", "heel", "ball of foot", "toes", "top of foot", "ankle", "shin", "calf", "knee", "thigh"}
)


def _limb_of(name: str) -> tuple[str, str]:
    joint, _, side = name.rpartition(" ")
    return ("arm" if joint.startswith(ARM) else "leg"), side


def _limbs_in_contact(contacts: Iterable[Contact]) -> frozenset[tuple[str, str]]:
    found = set()
    for contact in contacts:
        limb = "arm" if contact.part.name in ARM_PARTS else "leg" if contact.part.name in LEG_PARTS else ""
        if limb and contact.part.side:
            found.add((limb, str(contact.part.side)))
    return frozenset(found)


def _spread(name: str, said: Said, start_line: int, *, moved_by_pelvis: bool) -> float:
    usual = spread_of(name)
    if name in said.degrees:
        return min(usual, OF_START) if said.lines[name] == start_line else SAID
    return min(usual, 2.0) if moved_by_pelvis and not name.startswith("hip") else usual
