"""Rows with the id that the calling system has for them."""

from typing import Any, TypeVar

from django.db.models import CharField, Model, OuterRef, QuerySet, Subquery, Value

from plans.models import ClinicSystem, ExternalId

Row = TypeVar("Row", bound=Model)


def with_external_id(rows: QuerySet[Row], system: ClinicSystem | None) -> QuerySet[Any]:
    """Annotate `external_id`, null where the system has none and for people."""
    if system is None:
        return rows.annotate(external_id=Value(None, output_field=CharField()))
    own = ExternalId.objects.filter(
        system=system, object_type=rows.model._meta.model_name, object_id=OuterRef("pk")
    )
    return rows.annotate(external_id=Subquery(own.values("value")[:1]))
