"""The clinic that a call is about."""

from uuid import UUID

from plans.api.exceptions import refuse
from plans.models import Clinic


def named_clinic(given: UUID | None, *, among: set[UUID], several: str, unknown: str) -> Clinic:
    """Return the clinic that is named, or the only one among the caller's.

    Raises ValidationError at `clinic`: with `several` where one must be named, with `unknown` for one of others.
    """
    if given is None and len(among) != 1:
        refuse("clinic", several, "required")
    if given is not None and given not in among:
        refuse("clinic", unknown, "unknown")
    return Clinic.objects.get(pk=given or next(iter(among)))
