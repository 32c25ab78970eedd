"""Webhooks of a clinic: where its software wants to hear of events, and the log of deliveries."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import audit
from plans.actions.webhooks.endpoints import MadeWebhook, change_webhook, make_webhook
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.forms import DeskForm
from plans.admin.base.led import LeadsAdmin, clinics_led
from plans.admin.base.requests import person_of
from plans.admin.webhooks.views import WebhookViews
from plans.admin.words.moments import moment_in_words
from plans.models import User, WebhookEndpoint, WebhookEvent

MAX_DELIVERIES = 50


class WebhookForm(DeskForm):
    """Where to send what."""

    url = forms.URLField(label=_lazy("Address"), max_length=500, assume_scheme="https")
    events = forms.MultipleChoiceField(
        choices=[(event.value, event.value) for event in WebhookEvent], widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = WebhookEndpoint
        fields = ["clinic", "active"]


@admin.register(WebhookEndpoint)
class WebhookAdmin(LeadsAdmin, WebhookViews):
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
        return super().rows_of(person).select_related("clinic")

    def may_add(self, person: User) -> bool:
        return self.may_see(person, None)

    def may_change(self, person: User, obj: Any | None) -> bool:
        return self.may_see(person, obj)

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return clinics_led(person_of(request))

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> list[str]:
        return ["clinic"] if obj else []

    def place_of(self, obj: WebhookEndpoint) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        events = [WebhookEvent(name) for name in form.cleaned_data["events"]]
        active = form.cleaned_data["active"]
        if change:
            return change_webhook(endpoint=obj, url=obj.url, events=events, active=active, by=by)
        return make_webhook(clinic=obj.clinic, url=obj.url, events=events, active=active, by=by)

    def row_of(self, result: Any) -> Any:
        return result.endpoint if isinstance(result, MadeWebhook) else result

    @admin.display(description=_lazy("State"))
    def stand(self, obj: WebhookEndpoint) -> str:
        if obj.paused_at:
            return _("paused since %(moment)s") % {"moment": moment_in_words(obj.paused_at)}
        if not obj.active:
            return _("off")
        return (
            _("failing, %(failures_in_row)s times in a row") % {"failures_in_row": obj.failures_in_row}
            if obj.failures_in_row
            else _("working")
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if obj := kwargs.get("obj"):
            context["deliveries"] = obj.deliveries.select_related("event")[:MAX_DELIVERIES]
        return super().render_change_form(request, context, *args, **kwargs)
