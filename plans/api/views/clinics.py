"""The clinics that the caller works in, and who treats patients there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.api.permissions import Call
from plans.api.serializers.library import ClinicShown
from plans.api.viewsets.base import ApiViewSet
from plans.models import Clinic, Membership, Role

READ = Call("library:read", permissions.may_read_library)


@extend_schema_view(
    list=extend_schema(summary="List clinics"), retrieve=extend_schema(summary="Read a clinic")
)
class Clinics(ApiViewSet):
    """Where the caller works: to name a clinic and a therapist when adding a patient."""

    calls = {"list": READ, "retrieve": READ}
    serializer_class = ClinicShown
    ordering_fields = ("name",)
    ordering = ("name",)

    def rows(self) -> QuerySet[Clinic]:
        return permissions.clinics_of(self.person)

    def queryset_for_schema(self) -> QuerySet[Clinic]:
        return Clinic.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(self._data(page))

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self.answer(self._data([self.get_object()])[0])

    def _data(self, clinics: Sequence[Any]) -> Any:
        treats = Membership.objects.filter(
            clinic__in=clinics, role__in=(Role.THERAPIST, Role.LEAD), person__is_active=True
        ).exclude(person__system__isnull=False)
        people: dict[UUID, dict[UUID, Any]] = {}
        for row in treats.select_related("person").order_by("person__last_name", "person__first_name"):
            people.setdefault(row.clinic_id, {})[row.person_id] = {
                "id": row.person_id,
                "name": str(row.person),
                "title": row.person.title,
            }
        roles = permissions.roles_of(self.person)
        for clinic in clinics:
            clinic.roles = sorted(roles[clinic.pk])
            clinic.therapists = list(people.get(clinic.pk, {}).values())
        return ClinicShown(clinics, many=True).data
