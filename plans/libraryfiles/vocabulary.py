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


class Region(StrEnum):
    """Which region an exercise is for, or advice speaks of; a plan's regions are those of its exercises' targets."""

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
    GENERAL = "general"


EXERCISE_LEVELS: Final = range(1, 4)
"""How hard an exercise is: 1 for nearly everybody, 2 with some strength or balance, 3 for the strong."""


REGION_OF: Final[Mapping[Target, Region]] = {
    Target.L4_L5: Region.LOW_BACK,
    Target.L5_S1: Region.LOW_BACK,
    Target.CORE: Region.LOW_BACK,
    Target.HIPS: Region.HIP,
}
"""Targets that are no region of advice (thighs, nerve, general) are left out."""


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
    "rationale": 300,
    "counter_evidence": 300,
    "note": 400,
    "heading": 70,
    "line": 240,
}
"""Characters; a printed line of the handout holds about 65."""

MAX_STEPS: Final = 8
MAX_CAUTIONS: Final = 5
MAX_NAMES: Final = 30
MAX_SECTIONS: Final = 8
MAX_LINES: Final = 6
MAX_SECTION: Final = 16
"""Printed lines of a section, which is not split: in large print two pages hold a whole leaflet."""
MAX_LEAFLET: Final = 40
"""Printed lines of a leaflet with a space above each section: a page of Letter holds them beside a long title, and
under it a long name of a clinic."""
