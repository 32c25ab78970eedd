"""The forms of a clinic's other software: a new system, and a new key of one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy
from oauth2_provider.scopes import get_scopes_backend
from unfold.widgets import UnfoldAdminSelectWidget

from plans.actions.systems import KEY_DAYS, NotOnBehalf, TherapistMissing
from plans.admin.base.fields import choice_field
from plans.admin.base.forms import DeskForm
from plans.exceptions import PlansError
from plans.models import ClinicSystem, Role, User

ROLES = [
    (Role.LEAD.value, _lazy("the whole clinic, as a lead")),
    (Role.THERAPIST.value, _lazy("one therapist's caseload, on behalf of this therapist")),
]


class SystemForm(DeskForm):
    """A new system: of which clinic, with which reach."""

    role = forms.ChoiceField(label=_lazy("It works with"), choices=ROLES, widget=UnfoldAdminSelectWidget)
    on_behalf_of = forms.ModelChoiceField(
        User.objects.none(),
        label=_lazy("On behalf of"),
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text=_lazy("The therapist whose patients it sees. What it does is recorded under both names."),
    )

    class Meta:
        model = ClinicSystem
        fields = ["clinic", "name"]

    def add_refusal(self, error: PlansError) -> None:
        self.add_error(
            "on_behalf_of" if isinstance(error, (TherapistMissing, NotOnBehalf)) else None, str(error)
        )


class KeyForm(forms.Form):
    """What a new key may do, and how long."""

    scopes = forms.MultipleChoiceField(
        label=_lazy("It may"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy(
            "To change something a key needs to read it, too: the answer tells what stands there."
        ),
    )
    days = forms.IntegerField(label=_lazy("Days it works"), min_value=1, max_value=KEY_DAYS, initial=KEY_DAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = get_scopes_backend().get_all_scopes()
        choice_field(self, "scopes").choices = sorted(scopes.items())
