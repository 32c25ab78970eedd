"""What the plan's page asks for while it is edited: findings, exercises to choose from, a new row."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from plans.admin.base.admin import DeskAdmin
from plans.admin.base.requests import person_of, read_uuid
from plans.admin.base.throttle import refuse_too_many
from plans.admin.plans.form_check import check_form
from plans.admin.plans.item_forms import ItemFormSet, audience
from plans.admin.programmes.picker import find_exercises
from plans.models import Patient, Plan
from plans.permissions import patients_of
from plans.queries.exercises import chosen_revisions


class PlanEditorViews(DeskAdmin):
    """The pieces of the plan's page that come without reloading. None of them writes."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        own = [
            path("check/", view(require_POST(self.check_page)), name="plans_plan_check"),
            path("<uuid:plan_id>/check/", view(require_POST(self.check_page)), name="plans_plan_check"),
            path("offer/", view(require_GET(self.offer_page)), name="plans_plan_offer"),
            path(
                "<uuid:plan_id>/row/<uuid:item_id>/",
                view(require_GET(self.stored_row_page)),
                name="plans_plan_stored_row",
            ),
            path("row/", view(require_GET(self.row_page)), name="plans_plan_row"),
        ]
        return [*own, *super().get_urls()]

    def check_page(self, request: HttpRequest, plan_id: UUID | None = None) -> HttpResponse:
        plan = self._plan(request, plan_id)
        if too_many := refuse_too_many(request):
            return too_many
        form = self.get_form(request, plan, change=plan is not None)(request.POST, instance=plan)
        form.is_valid()
        formset = self.items_formset(request, form.instance)
        formset.is_valid()
        check = check_form(
            form.instance,
            formset,
            leaflets=form.ticked,
            person=person_of(request),
            data=request.POST,
        )
        context = {"check": check, "plan": form.instance, "form": form, "formset": formset, "oob": True}
        return render(request, "desk/plan/check.html", context)

    def offer_page(self, request: HttpRequest) -> HttpResponse:
        clinic, language = audience(self._plan_for(request), person_of(request))
        if clinic is None or not self.has_view_permission(request):
            raise PermissionDenied
        found = find_exercises(clinic=clinic, language=language, words=request.GET.get("q", ""))
        return render(request, "desk/plan/offer.html", {"offered": found, "row_page": "admin:plans_plan_row"})

    def row_page(self, request: HttpRequest) -> HttpResponse:
        plan = self._plan_for(request)
        clinic, language = audience(plan, person_of(request))
        revision_id = read_uuid(request.GET.get("revision"))
        if clinic is None or revision_id is None or not self.has_view_permission(request):
            raise Http404
        chosen = chosen_revisions({revision_id}, clinic=clinic, language=language)
        exercise = chosen.get(revision_id)
        own = (None, clinic.pk)
        if exercise is None or not exercise.is_offered or exercise.revision.exercise.clinic_id not in own:
            raise Http404
        formset = self.items_formset(request, plan)
        form = formset.new_row(_index(request), chosen)
        form.show(revision_id, exercise.revision.dose)
        return render(request, "desk/plan/item.html", {"form": form, "formset": formset})

    def stored_row_page(self, request: HttpRequest, plan_id: UUID, item_id: UUID) -> HttpResponse:
        """Show a row that somebody else has added to the plan."""
        plan = self._plan(request, plan_id)
        item = plan.items.filter(pk=item_id).first() if plan else None
        if plan is None or item is None:
            raise Http404
        formset = self.items_formset(request, plan)
        form = formset.new_row(_index(request), formset.chosen, of=item)
        return render(request, "desk/plan/item.html", {"form": form, "formset": formset})

    def items_formset(self, request: HttpRequest, plan: Plan) -> ItemFormSet:
        change = not plan._state.adding
        formsets, _ = self._create_formsets(request, plan, change=change)
        formset: ItemFormSet = formsets[0]
        return formset

    def _plan(self, request: HttpRequest, plan_id: UUID | None) -> Plan | None:
        if plan_id is None:
            if not self.has_add_permission(request):
                raise PermissionDenied
            return None
        plan: Plan | None = self.get_queryset(request).filter(pk=plan_id).first()
        if plan is None:
            raise Http404
        return plan

    def _plan_for(self, request: HttpRequest) -> Plan:
        asked = request.POST if request.method == "POST" else request.GET
        patient_id = read_uuid(asked.get("patient"))
        patient: Patient | None = None
        if patient_id:
            patient = patients_of(person_of(request)).select_related("clinic").filter(pk=patient_id).first()
        return Plan(patient=patient) if patient else Plan()


def _index(request: HttpRequest) -> int:
    index = request.GET.get("index", "0")
    return int(index) if index.isdecimal() else 0
