"""Protocols at a plan's page: what joined and what was left out, and the page that saves a plan as a protocol."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from plans import permissions
from plans.actions.apply_protocol import Joined
from plans.actions.protocols import save_as_protocol
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.fields import row_field
from plans.admin.base.requests import person_of
from plans.exceptions import PlansError
from plans.models import Condition, Plan
from plans.queries.protocols import LeftOutWhy, names_of

MAX_NAMED = 12
WHY = {
    LeftOutWhy.IN_PLAN: _lazy("in the plan already"),
    LeftOutWhy.RETIRED: "retired",
    LeftOutWhy.NOT_APPROVED: _lazy("not approved in your clinic"),
    LeftOutWhy.AGAINST_RULES: _lazy("the rules are against it for this patient"),
    LeftOutWhy.NOT_CHOSEN: _lazy("not ticked"),
}


class SaveAsProtocolForm(forms.Form):
    """The protocol's name, and how much comes along."""

    title = forms.CharField(max_length=120)
    condition = forms.ModelChoiceField(
        Condition.objects.none(), required=False, label=_lazy("For the condition"), empty_label=_lazy("Any")
    )
    with_words = forms.BooleanField(
        required=False,
        label=_lazy("Copy goals, notes and extra cautions too. I have looked: they name nobody."),
    )

    def __init__(self, *args: Any, plan: Plan, conditions: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row_field(self, "condition").queryset = conditions
        has = list(plan.patient.conditions.values_list("condition", flat=True)[:2])
        if len(has) == 1:
            self.initial["condition"] = has[0]


class PlanProtocolViews(DeskAdmin):
    """What a plan and the clinic's protocols give each other."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:plan_id>/protocol/", view(self.protocol_page), name="plans_plan_protocol"),
            *super().get_urls(),
        ]

    def protocol_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        person = person_of(request)
        plan: Plan | None = self.rows_of(person).filter(pk=plan_id).first()
        if plan is None or not permissions.may_make_protocols(person, plan.patient.clinic_id):
            raise Http404
        conditions = permissions.entries_of(person, Condition)
        form = SaveAsProtocolForm(request.POST or None, plan=plan, conditions=conditions)
        if request.method == "POST" and form.is_valid():
            try:
                protocol = save_as_protocol(plan=plan, by=person, **form.cleaned_data)
            except PlansError as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Saved. Look at each dose: from now on it is everybody's."))
                return HttpResponseRedirect(reverse("admin:plans_protocol_change", args=[protocol.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Save as a protocol"),
            "opts": self.opts,
            "plan": plan,
            "form": form,
        }
        return TemplateResponse(request, "desk/plan/protocol.html", context)


def tell_joined(request: HttpRequest, joined: Joined) -> None:
    count = len(joined.added)
    said = ngettext("Added %(count)s exercise.", "Added %(count)s exercises.", count) % {"count": count}
    said = said if count else _("No exercise was added.")
    level = messages.SUCCESS if count else messages.WARNING
    messages.add_message(request, level, said)
    if joined.left_out:
        left = {row.exercise.pk: row for row in joined.left_out}
        names = names_of(left, clinics=[joined.plan.patient.clinic_id], language=joined.plan.patient.language)
        told = [f"{names.get(key, row.exercise.code)} ({WHY[row.why]})" for key, row in left.items()]
        more = _(" and %(count)s more") % {"count": len(told) - MAX_NAMED} if len(told) > MAX_NAMED else ""
        messages.warning(
            request, _("Left out: %(join)s%(more)s.") % {"join": ", ".join(told[:MAX_NAMED]), "more": more}
        )
