"""The joints of the pose language, their movements by clinical name, and how far a person can go.

Degrees from the neutral zero position. Ranges are those of AAOS for adults, passive, widened a little where a loaded
joint goes further (ankle in a lunge) and where one joint stands for several.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Joint(StrEnum):
    """What turns. Those of MIDLINE have no side."""

    BODY = "body"
    """The whole person, turned in the room away from the start pose about the pelvis."""
    PELVIS = "pelvis"
    """Tilted between trunk and thighs, which both stay: lumbar spine and hips take up the turn."""
    LUMBAR = "lumbar"
    THORACIC = "thoracic"
    NECK = "neck"
    HEAD = "head"
    CHIN = "chin"
    JAW = "jaw"
    SCAPULA = "scapula"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    FOREARM = "forearm"
    WRIST = "wrist"
    THUMB_BASE = "thumb base"
    THUMB_MCP = "thumb mcp"
    THUMB_IP = "thumb ip"
    INDEX_MCP = "index mcp"
    INDEX_PIP = "index pip"
    INDEX_DIP = "index dip"
    MIDDLE_MCP = "middle mcp"
    MIDDLE_PIP = "middle pip"
    MIDDLE_DIP = "middle dip"
    RING_MCP = "ring mcp"
    RING_PIP = "ring pip"
    RING_DIP = "ring dip"
    LITTLE_MCP = "little mcp"
    LITTLE_PIP = "little pip"
    LITTLE_DIP = "little dip"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    BIG_TOE = "big toe"
    SMALL_TOES = "small toes"
    TOE_TIPS = "toe tips"
    """What lies beyond the first joint of each toe: bent, the toes curl."""
    ARCH = "arch"
    """The inner arch of the foot: lifted, the ball of the big toe comes nearer to the heel."""


@dataclass(frozen=True, slots=True)
class JointAxis:
    """One way a joint turns: the name and range of both directions. The first is the positive one."""

    positive: str
    most: float
    negative: str
    least: float
    """How far the negative direction goes, as a positive number."""

    @property
    def name(self) -> str:
        return self.positive


MIDLINE = frozenset(
    (
        Joint.BODY,
        Joint.PELVIS,
        Joint.LUMBAR,
        Joint.THORACIC,
        Joint.NECK,
        Joint.HEAD,
        Joint.CHIN,
        Joint.JAW,
    )
)
FINGERS = ("index", "middle", "ring", "little")

_MCP = (JointAxis("flexion", 95, "extension", 45), JointAxis("abduction", 25, "adduction", 20))
_PIP = (JointAxis("flexion", 110, "extension", 10),)
_DIP = (JointAxis("flexion", 85, "extension", 20),)
_TOES = (JointAxis("extension", 85, "flexion", 45), JointAxis("abduction", 20, "adduction", 15))


def _spine(flexion: float, extension: float, side_bend: float, rotation: float) -> tuple[JointAxis, ...]:
    return (
        JointAxis("flexion", flexion, "extension", extension),
        JointAxis("side bend left", side_bend, "side bend right", side_bend),
        JointAxis("rotation left", rotation, "rotation right", rotation),
    )


AXES: MappingProxyType[Joint, tuple[JointAxis, ...]] = MappingProxyType(
    {
        Joint.BODY: (
            JointAxis("lean forward", 180, "lean back", 120),
            JointAxis("lean left", 120, "lean right", 120),
            JointAxis("turn left", 180, "turn right", 180),
        ),
        Joint.PELVIS: (
            JointAxis("anterior tilt", 30, "posterior tilt", 30),
            JointAxis("left hike", 20, "right hike", 20),
            JointAxis("rotation left", 30, "rotation right", 30),
        ),
        Joint.LUMBAR: _spine(60, 40, 30, 20),
        Joint.THORACIC: _spine(45, 25, 30, 40),
        Joint.NECK: _spine(50, 65, 45, 80),
        Joint.HEAD: (JointAxis("flexion", 20, "extension", 30),),
        Joint.CHIN: (JointAxis("retraction", 20, "protraction", 25),),
        Joint.JAW: (JointAxis("opening", 35, "closing", 0), JointAxis("shift left", 10, "shift right", 10)),
        Joint.SCAPULA: (
            JointAxis("elevation", 40, "depression", 12),
            JointAxis("protraction", 25, "retraction", 25),
            JointAxis("upward rotation", 60, "downward rotation", 15),
        ),
        Joint.SHOULDER: (
            JointAxis("flexion", 180, "extension", 60),
            JointAxis("abduction", 180, "adduction", 45),
            JointAxis("horizontal adduction", 135, "horizontal abduction", 45),
            JointAxis("external rotation", 100, "internal rotation", 150),
        ),
        Joint.ELBOW: (JointAxis("flexion", 150, "extension", 10),),
        Joint.FOREARM: (JointAxis("supination", 90, "pronation", 90),),
        Joint.WRIST: (
            JointAxis("flexion", 90, "extension", 90),
            JointAxis("ulnar deviation", 45, "radial deviation", 25),
        ),
        Joint.THUMB_BASE: (
            JointAxis("flexion", 45, "extension", 45),
            JointAxis("abduction", 70, "adduction", 10),
            JointAxis("opposition", 70, "reposition", 20),
        ),
        Joint.THUMB_MCP: (JointAxis("flexion", 60, "extension", 15),),
        Joint.THUMB_IP: (JointAxis("flexion", 85, "extension", 25),),
        **{Joint(f"{finger} mcp"): _MCP for finger in FINGERS},
        **{Joint(f"{finger} pip"): _PIP for finger in FINGERS},
        **{Joint(f"{finger} dip"): _DIP for finger in FINGERS},
        Joint.HIP: (
            JointAxis("flexion", 140, "extension", 35),
            JointAxis("abduction", 60, "adduction", 35),
            JointAxis("external rotation", 70, "internal rotation", 50),
        ),
        Joint.KNEE: (JointAxis("flexion", 160, "extension", 10),),
        Joint.ANKLE: (
            JointAxis("dorsiflexion", 40, "plantarflexion", 65),
            JointAxis("inversion", 40, "eversion", 25),
        ),
        Joint.BIG_TOE: _TOES,
        Joint.SMALL_TOES: _TOES,
        Joint.TOE_TIPS: (JointAxis("flexion", 70, "extension", 10),),
        Joint.ARCH: (JointAxis("lift", 20, "drop", 10),),
    }
)

Shares = tuple[tuple[Joint, str, float], ...]


def _alike(joints: tuple[str, ...], movement: str) -> Shares:
    return tuple((Joint(name), movement, 1.0) for name in joints)


def _trunk(movement: str, lumbar: float) -> Shares:
    return ((Joint.LUMBAR, movement, lumbar), (Joint.THORACIC, movement, 1 - lumbar))


def _spread(movement: str) -> Shares:
    spread = {"index": 1.0, "ring": 0.6, "little": 1.0}
    return tuple((Joint(f"{finger} mcp"), movement, share) for finger, share in spread.items())


_ROWS = {row: tuple(f"{finger} {row}" for finger in FINGERS) for row in ("mcp", "pip", "dip")}

SHARES: MappingProxyType[str, Shares] = MappingProxyType(
    {
        "trunk flexion": _trunk("flexion", 0.6),
        "trunk extension": _trunk("extension", 0.65),
        "trunk side bend left": _trunk("side bend left", 0.5),
        "trunk side bend right": _trunk("side bend right", 0.5),
        "trunk rotation left": _trunk("rotation left", 0.25),
        "trunk rotation right": _trunk("rotation right", 0.25),
        "fingers abduction": _spread("abduction"),
        "fingers adduction": _spread("adduction"),
        "thumb flexion": (
            (Joint.THUMB_BASE, "flexion", 0.5),
            (Joint.THUMB_MCP, "flexion", 0.7),
            (Joint.THUMB_IP, "flexion", 1.0),
        ),
        "thumb extension": (
            (Joint.THUMB_BASE, "extension", 1.0),
            (Joint.THUMB_MCP, "extension", 0.3),
            (Joint.THUMB_IP, "extension", 0.3),
        ),
        **{
            f"thumb {word}": ((Joint.THUMB_BASE, word, 1.0),)
            for word in ("abduction", "adduction", "opposition")
        },
        **{
            f"toes {word}": _alike(("big toe", "small toes"), word)
            for word in ("extension", "flexion", "abduction", "adduction")
        },
        **{
            f"fingers {row} {word}": _alike(names, word)
            for row, names in _ROWS.items()
            for word in ("flexion", "extension")
        },
        **{
            f"fingers {word}": tuple(share for names in _ROWS.values() for share in _alike(names, word))
            for word in ("flexion", "extension")
        },
    }
)
"""Names that stand for several joints (trunk, toes, fingers, thumb): each joint's share of the degrees."""


def movements(joint: Joint) -> Iterator[tuple[str, JointAxis, int]]:
    """Each movement of a joint: its name, its axis, and 1 or -1."""
    for axis in AXES[joint]:
        yield axis.positive, axis, 1
        yield axis.negative, axis, -1
