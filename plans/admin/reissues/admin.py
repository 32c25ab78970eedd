"""Issuing many plans again after a recall: ordered by a lead, watched with a bar, the rest listed by name."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from plans import permissions
from plans.actions.reissuing import order_reissue
from plans.admin.base.led import LeadsAdmin, clinics_led
from plans.admin.base.readonly import ReadOnlyAdmin
from plans.admin.base.requests import person_of
from plans.exceptions import PlansError
from plans.models import Reissue, ReissueState
from plans.queries.reissues import progress_of

LAST_ANSWER = 286
"""The status by which a polling page learns that nothing more will come."""


class OrderForm(forms.Form):
    """Why plans are issued again."""

    why = forms.CharField(max_length=240)


@admin.register(Reissue)
class ReissueAdmin(LeadsAdmin, ReadOnlyAdmin):
    """Orders to issue many plans again, of the clinics that the person leads."""

    list_display = ["why", "recalled", "clinic", "created_by", "created_at"]
    list_select_related = ["recalled", "clinic", "created_by"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("order/<uuid:exercise_id>/", view(require_POST(self.order)), name="plans_reissue_order"),
            path("<uuid:pk>/progress/", view(require_GET(self.progress)), name="plans_reissue_progress"),
            *super().get_urls(),
        ]

    def order(self, request: HttpRequest, exercise_id: UUID) -> HttpResponse:
        person = person_of(request)
        led = clinics_led(person)
        clinic = next((row for row in led if str(row.pk) == request.POST.get("clinic")), None)
        exercise = permissions.exercises_of(person).filter(pk=exercise_id).first()
        if clinic is None or exercise is None:
            raise Http404
        back = HttpResponseRedirect(reverse("admin:plans_exercise_change", args=[exercise_id]))
        form = OrderForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say why the plans are issued again, in at most 240 characters."))
            return back
        try:
            reissue = order_reissue(exercise=exercise, clinic=clinic, why=form.cleaned_data["why"], by=person)
        except PlansError as error:
            messages.error(request, str(error))
            return back
        return HttpResponseRedirect(self.page_of(reissue))

    def show(self, request: HttpRequest, reissue: Reissue) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Issuing again"),
            "opts": self.opts,
            **_progress(reissue),
        }
        return TemplateResponse(request, "desk/reissue/page.html", context)

    def progress(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        reissue = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        context = _progress(reissue)
        status = LAST_ANSWER if context["progress"].finished else None
        return render(request, "desk/reissue/progress.html", context, status=status)


def _progress(reissue: Reissue) -> dict[str, Any]:
    refused = reissue.plans.filter(state=ReissueState.REFUSED).select_related("plan__patient")
    return {"original": reissue, "progress": progress_of(reissue), "refused": refused}
