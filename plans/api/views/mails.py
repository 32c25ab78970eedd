"""Mails with plans' links: asked for, how far they are, reported as returned, consent withdrawn."""

from uuid import UUID

import django_filters as filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from plans import permissions
from plans.actions.mails.asking import mail_link
from plans.actions.mails.bounces import report_bounce
from plans.actions.mails.consents import WrongMailAddress, withdraw_consent
from plans.api.exceptions import refuse
from plans.api.filters import IdFilter
from plans.api.permissions import Call
from plans.api.serializers.base import EmptySerializer
from plans.api.serializers.mails import BounceInputSerializer, MailInputSerializer, MailSerializer
from plans.api.viewsets.mixins import ListMixin, RetrieveMixin
from plans.models import Mail, MailState
from plans.models.outgoing import WAITING

WRITE = Call("mails:write", reads=("mails:read",))


class MailFilter(filters.FilterSet):  # type: ignore[misc]  # the package is untyped
    """What mails can be found by."""

    publication = IdFilter(field_name="publication_id", label="The publication's id.")
    plan = IdFilter(field_name="publication__plan_id", label="The plan's id.")
    patient = IdFilter(field_name="publication__plan__patient_id", label="The patient's id.")
    state = filters.ChoiceFilter(choices=MailState.choices, label="Where they stand.")


@extend_schema_view(list=extend_schema(summary="List mails"), retrieve=extend_schema(summary="Read a mail"))
class MailViewSet(ListMixin, RetrieveMixin):
    """Mails with the links of the plans of the caller's patients."""

    calls = {
        "list": Call("mails:read"),
        "retrieve": Call("mails:read"),
        "create": WRITE,
        "bounce": WRITE,
        "withdraw_consent": WRITE,
    }
    optional_if_match = frozenset({"bounce", "withdraw_consent"})
    model = Mail
    versioned = True
    serializer_class = MailSerializer
    filterset_class = MailFilter
    ordering_fields = ("created_at",)
    ordering = ("-created_at",)

    def rows(self) -> QuerySet[Mail]:
        return permissions.mails_of(self.person).select_related("publication__plan__patient", "consent")

    @extend_schema(
        summary="Send a link by mail",
        description="Asks for a mail; a worker sends it. One that waits for the same link and address is given "
        "instead (200).",
        request=MailInputSerializer,
        responses={
            201: MailSerializer,
            200: OpenApiResponse(MailSerializer, description="The mail that waits already."),
        },
    )
    def create(self, request: Request) -> Response:
        given = self.body(MailInputSerializer)
        publication = permissions.publications_of(self.person).filter(pk=given["publication"]).first()
        if publication is None:
            refuse("publication", "You have no such publication.", "unknown")
        waiting = set(
            Mail.objects.filter(publication__plan=publication.plan_id, state__in=WAITING).values_list(
                "pk", flat=True
            )
        )
        try:
            mail = mail_link(
                publication=publication,
                address=given["address"],
                consented=given.get("consented", False),
                by=self.person,
            )
        except WrongMailAddress as error:
            refuse("address", str(error), error.code)
        self.concerns.add(publication.plan.patient_id)
        return self.answer_row(self.rows().get(pk=mail.pk), status=200 if mail.pk in waiting else 201)

    @extend_schema(
        summary="Report that a mail came back",
        description="Marks its address: no further mail goes there until the patient agreed again.",
        request=BounceInputSerializer,
        responses=MailSerializer,
    )
    @action(detail=True, methods=["post"], serializer_class=BounceInputSerializer)
    def bounce(self, request: Request, pk: UUID) -> Response:
        given = self.body()
        mail = report_bounce(mail=self.locked_for_command(), answer=given.get("answer", ""), by=self.person)
        return self._answer(mail)

    @extend_schema(
        summary="Withdraw the consent to mails",
        description="The patient of this mail wants no mails any more. What waits is cancelled.",
        request=EmptySerializer,
        responses=MailSerializer,
    )
    @action(detail=True, methods=["post"], url_path="withdraw-consent", serializer_class=EmptySerializer)
    def withdraw_consent(self, request: Request, pk: UUID) -> Response:
        self.body()
        mail = self.locked_for_command()
        withdraw_consent(patient=mail.publication.plan.patient, by=self.person)
        return self._answer(mail)

    def _answer(self, mail: Mail) -> Response:
        mail = self.rows().get(pk=mail.pk)
        self.concerns.add(mail.publication.plan.patient_id)
        return self.answer_row(mail)
