"""What the forms of exercises and rules share: the clinic that owns them, and a list of which nothing is chosen yet."""

from typing import Any

from django import forms

from plans.admin.base.fields import row_field
from plans.models import Clinic, Role, User
from plans.permissions import clinics_with

NOT_CHOSEN = ("", "---------")
"""A list that presets its first word would let a fact be claimed that nobody chose, such as the best evidence."""


def preset_clinic(form: "forms.ModelForm[Any]", person: User) -> None:
    """Fix the clinic of a row there is, and its code; for a new row, the only clinic whose library the person keeps."""
    field = row_field(form, "clinic")
    clinics = Clinic.objects.filter(pk__in=clinics_with(person, Role.LIBRARY_ADMIN))
    field.queryset, field.required = clinics, True
    adding = form.instance._state.adding
    only = None if adding else form.instance.clinic_id
    if only is None and len(clinics) == 1:
        only = clinics[0].pk
    if only:
        form.initial["clinic"], field.disabled, field.widget = only, True, forms.HiddenInput()
    if not adding:
        form.fields["code"].disabled = True
