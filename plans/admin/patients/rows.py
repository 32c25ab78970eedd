"""The rows of a patient's form: conditions with their dates, symptoms, and what was cleared by whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.forms import BaseInlineFormSet, ModelChoiceField, ModelForm
from django.http import HttpRequest
from django.utils import timezone

from plans.admin.inlines import DeskInline
from plans.libraryfiles.vocabulary import RedFlag
from plans.models import Patient, PatientCondition, PatientSymptom, Symptom

CLEARANCE = ("cleared_on", "cleared_by", "cleared_how")
CLEARANCE_WORDS = {
    "cleared_on": "When was it cleared?",
    "cleared_by": "Who cleared it? The clinician's name is needed.",
    "cleared_how": "How was it cleared?",
}


class ClearableForm(ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """A row with dates that must fit together; each contradiction is an error at its own field."""

    past_days: Sequence[tuple[str, str]] = ()
    """Fields that hold a day that has come, each with its word for errors; a clearance counts from the last of them."""

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean(self) -> dict[str, Any] | None:
        """Check the dates against today, the birth date and each other, and that a clearance is whole."""
        cleaned = super().clean()
        for field, what in (*self.past_days, ("cleared_on", "A clearance")):
            self._check_past(field, what)
        self._check_clearance_after()
        self._check_clearance_whole()
        return cleaned

    @property
    def is_unfolded(self) -> bool:
        """Whether the clearance is shown: there is one, or something is wrong with it."""
        return (
            self.instance.is_cleared or bool(self.warning) or any(field in self.errors for field in CLEARANCE)
        )

    @property
    def warning(self) -> str:
        """Why no plan can be published until this row, as it is stored, is cleared; blank where it can."""
        stored = not self.instance._state.adding
        return self.warn() if stored and not self.instance.is_cleared else ""

    def warn(self) -> str:
        """Give the warning of an uncleared row, if it has one."""
        return ""

    def _day(self, field: str) -> date | None:
        day: date | None = self.cleaned_data.get(field)
        return day

    def _check_past(self, field: str, what: str) -> None:
        day, birth = self._day(field), self.patient.birth_date
        if day and day > timezone.localdate():
            self.add_error(field, f"{what} cannot be in the future.")
        elif day and birth and day < birth:
            self.add_error(field, f"{what} cannot be before the birth date.")

    def _check_clearance_after(self) -> None:
        cleared = self._day("cleared_on")
        for field, what in self.past_days:
            begun = self._day(field)
            if begun and cleared and cleared < begun and "cleared_on" not in self.errors:
                self.add_error(
                    "cleared_on", f"{what} is later: clear it again, or leave the clearance blank."
                )

    def _check_clearance_whole(self) -> None:
        given = {field for field in CLEARANCE if self.cleaned_data.get(field)}
        if not given:
            return
        for field in CLEARANCE:
            if field not in given and field not in self.errors:
                self.add_error(field, CLEARANCE_WORDS[field])


class ConditionForm(ClearableForm):
    """A condition with the dates that the rules' windows count from."""

    past_days = (("onset", "The onset"), ("surgery_on", "The surgery"))

    def clean(self) -> dict[str, Any] | None:
        """Check the due date too: it may lie ahead, not before birth."""
        cleaned = super().clean()
        due, birth = self._day("due_on"), self.patient.birth_date
        if due and birth and due < birth:
            self.add_error("due_on", "The due date cannot be before the birth date.")
        return cleaned

    def warn(self) -> str:
        first = self.instance.condition.treat_cause_first
        return "The cause comes first: no plan before a clinician clears it." if first else ""


class SymptomForm(ClearableForm):
    """A symptom and when it was noted."""

    past_days = (("noted_on", "The day of a symptom"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(field := self.fields.get("symptom"), ModelChoiceField):
            field.label_from_instance = _name_symptom  # type: ignore[assignment,method-assign]  # as Django says it

    def warn(self) -> str:
        flag = self.instance.symptom.red_flag
        if not flag:
            return ""
        who = (
            "Send the patient to emergency care"
            if flag == RedFlag.EMERGENCY
            else "A doctor must see it today"
        )
        return f"Red flag. {who}. No plan before a clinician clears it."


def _name_symptom(symptom: Symptom) -> str:
    return f"{symptom.name} (red flag)" if symptom.red_flag else symptom.name


class ClearableFormSet(BaseInlineFormSet):  # type: ignore[type-arg]  # not subscriptable at run time
    """Rows that know the patient as the form has it now, saved or not."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """Hand the patient to every row."""
        return {**super().get_form_kwargs(index), "patient": self.instance}


class ClearableInline(DeskInline):
    """Rows that fold their clearance away while there is none."""

    formset = ClearableFormSet

    folded = CLEARANCE
    folded_words = "Cleared by a clinician"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related(self.names)

    names = ""


class ConditionInline(ClearableInline):
    """What the patient has."""

    model = PatientCondition
    form = ConditionForm
    fields = ["condition", "onset", "surgery_on", "due_on", *CLEARANCE]
    names = "condition"
    verbose_name = "condition"
    add_words = "Add a condition"
    empty_words = "No condition is recorded: the rules cannot help yet."


class SymptomInline(ClearableInline):
    """What the patient reports; red flags stop a plan until they are cleared."""

    model = PatientSymptom
    form = SymptomForm
    fields = ["symptom", "noted_on", *CLEARANCE]
    names = "symptom"
    verbose_name = "symptom"
    add_words = "Add a symptom"
    empty_words = "No symptom is recorded."
