"""An exercise of a plan is replaced in its place: what is offered for it, before anything is changed."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from plans.admin.base.dose_fields import SPANS
from plans.admin.base.throttle import refuse_too_many
from plans.admin.plans.drafts.fields import OF_ITEM
from plans.admin.plans.item_forms import ItemForm, ItemFormSet
from plans.admin.plans.presenters import LEVELS
from plans.admin.plans.views.editor import PlanEditorViews
from plans.admin.words.dose_line import dose_line
from plans.admin.words.findings import in_words
from plans.contraindications import Finding
from plans.dose import Dose
from plans.dose.adapt import changed_fields
from plans.queries.replacements import Relation, Replacement, replacements

FIELDS = {column: name for name, column in SPANS.items()}


@dataclass(frozen=True, kw_only=True)
class SaidOfIt:
    """One thing that the rules say of an exercise that is offered."""

    level: str
    word: str
    icon: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Offered:
    """A replacement as its line shows it, with the row that it would be."""

    relation: str
    name: str
    dose: str
    changed: str
    texts: str
    """The fields of the row by their names, as JSON."""
    findings: list[SaidOfIt]
    row: ItemForm


class PlanReplaceViews(PlanEditorViews):
    """What may stand in a row's place."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.replacements_page))
        return [
            path("<uuid:plan_id>/replacements/", view, name="plans_plan_replacements"),
            *super().get_urls(),
        ]

    def replacements_page(self, request: HttpRequest, plan_id: UUID) -> HttpResponse:
        """Answer for the row that the form names, as it stands there, saved or not. Nothing is written."""
        plan = self._plan(request, plan_id)
        if too_many := refuse_too_many(request):
            return too_many
        form = self.get_form(request, plan, change=True)(request.POST, instance=plan)
        form.is_valid()
        formset = self.items_formset(request, form.instance)
        formset.is_valid()
        rows: list[ItemForm] = formset.in_order
        row = next((one for one in rows if one.prefix == request.POST.get("row")), None)
        if row is None or not row.instance.revision_id:
            raise Http404
        found = [_offered(one, row, formset) for one in replacements(form.instance, row.instance)]
        return render(request, "desk/plan/replacements.html", {"offered": found, "formset": formset})


def _offered(one: Replacement, row: ItemForm, formset: ItemFormSet) -> Offered:
    revision = one.chosen.revision
    index = int(str(row.prefix).rpartition("-")[2])
    fresh: Any = formset.new_row(index, {revision.pk: one.chosen})
    fresh.show(revision.pk, one.dose)
    frequency = formset.instance.frequency
    return Offered(
        relation=_relation(one.relation),
        name=one.chosen.name,
        dose=dose_line(one.dose.with_frequency(frequency), limb=revision.limb),
        changed=_changed(row.dose, one.dose),
        texts=json.dumps(_texts(one.dose)),
        findings=[_said(finding) for finding in one.findings],
        row=fresh,
    )


def _relation(relation: Relation) -> str:
    match relation:
        case Relation.EASIER:
            return _("Easier")
        case Relation.HARDER:
            return _("Harder")
        case Relation.ALTERNATIVE:
            return _("Instead")


def _texts(dose: Dose) -> dict[str, str]:
    """Return the fields of a row by their names, as a page shows them."""
    spans = {name: OF_ITEM.text(name, getattr(dose, column)) for name, column in SPANS.items()}
    return {**spans, "side": dose.side.value if dose.side else ""}


def _changed(before: Dose, after: Dose) -> str:
    old, new = _texts(before), _texts(after)
    names = [FIELDS.get(field, field) for field in changed_fields(before, after)]
    return "; ".join(f"{OF_ITEM.label(name)}: {old[name] or '-'} → {new[name] or '-'}" for name in names)


def _said(finding: Finding) -> SaidOfIt:
    word, icon = LEVELS[finding.level]
    return SaidOfIt(level=finding.level.value, word=str(word), icon=icon, words=in_words(finding.message))
