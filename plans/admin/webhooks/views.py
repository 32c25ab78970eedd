"""What is done with a webhook: its secret renewed, its pause ended, an event sent again, the webhook removed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.actions.webhooks.endpoints import (
    MadeWebhook,
    remove_webhook,
    renew_secret,
    replay,
    resume_webhook,
)
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of, state_of
from plans.models import WebhookDelivery, WebhookEndpoint


class WebhookViews(DeskAdmin):
    """The addresses below a webhook's own."""

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

    def after_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Show the secret of a new webhook, this once: it is neither stored nor sent on."""
        made = state_of(request).result
        if isinstance(made, MadeWebhook):
            return self._show_secret(request, made)
        return super().after_save(request, obj)

    def renew(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        made = renew_secret(endpoint=self._own(request, pk), by=person_of(request))
        return self._show_secret(request, made)

    def resume(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        endpoint = resume_webhook(endpoint=self._own(request, pk), by=person_of(request))
        messages.success(request, _("Resumed: what waited is sent now."))
        return HttpResponseRedirect(self.page_of(endpoint))

    def remove(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        remove_webhook(endpoint=self._own(request, pk), by=person_of(request))
        messages.success(request, _("Removed."))
        return HttpResponseRedirect(reverse("admin:plans_webhookendpoint_changelist"))

    def send_again(self, request: HttpRequest, pk: UUID, delivery_id: UUID) -> HttpResponse:
        endpoint = self._own(request, pk)
        replay(
            delivery=get_object_or_404(WebhookDelivery, endpoint=endpoint, pk=delivery_id),
            by=person_of(request),
        )
        messages.success(request, _("It is sent again."))
        return HttpResponseRedirect(self.page_of(endpoint))

    def _show_secret(self, request: HttpRequest, made: MadeWebhook) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("The webhook's secret"),
            "opts": self.opts,
            "made": made,
        }
        return TemplateResponse(request, "desk/systems/secret.html", context)

    def _own(self, request: HttpRequest, pk: UUID) -> WebhookEndpoint:
        endpoint: WebhookEndpoint = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        return endpoint
