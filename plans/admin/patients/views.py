"""What is done on the patient's page besides writing the form: a diagnosis recorded, the birth date mended, a note, a
device ended."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.actions.devices import LINK, DeviceEnded, end_device, end_devices
from plans.actions.patient_notes import write_note
from plans.actions.recording import ConditionUnknown, mend_birth_date, record_conditions
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of
from plans.exceptions import PlansError
from plans.models import Device, Patient


class PatientViews(DeskAdmin):
    """The addresses below a patient's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        ways = {
            "record": self.record,
            "birth-date": self.mend,
            "note": self.note,
            "end-devices": self.end_devices,
        }
        names = {
            "record": "record",
            "birth-date": "birth_date",
            "note": "note",
            "end-devices": "end_devices",
        }
        own = [
            path(f"<uuid:patient_id>/{way}/", view(require_POST(page)), name=f"plans_patient_{names[way]}")
            for way, page in ways.items()
        ]
        return [*own, *super().get_urls()]

    def record(self, request: HttpRequest, patient_id: UUID) -> HttpResponse:
        """Record the conditions that a diagnosis names, from a plan's page, which then looks at its findings anew."""
        patient = self._own(request, patient_id)
        try:
            record_conditions(
                patient=patient, codes=request.POST.get("codes", "").split(), by=person_of(request)
            )
        except ConditionUnknown as error:
            return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
        return HttpResponse(status=204, headers={"HX-Trigger": "desk:check"})

    def mend(self, request: HttpRequest, patient_id: UUID) -> HttpResponse:
        patient = self._own(request, patient_id)
        try:
            day = date.fromisoformat(request.POST.get("birth_date", ""))
            mend_birth_date(patient=patient, birth_date=day, by=person_of(request))
            messages.success(request, _("The birth date is mended: the links open with it from now on."))
        except ValueError:
            messages.error(request, _("Write the birth date as a day, month and year."))
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(f"{self.page_of(patient)}#links-heading")

    def note(self, request: HttpRequest, patient_id: UUID) -> HttpResponse:
        patient = self._own(request, patient_id)
        try:
            write_note(patient=patient, words=request.POST.get("words", ""), by=person_of(request))
            messages.success(request, _("The note is kept."))
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(f"{self.page_of(patient)}#notes-heading")

    def end_devices(self, request: HttpRequest, patient_id: UUID) -> HttpResponse:
        """End one device, or all of a link, so that they are asked for the birth date again."""
        patient = self._own(request, patient_id)
        kept = list(Device.objects.filter(link__plan__patient=patient, ended_at=None).select_related(LINK))
        one = next((row for row in kept if str(row.pk) == request.POST.get("device")), None)
        of_link = next((row.link for row in kept if str(row.link_id) == request.POST.get("link")), None)
        try:
            if of_link:
                end_devices(link=of_link, by=person_of(request))
            elif one:
                end_device(device=one, by=person_of(request))
            else:
                raise DeviceEnded
            messages.success(request, _("It is ended: the birth date is asked there again."))
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(f"{self.page_of(patient)}#links-heading")

    def _own(self, request: HttpRequest, patient_id: UUID) -> Patient:
        patient: Patient | None = self.rows_of(person_of(request)).filter(pk=patient_id).first()
        if patient is None:
            raise Http404
        return patient
