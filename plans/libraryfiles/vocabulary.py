"""The closed word lists of library files, and how long a text may be.

Values are what stands in the files and in the database. Codes of movements, conditions and exercises
are open lists: the files themselves define them.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from plans.contraindications import Anchor as Anchor
from plans.contraindications import Level as FindingLevel
from plans.contraindications import RedFlag as RedFlag


class Kind(StrEnum):
    """What an exercise is for."""

    STRETCH = "stretch"
    MOBILITY = "mobility"
    STRENGTHENING = "strengthening"
    AEROBIC = "aerobic"
    REST = "rest"
    BALANCE = "balance"
    NEUROMOTOR = "neuromotor"
    BREATHING = "breathing"
    RELAXATION = "relaxation"


class Position(StrEnum):
    """How the body starts; in the order in which a plan moves from the floor upward."""

    SUPINE = "supine"
    SIDE_LYING = "side_lying"
    PRONE = "prone"
    HANDS_AND_KNEES = "hands_and_knees"
    KNEELING = "kneeling"
    SITTING = "sitting"
    STANDING = "standing"
    WATER = "water"


class Target(StrEnum):
    """Which part of the body an exercise is meant for."""

    L4_L5 = "L4-L5"
    L5_S1 = "L5-S1"
    CORE = "core"
    HIPS = "hips"
    THIGHS = "thighs"
    NERVE = "nerve"
    GENERAL = "general"
    NECK = "neck"
    THORACIC = "thoracic"
    SHOULDER = "shoulder"
    ROTATOR_CUFF = "rotator_cuff"
    SCAPULA = "scapula"
    CHEST = "chest"
    ARM = "arm"
    ELBOW = "elbow"
    WRIST = "wrist"
    HAND = "hand"
    KNEE = "knee"
    CALF = "calf"
    ANKLE = "ankle"
    FOOT = "foot"
    BALANCE = "balance"
    VESTIBULAR = "vestibular"
    PELVIC_FLOOR = "pelvic_floor"
    BREATHING = "breathing"
    HEART_LUNGS = "heart_lungs"


class Region(StrEnum):
    """Which region an exercise, condition or symptom is of, or advice speaks of."""

    NECK = "neck"
    THORACIC = "thoracic"
    SHOULDER = "shoulder"
    ELBOW_WRIST_HAND = "elbow_wrist_hand"
    LOW_BACK = "low_back"
    HIP = "hip"
    KNEE = "knee"
    ANKLE_FOOT = "ankle_foot"
    BALANCE = "balance"
    VESTIBULAR = "vestibular"
    PELVIC_FLOOR = "pelvic_floor"
    BREATHING = "breathing"
    HEART_LUNGS = "heart_lungs"
    GENERAL = "general"


EXERCISE_LEVELS: Final = range(1, 4)
"""How hard an exercise is: 1 for nearly everybody, 2 with some strength or balance, 3 for the strong."""


REGION_OF: Final[Mapping[Target, Region]] = {
    Target.L4_L5: Region.LOW_BACK,
    Target.L5_S1: Region.LOW_BACK,
    Target.CORE: Region.LOW_BACK,
    Target.HIPS: Region.HIP,
    Target.NECK: Region.NECK,
    Target.THORACIC: Region.THORACIC,
    Target.SHOULDER: Region.SHOULDER,
    Target.ROTATOR_CUFF: Region.SHOULDER,
    Target.SCAPULA: Region.SHOULDER,
    Target.ARM: Region.SHOULDER,
    Target.ELBOW: Region.ELBOW_WRIST_HAND,
    Target.WRIST: Region.ELBOW_WRIST_HAND,
    Target.HAND: Region.ELBOW_WRIST_HAND,
    Target.KNEE: Region.KNEE,
    Target.CALF: Region.ANKLE_FOOT,
    Target.ANKLE: Region.ANKLE_FOOT,
    Target.FOOT: Region.ANKLE_FOOT,
    Target.BALANCE: Region.BALANCE,
    Target.VESTIBULAR: Region.VESTIBULAR,
    Target.PELVIC_FLOOR: Region.PELVIC_FLOOR,
    Target.BREATHING: Region.BREATHING,
    Target.HEART_LUNGS: Region.HEART_LUNGS,
}
"""Targets that are no region of advice (thighs, chest, nerve, general) are left out."""


class Equipment(StrEnum):
    """What an exercise needs at home."""

    MAT = "mat"
    PILLOW = "pillow"
    TOWEL = "towel"
    CHAIR = "chair"
    WALL = "wall"
    STEP = "step"
    BAND = "band"
    POOL = "pool"
    STICK = "stick"
    LIGHT_WEIGHT = "light_weight"
    ANKLE_WEIGHT = "ankle_weight"
    BALL = "ball"
    TABLE = "table"
    BED = "bed"
    DOOR_FRAME = "door_frame"
    CUSHION = "cushion"
    STATIONARY_BIKE = "stationary_bike"
    TARGET_CARD = "target_card"


class Level(StrEnum):
    """What a rule asks for: a finding's levels, mere advice apart. A stop ends only when its fact changes."""

    CAUTION = FindingLevel.CAUTION.value
    AVOID = FindingLevel.AVOID.value
    STOP = FindingLevel.STOP.value


class Evidence(StrEnum):
    """How well a rule is supported; protocol is one clinic's, opinion may be the project's own."""

    RCT = "RCT"
    COHORT = "cohort"
    CONSENSUS = "consensus"
    REVIEW = "review"
    TEXTBOOK = "textbook"
    PROTOCOL = "protocol"
    WEB = "web"
    OPINION = "opinion"


class SourceKind(StrEnum):
    """What a source is; its strength is told in words."""

    RCT = "RCT"
    COHORT = "cohort"
    CASE_SERIES = "case_series"
    SURVEY = "survey"
    REVIEW = "review"
    GUIDELINE = "guideline"
    CONSENSUS = "consensus"
    TEXTBOOK = "textbook"
    PROGRAMME = "programme"
    PROTOCOL = "protocol"
    WEB = "web"
    OPINION = "opinion"


class WithdrawnKind(StrEnum):
    """What a newer library may withdraw: it is retired, never deleted."""

    EXERCISE = "exercise"
    RULE = "rule"
    PROTOCOL = "protocol"
    ADVICE = "advice"
    LEAFLET = "leaflet"
    SYMPTOM = "symptom"
    MEASURE = "measure"


class MeasureKind(StrEnum):
    """What a measure asks for: one number, one of pain from 0 to 10, or one for each activity that the patient names.

    At pain over the clinic's value the page says whom to call.
    """

    NUMBER = "number"
    PAIN = "pain"
    OWN_ACTIVITIES = "own_activities"


class Better(StrEnum):
    """Which end of a scale is the better one."""

    LOWER = "lower"
    HIGHER = "higher"


class DifferenceKind(StrEnum):
    """What a source says of a change: that it matters to patients, or that it is more than the error of asking."""

    IMPORTANT = "important"
    DETECTABLE = "detectable"


class AdviceKind(StrEnum):
    """General advice for those whom it fits, or another therapy that a plan may note and none prescribes."""

    GENERAL = "general"
    THERAPY = "therapy"


LIMITS: Final[dict[str, int]] = {
    "code": 64,
    "name": 70,
    "also": 70,
    "meaning": 200,
    "purpose": 160,
    "start": 200,
    "step": 160,
    "caution": 200,
    "breathing": 120,
    "alt": 400,
    "sentence": 220,
    "advice": 240,
    "source": 160,
    "cite": 60,
    "where": 200,
    "rationale": 300,
    "counter_evidence": 300,
    "note": 400,
    "heading": 70,
    "line": 240,
    "title": 120,
    "phase": 40,
    "go_on_when": 300,
    "question": 200,
    "end": 80,
    "people": 160,
}
"""Characters; a printed line of the handout holds about 65."""

MAX_STEPS: Final = 8
MAX_CAUTIONS: Final = 5
MAX_NAMES: Final = 30
MAX_CODES: Final = 60
MAX_DIFFERENCES: Final = 30
MAX_SECTIONS: Final = 8
MAX_LINES: Final = 6
MAX_SECTION: Final = 16
"""Printed lines of a section, which is not split: in large print two pages hold a whole leaflet."""
MAX_LEAFLET: Final = 40
"""Printed lines of a leaflet with a space above each section: a page of Letter holds them beside a long title, and
under it a long name of a clinic."""
