"""Clinic systems and their keys: made and ended by people who are leads, never by a key."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions import systems
from plans.api.exceptions import refuse
from plans.api.permissions import Call, is_lead
from plans.api.serializers.systems import (
    KeyInputSerializer,
    KeySerializer,
    MadeKeySerializer,
    SystemInputSerializer,
    SystemSerializer,
)
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Clinic, ClinicSystem, Role, SystemKey, User


@extend_schema_view(
    list=extend_schema(summary="List systems"), retrieve=extend_schema(summary="Read a system")
)
class SystemViewSet(ListMixin, RetrieveMixin):
    """The systems of the clinics where the caller is lead."""

    calls = {
        "list": Call(None, is_lead),
        "retrieve": Call(None, is_lead),
        "create": Call(None, is_lead),
        "destroy": Call(None, is_lead),
    }
    volatile_fields = frozenset({"last_used_at"})
    model = ClinicSystem
    versioned = True
    serializer_class = SystemSerializer
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[ClinicSystem]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        return ClinicSystem.objects.filter(clinic__in=leads).select_related("user").prefetch_related("keys")

    @extend_schema(summary="Add a system", request=SystemInputSerializer, responses={201: SystemSerializer})
    def create(self, request: Request) -> Response:
        given = self.body(SystemInputSerializer)
        if given["clinic"] not in permissions.clinics_with(self.person, Role.LEAD):
            refuse("clinic", "You are not lead of such a clinic.", "unknown")
        try:
            made = systems.make_system(
                clinic=Clinic.objects.get(pk=given["clinic"]),
                name=given["name"],
                role=Role(given.get("role", Role.LEAD)),
                on_behalf_of=self._therapist(given),
                by=self.person,
            )
        except (systems.TherapistMissing, systems.NotOnBehalf) as error:
            refuse("on_behalf_of", str(error), error.code)
        return self.answer_row(made, status=201)

    @extend_schema(summary="End a system", description="All its keys end at once.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        system = self.locked_as_seen()
        systems.end_system(system=system, by=self.person)
        return Response(status=204)

    def _therapist(self, given: dict[str, Any]) -> User | None:
        if "on_behalf_of" not in given:
            return None
        found = permissions.treating_in({given["clinic"]}).filter(pk=given["on_behalf_of"]).first()
        if found is None:
            raise systems.TherapistMissing
        return found


@extend_schema_view(retrieve=extend_schema(summary="Read a key"))
class KeyViewSet(RetrieveMixin):
    """The keys of these systems."""

    tag = "systems"
    calls = {
        "retrieve": Call(None, is_lead),
        "create": Call(None, is_lead),
        "destroy": Call(None, is_lead),
    }
    volatile_fields = frozenset({"last_used_at"})
    model = SystemKey
    versioned = True
    serializer_class = KeySerializer

    def rows(self) -> QuerySet[Any]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        keys: QuerySet[Any] = SystemKey.objects.filter(system__clinic__in=leads)
        return keys.select_related("system")

    @extend_schema(summary="Add a key", request=KeyInputSerializer, responses={201: MadeKeySerializer})
    def create(self, request: Request) -> Response:
        given = self.body(KeyInputSerializer)
        leads = permissions.clinics_with(self.person, Role.LEAD)
        system = ClinicSystem.objects.filter(pk=given["system"], clinic__in=leads).first()
        if system is None:
            refuse("system", "There is no such system.", "unknown")
        days = given.get("days", systems.KEY_DAYS)
        made = systems.add_key(system=system, scopes=set(given["scopes"]), days=days, by=self.person)
        data = {**KeySerializer(made.key).data, "client_secret": made.secret}
        return self.answer(data, status=201, location=self.address_of(made.key))

    @extend_schema(summary="Revoke a key", description="Its tokens end at once.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        key = self.locked_as_seen()
        systems.revoke_key(key=key, by=self.person)
        return Response(status=204)
