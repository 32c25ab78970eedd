"""Which skin belongs to a part of the body, told in the neutral stance: x to the left, y up, z forward."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from plans.figures.body.body import Body
from plans.figures.body.segments import SEGMENTS
from plans.figures.solve.chain import NEUTRAL_DEGREES, stance
from plans.figures.solve.nodes import NODE
from plans.figures.solve.rig import Keyed, Points, Rig, rig_of
from plans.figures.solve.skin import bones_of, skinned
from plans.figures.solve.surface import Triangles, faces_of
from plans.figures.solve.vectors import IDENTITY, ORIGIN, Vec
from plans.figures.spec import Part
from plans.figures.words import PartName, Side

Mask = NDArray[np.bool_]

SEGMENTS_OF: dict[PartName, tuple[str, ...]] = {
    PartName.HEAD: ("head",), PartName.CROWN: ("head",), PartName.FOREHEAD: ("head",), PartName.FACE: ("head",),
    PartName.MOUTH: ("head",), PartName.CHIN: ("head",), PartName.TEMPLE: ("head",), PartName.NECK: ("neck",),
    PartName.TRUNK: ("trunk", "pelvis"), PartName.CHEST: ("trunk",), PartName.BELLY: ("trunk", "pelvis"),
    PartName.BACK: ("trunk",), PartName.UPPER_BACK: ("trunk",), PartName.LOW_BACK: ("trunk", "pelvis"),
    PartName.PELVIS: ("pelvis",), PartName.SACRUM: ("pelvis",), PartName.RIBS: ("trunk",),
    PartName.HIP: ("pelvis", "thigh"), PartName.BUTTOCK: ("pelvis", "thigh"),
    PartName.SHOULDER: ("shoulder", "upperarm"), PartName.SHOULDER_BLADE: ("trunk", "shoulder"),
    PartName.UPPER_ARM: ("upperarm",), PartName.ELBOW: ("upperarm", "forearm"), PartName.FOREARM: ("forearm",),
    PartName.WRIST: ("forearm", "hand"), PartName.HAND: ("hand", "finger"), PartName.PALM: ("hand",),
    PartName.BACK_OF_HAND: ("hand",), PartName.FIST: ("hand", "finger"), PartName.FINGERTIPS: ("finger",),
    PartName.THUMB: ("finger1",), PartName.INDEX_FINGER: ("finger2",), PartName.MIDDLE_FINGER: ("finger3",),
    PartName.RING_FINGER: ("finger4",), PartName.LITTLE_FINGER: ("finger5",),
    PartName.ARM: ("upperarm", "forearm", "hand", "finger"), PartName.LEG: ("thigh", "shin", "foot", "toe"),
    PartName.THIGH: ("thigh",), PartName.KNEE: ("thigh", "shin"), PartName.SHIN: ("shin",), PartName.CALF: ("shin",),
    PartName.ANKLE: ("shin", "foot"), PartName.HEEL: ("foot",), PartName.FOOT: ("foot", "toe"),
    PartName.BALL_OF_FOOT: ("foot", "toe"), PartName.TOP_OF_FOOT: ("foot",), PartName.TOES: ("toe",),
    PartName.BIG_TOE: ("toe1",),
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Flesh:
    """A body's skin in the neutral stance."""

    rig: Rig
    points: Points
    used: Mask

    @cached_property
    def node_of_vertex(self) -> NDArray[np.int64]:
        nodes = np.array(self.rig.node_of)
        return nodes[self.rig.body.bone_index[:, 0]]

    @cached_property
    def normals(self) -> Points:
        a, b, c = (self.points[self.rig.body.triangles[:, corner]] for corner in range(3))
        u, v = b - a, c - a
        faces = [
            u[:, 1] * v[:, 2] - u[:, 2] * v[:, 1],
            u[:, 2] * v[:, 0] - u[:, 0] * v[:, 2],
            u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0],
        ]
        corners = self.rig.body.triangles.ravel()
        total = np.stack(
            [np.bincount(corners, np.repeat(face, 3), len(self.points)) for face in faces], axis=1
        )
        size = np.sqrt(total[:, 0] ** 2 + total[:, 1] ** 2 + total[:, 2] ** 2)
        found: Points = total / np.maximum(size, 1e-9)[:, None]
        return found

    def local(self, vertex: int) -> tuple[int, Vec]:
        """Return the node that carries a vertex, and the vertex seen from the node's head."""
        node = int(self.node_of_vertex[vertex])
        x, y, z = (float(v) for v in self.points[vertex])
        head = self.rig.node_heads[node]
        return node, (x - head[0], y - head[1], z - head[2])

    def head(self, node: str) -> Vec:
        return self.rig.node_heads[NODE[node]]

    def of(self, part: Part) -> NDArray[np.int64]:
        """Return the vertices of a part; for a thing with sides those of its side."""
        return _vertices(self, part)

    def faces(self, part: Part) -> Triangles:
        return _faces(self, part)


@lru_cache(maxsize=2048)
def _faces(flesh: Flesh, part: Part) -> Triangles:
    return faces_of(flesh.rig.body.triangles, flesh.of(part))


@lru_cache(maxsize=64)
def _flesh(key: Keyed) -> Flesh:
    rig = rig_of(key.body)
    neutral = stance(rig, ORIGIN, IDENTITY, NEUTRAL_DEGREES)
    used = np.zeros(len(key.body.vertices), bool)
    used[key.body.triangles.ravel()] = True
    return Flesh(rig, skinned(rig, bones_of(rig, neutral, NEUTRAL_DEGREES, {})), used)


def flesh_of(body: Body) -> Flesh:
    return _flesh(Keyed(body))


def _in_segments(flesh: Flesh, part: Part) -> Mask:
    end = f"_{part.side[0]}" if part.side else ""
    chosen = [
        number
        for number, segment in enumerate(SEGMENTS)
        if segment.startswith(SEGMENTS_OF[part.name])
        and ("_" not in segment or not end or segment.endswith(end))
    ]
    return np.isin(flesh.rig.body.segment, chosen) & flesh.used


def _vertices(flesh: Flesh, part: Part) -> NDArray[np.int64]:
    mask = _in_segments(flesh, part)
    narrower = NARROWER.get(part.name)
    if narrower:
        left = 1.0 if part.side is Side.LEFT else -1.0
        x, y, z = (flesh.points[:, axis] for axis in range(3))
        mask &= narrower(Measure(flesh, part.side, left), x, y, z)
    found = np.flatnonzero(mask)
    if not len(found):
        raise LookupError(f"the body has no skin at {part}")
    return found


@dataclass(frozen=True)
class Measure:
    """Where joints are in the neutral stance, for the borders of parts."""

    flesh: Flesh
    side: Side | None
    left: float

    def at(self, node: str) -> Vec:
        sided = f"{node} {self.side}"
        return self.flesh.head(sided if sided in NODE else node)

    @property
    def cm(self) -> float:
        """A centimetre of somebody of middle stature."""
        return self.flesh.rig.body.stature / 170


Narrower = Callable[[Measure, Points, Points, Points], Mask]


def _near(node: str, far: float) -> Narrower:
    return lambda m, x, y, z: np.abs(y - m.at(node)[1]) < far * m.cm


NARROWER: dict[PartName, Narrower] = {
    PartName.CROWN: lambda m, x, y, z: y > m.at("head")[1] + 13 * m.cm,
    PartName.FOREHEAD: lambda m, x, y, z: (y > m.at("head")[1] + 9 * m.cm) & (z > m.at("head")[2] + 3 * m.cm),
    PartName.FACE: lambda m, x, y, z: z > m.at("head")[2] + 4 * m.cm,
    PartName.MOUTH: lambda m, x, y, z: (z > m.at("head")[2] + 6 * m.cm) & (y < m.at("head")[1] + 3 * m.cm),
    PartName.CHIN: lambda m, x, y, z: (z > m.at("head")[2] + 4 * m.cm) & (y < m.at("head")[1] + 0.5 * m.cm),
    PartName.TEMPLE: lambda m, x, y, z: m.left * x > 4 * m.cm,
    PartName.CHEST: lambda m, x, y, z: (z > m.at("thoracic 1")[2]) & (y > m.at("thoracic 2")[1] + 6 * m.cm),
    PartName.BELLY: lambda m, x, y, z: (
        (z > m.at("lumbar 1")[2]) & (y < m.at("thoracic 2")[1]) & (y > m.at("pelvis")[1] + 3 * m.cm)
    ),
    PartName.BACK: lambda m, x, y, z: z < m.at("thoracic 2")[2],
    PartName.UPPER_BACK: lambda m, x, y, z: (z < m.at("thoracic 2")[2]) & (y > m.at("thoracic 2")[1]),
    PartName.LOW_BACK: lambda m, x, y, z: (
        (z < m.at("lumbar 1")[2]) & (y < m.at("thoracic 2")[1]) & (y > m.at("lumbar 3")[1])
    ),
    PartName.SACRUM: lambda m, x, y, z: (z < m.at("pelvis")[2]) & (np.abs(x) < 5 * m.cm),
    PartName.RIBS: lambda m, x, y, z: m.left * x > 8 * m.cm,
    PartName.HIP: lambda m, x, y, z: (m.left * x > 9 * m.cm) & (np.abs(y - m.at("thigh")[1]) < 12 * m.cm),
    PartName.BUTTOCK: lambda m, x, y, z: (
        (m.left * x > 1 * m.cm)
        & (z < m.at("thigh")[2] + 3 * m.cm)
        & (np.abs(y - m.at("thigh")[1]) < 14 * m.cm)
    ),
    PartName.SHOULDER: _near("upper arm", 9),
    PartName.SHOULDER_BLADE: lambda m, x, y, z: (
        (m.left * x > 3 * m.cm) & (z < m.at("thoracic 2")[2]) & (y > m.at("thoracic 2")[1] + 2 * m.cm)
    ),
    PartName.ELBOW: _near("forearm", 4.5),
    PartName.WRIST: _near("hand", 3),
    PartName.FINGERTIPS: lambda m, x, y, z: y < m.at("hand")[1] - 15 * m.cm,
    PartName.KNEE: _near("shin", 7),
    PartName.ANKLE: _near("foot", 4),
    PartName.HEEL: lambda m, x, y, z: z < m.at("foot")[2] + 1 * m.cm,
    PartName.BALL_OF_FOOT: lambda m, x, y, z: (
        (z > m.at("toes")[2] - 3 * m.cm) & (z < m.at("toes")[2] + 2.5 * m.cm)
    ),
    PartName.TOP_OF_FOOT: lambda m, x, y, z: (
        (y > m.at("toes")[1] + 0.5 * m.cm) & (z > m.at("foot")[2] + 2 * m.cm)
    ),
}
