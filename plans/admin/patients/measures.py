"""Measures keyed in on the patient's page."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans import permissions
from plans.actions.measures import Answer, tell_measure
from plans.actions.measures.activities import PLACES
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of, read_uuid
from plans.exceptions import PlansError
from plans.models import LogSource, Measure, Occasion, Patient, Plan


class MeasureViews(DeskAdmin):
    """The address below a patient's own."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.key_in_measure))
        return [
            path("<uuid:patient_id>/measures/", view, name="plans_patient_measures"),
            *super().get_urls(),
        ]

    def key_in_measure(self, request: HttpRequest, patient_id: UUID) -> HttpResponse:
        person, form = person_of(request), request.POST
        patient: Patient | None = self.rows_of(person).filter(pk=patient_id).first()
        of_plan, chosen = read_uuid(form.get("plan")), read_uuid(form.get("measure"))
        plan = Plan.objects.filter(patient=patient_id, pk=of_plan).first() if of_plan else None
        measure = permissions.entries_of(person, Measure).filter(pk=chosen).first() if chosen else None
        if patient is None or plan is None or measure is None or form.get("occasion") not in Occasion.values:
            raise Http404
        try:
            tell_measure(
                plan=plan,
                measure=measure,
                occasion=Occasion(form["occasion"]),
                day=_day(form, patient),
                answers=_answers(form),
                source=LogSource.PAPER,
                by=person,
            )
            messages.success(request, _("The measure is kept."))
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(f"{self.page_of(patient)}#measures-heading")


def _day(form: QueryDict, patient: Patient) -> date:
    """Return the day; one that cannot be read is before every plan, and is refused by its name."""
    typed = form.get("day", "").strip()
    if not typed:
        return patient.clinic.today()
    with suppress(ValueError):
        return date.fromisoformat(typed)
    return date.min


def _answers(form: QueryDict) -> list[Answer]:
    if "value" in form:
        return [Answer(value=_number(form.get("value", "")))]
    return [
        Answer(
            place=place, value=_number(form.get(f"value_{place}", "")), words=form.get(f"activity_{place}")
        )
        for place in PLACES
    ]


def _number(typed: str) -> int | str | None:
    plain = typed.strip()
    if not plain:
        return None
    return int(plain) if plain.isdecimal() and len(plain) < 4 else typed
