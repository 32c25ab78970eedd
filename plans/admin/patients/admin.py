"""The patient's page: what the rules need to know, in one form."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _lazy

from plans import audit, permissions
from plans.actions.patients import save_patient
from plans.actions.recording import condition_rows
from plans.admin.base.inlines import changed_rows, removed_rows
from plans.admin.base.requests import person_of
from plans.admin.follow_ups.presenters import follow_ups_of_patient
from plans.admin.patients.forms import PatientForm
from plans.admin.patients.handing_over import HandOverViews
from plans.admin.patients.inlines import ConditionInline, LimitInline, SymptomInline
from plans.admin.patients.log_lines import told_of
from plans.admin.patients.measure_lines import measures_of
from plans.admin.patients.measures import MeasureViews
from plans.admin.patients.overview import overview_of
from plans.admin.patients.presenters import alerts_for
from plans.admin.patients.quick import QuickPatientViews
from plans.admin.patients.reminder_lines import zones_offered
from plans.admin.patients.reminders import ReminderViews
from plans.admin.patients.views import PatientViews
from plans.models import AuditVerb, Patient, Plan, User
from plans.models.base import Identified
from plans.queries.alerts import alerts_of
from plans.queries.facts import named_conditions

UNCHECKED = _lazy("Saved. A plan that this patient follows could not be checked: look at it yourself.")
STOPS = _lazy(
    "Saved. The rules now stop a plan that this patient follows: pause it, unless it has been cleared."
)


@admin.register(Patient)
class PatientAdmin(QuickPatientViews, HandOverViews, ReminderViews, MeasureViews, PatientViews):
    """The caseload."""

    form = PatientForm
    change_form_template = "desk/patient.html"
    list_display = ["name", "birth_date", "record_number", "therapist"]
    list_select_related = ["therapist"]
    search_fields = ["search_text"]
    search_help_text = _lazy("Name or record number")
    inlines = [ConditionInline, SymptomInline, LimitInline]
    fieldsets = [
        (
            _lazy("Person"),
            {
                "fields": [
                    ("name", "birth_date", "sex", "record_number"),
                    ("language", "phone", "email", "printed_name", "clinic", "therapist", "large_print"),
                ]
            },
        ),
        (_lazy("For the pictures"), {"fields": [("figure_build", "figure_skin")]}),
        (_lazy("For the rules"), {"fields": [("diagnoses", "equipment", "pain_control_first")]}),
    ]
    read_verb = AuditVerb.PATIENT_VIEWED

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.patients_of(person)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the caseload or what a search finds, and record that it was read."""
        answer = super().changelist_view(request, extra_context)
        context = answer.context_data or {} if isinstance(answer, TemplateResponse) else {}
        if "cl" in context:
            person, listed = person_of(request), context["cl"].result_list
            asked = permissions.clinics_with(person, *permissions.TREATS)
            audit.append_listing(by=person, patients=listed, asked=asked)
        return answer

    def may_see(self, person: User, obj: Any | None) -> bool:
        return permissions.may_care_for(person, obj) if obj else permissions.may_have_patients(person)

    def may_add(self, person: User) -> bool:
        return permissions.may_have_patients(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        return self.may_see(person, obj)

    def rows_of_form(self, obj: Patient) -> Iterable[Identified]:
        return chain([obj], obj.conditions.all(), obj.symptoms.all(), obj.limits.all())

    def place_of(self, obj: Patient) -> audit.Place:
        return audit.place_of(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """Return the fieldsets, with a line of its own for a column that none of them names: none is forgotten."""
        (title, options), *others = super().get_fieldsets(request, obj)
        named = flatten_fieldsets([(title, options), *others])
        more = [(field.name,) for field in self.opts.fields if field.editable and field.name not in named]
        return [(title, {**options, "fields": [*options["fields"], *more]}), *others]

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        # The form itself narrows clinic and therapist; a disabled field validates against these.
        if db_field.name == "therapist":
            return User.objects.all()
        return super().choices_for(db_field, request)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        rows: dict[type[Model], list[Any]] = {formset.model: changed_rows(formset) for formset in formsets}
        inlines = {inline.model: rows.get(inline.model, []) for inline in self.inlines}
        conditions, symptoms, limits = inlines.values()
        if codes := form.data.get("_record"):
            chosen = {row.condition.code for row in conditions}
            wanted = [code for code in codes.split() if code not in chosen]
            conditions = [*conditions, *condition_rows(patient=obj, codes=wanted)]
        return save_patient(
            patient=obj,
            conditions=conditions,
            symptoms=symptoms,
            limits=limits,
            removed=[pk for formset in formsets for pk in removed_rows(formset)],
            by=by,
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        if obj := kwargs.get("obj"):
            context["overview"] = overview_of(obj)
            told = told_of(obj, [line.state for line in context["overview"].plans])
            context["told"] = told
            context["measures"] = measures_of(obj, context["overview"].live)
            context["time_zones"] = zones_offered()
            context["today"] = obj.clinic.today()
            context["named"] = named_conditions(obj)
            context["alerts"] = alerts_for(obj, person_of(request))
            context["follow_ups"] = follow_ups_of_patient(
                person_of(request), obj, known={line.plan.pk: line.adherence for line in told}
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def after_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Say at once when what was saved stops a plan that the patient follows."""
        alerts = alerts_of(Plan.objects.filter(patient=obj.pk))
        if any(alert.stops and alert.pause is None for alert in alerts):
            messages.warning(request, STOPS)
            return HttpResponseRedirect(self.page_of(obj))
        if any(alert.unchecked and alert.pause is None for alert in alerts):
            messages.warning(request, UNCHECKED)
            return HttpResponseRedirect(self.page_of(obj))
        return super().after_save(request, obj)
