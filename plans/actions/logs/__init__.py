"""What patients tell of their plans: written here alone, whoever brings it."""

from plans.actions.logs.all_done import tell_all_done
from plans.actions.logs.checks import (
    ChoiceUnknown,
    DayAfterEnd,
    DayBeforePlan,
    DayInFuture,
    DayTooOld,
    DayUnreadable,
    IdUnreadable,
    ItemNeverInPlan,
    LogRefused,
    PainOutOfRange,
    ReasonWithoutSkipping,
    SessionOutOfRange,
    SignUnknown,
    VersionUnknown,
)
from plans.actions.logs.intentions import set_intention
from plans.actions.logs.queue import Answered, Tick, tell_queue
from plans.actions.logs.taking_back import take_back
from plans.actions.logs.telling import NothingTold, TakenBack, TickIdReused, tell_day, tell_exercise

__all__ = [
    "Answered",
    "ChoiceUnknown",
    "DayAfterEnd",
    "DayBeforePlan",
    "DayInFuture",
    "DayTooOld",
    "DayUnreadable",
    "IdUnreadable",
    "ItemNeverInPlan",
    "LogRefused",
    "NothingTold",
    "PainOutOfRange",
    "ReasonWithoutSkipping",
    "SessionOutOfRange",
    "SignUnknown",
    "TakenBack",
    "Tick",
    "TickIdReused",
    "VersionUnknown",
    "set_intention",
    "take_back",
    "tell_all_done",
    "tell_day",
    "tell_exercise",
    "tell_queue",
]
