"""The version of a plan, which its own views and those of its publications and protocols name alike."""

from typing import Any

from plans.api.viewsets.etags import version_of


def rows_of_draft(plan: Any) -> list[Any]:
    """Return the rows that a draft's version names: what stands in it, and the pause that it is in."""
    therapies = sorted(plan.therapies.all(), key=lambda advice: advice.pk)
    leaflets = sorted(plan.leaflets.all(), key=lambda leaflet: leaflet.pk)
    return [plan, *plan.open_pauses, *plan.items.all(), *therapies, *leaflets]


def version_of_plan(plan: Any) -> str:
    return f"{version_of(rows_of_draft(plan))}.{plan.last_number or 0}"
