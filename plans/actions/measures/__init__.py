"""What measures say of a patient: written here alone, by the patient on the page, by staff, or through the API."""

from plans.actions.measures.activities import ActivityFixed, write_activities
from plans.actions.measures.checks import (
    ActivityMissing,
    AnswerMisplaced,
    MeasureClosed,
    MeasureDayOutOfRange,
    MeasurePlanNotIssued,
    MeasureRefused,
    MeasureWithdrawn,
    ScoreOutOfRange,
)
from plans.actions.measures.telling import Answer, NothingScored, tell_measure

__all__ = [
    "ActivityFixed",
    "ActivityMissing",
    "Answer",
    "AnswerMisplaced",
    "MeasureClosed",
    "MeasureDayOutOfRange",
    "MeasurePlanNotIssued",
    "MeasureRefused",
    "MeasureWithdrawn",
    "NothingScored",
    "ScoreOutOfRange",
    "tell_measure",
    "write_activities",
]
