"""Conditions as a caller names them: by the library's code, or by an ICD-10 code, which may stand for several."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.diagnoses import looks_like_code, written
from plans.models import Clinic, Condition
from plans.queries.diagnoses import condition_names
from plans.queries.rules import shared_or_of

UNKNOWN = "unknown_code"
_TOLD = ("onset", "surgery_on", "operated", "due_on", "cleared_on", "cleared_by", "cleared_how")


@dataclass
class GivenCondition:
    """A condition with what was told of it, the place of that in the list, and the ICD-10 codes that stood for it.

    `side` is None where none was told.
    """

    condition: Condition
    side: str | None
    told: dict[str, Any]
    place: int
    recorded_as: list[str] = field(default_factory=list)


def read_conditions(given: Sequence[Mapping[str, Any]], clinic: Clinic) -> list[GivenCondition]:
    """Return each condition once a side, in the order in which they are named first.

    An ICD-10 code that stands for several conditions gives all of them. Raises ValidationError that names the place in
    `conditions` of each code that is unknown, given twice, or told differently of the same condition.
    """
    codes = [told["condition"]["code"] for told in given]
    known = conditions_meant(codes, clinic)
    read: dict[tuple[str, str], GivenCondition] = {}
    errors: Any = {}
    seen: set[tuple[str, str]] = set()
    for place, (code, told) in enumerate(zip(codes, given, strict=True)):
        side = (told["side"] or "") if "side" in told else None
        if error := _wrong(code, side, known, seen):
            errors[place] = [error]
        for condition in known.get(code, ()):
            held = read.setdefault((condition.code, side or ""), GivenCondition(condition, side, {}, place))
            clash = _take(held, told, code)
            if clash and place not in errors:
                words = f"{code} stands for {condition.code}, of which another {clash} is told: give it once."
                errors[place] = [ErrorDetail(words, code="given_twice")]
        seen.add((_alike(code), side or ""))
    if errors:
        raise ValidationError({"conditions": errors})
    return list(read.values())


def one_condition(code: str | None, clinic: Clinic) -> Condition | None:
    """Return the condition of a field `condition`, None for none. Raises ValidationError."""
    if code is None:
        return None
    found = conditions_meant([code], clinic).get(code, ())
    if len(found) == 1:
        return found[0]
    words = f"{code} stands for {' and '.join(row.code for row in found)}: name one of them."
    error = ErrorDetail(words, code="several_conditions") if found else _unknown(code)
    raise ValidationError({"condition": [error]})


def conditions_meant(codes: Sequence[str], clinic: Clinic) -> dict[str, tuple[Condition, ...]]:
    """Return the conditions of each code that is known, the clinic's own before shared ones of the same code."""
    by_icd10: dict[str, tuple[str, ...]] = {}
    if any(map(looks_like_code, codes)):
        names = condition_names(clinic)
        by_icd10 = {code: names.of_icd10(code) for code in codes if looks_like_code(code)}
    wanted = {*codes, *(own for meant in by_icd10.values() for own in meant)}
    rows = Condition.objects.filter(shared_or_of(clinic), code__in=wanted)
    known = {row.code: row for row in sorted(rows, key=lambda row: row.clinic_id is not None)}
    found = {
        code: (known[code],) if code in known else tuple(known[own] for own in by_icd10.get(code, ()))
        for code in codes
    }
    return {code: conditions for code, conditions in found.items() if conditions}


def _take(held: GivenCondition, told: Mapping[str, Any], code: str) -> str:
    """Add what is told of a condition; returns the field of which something else was told before."""
    for name in _TOLD:
        value = told.get(name)
        if value and held.told.setdefault(name, value) != value:
            return name
    if "operated" in told:  # Null takes back what was told before.
        held.told.setdefault("operated", told["operated"])
    held.recorded_as += [
        other for other in _codes_of(told, held.condition, code) if other not in held.recorded_as
    ]
    return ""


def _codes_of(told: Mapping[str, Any], condition: Condition, code: str) -> Iterator[str]:
    yield from map(written, told.get("recorded_as", ()))
    if code != condition.code:
        yield written(code)


def _wrong(
    code: str, side: str | None, known: Mapping[str, Any], seen: set[tuple[str, str]]
) -> ErrorDetail | None:
    if code not in known:
        return _unknown(code)
    return (
        ErrorDetail(f"{code!r} is given twice.", code="given_twice")
        if (_alike(code), side or "") in seen
        else None
    )


def _alike(code: str) -> str:
    return written(code) if looks_like_code(code) else code


def _unknown(code: str) -> ErrorDetail:
    if looks_like_code(code):
        return ErrorDetail(f"No condition of the library has the ICD-10 code {code!r}.", code=UNKNOWN)
    return ErrorDetail(f"The library has no {code!r}.", code=UNKNOWN)
