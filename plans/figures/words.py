"""The words of the pose language: parts of the body, surfaces, props, directions, muscles, start poses."""

from enum import StrEnum


class Side(StrEnum):
    """The person's own."""

    RIGHT = "right"
    LEFT = "left"


class StartPose(StrEnum):
    """Poses that a figure begins with. A side is the one that is lain or knelt on."""

    SUPINE = "supine"
    HOOK_LYING = "hook lying"
    PRONE = "prone"
    PRONE_ON_FOREARMS = "prone on forearms"
    RIGHT_SIDE_LYING = "right side lying"
    LEFT_SIDE_LYING = "left side lying"
    HANDS_AND_KNEES = "hands and knees"
    PLANK = "plank"
    KNEELING = "kneeling"
    HEEL_SITTING = "heel sitting"
    RIGHT_HALF_KNEELING = "right half kneeling"
    LEFT_HALF_KNEELING = "left half kneeling"
    SITTING = "sitting"
    LONG_SITTING = "long sitting"
    CROSS_LEGGED_SITTING = "cross-legged sitting"
    STANDING = "standing"
    STRIDE_STANDING = "stride standing"


class PartName(StrEnum):
    """Parts of the body. Those of PAIRED have a side."""

    # Head and trunk
    HEAD = "head"
    CROWN = "crown"
    FOREHEAD = "forehead"
    FACE = "face"
    MOUTH = "mouth"
    CHIN = "chin"
    NECK = "neck"
    TRUNK = "trunk"
    CHEST = "chest"
    BELLY = "belly"
    BACK = "back"
    UPPER_BACK = "upper back"
    LOW_BACK = "low back"
    PELVIS = "pelvis"
    SACRUM = "sacrum"
    # Arm
    ARM = "arm"
    TEMPLE = "temple"
    SHOULDER = "shoulder"
    SHOULDER_BLADE = "shoulder blade"
    UPPER_ARM = "upper arm"
    ELBOW = "elbow"
    FOREARM = "forearm"
    WRIST = "wrist"
    HAND = "hand"
    PALM = "palm"
    BACK_OF_HAND = "back of hand"
    FIST = "fist"
    FINGERTIPS = "fingertips"
    THUMB = "thumb"
    INDEX_FINGER = "index finger"
    MIDDLE_FINGER = "middle finger"
    RING_FINGER = "ring finger"
    LITTLE_FINGER = "little finger"
    # Leg
    LEG = "leg"
    RIBS = "ribs"
    HIP = "hip"
    BUTTOCK = "buttock"
    THIGH = "thigh"
    KNEE = "knee"
    SHIN = "shin"
    CALF = "calf"
    ANKLE = "ankle"
    HEEL = "heel"
    FOOT = "foot"
    BALL_OF_FOOT = "ball of foot"
    TOP_OF_FOOT = "top of foot"
    TOES = "toes"
    BIG_TOE = "big toe"


UNPAIRED = frozenset(
    (
        PartName.HEAD,
        PartName.CROWN,
        PartName.FOREHEAD,
        PartName.FACE,
        PartName.MOUTH,
        PartName.CHIN,
        PartName.NECK,
        PartName.TRUNK,
        PartName.CHEST,
        PartName.BELLY,
        PartName.BACK,
        PartName.UPPER_BACK,
        PartName.LOW_BACK,
        PartName.PELVIS,
        PartName.SACRUM,
    )
)
PAIRED = frozenset(PartName) - UNPAIRED


class Surface(StrEnum):
    """What carries or stops a part of the body. The mat is a floor with a thickness; the floor of a pool too."""

    FLOOR = "floor"
    BED = "bed"
    BED_EDGE = "bed edge"
    SEAT = "seat"
    SEAT_EDGE = "seat edge"
    CHAIR_BACK = "chair back"
    TOP_OF_CHAIR_BACK = "top of chair back"
    ARMREST = "armrest"
    TABLE = "table"
    TABLE_EDGE = "table edge"
    WALL = "wall"
    DOOR_FRAME = "door frame"
    STEP = "step"
    STEP_EDGE = "step edge"
    RAIL = "rail"
    BALL = "ball"
    PILLOW = "pillow"
    POOL_EDGE = "pool edge"


class PropKind(StrEnum):
    """Things in the picture."""

    MAT = "mat"
    CHAIR = "chair"
    TABLE = "table"
    BED = "bed"
    WALL = "wall"
    STEP = "step"
    DOOR_FRAME = "door frame"
    POOL = "pool"
    PILLOW = "pillow"
    TOWEL = "towel"
    BAND = "band"
    STICK = "stick"
    BALL = "ball"
    WEIGHT = "weight"
    CONE = "cone"
    TAPE = "tape"
    """A strip on the floor that is walked along."""


class Direction(StrEnum):
    """Where to, from the person.

    Up and down are those of the room. Forward is along the floor: where the chest looks when the person is upright or
    lies on a side, toward the head when the chest looks up or down. Headward and footward follow the trunk. Out is
    away from the other side of the body, in toward it. Ahead is where the chest looks, lying or upright.
    """

    UP = "up"
    DOWN = "down"
    FORWARD = "forward"
    BACK = "back"
    RIGHT = "right"
    LEFT = "left"
    OUT = "out"
    IN = "in"
    HEADWARD = "headward"
    FOOTWARD = "footward"
    AHEAD = "ahead"


class LimbSide(StrEnum):
    """A side of a limb or of the trunk, of the body itself however it is turned."""

    FRONT = "front"
    BACK = "back"
    OUTER = "outer"
    INNER = "inner"


class Muscle(StrEnum):
    """What can be tinted. Those of MIDDLE_MUSCLES have no side."""

    JAW = "jaw"
    DEEP_NECK_FLEXORS = "deep neck flexors"
    NECK_EXTENSORS = "neck extensors"
    SIDE_OF_NECK = "side of neck"
    UPPER_TRAPEZIUS = "upper trapezius"
    BETWEEN_SHOULDER_BLADES = "between shoulder blades"
    CHEST = "chest"
    ROTATOR_CUFF = "rotator cuff"
    DELTOID = "deltoid"
    LATISSIMUS = "latissimus"
    BICEPS = "biceps"
    TRICEPS = "triceps"
    WRIST_EXTENSORS = "wrist extensors"
    WRIST_FLEXORS = "wrist flexors"
    THUMB = "thumb"
    ABDOMEN = "abdomen"
    DIAPHRAGM = "diaphragm"
    OBLIQUES = "obliques"
    LOW_BACK = "low back"
    HIP_FLEXORS = "hip flexors"
    GLUTE = "glute"
    OUTER_HIP = "outer hip"
    ADDUCTORS = "adductors"
    QUADRICEPS = "quadriceps"
    HAMSTRINGS = "hamstrings"
    CALF = "calf"
    SHIN = "shin"
    SOLE = "sole"


MIDDLE_MUSCLES = frozenset(
    (
        Muscle.JAW,
        Muscle.DEEP_NECK_FLEXORS,
        Muscle.NECK_EXTENSORS,
        Muscle.BETWEEN_SHOULDER_BLADES,
        Muscle.ABDOMEN,
        Muscle.DIAPHRAGM,
        Muscle.LOW_BACK,
    )
)


class Effect(StrEnum):
    """What an exercise does to a muscle."""

    WORKING = "working"
    STRETCHED = "stretched"


class MarkKind(StrEnum):
    """Signs for what a body alone cannot show."""

    BREATHE_IN = "breathe in"
    BREATHE_OUT = "breathe out"
    GAZE = "gaze"
    WRITING = "write"
    EYES_CLOSED = "eyes closed"
    PELVIC_FLOOR_LIFT = "pelvic floor lift"
    PELVIC_FLOOR_RELEASE = "pelvic floor release"
    PELVIC_FLOOR_REST = "pelvic floor rest"


VIEWS = {
    "side": (0.0, 0.0),
    "front": (90.0, 0.0),
    "back": (-90.0, 0.0),
    "far side": (180.0, 0.0),
    "above": (90.0, 90.0),
    "three-quarter": (35.0, 14.0),
    "three-quarter back": (-35.0, 14.0),
}
"""Degrees around the upright axis and upward. The side view sees the person's right side, upright people look right."""
