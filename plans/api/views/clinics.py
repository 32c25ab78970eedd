"""The clinics that the caller works in, and who treats patients there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from plans import permissions
from plans.api.permissions import READ_LIBRARY
from plans.api.serializers.clinics import ClinicSerializer
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Clinic, Membership, Role


@extend_schema_view(
    list=extend_schema(summary="List clinics"), retrieve=extend_schema(summary="Read a clinic")
)
class ClinicViewSet(ListMixin, RetrieveMixin):
    """Where the caller works: to name a clinic and a therapist when adding a patient."""

    calls = {"list": READ_LIBRARY, "retrieve": READ_LIBRARY}
    model = Clinic
    serializer_class = ClinicSerializer
    ordering_fields = ("name",)
    ordering = ("name",)

    def rows(self) -> QuerySet[Clinic]:
        return permissions.clinics_of(self.person)

    def present(self, rows: Sequence[Clinic]) -> list[dict[str, Any]]:
        treats = Membership.objects.filter(
            clinic__in=rows, role__in=(Role.THERAPIST, Role.LEAD), person__is_active=True
        ).exclude(person__system__isnull=False)
        people: dict[UUID, dict[UUID, Any]] = {}
        for member in treats.select_related("person").order_by("person__last_name", "person__first_name"):
            people.setdefault(member.clinic_id, {})[member.person_id] = {
                "id": member.person_id,
                "name": str(member.person),
                "title": member.person.title,
            }
        roles = permissions.roles_of(self.person)
        return [
            {
                "id": clinic.pk,
                "name": clinic.name,
                "roles": sorted(roles[clinic.pk]),
                "therapists": list(people.get(clinic.pk, {}).values()),
            }
            for clinic in rows
        ]
