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
from plans.actions.measures.telling import Answer, NothingScored, Telling, tell_measure, tell_measures

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
    "Telling",
    "tell_measure",
    "tell_measures",
    "write_activities",
]
