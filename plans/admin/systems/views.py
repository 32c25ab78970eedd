"""A system's page and its keys: made, revoked, ended with the system. A secret is shown once, when it is made."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.actions.systems import MadeKey, add_key, end_system, revoke_key
from plans.admin.base.readonly import ReadOnlyAdmin
from plans.admin.base.requests import person_of
from plans.admin.systems.forms import KeyForm
from plans.exceptions import PlansError
from plans.models import ClinicSystem, SystemKey


class SystemViews(ReadOnlyAdmin):
    """The addresses below a system's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/key/", view(require_POST(self.make_key)), name="plans_clinicsystem_key"),
            path("<uuid:pk>/end/", view(require_POST(self.end)), name="plans_clinicsystem_end"),
            path(
                "<uuid:pk>/revoke/<uuid:key_id>/",
                view(require_POST(self.revoke)),
                name="plans_clinicsystem_revoke",
            ),
            *super().get_urls(),
        ]

    def show(self, request: HttpRequest, system: ClinicSystem) -> HttpResponse:
        return self._show(request, system, KeyForm())

    def make_key(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        system, form = self._own(request, pk), KeyForm(request.POST)
        if not form.is_valid():
            return self._show(request, system, form)
        try:
            made = add_key(system=system, **form.cleaned_data, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
            return self._show(request, system, form)
        return self._show(request, system, KeyForm(), made)

    def revoke(self, request: HttpRequest, pk: UUID, key_id: UUID) -> HttpResponse:
        system = self._own(request, pk)
        revoke_key(key=get_object_or_404(SystemKey, system=system, pk=key_id), by=person_of(request))
        messages.success(request, _("The key is revoked: it opens nothing any more."))
        return HttpResponseRedirect(self.page_of(system))

    def end(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        system = self._own(request, pk)
        end_system(system=system, by=person_of(request))
        messages.success(request, _("The system is ended."))
        return HttpResponseRedirect(self.page_of(system))

    def _own(self, request: HttpRequest, pk: UUID) -> ClinicSystem:
        system: ClinicSystem = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        return system

    def _show(
        self, request: HttpRequest, system: ClinicSystem, form: KeyForm, made: MadeKey | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": system.name,
            "opts": self.opts,
            "original": system,
            "keys": system.keys.order_by("-created"),
            "form": form,
            "made": made,
        }
        return TemplateResponse(request, "desk/systems/system.html", context)
