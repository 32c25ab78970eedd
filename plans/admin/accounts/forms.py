"""The forms of an account: by who runs the service without a password, by a lead with one."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from plans.admin.base.forms import DeskForm
from plans.models import Clinic, Role

LICENCE_NEEDED = _lazy("A reviewer needs the licence number that approvals will carry.")


class AccountForm(DeskForm):
    """Names, and whether the account works."""


class PasswordForm(DeskForm):
    """The same with a new password."""

    password_1 = forms.CharField(
        label=_lazy("New password"), required=False, strip=False, widget=UnfoldAdminPasswordWidget
    )
    password_2 = forms.CharField(
        label=_lazy("The same again"), required=False, strip=False, widget=UnfoldAdminPasswordWidget
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, second = (self.cleaned_data.get(name, "") for name in ("password_1", "password_2"))
        if first != second:
            self.add_error("password_2", _("The two passwords differ."))
        elif first:
            try:
                validate_password(first, self.instance)
            except forms.ValidationError as error:
                self.add_error("password_1", error)
        return cleaned


class RoleFields(forms.Form):
    """Which role in which clinic; a reviewer's with its licence number."""

    clinic = forms.ModelChoiceField(queryset=Clinic.objects.none(), widget=UnfoldAdminSelectWidget)
    role = forms.ChoiceField(choices=Role.choices, widget=UnfoldAdminSelectWidget)
    licence_number = forms.CharField(
        label=_lazy("Licence number"), max_length=40, required=False, widget=UnfoldAdminTextInputWidget
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("role") == Role.REVIEWER and not self.cleaned_data.get("licence_number"):
            self.add_error("licence_number", LICENCE_NEEDED)
        return cleaned


class MemberForm(RoleFields, PasswordForm):
    """A new account of somebody who begins to work in a clinic."""
