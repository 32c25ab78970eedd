"""People who sign in: accounts are kept by who runs the service, passwords by the leads of a person's clinics."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions import people
from plans.admin.accounts.admin.roles import only_clinic
from plans.admin.accounts.forms import AccountForm, MemberForm, PasswordForm, RoleFields
from plans.admin.base.admin import DeskAdmin
from plans.admin.base.forms import DeskForm
from plans.admin.base.led import clinics_led
from plans.admin.base.requests import person_of
from plans.models import Role, User

ACCOUNT = (None, {"fields": ["username", ("first_name", "last_name"), "title", "email", "is_active"]})
MEMBER = (_lazy("Works here as"), {"fields": [("clinic", "role"), "licence_number"]})
PASSWORD = (
    _lazy("Password"),
    {
        "fields": [("password_1", "password_2")],
        "description": _lazy(
            "Blank leaves it as it is; a new account without one cannot sign in. "
            "Every lead of this person's clinics sees that it was changed."
        ),
    },
)


@admin.register(User)
class PersonAdmin(DeskAdmin):
    """The people of the clinics that the person leads; all of them, without passwords, for who runs the service."""

    list_display = ["username", "first_name", "last_name", "is_active", "last_login"]
    search_fields = ["username", "first_name", "last_name"]

    def rows_of(self, person: User) -> QuerySet[Any]:
        # The user that a clinic's software acts as is no person; its page is the system's.
        return permissions.people_of(person)

    def may_see(self, person: User, obj: Any | None) -> bool:
        if obj is None:
            return self.may_add(person)
        return permissions.people_of(person).filter(pk=obj.pk).exists()

    def may_add(self, person: User) -> bool:
        return permissions.may_run_the_service(person) or permissions.may_lead(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        return self.may_add(person) if obj is None else permissions.may_keep_account(person, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        form = _form_for(person_of(request), obj)
        fieldsets: list[Any] = [ACCOUNT]
        if issubclass(form, RoleFields):
            fieldsets.append(MEMBER)
        if issubclass(form, PasswordForm):
            fieldsets.append(PASSWORD)
        return fieldsets

    def get_form(
        self, request: HttpRequest, obj: Any | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        person = person_of(request)
        form = super().get_form(request, obj, change=change, **{**kwargs, "form": _form_for(person, obj)})
        if "clinic" in form.base_fields:
            form.base_fields["clinic"].queryset = clinics_led(person)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {**only_clinic(person_of(request)), **super().get_changeform_initial_data(request)}

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        given = form.cleaned_data
        if not isinstance(form, MemberForm):
            return people.save_person(person=obj, password=given.get("password_1", ""), by=by)
        return people.add_member(
            person=obj,
            password=given["password_1"],
            clinic=given["clinic"],
            role=Role(given["role"]),
            licence_number=given["licence_number"],
            by=by,
        )


def _form_for(by: User, person: User | None) -> type[DeskForm]:
    if person is None:
        return MemberForm if permissions.may_lead(by) else AccountForm
    return PasswordForm if permissions.may_set_password(by, person) else AccountForm
