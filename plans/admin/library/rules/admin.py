"""Rules: looked up by everyone, written by library admins, approved by reviewers."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.approving import approve_rules
from plans.actions.rules import write_rule
from plans.admin.base.requests import person_of, state_of
from plans.admin.library.changes import Change, changes_of_rules
from plans.admin.library.facts import window_words
from plans.admin.library.filters import LevelFilter, ReviewStateFilter, with_review_state
from plans.admin.library.presenters import review_clinics
from plans.admin.library.rules.forms import RuleForm
from plans.admin.library.rules.presenters import rule_context
from plans.admin.library.rules.views import RuleViews
from plans.models import Clinic, Rule, RuleRevision, User
from plans.queries.library import state_of_rule, with_versions


@admin.register(Rule)
class RuleAdmin(RuleViews):
    """The rules of the shared library and of the own clinics."""

    form = RuleForm
    change_form_template = "desk/library/rule_form.html"
    change_list_template = "desk/library/rules.html"
    list_display = ["code", "condition", "level", "window", "review", "source", "review_on", "owner"]
    list_filter = [ReviewStateFilter, LevelFilter]
    search_fields = ["code", "revisions__condition__search_text", "revisions__rationale"]
    search_help_text = _lazy("Code, condition or reason")

    def rows_of(self, person: User) -> QuerySet[Any]:
        return permissions.rules_of(person)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = with_review_state(super().get_queryset(request), request, of="rule")
        in_full = (
            request.resolver_match is not None and request.resolver_match.url_name == "plans_rule_change"
        )
        return with_versions(rows, clinics=review_clinics(request), in_full=in_full)

    @admin.display(description=_lazy("Condition"))
    def condition(self, obj: Any) -> str:
        return str(state.in_force.condition) if (state := state_of_rule(obj)) else ""

    @admin.display(description=_lazy("Level"))
    def level(self, obj: Any) -> str:
        return str(state.in_force.level) if (state := state_of_rule(obj)) else ""

    @admin.display(description=_lazy("When"))
    def window(self, obj: Any) -> str:
        return window_words(state.in_force) if (state := state_of_rule(obj)) else ""

    @admin.display(description=_lazy("Source"))
    def source(self, obj: Any) -> str:
        return str(state.in_force.source) if (state := state_of_rule(obj)) else ""

    @admin.display(description=_lazy("Look again"))
    def review_on(self, obj: Any) -> Any:
        return state.in_force.review_on if (state := state_of_rule(obj)) else None

    @admin.display(description=_lazy("Review"))
    def review(self, obj: Any) -> str:
        state = state_of_rule(obj)
        if state and state.pending:
            return _("retirement waits") if state.pending.retired else _("a change waits")
        if state and state.retired_on:
            return "retired"
        return _("needs review") if obj.waits else _("approved")

    def newest_of(self, queryset: QuerySet[Any]) -> Sequence[Any]:
        rows = RuleRevision.objects.filter(rule__in=queryset, newest=True)
        return list(rows.select_related("rule", "condition").prefetch_related("movements", "sentences"))

    def changes_of(self, revisions: Sequence[Any], clinic: Clinic) -> Sequence[Change]:
        return changes_of_rules(revisions, clinic=clinic)

    def approve_all(self, *, revisions: Sequence[Any], clinic: Clinic, by: User) -> int:
        return approve_rules(revisions=revisions, clinic=clinic, by=by)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        revision, _ = write_rule(data=form.data_of(), clinic=obj.clinic, by=by)
        return revision.rule

    def show(self, request: HttpRequest, rule: Rule) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": rule.code,
            "opts": self.opts,
            "original": rule,
            "may_edit": self.has_change_permission(request, rule),
            **rule_context(rule, clinic=state_of(request).clinic, person=person_of(request)),
        }
        return TemplateResponse(request, "desk/library/rule.html", context)
