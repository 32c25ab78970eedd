"""Webhooks of a clinic: where its software wants to hear of events, and the log of deliveries."""

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from plans import audit, permissions
from plans.actions.webhooks.endpoints import (
    MadeWebhook,
    change_webhook,
    make_webhook,
    remove_webhook,
    renew_secret,
    replay,
    resume_webhook,
)
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.forms import DeskForm
from plans.admin.base.requests import person_of
from plans.models import Clinic, Role, User, WebhookDelivery, WebhookEndpoint, WebhookEvent

LOG_SHOWN = 50


class WebhookForm(DeskForm):
    """Where to send what."""

    url = forms.URLField(label="Address", max_length=500, assume_scheme="https")
    events = forms.MultipleChoiceField(
        choices=[(event.value, event.value) for event in WebhookEvent], widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["clinic", "active"]


@admin.register(WebhookEndpoint)
class WebhookAdmin(DeskAdmin):
    """Webhooks of the clinics that the person leads."""

    form = WebhookForm
    change_form_template = "desk/systems/webhook.html"
    list_display = ["url", "clinic", "active", "stand", "created_at"]
    list_select_related = ["clinic"]
    fieldsets = [(None, {"fields": ["clinic", "url", "events", "active"]})]
    formfield_overrides: ClassVar[dict[Any, dict[str, Any]]] = {
        **DeskAdmin.formfield_overrides,
        models.URLField: {"assume_scheme": "https"},
    }

    def rows_of(self, person: User) -> QuerySet[Any]:
        led = permissions.clinics_with(person, Role.LEAD)
        return WebhookEndpoint.objects.filter(clinic__in=led).select_related("clinic")

    def may_see(self, person: User, obj: Any | None) -> bool:
        led = permissions.clinics_with(person, Role.LEAD)
        return bool(led) if obj is None else obj.clinic_id in led

    def may_add(self, person: User) -> bool:
        return self.may_see(person, None)

    def may_change(self, person: User, obj: Any | None) -> bool:
        return self.may_see(person, obj)

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return Clinic.objects.filter(pk__in=permissions.clinics_with(person_of(request), Role.LEAD))

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> list[str]:
        return ["clinic"] if obj else []

    def place_of(self, obj: WebhookEndpoint) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        events = [WebhookEvent(one) for one in form.cleaned_data["events"]]
        active = form.cleaned_data["active"]
        if change:
            return change_webhook(endpoint=obj, url=obj.url, events=events, active=active, by=by)
        made = make_webhook(clinic=obj.clinic, url=obj.url, events=events, active=active, by=by)
        obj.made = made
        return made.endpoint

    def after_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Show the secret of a new webhook, this once: it is neither stored nor sent on."""
        made: MadeWebhook | None = getattr(obj, "made", None)
        return self._show_secret(request, made) if made else super().after_save(request, obj)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/secret/", view(require_POST(self.renew)), name="plans_webhookendpoint_secret"),
            path("<uuid:pk>/resume/", view(require_POST(self.resume)), name="plans_webhookendpoint_resume"),
            path("<uuid:pk>/remove/", view(require_POST(self.remove)), name="plans_webhookendpoint_remove"),
            path(
                "<uuid:pk>/replay/<uuid:delivery_id>/",
                view(require_POST(self.send_again)),
                name="plans_webhookendpoint_replay",
            ),
            *super().get_urls(),
        ]

    @admin.display(description="State")
    def stand(self, obj: WebhookEndpoint) -> str:
        if obj.paused_at:
            return f"paused since {timezone.localtime(obj.paused_at):%d %b %Y, %H:%M}"
        if not obj.active:
            return "off"
        return f"failing, {obj.failures_in_row} times in a row" if obj.failures_in_row else "working"

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if obj := kwargs.get("obj"):
            context["deliveries"] = obj.deliveries.select_related("event")[:LOG_SHOWN]
        return super().render_change_form(request, context, *args, **kwargs)

    def renew(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make a new secret, shown once; the old one signs beside it for a day."""
        made = renew_secret(endpoint=self._own(request, pk), by=person_of(request))
        return self._show_secret(request, made)

    def resume(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """End the pause of a webhook that failed too often."""
        endpoint = resume_webhook(endpoint=self._own(request, pk), by=person_of(request))
        messages.success(request, "Resumed: what waited is sent now.")
        return HttpResponseRedirect(self.page_of(endpoint))

    def remove(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Remove the webhook with its log."""
        remove_webhook(endpoint=self._own(request, pk), by=person_of(request))
        messages.success(request, "Removed.")
        return HttpResponseRedirect(reverse("admin:plans_webhookendpoint_changelist"))

    def send_again(self, request: HttpRequest, pk: UUID, delivery_id: UUID) -> HttpResponse:
        """Deliver one event once more."""
        endpoint = self._own(request, pk)
        replay(
            delivery=get_object_or_404(WebhookDelivery, endpoint=endpoint, pk=delivery_id),
            by=person_of(request),
        )
        messages.success(request, "It is sent again.")
        return HttpResponseRedirect(self.page_of(endpoint))

    def _show_secret(self, request: HttpRequest, made: MadeWebhook) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": "The webhook's secret",
            "opts": self.opts,
            "made": made,
        }
        return TemplateResponse(request, "desk/systems/secret.html", context)

    def _own(self, request: HttpRequest, pk: UUID) -> WebhookEndpoint:
        endpoint: WebhookEndpoint = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        return endpoint
