"""Rows with what a list of them shows beside their own columns, in a fixed number of queries."""

from typing import Any, TypeVar

from django.db.models import CharField, Model, OuterRef, Prefetch, QuerySet, Subquery, Value

from plans.models import ClinicSystem, ExternalId, Plan, PlanItem, Publication
from plans.queries.pauses import OPEN_PAUSES

Row = TypeVar("Row", bound=Model)


def with_details(plans: QuerySet[Plan]) -> QuerySet[Plan]:
    newest = Publication.objects.filter(plan=OuterRef("pk")).order_by("-number")
    items = PlanItem.objects.select_related("revision__exercise")
    return (
        plans.select_related("patient__clinic")
        .prefetch_related(Prefetch("items", queryset=items), "therapies", "leaflets", OPEN_PAUSES)
        .annotate(
            last_id=Subquery(newest.values("pk")[:1]), last_number=Subquery(newest.values("number")[:1])
        )
    )


def with_external_id(rows: QuerySet[Row], system: ClinicSystem | None) -> QuerySet[Any]:
    """Annotate `external_id`, null where the system has none and for people."""
    if system is None:
        return rows.annotate(external_id=Value(None, output_field=CharField()))
    own = ExternalId.objects.filter(
        system=system, object_type=rows.model._meta.model_name, object_id=OuterRef("pk")
    )
    return rows.annotate(external_id=Subquery(own.values("value")[:1]))
