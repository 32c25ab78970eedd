"""The clinics that the caller works in, and who treats patients there."""

from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.clinics import Settings, change_settings
from plans.api.exceptions import refuse
from plans.api.permissions import READ_LIBRARY, Call
from plans.api.serializers.clinics import DAYS, ClinicInputSerializer, ClinicSerializer
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
        summary="Change the settings of a clinic",
        description="A lead says in which time zone the clinic counts its days, by which country's customs its "
        "handouts are written, on which day their weeks begin, the clinic's own words in each language, what plans "
        "begin with, which reasons are offered, who answers thoughts of ending one's life, for which reasons a patient "
        "is followed up, how long a patient's device is remembered, and whether a printed code is asked. All else of a "
        "clinic is kept by who runs the service.",
        request=ClinicInputSerializer,
        responses=ClinicSerializer,
    )
    def partial_update(self, request: Request, pk: UUID) -> Response:
        clinic = self.locked_as_seen()
        given = _settings_of(self.body(ClinicInputSerializer, partial=True))
        change_settings(clinic=clinic, **given, by=self.person)
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
                "week_starts_on": None if clinic.week_starts_on is None else DAYS[clinic.week_starts_on],
                "disclaimers": clinic.said_disclaimers,
                "titles": clinic.said_titles,
                "stock_reasons": clinic.stock_reasons,
                "review_days": clinic.review_days,
                "usual_times_per_day": clinic.usual_times_per_day,
                "usual_days_per_week": clinic.usual_days_per_week,
                "crisis_contact": clinic.crisis_contact,
                "crisis_phone": clinic.crisis_phone,
                "device_days": clinic.device_days,
                "asks_code": clinic.asks_code,
                "follow_up_kinds": clinic.follow_up_kinds,
                "silent_days": clinic.silent_days,
                "therapists": list(people.get(clinic.pk, {}).values()),
            }
            for clinic in rows
        ]


def _settings_of(given: dict[str, Any]) -> Settings:
    """Return what was given as the action takes it. Raises ValidationError for what is given twice."""
    if (day := given.get("week_starts_on")) is not None:
        given["week_starts_on"] = DAYS.index(day)
    if "disclaimers" in given:
        said = given["disclaimers"]
        given["disclaimers"] = {one["language"]: one["words"] for one in said}
        if len(given["disclaimers"]) < len(said):
            refuse("disclaimers", "A language is given twice.", "given_twice")
    if "titles" in given:
        said, given["titles"] = given["titles"], {}
        for one in said:
            of_language = given["titles"].setdefault(one["language"], {})
            if one["title"] in of_language:
                refuse("titles", f"The title {one['title']} is given twice.", "given_twice")
            of_language[one["title"]] = one["words"]
    return cast(Settings, given)
