"""Codes of the library, as one clinic knows them."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from django.db.models import Q
from rest_framework.exceptions import ErrorDetail, ValidationError

from plans.libraryfiles import AdviceKind
from plans.models import Advice, Clinic, Leaflet, Plan, Protocol
from plans.models.library import LibraryEntry
from plans.queries.rules import shared_or_of

Entry = TypeVar("Entry", bound=LibraryEntry)


def by_codes(
    model: type[Entry],
    codes: Sequence[str],
    clinic: Clinic | None,
    field: str,
    *,
    again: Collection[int] = (),
    usable: Q | None = None,
) -> dict[str, Entry]:
    """Return entries by code, the clinic's own before the shared one, and only those that are `usable`.

    Raises ValidationError that names the place in `field` of each code that is unknown or given twice, which only
    those at the places `again` may be.
    """
    rows = model._default_manager.filter(shared_or_of(clinic), usable or Q(), code__in=set(codes))
    found = {row.code: row for row in sorted(rows, key=lambda row: row.clinic_id is not None)}
    errors: Any = {place: [error] for place, error in _errors(codes, found, again)}
    if errors:
        raise ValidationError({field: errors})
    return found


def therapies_by_codes(codes: Sequence[str], of: Plan | Protocol, clinic: Clinic) -> list[Advice]:
    """Return the therapies of a plan or protocol in the order of the codes. Raises ValidationError at `therapies`.

    What is retired may stay where it is, and comes to no other.
    """
    known = by_codes(Advice, codes, clinic, "therapies", usable=_in_use_or_held(of, "therapies"))
    therapies = [known[code] for code in codes]
    if any(advice.kind != AdviceKind.THERAPY for advice in therapies):
        words = "Only advice of the kind therapy can be noted."
        raise ValidationError({"therapies": [ErrorDetail(words, code="unknown_code")]})
    return therapies


def leaflets_by_codes(codes: Sequence[str], of: Plan, clinic: Clinic) -> list[Leaflet]:
    """Return the leaflets of a plan in the order of the codes. Raises ValidationError at `leaflets`."""
    known = by_codes(Leaflet, codes, clinic, "leaflets", usable=_in_use_or_held(of, "leaflets"))
    return [known[code] for code in codes]


def _in_use_or_held(of: Plan | Protocol, name: str) -> Q:
    held = () if of._state.adding else getattr(of, name).values("pk")
    return Q(retired_on=None) | Q(pk__in=held)


def _errors(
    codes: Sequence[str], found: Collection[str], again: Collection[int]
) -> list[tuple[int, ErrorDetail]]:
    errors, seen = [], set()
    for place, code in enumerate(codes):
        if code not in found:
            errors.append((place, ErrorDetail(f"The library has no {code!r}.", code="unknown_code")))
        elif place in again:
            continue
        elif code in seen:
            errors.append((place, ErrorDetail(f"{code!r} is given twice.", code="given_twice")))
        seen.add(code)
    return errors
