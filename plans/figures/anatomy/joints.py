"""Every joint movement that a pose can name, the axis it turns and how far people can go.

The figures are the normal ranges of the American Academy of Orthopaedic Surgeons (Joint Motion, 1965; Greene and
Heckman, The Clinical Measurement of Joint Motion, 1994), the ones taught to physiotherapists. Where an exercise or a
helping hand goes further than an active movement, the passive end is taken and its source named.
"""

from dataclasses import dataclass
from typing import Final, Literal

Side = Literal["left", "right"]
SIDES: Final[tuple[Side, Side]] = ("left", "right")

AAOS: Final = "AAOS"
PASSIVE: Final = "Magee, Orthopedic Physical Assessment: passive end of range"
SPINE: Final = "White and Panjabi, Clinical Biomechanics of the Spine: sum over the region"
GIRDLE: Final = "Kapandji, The Physiology of the Joints"


@dataclass(frozen=True)
class Movement:
    """One direction of one axis: "knee flexion" turns the axis "knee" by its sign."""

    name: str
    axis: str
    sign: int
    high: float
    words: str
    source: str
    sided: bool

    @property
    def range_in_words(self) -> str:
        return f"{self.words} 0 to {self.high:g} degrees"


def _pair(axis: str, sided: bool, words: str, *ends: tuple[str, int, float, str]) -> list[Movement]:
    joint = axis.split(" ")[0]
    return [
        Movement(f"{joint} {end}".strip(), axis, sign, high, words.format(end=end), source, sided)
        for end, sign, high, source in ends
    ]


def _bends(
    joint: str, flexion: float, extension: float, side: float, turn: float, source: str
) -> list[Movement]:
    words = f"{'an' if joint[0] in 'aeiou' else 'a'} {joint} in {{end}} moves"
    return [
        *_pair(
            f"{joint} flexion",
            False,
            words,
            ("flexion", 1, flexion, source),
            ("extension", -1, extension, source),
        ),
        *_pair(
            f"{joint} side",
            False,
            words,
            ("side bend left", 1, side, source),
            ("side bend right", -1, side, source),
        ),
        *_pair(
            f"{joint} turn",
            False,
            words,
            ("rotation left", 1, turn, source),
            ("rotation right", -1, turn, source),
        ),
    ]


_ALL: Final[list[Movement]] = [
    *_pair(
        "hip flexion", True, "a hip in {end} moves", ("flexion", 1, 135, PASSIVE), ("extension", -1, 30, AAOS)
    ),
    *_pair(
        "hip abduction",
        True,
        "a hip in {end} moves",
        ("abduction", 1, 60, PASSIVE),
        ("adduction", -1, 30, AAOS),
    ),
    *_pair(
        "hip rotation",
        True,
        "a hip in {end} moves",
        ("external rotation", 1, 60, PASSIVE),
        ("internal rotation", -1, 45, AAOS),
    ),
    *_pair("knee flexion", True, "a knee bends", ("flexion", 1, 150, PASSIVE)),
    *_pair("knee flexion", True, "a knee stretches beyond straight", ("extension", -1, 10, AAOS)),
    *_pair(
        "ankle flexion",
        True,
        "an ankle in {end} moves",
        ("dorsiflexion", 1, 35, "Bennell, weight-bearing lunge"),
        ("plantarflexion", -1, 65, PASSIVE),
    ),
    *_pair(
        "ankle inversion",
        True,
        "an ankle in {end} moves",
        ("inversion", 1, 35, AAOS),
        ("eversion", -1, 15, AAOS),
    ),
    *_pair(
        "toes extension", True, "toes in {end} move", ("extension", 1, 80, PASSIVE), ("flexion", -1, 45, AAOS)
    ),
    *_pair(
        "scapula elevation",
        True,
        "a scapula in {end} moves",
        ("elevation", 1, 40, GIRDLE),
        ("depression", -1, 10, GIRDLE),
    ),
    *_pair(
        "scapula protraction",
        True,
        "a scapula in {end} moves",
        ("protraction", 1, 30, GIRDLE),
        ("retraction", -1, 25, GIRDLE),
    ),
    *_pair(
        "shoulder flexion",
        True,
        "a shoulder in {end} moves",
        ("flexion", 1, 180, AAOS),
        ("extension", -1, 60, AAOS),
    ),
    *_pair(
        "shoulder abduction",
        True,
        "a shoulder in {end} moves",
        ("abduction", 1, 180, AAOS),
        ("adduction", -1, 50, AAOS),
    ),
    *_pair(
        "shoulder rotation",
        True,
        "a shoulder in {end} moves",
        ("external rotation", 1, 90, AAOS),
        ("internal rotation", -1, 90, PASSIVE),
    ),
    *_pair("elbow flexion", True, "an elbow bends", ("flexion", 1, 150, AAOS)),
    *_pair("elbow flexion", True, "an elbow stretches beyond straight", ("extension", -1, 10, AAOS)),
    *_pair(
        "forearm rotation",
        True,
        "a forearm in {end} moves",
        ("pronation", 1, 90, PASSIVE),
        ("supination", -1, 90, PASSIVE),
    ),
    *_pair(
        "wrist flexion",
        True,
        "a wrist in {end} moves",
        ("extension", 1, 90, PASSIVE),
        ("flexion", -1, 90, PASSIVE),
    ),
    *_pair(
        "wrist deviation",
        True,
        "a wrist in {end} moves",
        ("radial deviation", 1, 20, AAOS),
        ("ulnar deviation", -1, 35, PASSIVE),
    ),
    *_pair(
        "fingers flexion",
        True,
        "fingers in {end} move",
        ("flexion", 1, 100, AAOS),
        ("extension", -1, 45, AAOS),
    ),
    *_pair("fingers spread", True, "fingers spread", ("abduction", 1, 20, GIRDLE)),
    *_pair(
        "thumb flexion", True, "a thumb in {end} moves", ("flexion", 1, 70, AAOS), ("extension", -1, 20, AAOS)
    ),
    *_pair(
        "thumb abduction",
        True,
        "a thumb in {end} moves",
        ("abduction", 1, 70, AAOS),
        ("adduction", -1, 20, AAOS),
    ),
    *_bends("lumbar", 60, 35, 25, 18, SPINE),
    *_bends("thoracic", 45, 25, 30, 35, SPINE),
    *_bends("trunk", 90, 45, 45, 50, AAOS),
    *_bends("neck", 50, 60, 45, 80, AAOS),
    *_bends("head", 20, 25, 10, 40, SPINE),
    *_pair(
        "chin retraction",
        False,
        "a chin in {end} moves",
        ("retraction", 1, 20, SPINE),
        ("protraction", -1, 25, SPINE),
    ),
    *_pair(
        "pelvis tilt",
        False,
        "a pelvis in {end} moves",
        ("anterior tilt", 1, 30, GIRDLE),
        ("posterior tilt", -1, 30, GIRDLE),
    ),
    *_pair(
        "pelvis side",
        False,
        "a pelvis in {end} moves",
        ("drop left", 1, 25, GIRDLE),
        ("drop right", -1, 25, GIRDLE),
    ),
    *_pair(
        "pelvis turn",
        False,
        "a pelvis in {end} moves",
        ("rotation left", 1, 90, "the whole body rolls"),
        ("rotation right", -1, 90, "the whole body rolls"),
    ),
]

MOVEMENTS: Final[dict[str, Movement]] = {movement.name: movement for movement in _ALL}


def axis_range(axis: str) -> tuple[float, float]:
    """Return the least and the greatest degrees of an axis, flexion and its like counted upwards."""
    ends = [movement.sign * movement.high for movement in _ALL if movement.axis == axis]
    return min([0.0, *ends]), max([0.0, *ends])
