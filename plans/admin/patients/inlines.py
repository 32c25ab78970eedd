"""The rows of a patient's form: conditions with their dates, symptoms, limits, and what was cleared by whom."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.forms import BaseInlineFormSet, ModelChoiceField, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.base.inlines import DeskInline
from plans.admin.words.findings import in_words
from plans.contraindications import FactProblem, check_fact, check_limit
from plans.libraryfiles.vocabulary import RedFlag
from plans.models import Patient, PatientCondition, PatientLimit, PatientSymptom, Symptom

LIMIT = ("words", "movement", "side", "at_most", "unit", "said_by", "said_on", "until")
CLEARANCE = ("cleared_on", "cleared_by", "cleared_how")


class ClearableForm(ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A row with dates that must fit together; each contradiction is an error at its own field."""

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean(self) -> dict[str, Any] | None:
        """Check what can be, each contradiction at its own field; a field that could not be read has its error."""
        cleaned = super().clean()
        today, birth = self.patient.clinic.today(), self.patient.birth_date
        fact = {**self.cleaned_data, "recorded_on": getattr(self.instance, "recorded_on", None)}
        self._tell(check_fact(fact, birth=birth, today=today))
        return cleaned

    def _tell(self, problems: Iterable[FactProblem]) -> None:
        for problem in problems:
            if problem.field not in self.errors:
                self.add_error(problem.field, in_words(problem.message))

    @property
    def is_unfolded(self) -> bool:
        return (
            self.instance.is_cleared or bool(self.warning) or any(field in self.errors for field in CLEARANCE)
        )

    @property
    def warning(self) -> str:
        """Why no plan can be published until this row, as it is stored, is cleared; blank where it can."""
        stored = not self.instance._state.adding
        return self.warn() if stored and not self.instance.is_cleared else ""

    def warn(self) -> str:
        return ""


class ConditionForm(ClearableForm):
    """A condition with the dates that the rules' windows count from."""

    def warn(self) -> str:
        first = self.instance.condition.treat_cause_first
        return _("The cause comes first: no plan before a clinician clears it.") if first else ""


class SymptomForm(ClearableForm):
    """A symptom and when it was noted. What was cleared stays as it is: noted again, it is a new row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(field := self.fields.get("symptom"), ModelChoiceField):
            field.label_from_instance = _name_symptom  # type: ignore[assignment,method-assign]  # as Django says it
            if field.queryset is not None:
                field.queryset = field.queryset.filter(Q(retired_on=None) | Q(pk=self.instance.symptom_id))
        if not self.instance._state.adding and self.instance.is_cleared:
            for cleared in self.fields.values():
                cleared.disabled = True

    def warn(self) -> str:
        flag = self.instance.symptom.red_flag
        if not flag:
            return ""
        who = (
            _("Send the patient to emergency care")
            if flag == RedFlag.EMERGENCY
            else _("A doctor must see it today")
        )
        return _("Red flag. %(who)s. No plan before a clinician clears it.") % {"who": who}


class LimitForm(ClearableForm):
    """A limit that was set for the patient. It stays as it was said: only its clearance is entered later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = _("Limit, as the patient reads it")
        movement = self.fields["movement"]
        if isinstance(movement, ModelChoiceField):
            movement.empty_label = _("none (not checked)")
        if not self.instance._state.adding:
            for name, stored in self.fields.items():
                stored.disabled = self.instance.is_cleared or name in LIMIT
            if isinstance(movement, ModelChoiceField):
                # It stays what it is: there is nothing to choose from, and nothing to be read for it.
                held = self.instance.movement
                movement.choices = [(held.pk, held.name)] if held else [("", movement.empty_label)]

    def clean(self) -> dict[str, Any] | None:
        """Check what can be of a new one; what is on record was checked when it was set."""
        cleaned = super().clean()
        if self.instance._state.adding:
            self._tell(check_limit(self.cleaned_data, today=self.patient.clinic.today(), is_new=True))
        return cleaned


def _name_symptom(symptom: Symptom) -> str:
    return _("%(name)s (red flag)") % {"name": symptom.name} if symptom.red_flag else symptom.name


class ClearableFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """Rows that know the patient as the form has it now, saved or not."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "patient": self.instance}


class SymptomFormSet(ClearableFormSet):
    """Symptoms, each of which stands once; beside it may be those that were cleared."""

    def clean(self) -> None:
        """Tell of a symptom that stands twice at the row that came second."""
        super().clean()
        standing = set()
        for form in self.forms:
            symptom = form.cleaned_data.get("symptom") if hasattr(form, "cleaned_data") else None
            if symptom is None or form.cleaned_data.get("DELETE") or form.cleaned_data.get("cleared_on"):
                continue
            if symptom.pk in standing:
                form.add_error("symptom", _("This symptom is recorded already and not cleared."))
            standing.add(symptom.pk)


class ClearableInline(DeskInline):
    """Rows that fold their clearance away while there is none."""

    formset = ClearableFormSet

    folded = CLEARANCE
    folded_words = _lazy("Cleared by a clinician")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(self.names)

    names = ""


class ConditionInline(ClearableInline):
    """What the patient has."""

    model = PatientCondition
    form = ConditionForm
    fields = ["condition", "side", "onset", "surgery_on", "operated", "due_on", *CLEARANCE]
    names = "condition"
    verbose_name = "condition"
    add_words = _lazy("Add a condition")
    empty_words = _lazy("No condition is recorded: the rules cannot help yet.")


class SymptomInline(ClearableInline):
    """What the patient reports; red flags stop a plan until they are cleared."""

    model = PatientSymptom
    form = SymptomForm
    formset = SymptomFormSet
    fields = ["symptom", "noted_on", *CLEARANCE]
    names = "symptom"
    verbose_name = "symptom"
    add_words = _lazy("Add a symptom")
    empty_words = _lazy("No symptom is recorded.")


class LimitInline(ClearableInline):
    """What a surgeon or another clinician forbade."""

    model = PatientLimit
    form = LimitForm
    fields = [*LIMIT, *CLEARANCE]
    names = "movement"
    verbose_name = "limit"
    verbose_name_plural = _lazy("limits of the surgeon")
    add_words = _lazy("Add a limit")
    empty_words = _lazy("No limit is set.")
