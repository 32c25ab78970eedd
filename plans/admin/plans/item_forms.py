"""One exercise of a plan as a form row: its dose as a therapist types it, with what the rules say of it."""

from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.plan_dates import latest_day
from plans.admin.base.fields import DayInput, ShortInput, check_day, uncut
from plans.admin.plans.marks import Mark, RowLine, mark_of
from plans.admin.programmes.inlines import DoseRowForm, DoseRowFormSet
from plans.models import Clinic, ExerciseRevision, Plan, PlanItem, User
from plans.permissions import clinics_with


class ItemForm(DoseRowForm):
    """An exercise of a plan, as a named revision."""

    words = ("note", "extra_caution", "load", "out", "back", "until")

    class Meta:
        model = PlanItem
        fields = ["order", "side", "load", "until", "note", "extra_caution", "offers_easier"]
        labels = {"note": _lazy("Own note"), "extra_caution": _lazy("Extra caution")}
        widgets = {
            "order": forms.HiddenInput,
            "side": forms.Select(attrs={"class": "desk-input"}),
            "load": ShortInput,
            "until": DayInput,
            "note": ShortInput,
            "extra_caution": ShortInput,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.findings: list[RowLine] = []
        self.easier_held = False
        self.fields["offers_easier"].widget.attrs["aria-describedby"] = "easier-hint"
        uncut(self, "note", "extra_caution", "load")
        if self.instance.revision_id:
            self.show(self.instance.revision_id, self.instance.dose)

    @property
    def mark(self) -> Mark | None:
        return mark_of(self.findings)

    def clean_until(self) -> date | None:
        day: date | None = self.cleaned_data["until"]
        check_day(day, latest=latest_day(), what=_("The last day"))
        return day

    def take(self, revision: ExerciseRevision) -> None:
        self.instance.revision = revision


class ItemFormSet(DoseRowFormSet):
    """A plan's exercises."""

    offer_page = "admin:plans_plan_offer"
    row_page = "admin:plans_plan_row"
    offered_for = "patient"

    @property
    def audience(self) -> tuple[Clinic | None, str]:
        return audience(self.instance, self.person)

    @cached_property
    def stored(self) -> frozenset[UUID]:
        return frozenset(item.revision_id for item in self.get_queryset())


def audience(plan: Plan, person: User) -> tuple[Clinic | None, str]:
    """Return the clinic and the language whose texts count: the patient's, or the person's until there is one."""
    if plan.patient_id:
        return plan.patient.clinic, plan.patient.language
    return Clinic.objects.filter(pk__in=clinics_with(person)).first(), "en"
