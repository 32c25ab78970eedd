"""The patient's form: own clinic preset, dates that can be, equipment to tick."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.base.fields import row_field
from plans.admin.base.forms import DeskForm
from plans.admin.words.equipment import equipment_choices
from plans.admin.words.findings import in_words
from plans.contraindications import EARLIEST_BIRTH, check_birth
from plans.models import Clinic, Patient, Role, User
from plans.permissions import clinics_with


class PatientForm(DeskForm):
    """A patient. The clinic and the therapist are fixed unless the person has a choice."""

    language = forms.ChoiceField(label=_lazy("Preferred language"), choices=settings.LANGUAGES)
    equipment = forms.MultipleChoiceField(
        label=_lazy("Equipment at home"),
        required=False,
        choices=equipment_choices,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Patient
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "birth_date" not in self.fields:  # shown to someone who may only look
            return
        today = self._today()
        self.fields["birth_date"].widget.attrs.update(min=EARLIEST_BIRTH.isoformat(), max=today.isoformat())
        self._preset_clinic()
        self._preset_therapist()

    def clean_birth_date(self) -> date | None:
        day: date | None = self.cleaned_data["birth_date"]
        problems = check_birth(day, today=self._today())
        if words := [in_words(problem.message) for problem in problems]:
            raise forms.ValidationError(words)
        return day

    def _today(self) -> date:
        """Return the day in the patient's clinic, or, until it is chosen, in the person's."""
        return self.instance.clinic.today() if self.instance.clinic_id else timezone.localdate()

    def _preset_clinic(self) -> None:
        """Fix the clinic of a patient there is; for a new one, the only clinic the person has."""
        choices = list(clinics_where_treated(self.person))
        treating = Clinic.objects.filter(pk__in=[clinic.pk for clinic in choices])
        row_field(self, "clinic").queryset = treating
        if not self.instance._state.adding:
            self._fix("clinic", self.instance.clinic_id)
        elif choices and len({clinic.language for clinic in choices}) == 1:
            self.initial["language"] = choices[0].language
        if self.instance._state.adding and len(choices) == 1:
            self._fix("clinic", choices[0].pk)

    def _preset_therapist(self) -> None:
        """A therapist's patient is their own; a lead may give a patient to any therapist of the clinic."""
        clinics = clinics_with(self.person, Role.LEAD)
        adding = self.instance._state.adding
        if not clinics or not (adding or self.instance.clinic_id in clinics):
            self._fix("therapist", self.person.pk if adding else self.instance.therapist_id)
            return
        where = clinics if adding else {self.instance.clinic_id}
        treat = (Role.THERAPIST, Role.LEAD)
        people = User.objects.filter(system=None, memberships__clinic__in=where, memberships__role__in=treat)
        row_field(self, "therapist").queryset = people.distinct()
        if adding:
            self.initial.setdefault("therapist", self.person.pk)
            self.initial["therapist"] = self.initial["therapist"] or self.person.pk

    def _fix(self, name: str, value: Any) -> None:
        field = row_field(self, name)
        if name == "therapist":
            field.queryset = User.objects.filter(pk=value)
        field.disabled, field.widget = True, forms.HiddenInput()
        self.initial[name] = value


def clinics_where_treated(person: User) -> Any:
    return Clinic.objects.filter(pk__in=clinics_with(person, Role.THERAPIST, Role.LEAD))
