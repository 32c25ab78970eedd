"""What can be true of a patient at all: the one table of limits, and the check against it for every edge."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from plans.contraindications.dates import MAX_DAYS_TO_DUE_DATE, MAX_DAYS_TO_SURGERY

EARLIEST_BIRTH = date(1900, 1, 1)
MIN_LETTERS = 2
"""A dash or a full stop is neither a name nor words."""


class FactProblem(NamedTuple):
    """What cannot be: the field, a stable code and a message for the person who typed it."""

    field: str
    code: str
    message: str


class _Day(NamedTuple):
    """A day of a condition or symptom, as messages call it, and how many days ahead it may lie."""

    words: str
    ahead: int = 0


_DAYS: Mapping[str, _Day] = {
    "onset": _Day("The onset"),
    "surgery_on": _Day("The surgery", ahead=MAX_DAYS_TO_SURGERY),
    "due_on": _Day("The due date", ahead=MAX_DAYS_TO_DUE_DATE),
    "noted_on": _Day("The day of a symptom"),
    "said_on": _Day("The day of a limit"),
    "cleared_on": _Day("A clearance"),
}
_CLEARED_FROM = ("onset", "surgery_on", "noted_on", "said_on")
"""A clearance says nothing of what began after it."""
MAX_DAYS_CLEARED_BEFORE_RECORDED = 730
"""Where no day says when a condition began. Letters that patients bring are real clearances; older ones are past."""
_CLEARANCE = {
    "cleared_on": "When was it cleared?",
    "cleared_by": "Who cleared it? The clinician's name is needed.",
    "cleared_how": "How was it cleared?",
}


def check_birth(birth: date | None, *, today: date) -> Iterator[FactProblem]:
    if birth is not None and birth > today:
        message = f"The birth date cannot be after {today:%d %B %Y}."
        yield FactProblem("birth_date", "in_future", message)
    if birth is not None and birth < EARLIEST_BIRTH:
        message = f"The birth date cannot be before {EARLIEST_BIRTH:%d %B %Y}."
        yield FactProblem("birth_date", "too_early", message)


def check_fact(fact: Mapping[str, Any], *, birth: date | None, today: date) -> Iterator[FactProblem]:
    """Yield what cannot be of a condition, symptom or limit; `fact` holds the values of its fields by name."""
    wrong = set()
    for field, day in _DAYS.items():
        if problem := _check_day(field, day, fact.get(field), birth, today):
            wrong.add(field)
            yield problem
    yield from _check_clearance_whole(fact)
    if "cleared_on" not in wrong:
        yield from _check_clearance_after(fact)


def _check_day(
    field: str, day: _Day, value: date | None, birth: date | None, today: date
) -> FactProblem | None:
    if value is None:
        return None
    if value > today + timedelta(days=day.ahead):
        if day.ahead:
            message = f"{day.words} cannot be more than {day.ahead} days ahead."
            return FactProblem(field, "too_far_ahead", message)
        return FactProblem(field, "in_future", f"{day.words} cannot be in the future.")
    if birth is not None and value < birth:
        return FactProblem(field, "before_birth", f"{day.words} cannot be before the birth date.")
    return None


def _check_clearance_whole(fact: Mapping[str, Any]) -> Iterator[FactProblem]:
    if not any(fact.get(field) for field in _CLEARANCE):
        return
    for field, message in _CLEARANCE.items():
        value = fact.get(field)
        if not value or (isinstance(value, str) and not has_words(value)):
            yield FactProblem(field, "clearance_incomplete", message)


def _check_clearance_after(fact: Mapping[str, Any]) -> Iterator[FactProblem]:
    cleared = fact.get("cleared_on")
    for field in _CLEARED_FROM:
        begun = fact.get(field)
        if cleared and begun and cleared < begun:
            message = f"{_DAYS[field].words} is later: clear it again, or leave the clearance blank."
            yield FactProblem("cleared_on", "clearance_too_old", message)
            return
    recorded = fact.get("recorded_on")
    begins = any(fact.get(field) for field in _CLEARED_FROM)
    if cleared and recorded and not begins:
        earliest = recorded - timedelta(days=MAX_DAYS_CLEARED_BEFORE_RECORDED)
        if cleared < earliest:
            message = (
                f"Without a day of onset or surgery, a clearance cannot be before {earliest:%d %B %Y}: two years before"
                " the condition was recorded here. Give that day, or clear it again."
            )
            yield FactProblem("cleared_on", "clearance_too_old", message)


def has_words(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= MIN_LETTERS
