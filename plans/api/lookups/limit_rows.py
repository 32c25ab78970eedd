"""The limits of a body, matched with those on record: one that says the same is the same one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.actions.patient_limits import SAID, holds
from plans.api.lookups.patient_rows import CLEARANCE, Given, GivenRows
from plans.models import Clinic, Movement, Patient, PatientLimit
from plans.queries.rules import shared_or_of


def limit_rows(patient: Patient, given: Sequence[Given] | None) -> GivenRows[PatientLimit]:
    """Match limits by all that was said; a clearance is new to a row that has none.

    What is over or was cleared stays on record: it is not left out by a list that does not name it. Raises
    ValidationError.
    """
    if given is None:
        return GivenRows()
    held = [] if patient._state.adding else list(patient.limits.select_related("movement"))
    told = read_limits(given, patient)
    rows = []
    for limit in told:
        found = next((row for row in held if _is_same(row, limit)), None)
        if found is None:
            rows.append(limit)
            continue
        held.remove(found)
        for name in CLEARANCE:
            setattr(found, name, getattr(limit, name))
        rows.append(found)
    today = patient.clinic.today()
    left_out = {row.pk for row in held if holds(row, today=today)}
    return GivenRows(rows, list(range(len(rows))), left_out)


def read_limits(given: Sequence[Given], patient: Patient) -> list[PatientLimit]:
    """Return them unsaved. Raises ValidationError at the place of a movement that the library does not have."""
    known = _movements(given, patient.clinic)
    return [
        PatientLimit(
            patient=patient,
            words=told["words"],
            at_most=_amount(told.get("at_most")),
            unit=told.get("unit") or "",
            movement=known.get(_code(told)),
            side=told.get("side") or "",
            said_by=told["said_by"],
            said_on=told["said_on"],
            until=told.get("until"),
            cleared_on=told.get("cleared_on"),
            cleared_by=told.get("cleared_by", ""),
            cleared_how=told.get("cleared_how", ""),
        )
        for told in given
    ]


def _movements(given: Sequence[Given], clinic: Clinic) -> dict[str, Movement]:
    codes = {place: code for place, told in enumerate(given) if (code := _code(told))}
    rows = Movement.objects.filter(shared_or_of(clinic), code__in=set(codes.values()))
    found = {row.code: row for row in sorted(rows, key=lambda row: row.clinic_id is not None)}
    errors: Any = {
        place: {"movement": [ErrorDetail(f"The library has no {code!r}.", code="unknown_code")]}
        for place, code in codes.items()
        if code not in found
    }
    if errors:
        raise ValidationError({"limits": errors})
    return found


def _code(told: Given) -> str:
    return (told.get("movement") or {}).get("code") or ""


def _amount(given: float | None) -> Decimal | None:
    return None if given is None else Decimal(str(given))


def _is_same(row: PatientLimit, told: PatientLimit) -> bool:
    same = all(getattr(row, name) == getattr(told, name) for name in SAID)
    of_its_day = not row.is_cleared or row.cleared_on == told.cleared_on
    return same and of_its_day
