"""What plans and protocols have in common as forms: how often, other therapies, refusals by exercise."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.items import ImpossibleDose, NotInLibrary
from plans.admin.base.dose_fields import steps
from plans.admin.base.fields import SpanField, choice_field
from plans.admin.base.forms import DeskForm
from plans.admin.programmes.therapies import therapy_choices
from plans.admin.words.findings import in_words
from plans.dose import Dose, Frequency
from plans.exceptions import PlansError
from plans.models import Advice, Clinic
from plans.models.base import dose_columns


class ProgrammeForm(DeskForm):
    """How often, and what else is done."""

    times_per_day = SpanField(label=_lazy("Times a day"))
    days_per_week = SpanField(label=_lazy("Days a week"))
    therapies = forms.MultipleChoiceField(
        label=_lazy("Other therapies, printed as notes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("times_per_day", "days_per_week"):
            if name in self.fields:
                self.fields[name].widget.attrs.update(steps(name))

    def fill(self, *, clinic: Clinic | None, language: str) -> None:
        frequency = self.instance.frequency
        self.initial["times_per_day"] = frequency.times_per_day
        self.initial["days_per_week"] = frequency.days_per_week
        held: list[UUID] = []
        if not self.instance._state.adding:
            held = list(self.instance.therapies.values_list("pk", flat=True))
            self.initial["therapies"] = [str(pk) for pk in held]
        choice_field(self, "therapies").choices = therapy_choices(clinic, language, held=held)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self._set_frequency()
        return cleaned

    def chosen_therapies(self) -> list[Advice]:
        return list(Advice.objects.filter(pk__in=self.cleaned_data["therapies"]))

    def add_refusal(self, error: PlansError) -> None:
        if isinstance(error, ImpossibleDose | NotInLibrary):
            self.add_error(None, _("Exercises: %(error)s") % {"error": error})
        else:
            super().add_refusal(error)

    def _set_frequency(self) -> None:
        frequency = Frequency(
            times_per_day=self.cleaned_data.get("times_per_day"),
            days_per_week=self.cleaned_data.get("days_per_week"),
        )
        dose = Dose().with_frequency(frequency)
        for problem in dose.problems():
            self.add_error(problem.field.removesuffix("_min").removesuffix("_max"), in_words(problem.message))
        for name, value in dose_columns(dose).items():
            if name.startswith(("times_per_day", "days_per_week")):
                setattr(self.instance, name, value)
