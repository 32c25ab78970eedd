"""The clinics that the caller works in, and who treats patients there."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.clinics import set_locale
from plans.api.permissions import READ_LIBRARY, Call
from plans.api.serializers.clinics import ClinicInputSerializer, ClinicSerializer
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Clinic, Membership, Role

WRITE = Call("clinics:write", permissions.may_lead, reads=("library:read",))


@extend_schema_view(
    list=extend_schema(summary="List clinics"), retrieve=extend_schema(summary="Read a clinic")
)
class ClinicViewSet(ListMixin, RetrieveMixin):
    """Where the caller works: to name a clinic and a therapist when adding a patient."""

    calls = {"list": READ_LIBRARY, "retrieve": READ_LIBRARY, "partial_update": WRITE}
    model = Clinic
    versioned = True
    serializer_class = ClinicSerializer
    ordering_fields = ("name",)
    ordering = ("name",)

    def rows(self) -> QuerySet[Clinic]:
        return permissions.clinics_of(self.person)

    @extend_schema(
        summary="Change where a clinic lies",
        description="A lead says in which time zone the clinic counts its days, and by which country's customs its "
        "handouts are written. All else of a clinic is kept by who runs the service.",
        request=ClinicInputSerializer,
        responses=ClinicSerializer,
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        clinic = self.locked_as_seen()
        set_locale(clinic=clinic, **self.body(ClinicInputSerializer, partial=True), by=self.person)
        return self.answer_row(self.get_object())

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
                "time_zone": clinic.time_zone,
                "locale": clinic.locale,
                "therapists": list(people.get(clinic.pk, {}).values()),
            }
            for clinic in rows
        ]
