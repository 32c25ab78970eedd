"""The library as files: YAML in, frozen data out, every problem with its file and line."""

from plans.libraryfiles.audience import Audience
from plans.libraryfiles.data import (
    AdviceData,
    ConditionData,
    Entry,
    ExerciseData,
    ExerciseText,
    Help,
    Known,
    Library,
    MovementData,
    RuleData,
    SourceData,
    SymptomData,
)
from plans.libraryfiles.errors import LibraryError, Place, Problem
from plans.libraryfiles.library import read_library
from plans.libraryfiles.vocabulary import (
    LIMITS,
    REGION_OF,
    AdviceKind,
    Anchor,
    Equipment,
    Evidence,
    Kind,
    Level,
    Position,
    RedFlag,
    Region,
    Target,
)
from plans.libraryfiles.write import library_yaml

__all__ = [
    "LIMITS",
    "REGION_OF",
    "AdviceData",
    "AdviceKind",
    "Anchor",
    "Audience",
    "ConditionData",
    "Entry",
    "Equipment",
    "Evidence",
    "ExerciseData",
    "ExerciseText",
    "Help",
    "Kind",
    "Known",
    "Level",
    "Library",
    "LibraryError",
    "MovementData",
    "Place",
    "Position",
    "Problem",
    "RedFlag",
    "Region",
    "RuleData",
    "SourceData",
    "SymptomData",
    "Target",
    "library_yaml",
    "read_library",
]
