"""Rules: looked up by everyone, written by library admins, approved by reviewers; what they reach."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_GET, require_POST

from plans import audit, permissions
from plans.actions.approving import approve_rules
from plans.actions.rules import retire_rule, write_rule
from plans.admin.base.requests import person_of
from plans.admin.base.throttle import refuse_too_many
from plans.admin.library.base import ApprovingPage, reviewer_roles
from plans.admin.library.changes import Change, changes_of_rules, window_words
from plans.admin.library.filters import LevelFilter, StateFilter, with_state
from plans.admin.library.presenters import clinic_of, clinics_shown, reviewed
from plans.admin.library.rules.coverage import coverage
from plans.admin.library.rules.forms import RuleForm
from plans.exceptions import PlansError
from plans.models import Clinic, Rule, RuleRevision, User
from plans.queries.active_plans import touched_by
from plans.queries.library import state_of_rule, with_versions


@admin.register(Rule)
class RuleAdmin(ApprovingPage):
    """The rules of the shared library and of the own clinics."""

    form = RuleForm
    change_form_template = "desk/library/rule_form.html"
    change_list_template = "desk/library/rules.html"
    list_display = ["code", "condition", "level", "window", "review", "source", "review_on", "owner"]
    list_filter = [StateFilter, LevelFilter]
    list_select_related = ["clinic"]
    search_fields = ["code", "revisions__condition__search_text", "revisions__rationale"]
    search_help_text = "Code, condition or reason"
    fieldsets = [(None, {"fields": ["code", "clinic"]})]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.rules_of(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = with_state(super().get_queryset(request), request, of="rule")
        one = request.resolver_match is not None and request.resolver_match.url_name == "plans_rule_change"
        return with_versions(rows, clinics=clinics_shown(person_of(request)), in_full=one)

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is not None and obj.clinic_id is not None:
            return obj.clinic_id in permissions.clinics_with(person)
        return permissions.may_read_library(person)

    def may_add(self, person: User) -> bool:
        return permissions.may_keep_a_library(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_keep_a_library(person)
        return permissions.may_edit_library(person, obj.clinic_id)

    # --- The list -------------------------------------------------------------------------------------

    @admin.display(description="Condition")
    def condition(self, obj: Any) -> str:
        return str(state.in_force.condition) if (state := state_of_rule(obj)) else ""

    @admin.display(description="Level")
    def level(self, obj: Any) -> str:
        return str(state.in_force.level) if (state := state_of_rule(obj)) else ""

    @admin.display(description="When")
    def window(self, obj: Any) -> str:
        return window_words(state.in_force) if (state := state_of_rule(obj)) else ""

    @admin.display(description="Source")
    def source(self, obj: Any) -> str:
        return str(state.in_force.source) if (state := state_of_rule(obj)) else ""

    @admin.display(description="Look again")
    def review_on(self, obj: Any) -> Any:
        return state.in_force.review_on if (state := state_of_rule(obj)) else None

    @admin.display(description="Review")
    def review(self, obj: Any) -> str:
        state = state_of_rule(obj)
        if state and state.pending:
            return "retirement waits" if state.pending.retired else "a change waits"
        if state and state.retired_on:
            return "retired"
        return "needs review" if obj.waits else "approved"

    @admin.display(description="Library")
    def owner(self, obj: Rule) -> str:
        return str(obj.clinic) if obj.clinic else "shared"

    # --- Approving ------------------------------------------------------------------------------------

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        rows = RuleRevision.objects.filter(rule__in=queryset, newest=True)
        return list(rows.select_related("rule", "condition").prefetch_related("movements", "sentences"))

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        return changes_of_rules(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        return approve_rules(revisions=revisions, clinic=clinic, by=by)

    # --- One rule -------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("coverage/", view(require_GET(self.coverage_page)), name="plans_rule_coverage"),
            path("touched/", view(require_POST(self.touched_page)), name="plans_rule_touched"),
            path("<uuid:pk>/touched/", view(require_POST(self.touched_page)), name="plans_rule_touched"),
            path("<uuid:pk>/retire/", view(require_POST(self.retire)), name="plans_rule_retire"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the rule; `?edit` shows the form to those who may write it."""
        rule = self.get_object(request, object_id) if request.method == "GET" else None
        if rule is None or ("edit" in request.GET and self.has_change_permission(request, rule)):
            return super().change_view(request, object_id, form_url, extra_context)
        return TemplateResponse(request, "desk/library/rule.html", self._shown(request, rule))

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.person = person_of(request)
        return form

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        revision, _ = write_rule(data=form.data_of(), clinic=obj.clinic, by=by)
        return revision.rule

    def touched_page(self, request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
        """Say how many plans that patients follow now the typed rule would touch."""
        rule = self._own(request, pk) if pk else None
        if rule is None and not self.has_add_permission(request):
            raise Http404
        if too_many := refuse_too_many(request):
            return too_many
        form = self.get_form(request, rule, change=rule is not None)(request.POST, instance=rule)
        if not form.is_valid():
            return render(request, "desk/library/touched.html", {"unready": True})
        person = person_of(request)
        try:
            plans = [one.plan for one in touched_by(form.engine_rule(), clinic=form.cleaned_data["clinic"])]
        except PlansError as error:
            return render(request, "desk/library/touched.html", {"problem": str(error)})
        own = [plan for plan in plans if permissions.may_care_for(person, plan.patient)]
        return render(request, "desk/library/touched.html", {"count": len(plans), "own": own})

    def coverage_page(self, request: HttpRequest) -> HttpResponse:
        """Show exercises that no rule reaches, and conditions without rules."""
        clinic = clinic_of(person_of(request))
        if clinic is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": "What the rules reach",
            "opts": self.opts,
            "coverage": coverage(clinic),
        }
        return TemplateResponse(request, "desk/library/coverage.html", context)

    def retire(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Ask for its retirement: once a reviewer approves that, it fires no more."""
        rule = self._own(request, pk)
        try:
            retire_rule(rule=rule, by=person_of(request))
            messages.success(request, "A reviewer decides: until they approve it, the rule holds as before.")
        except PlansError as error:
            messages.error(request, str(error))
        return HttpResponseRedirect(self.page_of(rule))

    def place_of(self, obj: Rule) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def _own(self, request: HttpRequest, pk: UUID) -> Rule:
        rule: Rule = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        if not self.has_change_permission(request, rule):
            raise Http404
        return rule

    def _shown(self, request: HttpRequest, rule: Any) -> dict[str, Any]:
        clinic = clinic_of(person_of(request))
        state = state_of_rule(rule)
        revision = state.in_force if state else None
        sentences = list(revision.sentences.all()) if revision else []
        changes = (
            changes_of_rules([state.pending], clinic=clinic) if state and state.pending and clinic else []
        )
        return {
            **self.admin_site.each_context(request),
            "title": rule.code,
            "opts": self.opts,
            "original": rule,
            "revision": revision,
            "state": state,
            "change": changes[0] if changes else None,
            "window": window_words(revision) if revision else "",
            "revision_review": reviewed([revision], kind="rule", clinic=clinic)[0] if revision else None,
            "sentences": reviewed(sentences, kind="sentence", clinic=clinic),
            "revisions": rule.revisions.order_by("-number"),
            "may_edit": self.has_change_permission(request, rule),
            "may_review": reviewer_roles(request).exists(),
        }
