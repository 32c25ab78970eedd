"""Reminders switched on and off on the patient's page."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.actions.reminders.switching import WrongReminderHour, move_reminders, switch_off, switch_on
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of, read_uuid
from plans.exceptions import PlansError
from plans.models import Patient, Plan, User


class ReminderViews(DeskAdmin):
    """The address below a patient's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.remind))
        own = path("<uuid:patient_id>/reminders/", view, name="plans_patient_reminders")
        return [own, *super().get_urls()]

    def remind(self, request: HttpRequest, patient_id: UUID) -> HttpResponse:
        person = person_of(request)
        patient: Patient | None = self.rows_of(person).filter(pk=patient_id).first()
        chosen = read_uuid(request.POST.get("plan"))
        plan = Plan.objects.filter(patient=patient_id, pk=chosen).first() if chosen else None
        if patient is None or plan is None:
            raise Http404
        try:
            messages.success(request, _do(request, plan, person))
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(f"{self.page_of(patient)}#reminders-heading")


def _do(request: HttpRequest, plan: Plan, person: User) -> str:
    if request.POST.get("action") == "off":
        switch_off(plan=plan, by=person)
        return _("The patient gets no reminders of this plan any more.")
    zone = request.POST.get("time_zone", "").strip()
    if request.POST.get("action") == "move":
        move_reminders(plan=plan, hour=_hour(request), time_zone=zone, by=person)
        return _("The reminders come at the new hour.")
    switch_on(
        plan=plan,
        hour=_hour(request),
        time_zone=zone,
        address=request.POST.get("address", "").strip(" "),
        consented="consented" in request.POST,
        by=person,
    )
    return _("The patient is reminded from now on.")


def _hour(request: HttpRequest) -> int:
    try:
        return int(request.POST.get("hour", ""))
    except ValueError:
        raise WrongReminderHour from None
