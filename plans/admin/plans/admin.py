"""The plan's page: the patient's facts, the exercises with their doses, and what the rules say of them."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.db.models import Count, Max, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import audit, permissions
from plans.actions.edit_plan import edit_plan
from plans.actions.plan_defaults import begin_with_defaults
from plans.admin.base.inlines import changed_rows, removed_rows
from plans.admin.base.media import of_own_rows
from plans.admin.base.requests import person_of, read_uuid, state_of
from plans.admin.plans.drafts.answers import state_of_draft
from plans.admin.plans.drafts.fields import OF_ITEM, OF_PLAN
from plans.admin.plans.form_check import check_form
from plans.admin.plans.forms import PlanForm
from plans.admin.plans.item_forms import ItemForm, ItemFormSet
from plans.admin.plans.proposals.phases import phase_lines
from plans.admin.plans.reason_fields import posted_reasons
from plans.admin.plans.views.actions import PlanActionViews
from plans.admin.plans.views.changes import PlanDraftViews
from plans.admin.plans.views.ending import PlanEndViews
from plans.admin.plans.views.proposals import PlanProposalViews
from plans.admin.plans.views.protocol import PlanProtocolViews
from plans.admin.plans.views.publish import PublishViews
from plans.admin.plans.views.replacing import PlanReplaceViews
from plans.admin.plans.views.shelf import PlanShelfViews
from plans.admin.programmes.inlines import DoseRowInline
from plans.models import AuditVerb, Plan, PlanItem, Publication, User
from plans.models.base import Identified
from plans.queries.active_plans import other_live_plans
from plans.queries.exercises import former_items
from plans.queries.links import blocked_links
from plans.queries.pauses import is_paused, open_pause
from plans.queries.sheets import plain_code


class ItemInline(DoseRowInline):
    """The plan's exercises."""

    model = PlanItem
    form = ItemForm
    formset = ItemFormSet
    fields = ["order", "side", "load", "until", "note", "extra_caution", "offers_easier"]


@admin.register(Plan)
class PlanAdmin(
    PlanDraftViews,
    PublishViews,
    PlanProtocolViews,
    PlanActionViews,
    PlanEndViews,
    PlanReplaceViews,
    PlanProposalViews,
    PlanShelfViews,
):
    """Plans of the own caseload."""

    form = PlanForm
    change_form_template = "desk/plan/page.html"
    list_display = ["title", "patient", "exercises", "last_version", "review_on", "updated_at"]
    list_select_related = ["patient"]
    search_fields = ["search_text", "patient__search_text"]
    search_help_text = _lazy("Title, patient, record number or the code on a sheet")
    autocomplete_fields = ["patient"]
    inlines = [ItemInline]
    fieldsets = [
        (None, {"fields": ["patient", "title", "goals", "start_on", "review_on", "note"]}),
    ]
    read_verb = AuditVerb.PLAN_VIEWED

    def get_search_results(self, request: HttpRequest, queryset: QuerySet[Any], search_term: str) -> Any:
        code = plain_code(search_term)
        sheets = Publication.objects.filter(sheet_code=code)
        if code and (plan := queryset.filter(pk__in=sheets.values("plan"))).exists():
            return plan, False
        return super().get_search_results(request, queryset, search_term)

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.plans_of(person).select_related("patient__clinic")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counted = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "plans_plan_changelist":
            counted = counted.annotate(
                item_count=Count("items", distinct=True),
                version=Max("publications__number"),
                paused=is_paused(),
            )
        return counted

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_have_patients(person)
        return permissions.may_care_for(person, obj.patient)

    def may_add(self, person: User) -> bool:
        return permissions.may_have_patients(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        return self.may_see(person, obj)

    def rows_of_form(self, obj: Plan) -> Iterable[Identified]:
        return chain([obj], obj.items.all(), obj.therapies.all(), obj.leaflets.all())

    def place_of(self, obj: Plan) -> audit.Place:
        return audit.place_of(obj.patient)

    @admin.display(description=_lazy("Exercises"))
    def exercises(self, obj: Any) -> int:
        return int(obj.item_count)

    @admin.display(description=_lazy("Published"))
    def last_version(self, obj: Any) -> str:
        if obj.stopped_on:
            return f"stopped {obj.stopped_on:%d %b %Y}"
        if obj.paused:
            return f"version {obj.version}, paused"
        return f"version {obj.version}" if obj.version else "draft"

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is not None:
            form.fingerprint = f"{obj.draft_number}-{form.fingerprint}"
        form.library = state_of(request).library
        form.new_id = request.resolver_match.kwargs.get("new_id") if request.resolver_match else None
        return form

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [path("new/<uuid:new_id>/", view(self.new_page), name="plans_plan_new"), *super().get_urls()]

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Send a new plan to an address of its own, so that the way back leads to it and not to another."""
        if request.method == "GET" and self.has_add_permission(request):
            address = reverse("admin:plans_plan_new", args=[uuid4()])
            query = urlencode({name: value for name, value in request.GET.items() if read_uuid(value)})
            return HttpResponseRedirect(f"{address}?{query}" if query else address)
        return super().add_view(request, form_url, extra_context)

    def new_page(self, request: HttpRequest, new_id: UUID) -> HttpResponse:
        """Show or write a plan under the id in the address; once it is written, its own page is the place."""
        if self.get_queryset(request).filter(pk=new_id).exists():
            if request.method == "POST":
                messages.warning(request, _("This plan was saved before. This is how it stands."))
            return HttpResponseRedirect(reverse("admin:plans_plan_change", args=[new_id]))
        answer: HttpResponse = self.changeform_view(request)
        return answer

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial = {**super().get_changeform_initial_data(request), "start_on": timezone.localdate()}
        plan = self._begun_for(request)
        if plan.patient_id:
            initial |= {"start_on": plan.start_on, "review_on": plan.review_on}
        return initial

    def _begun_for(self, request: HttpRequest) -> Plan:
        """Return the plan of a new page with what its draft will begin with, once its patient is known."""
        plan = self._plan_for(request)
        return begin_with_defaults(plan) if plan.patient_id else plan

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        items = formsets[0]
        if not change and form.new_id:
            # Only now: the framework's rows of a new parent have taken its id away.
            obj.pk = form.new_id
        if change:
            # The action holds the form to the state that it was shown in, as it holds every other way of saving.
            obj.draft_number = form.seen_number
        return edit_plan(
            plan=obj,
            items=changed_rows(items),
            removed=removed_rows(items),
            therapies=form.chosen_therapies(),
            leaflets=form.chosen_leaflets(),
            reasons=posted_reasons(form.data),
            by=by,
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> Any:
        form = context["adminform"].form
        formset = context["inline_admin_formsets"][0].formset
        person = person_of(request)
        plan = form.instance
        if plan._state.adding and not form.is_bound:
            plan = self._begun_for(request)
        stored = kwargs.get("obj")
        context["draft_id"] = stored.pk if stored else form.new_id
        context["draft_fields"] = {"plan": " ".join(OF_PLAN.names), "item": " ".join(OF_ITEM.names)}
        context["draft"] = state_of_draft(stored) if stored else None
        context["check"] = check_form(plan, formset, leaflets=form.ticked, person=person, data=request.POST)
        context["plan"] = plan
        context["may_publish"] = permissions.may_publish(person, kwargs.get("obj"))
        context["media"] = of_own_rows(context["media"], has_lists=stored is None)
        if obj := kwargs.get("obj"):
            context["phases"] = phase_lines(obj)
            context["may_save_as_protocol"] = permissions.may_make_protocols(person, obj.patient.clinic_id)
            context["blocked_links"] = blocked_links(Plan.objects.filter(pk=obj.pk))
            context["pause"] = open_pause(obj)
            context["other_live"] = other_live_plans(obj)
            took_newer = any(form.instance.former_revision_id for form in formset.forms)
            context["may_take_back"] = took_newer and former_items(obj).exists()
            context["publications"] = list(
                obj.publications.select_related("published_by").order_by("-number")
            )
        return super().render_change_form(request, context, *args, **kwargs)

    def after_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if "_publish" in request.POST:
            return HttpResponseRedirect(reverse("admin:plans_plan_publish", args=[obj.pk]))
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(self.page_of(obj))
