"""From a plan to a publication: what the rules say, reasons, and the one call that issues it."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions import publishing
from plans.actions.publishing import AlreadyPublished, last_publication
from plans.actions.reasons import give_reasons, take_back_reasons
from plans.api.exceptions import VersionChanged
from plans.api.permissions import Call
from plans.api.schema.openapi import IF_MATCH, header
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.findings import serialize_findings
from plans.api.serializers.publications import (
    CheckSerializer,
    PreparedSerializer,
    PublicationSerializer,
    PublishInputSerializer,
    ReasonsInputSerializer,
    TakeBackInputSerializer,
    read_formats,
)
from plans.api.views.publications import serialize_publication
from plans.api.viewsets.base import ApiViewSet
from plans.api.viewsets.etags import expect_version, saw_issue
from plans.api.viewsets.plans import version_of_plan
from plans.contraindications import measure_burden
from plans.handout.formats import Format, Size
from plans.models import AuditVerb, Plan
from plans.queries.checks import PlanCheck, check_plan
from plans.queries.locks import lock_patient_of
from plans.queries.plans import with_details


class PublishingViewSet(ApiViewSet):
    """What comes between a draft and its publication."""

    tag = "plans"
    calls = {
        "findings": Call("plans:read"),
        "reasons": Call("plans:publish", reads=("plans:read",)),
        "take_back_reasons": Call("plans:publish", reads=("plans:read",)),
        "prepare": Call("plans:publish", permissions.may_publish, reads=("plans:read",)),
        # A refusal tells the findings, as plans:read does.
        "publish": Call("plans:publish", permissions.may_publish, reads=("plans:read", "publications:read")),
    }
    serializer_class = EmptySerializer

    def rows(self) -> QuerySet[Plan]:
        return with_details(permissions.plans_of(self.person))

    @extend_schema(summary="Read a plan's findings", responses=CheckSerializer)
    @action(detail=True, methods=["get"])
    def findings(self, request: Request, pk: UUID) -> Response:
        """Run the rules of today on the plan as it is stored."""
        plan = self.get_object()
        self.note_reading(AuditVerb.PLAN_VIEWED, plan, plan.patient)
        return self.answer(_serialize_check(check_plan(plan)))

    @extend_schema(summary="Give reasons", request=ReasonsInputSerializer, responses=CheckSerializer)
    @action(detail=True, methods=["post"], serializer_class=ReasonsInputSerializer)
    def reasons(self, request: Request, pk: UUID) -> Response:
        """Record why you go on in spite of findings. All of them, or none if one names no finding of the plan."""
        reasons = _by_fingerprint(self.body()["reasons"])
        plan = self.get_object()
        check = give_reasons(plan=plan, reasons=reasons, by=self.person, strict=True)
        self.note_reading(AuditVerb.PLAN_VIEWED, plan, plan.patient)
        return self.answer(_serialize_check(check))

    @extend_schema(summary="Take reasons back", request=TakeBackInputSerializer, responses=CheckSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_path="take-back-reasons",
        serializer_class=TakeBackInputSerializer,
    )
    def take_back_reasons(self, request: Request, pk: UUID) -> Response:
        """Say that reasons were given by mistake: what they answer is asked again, in a version in use too."""
        given = self.body()["reasons"]
        plan = self.get_object()
        take_back_reasons(plan=plan, reasons=given, by=self.person)
        self.note_reading(AuditVerb.PLAN_VIEWED, plan, plan.patient)
        return self.answer(_serialize_check(check_plan(plan)))

    @extend_schema(summary="Prepare to publish", request=EmptySerializer, responses=PreparedSerializer)
    @action(detail=True, methods=["post"])
    def prepare(self, request: Request, pk: UUID) -> Response:
        """Look at what would be issued: reserves its version and lets the worker render ahead of the click."""
        self.body()
        plan = self.get_object()
        prepared = publishing.prepare(plan=plan, by=self.person, formats=_usual(plan))
        self.note_reading(AuditVerb.PLAN_VIEWED, plan, plan.patient)
        check = _serialize_check(prepared.check)
        return self.answer({**check, "expected_hash": prepared.expected_hash})

    @extend_schema(
        summary="Publish a plan",
        description="Issues the plan as its next version and asks for its PDFs. Say what you saw: the plan's ETag in "
        "`If-Match`, or the `expected_hash` of `prepare`. If nothing changed since the last version, that one is the "
        "answer (200). If findings stand in the way, nothing is written and the answer names them (409, "
        "`publish_refused`); if the plan changed meanwhile: 412, or 409 `plan_changed`; if someone published it after "
        "you had looked: 409 `already_published`, with that `publication`.",
        parameters=[header("If-Match", IF_MATCH)],
        request=PublishInputSerializer,
        responses={
            201: PublicationSerializer,
            200: OpenApiResponse(PublicationSerializer, description="The version there was."),
        },
    )
    @action(detail=True, methods=["post"], serializer_class=PublishInputSerializer)
    def publish(self, request: Request, pk: UUID) -> Response:
        given = self.body()
        lock_patient_of(pk)
        plan = self.locked()
        expected = given.get("expected_hash")
        if expected is None:
            self._expect_seen(plan)
        published = publishing.publish(
            plan=plan,
            expected_hash=expected,
            by=self.person,
            formats=read_formats(given.get("formats", [])) or _usual(plan),
            reasons=_by_fingerprint(given.get("reasons", [])),
        )
        self.concerns.add(plan.patient_id)
        publication = published.publication
        return self.answer(
            serialize_publication(publication),
            status=201 if published.created else 200,
            location=reverse("api:publications-detail", args=[publication.pk]),
        )

    def _expect_seen(self, plan: Plan) -> None:
        """Hold the caller to the draft and the newest publication that it saw."""
        version = version_of_plan(plan)
        expect_version(self.request, version)
        if not saw_issue(self.request, version):
            last = last_publication(plan)
            raise AlreadyPublished(publication=last) if last else VersionChanged


def _by_fingerprint(reasons: list[dict[str, str]]) -> dict[str, str]:
    return {reason["fingerprint"]: reason["words"] for reason in reasons}


def _usual(plan: Plan) -> list[Format]:
    return [Format(size=Size.LARGE if plan.patient.large_print else Size.NORMAL)]


def _serialize_check(check: PlanCheck) -> dict[str, Any]:
    burden = measure_burden(check.facts)
    return {
        "findings": serialize_findings(check.findings, check.causes, check.reasons),
        "may_be_published": check.may_go_to_patient,
        "stops": len(check.stops),
        "unanswered": len(check.unanswered),
        "minutes_per_day": round(burden.minutes_per_day),
        "position_changes": burden.position_changes,
    }
