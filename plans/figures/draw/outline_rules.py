"""Which parts of the body are parted by a line, and with which pen."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from plans.figures.body.body import Material
from plans.figures.body.segments import SEGMENTS
from plans.figures.draw.geometry import THIN_PART
from plans.figures.draw.lines import MAX_GROUPS, LineRules
from plans.figures.draw.mesh import Mesh
from plans.figures.draw.palette import BODY_GROUPS

PARTS = 256
# One grows out of the other: no line for that alone.
MIDDLE = (("pelvis", "trunk"), ("trunk", "neck"), ("neck", "head"), ("trunk", "head"))
SIDED = (
    ("pelvis", "thigh"), ("trunk", "thigh"), ("thigh", "shin"), ("shin", "foot"), ("trunk", "shoulder"),
    ("trunk", "upperarm"), ("neck", "shoulder"), ("shoulder", "upperarm"), ("upperarm", "forearm"),
    ("forearm", "hand"), *(("foot", f"toe{k}") for k in range(1, 6)),
    *(("hand", f"finger{k}") for k in range(1, 6)),
)  # fmt: skip
FINE = ("finger", "toe", "hand", "head", "neck")
CREASE = 0.75  # centimetres of depth
FINE_CREASE = 0.28
LOOSE_CREASE = 1.6  # folds of cloth are left out
LEDGE = 6.0  # centimetres: a mat or the floor, no bed
FACE_CREASE = 1.0  # eyelids and lips are painted, wrinkles are left out


def with_ledges(rules: LineRules, things: Sequence[Mesh]) -> LineRules:
    """The same for a panel with these things in it."""
    ledge = rules.ledge.copy()
    for number, thing in enumerate(things):
        ledge[BODY_GROUPS + number] = thing.flat and float(thing.vertices[:, 1].max()) < LEDGE
    return replace(rules, ledge=ledge)


@cache
def rules_for(*, detailed: bool) -> LineRules:
    joined = np.eye(PARTS, dtype=np.bool_)
    for one, other in _pairs():
        joined[one, other] = joined[other, one] = True
    fine, shut, thin = (np.zeros(PARTS, np.bool_) for _ in range(3))
    thin[THIN_PART] = True
    crease = np.full(PARTS, CREASE)
    for number, name in enumerate(SEGMENTS, 1):
        fine[number] = name.startswith(FINE)
        # From afar the lines of fingers and toes would fill them.
        shut[number] = thin[number] = name.startswith(("toe", "finger")) and not detailed
        crease[number] = FINE_CREASE if fine[number] and not shut[number] else CREASE
    quiet, grown, body, ledge = (np.zeros(MAX_GROUPS, np.bool_) for _ in range(4))
    quiet[[1 + Material.HAIR, 1 + Material.MOUTH]] = True
    grown[[1 + Material.SKIN, 1 + Material.HAIR]] = True
    body[1:BODY_GROUPS] = True
    crease[SEGMENTS.index("head") + 1] = FACE_CREASE
    loose = np.zeros(MAX_GROUPS)
    loose[[1 + Material.SHIRT, 1 + Material.TROUSERS]] = LOOSE_CREASE
    return LineRules(joined, fine, thin, shut, quiet, grown, body, ledge, crease, loose)


def _pairs() -> list[tuple[int, int]]:
    named = [*MIDDLE, *((_of(a, side), _of(b, side)) for a, b in SIDED for side in "lr")]
    return [(SEGMENTS.index(a) + 1, SEGMENTS.index(b) + 1) for a, b in named]


def _of(part: str, side: str) -> str:
    return part if part in SEGMENTS else f"{part}_{side}"
