"""Who does what in a clinic: its leads give roles and take them, who runs the service sees them."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from plans import audit, permissions
from plans.actions import clinics
from plans.admin.accounts.forms import LICENCE_NEEDED
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.forms import DeskForm
from plans.admin.base.led import clinics_led
from plans.admin.base.requests import person_of
from plans.models import Membership, Role, User

NO_SUCH_ACCOUNT = _lazy("There is no account of this name.")
NO_PASSWORD = _lazy("This person has no password yet: set one under People.")  # words for people
ENDED_FOR_SAFETY = _lazy(
    "This person works in other clinics too and has no password: one that somebody else had set ends with a role "
    "in a further clinic. Who runs the service sets a new one by a command."
)


class RoleForm(DeskForm):
    """A role that is held; a reviewer's with its licence number."""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        role = self.cleaned_data.get("role", self.instance.role)
        if role == Role.REVIEWER and not self.cleaned_data.get("licence_number", "").strip():
            self.add_error("licence_number", LICENCE_NEEDED)
        return cleaned


class NewRoleForm(RoleForm):
    """A new role. The person is named by the whole user name: a list would show the people of other clinics."""

    username = forms.CharField(label=_lazy("User name"), max_length=150, widget=UnfoldAdminTextInputWidget)

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"]
        person = User.objects.filter(username=name, is_active=True, system=None).first()
        if person is None:
            raise forms.ValidationError(NO_SUCH_ACCOUNT)
        self.instance.person = person
        return name


@admin.register(Membership)
class RoleAdmin(DeskAdmin):
    """The roles in the clinics that the person leads; all of them, to be seen only, for who runs the service."""

    list_display = ["person", "clinic", "role", "licence_number"]
    list_filter = ["role", ("clinic", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "clinic"]
    search_fields = ["person__username", "person__last_name", "clinic__name"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        roles = Membership.objects.filter(person__system=None)
        if permissions.may_run_the_service(person):
            return roles
        return roles.filter(clinic__in=clinics_led(person))

    def may_see(self, person: User, obj: Any | None) -> bool:
        if permissions.may_run_the_service(person):
            return True
        return permissions.may_lead(person) if obj is None else _leads(person, obj)

    def may_add(self, person: User) -> bool:
        return permissions.may_lead(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return permissions.may_lead(person)
        return _leads(person, obj) and obj.person_id != person.pk

    def may_delete(self, person: User, obj: Any | None) -> bool:
        return self.may_change(person, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        fields = [("person" if obj else "username", "clinic"), ("role", "licence_number")]
        words = (
            ""
            if obj
            else _("For somebody who has an account. Add new colleagues under People, with their role.")
        )
        return [(None, {"fields": fields, "description": words})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> list[str]:
        return ["person", "clinic", "role"] if obj else []

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = RoleForm if obj else NewRoleForm
        return super().get_form(request, obj, change=change, **{**kwargs, "form": form})

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**only_clinic(person_of(request)), **super().get_changeform_initial_data(request)}

    def choices_for(self, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return clinics_led(person_of(request))

    def place_of(self, obj: Membership) -> audit.Place:
        return audit.Place(clinic=obj.clinic, patient_id=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        return clinics.give_role(
            person=obj.person,
            clinic=obj.clinic,
            role=obj.role,
            licence_number=form.cleaned_data["licence_number"],
            by=by,
        )

    def after_save(self, request: HttpRequest, obj: Any) -> HttpResponse:
        person = User.objects.get(pk=obj.person_id)
        if not person.has_usable_password():
            may_set = permissions.may_set_password(person_of(request), person)
            messages.warning(request, NO_PASSWORD if may_set else ENDED_FOR_SAFETY)
        return super().after_save(request, obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        clinics.take_role(membership=obj, by=person_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for membership in queryset:
            clinics.take_role(membership=membership, by=person_of(request))


def only_clinic(person: User) -> dict[str, Any]:
    led = permissions.clinics_with(person, Role.LEAD)
    return {"clinic": next(iter(led))} if len(led) == 1 else {}


def _leads(person: User, role: Membership) -> bool:
    return permissions.may_keep_access(person, role.clinic_id)
