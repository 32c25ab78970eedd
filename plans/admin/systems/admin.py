"""Other software of a clinic: its systems and their keys. A secret is shown once, when it is made."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST
from oauth2_provider.scopes import get_scopes_backend
from unfold.widgets import UnfoldAdminSelectWidget

from plans import audit, permissions
from plans.actions.systems import (
    KEY_DAYS,
    MadeKey,
    NotOnBehalf,
    TherapistMissing,
    add_key,
    end_system,
    make_system,
    revoke_key,
)
from plans.admin.accounts.admin.roles import clinics_led
from plans.admin.base.fields import choice_field
from plans.admin.base.forms import DeskForm
from plans.admin.base.readonly import ReadPage
from plans.admin.base.requests import person_of
from plans.exceptions import PlansError
from plans.models import ClinicSystem, Role, SystemKey, User

ROLES = [
    (Role.LEAD.value, "the whole clinic, as a lead"),
    (Role.THERAPIST.value, "one therapist's caseload, on behalf of this therapist"),
]


class SystemForm(DeskForm):
    """A new system: of which clinic, with which reach."""

    role = forms.ChoiceField(label="It works with", choices=ROLES, widget=UnfoldAdminSelectWidget)
    on_behalf_of = forms.ModelChoiceField(
        User.objects.none(),
        label="On behalf of",
        required=False,
        widget=UnfoldAdminSelectWidget,
        help_text="The therapist whose patients it sees. What it does is recorded under both names.",
    )

    class Meta:
        model = ClinicSystem
        fields = ["clinic", "name"]

    def add_refusal(self, error: PlansError) -> None:
        """Show beside the therapist what is wrong with the choice."""
        self.add_error(
            "on_behalf_of" if isinstance(error, (TherapistMissing, NotOnBehalf)) else None, str(error)
        )


class KeyForm(forms.Form):
    """What a new key may do, and how long."""

    scopes = forms.MultipleChoiceField(
        label="It may",
        widget=forms.CheckboxSelectMultiple,
        help_text="To change something a key needs to read it, too: the answer tells what stands there.",
    )
    days = forms.IntegerField(label="Days it works", min_value=1, max_value=KEY_DAYS, initial=KEY_DAYS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scopes = get_scopes_backend().get_all_scopes()
        choice_field(self, "scopes").choices = sorted(scopes.items())


@admin.register(ClinicSystem)
class SystemAdmin(ReadPage):
    """Systems of the clinics that the person leads. Who runs the service makes no key: it would read patients."""

    form = SystemForm
    list_display = ["name", "clinic", "created_at", "ended_at"]
    list_select_related = ["clinic"]
    fieldsets = [(None, {"fields": ["clinic", "name", "role", "on_behalf_of"]})]

    def rows_of(self, person: User) -> QuerySet[Any]:
        return ClinicSystem.objects.filter(clinic__in=clinics_led(person))

    def may_see(self, person: User, obj: Any | None) -> bool:
        led = permissions.clinics_with(person, Role.LEAD)
        return bool(led) if obj is None else obj.clinic_id in led

    def may_add(self, person: User) -> bool:
        return self.may_see(person, None)

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return clinics_led(person_of(request))

    def place_of(self, obj: ClinicSystem) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        return make_system(
            clinic=obj.clinic,
            name=obj.name,
            role=Role(form.cleaned_data["role"]),
            on_behalf_of=form.cleaned_data["on_behalf_of"],
            by=by,
        )

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        led = permissions.clinics_with(person_of(request), Role.LEAD)
        people = permissions.treating_in(led).order_by("last_name", "first_name")
        form.base_fields["on_behalf_of"].queryset = people
        return form

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("<uuid:pk>/key/", view(require_POST(self.make_key)), name="plans_clinicsystem_key"),
            path("<uuid:pk>/end/", view(require_POST(self.end)), name="plans_clinicsystem_end"),
            path(
                "<uuid:pk>/revoke/<uuid:key_id>/",
                view(require_POST(self.revoke)),
                name="plans_clinicsystem_revoke",
            ),
            *super().get_urls(),
        ]

    def show(self, request: HttpRequest, system: ClinicSystem) -> HttpResponse:
        """Show the system with its keys."""
        return self._show(request, system, KeyForm())

    def make_key(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Make a key and show its secret, this once."""
        system, form = self._own(request, pk), KeyForm(request.POST)
        if not form.is_valid():
            return self._show(request, system, form)
        try:
            made = add_key(system=system, **form.cleaned_data, by=person_of(request))
        except PlansError as error:
            messages.error(request, str(error))
            return self._show(request, system, form)
        return self._show(request, system, KeyForm(), made)

    def revoke(self, request: HttpRequest, pk: UUID, key_id: UUID) -> HttpResponse:
        """End one key at once."""
        system = self._own(request, pk)
        revoke_key(key=get_object_or_404(SystemKey, system=system, pk=key_id), by=person_of(request))
        messages.success(request, "The key is revoked: it opens nothing any more.")
        return HttpResponseRedirect(self.page_of(system))

    def end(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """End the system with all its keys."""
        system = self._own(request, pk)
        end_system(system=system, by=person_of(request))
        messages.success(request, "The system is ended.")
        return HttpResponseRedirect(self.page_of(system))

    def _own(self, request: HttpRequest, pk: UUID) -> ClinicSystem:
        system: ClinicSystem = get_object_or_404(self.rows_of(person_of(request)), pk=pk)
        return system

    def _show(
        self, request: HttpRequest, system: ClinicSystem, form: KeyForm, made: MadeKey | None = None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": system.name,
            "opts": self.opts,
            "original": system,
            "keys": system.keys.order_by("-created"),
            "form": form,
            "made": made,
        }
        return TemplateResponse(request, "desk/systems/system.html", context)
