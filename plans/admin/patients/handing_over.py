"""Handing patients over, one from their page or many from the list; and the receiver's "I have seen it"."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from plans import permissions
from plans.actions.handing_over import hand_over, see_handover
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of, read_uuid
from plans.exceptions import PlansError
from plans.models import Handover, Patient, User


class HandOverViews(DeskAdmin):
    """One page for one patient or many: whom to, and a note."""

    actions = ["hand_over_chosen"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("hand-over/", view(never_cache(self.hand_over_page)), name="plans_patient_hand_over"),
            path(
                "handover/<uuid:handover_id>/seen/",
                view(require_POST(self.seen)),
                name="plans_patient_handover_seen",
            ),
            *super().get_urls(),
        ]

    @admin.action(description=_lazy("Hand over to a colleague"), permissions=["change"])
    def hand_over_chosen(self, request: HttpRequest, queryset: QuerySet[Patient]) -> HttpResponse:
        return self._ask(request, list(queryset))

    def hand_over_page(self, request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        if not self.has_add_permission(request):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        ids = {key for one in asked.getlist("patient") if (key := read_uuid(one))}
        patients = list(self.rows_of(person).filter(pk__in=ids).select_related("clinic"))
        if not patients or len(patients) < len(ids):
            raise Http404
        if request.method != "POST":
            return self._ask(request, patients)
        chosen = read_uuid(request.POST.get("to"))
        to = _colleagues(patients, person).filter(pk=chosen).first() if chosen else None
        if to is None:
            return self._ask(request, patients, error=_("Choose whom to hand over to."))
        try:
            given = hand_over(patients=patients, to=to, note=request.POST.get("note", ""), by=person)
        except PlansError as error:
            return self._ask(request, patients, error=str(error))
        words = ngettext(
            "%(count)d patient is handed over.", "%(count)d patients are handed over.", len(given)
        )
        messages.success(request, words % {"count": len(given)})
        return HttpResponseRedirect(reverse("admin:index"))

    def seen(self, request: HttpRequest, handover_id: UUID) -> HttpResponse:
        person = person_of(request)
        handover = Handover.objects.filter(pk=handover_id, to_person=person).first()
        if handover is None:
            raise Http404
        see_handover(handover=handover, by=person)
        return HttpResponseRedirect(reverse("admin:index"))

    def _ask(self, request: HttpRequest, patients: list[Patient], *, error: str = "") -> HttpResponse:
        context: dict[str, Any] = {
            **self.admin_site.each_context(request),
            "title": _("Hand over"),
            "opts": self.opts,
            "patients": patients,
            "colleagues": _colleagues(patients, person_of(request)),
            "error": error,
            "to": request.POST.get("to", ""),
            "note": request.POST.get("note", ""),
        }
        return TemplateResponse(request, "desk/patient/hand_over.html", context)


def _colleagues(patients: list[Patient], person: User) -> QuerySet[User]:
    """Return who treats in every clinic of these patients."""
    people = User.objects.all()
    for clinic in {patient.clinic_id for patient in patients}:
        people = people.filter(pk__in=permissions.treating_in([clinic]))
    if all(patient.therapist_id == person.pk for patient in patients):
        people = people.exclude(pk=person.pk)
    return people.order_by("last_name", "first_name")
