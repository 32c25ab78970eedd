"""Leaflets of the library, for reading."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from plans import permissions
from plans.api.permissions import READ_LIBRARY
from plans.api.serializers.leaflets import LeafletSerializer
from plans.api.views.library import RetirableFilter
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Leaflet, LeafletText
from plans.queries.approvals import newest_leaflets
from plans.queries.library import approving_clinics


@extend_schema_view(
    list=extend_schema(summary="List leaflets"), retrieve=extend_schema(summary="Read a leaflet")
)
class LeafletViewSet(ListMixin, RetrieveMixin):
    """Pages about conditions, which a plan may have printed for the patient."""

    calls = {"list": READ_LIBRARY, "retrieve": READ_LIBRARY}
    model = Leaflet
    serializer_class = LeafletSerializer
    filterset_class = RetirableFilter
    search_fields = ("code",)
    ordering_fields = ("code",)
    ordering = ("code",)

    def rows(self) -> QuerySet[Any]:
        clinics = permissions.clinics_with(self.person)
        held = Q(approvals__withdrawn_at=None, approvals__clinic__in=clinics)
        told = LeafletText.objects.filter(Q(pk__in=newest_leaflets()) | held).distinct()
        texts = Prefetch("texts", queryset=told.order_by("language", "-number"), to_attr="told")
        return permissions.entries_of(self.person, Leaflet).prefetch_related(texts)

    def present(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return each leaflet with its texts, and for which of the person's clinics each text is approved."""
        ids = [text.pk for row in rows for text in row.told]
        approved = approving_clinics("leaflet", ids, permissions.clinics_with(self.person))
        return [
            {
                "id": row.pk,
                "code": row.code,
                "clinic_id": row.clinic_id,
                "conditions": row.conditions,
                "source": row.source,
                "retired_on": row.retired_on,
                "texts": [
                    {
                        "language": text.language,
                        "number": text.number,
                        "title": text.title,
                        "sections": text.sections,
                        "approved_for": [str(pk) for pk in approved.get(text.pk, ())],
                    }
                    for text in row.told
                ],
            }
            for row in rows
        ]
