"""What cannot be of a limit that is set for a patient, beside what can be true of any fact."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from plans.contraindications.fact_limits import FactProblem, has_words

MOST: Mapping[str, int] = {"degrees": 180, "kilograms": 500}
"""Ours: no joint goes further, and nobody is told to lift so much. Above it is a slip of the pen."""


def check_limit(limit: Mapping[str, Any], *, today: date, is_new: bool) -> Iterator[FactProblem]:
    """Yield what cannot be; `limit` holds the values of its fields by name. A new one is not over already."""
    if not has_words(limit.get("words") or ""):
        yield FactProblem("words", "no_words", "What is the limit? Say it in words that the patient reads.")
    if not has_words(limit.get("said_by") or ""):
        yield FactProblem("said_by", "no_name", "Who set it? The clinician's name is needed.")
    said_on, until = limit.get("said_on"), limit.get("until")
    if said_on is None:
        yield FactProblem("said_on", "no_day", "On which day was it set?")
    elif until and until < said_on:
        yield FactProblem("until", "ends_before_it_began", "A limit cannot end before it was set.")
    elif until and is_new and until < today:
        message = f"The last day of this limit, {until:%d %B %Y}, is past."
        yield FactProblem("until", "over_already", message)
    yield from _check_amount(limit)


def _check_amount(limit: Mapping[str, Any]) -> Iterator[FactProblem]:
    at_most, unit = limit.get("at_most"), limit.get("unit") or ""
    if at_most is not None and not unit:
        yield FactProblem("unit", "unit_missing", "Are these degrees or kilograms?")
    elif unit and at_most is None:
        yield FactProblem("at_most", "amount_missing", f"How many {unit}?")
    elif at_most is not None and at_most <= 0:
        message = "An amount is more than nothing. What is forbidden whole is said in words."
        yield FactProblem("at_most", "amount_not_positive", message)
    elif at_most is not None and at_most > MOST.get(unit, at_most):
        yield FactProblem("at_most", "amount_too_large", f"At most {MOST[unit]} {unit} can be said.")
