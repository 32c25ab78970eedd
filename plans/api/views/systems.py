"""Clinic systems and their keys: made and ended by people who are leads, never by a key."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions import systems
from plans.api.permissions import Call
from plans.api.scopes import SCOPES
from plans.api.serializers.base import Body, Shown, many
from plans.api.serializers.fields import Choice, Day, Id, Moment, Text, Whole, Words, WordsFrom
from plans.api.views.audit import is_lead
from plans.api.viewsets.base import ApiViewSet, refuse
from plans.models import Clinic, ClinicSystem, Role, SystemKey, User

UUID_ = "0b8f4a0e-5a3b-4f5e-9f0a-0a4b7f2f3c11"
NOW = "2026-03-02T10:15:00Z"


class KeyShown(Shown):
    """A key without its secret, which nobody can read again."""

    id = Id(help_text="The key's id.", example=UUID_)
    system = Id(source="system_id", help_text="Its system.", example=UUID_)
    client_id = Text(help_text="What names the key where tokens are made.", example="Zq3...")
    scopes = Words(help_text="The most that its tokens may have.", example=["plans:read"])
    created_at = Moment(source="created", help_text="When it was made.", example=NOW)
    expires_on = Day(help_text="Its last day.", example="2027-03-02")
    last_used_at = Moment(allow_null=True, help_text="When it was used last, to the minute.", example=NOW)
    revoked_at = Moment(allow_null=True, help_text="When it was revoked.", example=None)


class SystemShown(Shown):
    """A piece of software of a clinic; what it does is recorded under its name."""

    id = Id(help_text="The system's id.", example=UUID_)
    clinic = Id(source="clinic_id", help_text="Its clinic.", example=UUID_)
    name = Text(help_text="Its name.", example="Practice software")
    on_behalf_of = Id(
        source="user.on_behalf_of_id",
        allow_null=True,
        help_text="The therapist in whose caseload it works; null for one that works for the whole clinic.",
        example=None,
    )
    created_at = Moment(help_text="When it was made.", example=NOW)
    ended_at = Moment(allow_null=True, help_text="When it was ended.", example=None)
    keys = many(KeyShown, help_text="Its keys, the newest first.")


class SystemBody(Body):
    """A new system."""

    clinic = Id(help_text="The clinic, where you are lead.", example=UUID_)
    name = Text(max_length=80, help_text="Its name, unique in the clinic.", example="Practice software")
    role = Choice(
        required=False,
        choices=[Role.LEAD.value, Role.THERAPIST.value],
        help_text="What it may see: lead, the whole clinic; therapist, the caseload of `on_behalf_of`.",
        example="lead",
    )
    on_behalf_of = Id(
        required=False,
        help_text="For the role therapist: the therapist whom it acts for, by id. It sees and does what they may, as "
        "long as they work in the clinic, and the audit names both.",
        example=UUID_,
    )


class KeyBody(Body):
    """A new key. A system has at most two that work, so that one can follow the other without a gap."""

    system = Id(help_text="The system.", example=UUID_)
    scopes = WordsFrom(choices=sorted(SCOPES), help_text="What its tokens may do.", example=["plans:read"])
    days = Whole(
        required=False, min_value=1, max_value=730, help_text="For how many days it works.", example=365
    )


class MadeKeyShown(KeyShown):
    """A new key with its secret, told this once."""

    client_secret = Text(help_text="Keep it where nobody reads it.", example="r8X...")


@extend_schema_view(
    list=extend_schema(summary="List systems"), retrieve=extend_schema(summary="Read a system")
)
class Systems(ApiViewSet):
    """The systems of the clinics where the caller is lead."""

    calls = {
        "list": Call(None, is_lead),
        "retrieve": Call(None, is_lead),
        "create": Call(None, is_lead),
        "destroy": Call(None, is_lead),
    }
    counts = frozenset({"last_used_at"})
    serializer_class = SystemShown
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[ClinicSystem]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        return ClinicSystem.objects.filter(clinic__in=leads).select_related("user").prefetch_related("keys")

    def queryset_for_schema(self) -> QuerySet[ClinicSystem]:
        return ClinicSystem.objects.all()

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        return self.get_paginated_response(SystemShown(page, many=True).data)

    def retrieve(self, request: Request, pk: UUID) -> Response:
        return self._shown(self.get_object())

    @extend_schema(summary="Add a system", request=SystemBody, responses={201: SystemShown})
    def create(self, request: Request) -> Response:
        serializer = SystemBody(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
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
        return self._shown(made, status=201)

    @extend_schema(summary="End a system", description="All its keys end at once.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        system = self.locked()
        self.expect([system])
        systems.end_system(system=system, by=self.person)
        return Response(status=204)

    def _therapist(self, given: dict[str, Any]) -> User | None:
        if "on_behalf_of" not in given:
            return None
        found = permissions.treating_in({given["clinic"]}).filter(pk=given["on_behalf_of"]).first()
        if found is None:
            raise systems.TherapistMissing
        return found

    def _shown(self, system: ClinicSystem, status: int = 200) -> Response:
        location = f"/api/v1/systems/{system.pk}/" if status == 201 else ""
        return self.answer(SystemShown(system).data, rows=[system], status=status, location=location)


@extend_schema_view(retrieve=extend_schema(summary="Read a key"))
class Keys(ApiViewSet):
    """The keys of these systems."""

    tag = "systems"
    calls = {
        "retrieve": Call(None, is_lead),
        "create": Call(None, is_lead),
        "destroy": Call(None, is_lead),
    }
    counts = frozenset({"last_used_at"})
    serializer_class = KeyShown

    def rows(self) -> QuerySet[Any]:
        leads = permissions.clinics_with(self.person, Role.LEAD)
        keys: QuerySet[Any] = SystemKey.objects.filter(system__clinic__in=leads)
        return keys.select_related("system")

    def queryset_for_schema(self) -> QuerySet[Any]:
        keys: QuerySet[Any] = SystemKey.objects.all()
        return keys

    def retrieve(self, request: Request, pk: UUID) -> Response:
        key = self.get_object()
        return self.answer(KeyShown(key).data, rows=[key])

    @extend_schema(summary="Add a key", request=KeyBody, responses={201: MadeKeyShown})
    def create(self, request: Request) -> Response:
        serializer = KeyBody(data=request.data)
        serializer.is_valid(raise_exception=True)
        given = serializer.validated_data
        leads = permissions.clinics_with(self.person, Role.LEAD)
        system = ClinicSystem.objects.filter(pk=given["system"], clinic__in=leads).first()
        if system is None:
            refuse("system", "There is no such system.", "unknown")
        days = given.get("days", systems.KEY_DAYS)
        made = systems.add_key(system=system, scopes=set(given["scopes"]), days=days, by=self.person)
        key: Any = made.key
        key.client_secret = made.secret
        location = f"/api/v1/keys/{key.pk}/"
        return self.answer(MadeKeyShown(key).data, status=201, location=location)

    @extend_schema(summary="Revoke a key", description="Its tokens end at once.", responses={204: None})
    def destroy(self, request: Request, pk: UUID) -> Response:
        key = self.locked()
        self.expect([key])
        systems.revoke_key(key=key, by=self.person)
        return Response(status=204)
