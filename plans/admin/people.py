"""Clinics, people and roles, kept by those who run the service; they see no patients here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.password_validation import validate_password
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminColorInputWidget, UnfoldAdminPasswordWidget

from plans import audit, permissions
from plans.actions import clinics
from plans.actions.pictures import add_photo
from plans.admin.desk import DeskAdmin
from plans.admin.forms import DeskForm
from plans.admin.person import person_of
from plans.models import Clinic, Membership, Role, User

LICENCE_NEEDED = "A reviewer needs the licence number that approvals will carry."


class ServiceAdmin(DeskAdmin):
    """A page for those who run the service."""

    def rows_of(self, person: User) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows if permissions.may_run_the_service(person) else rows.none()

    def may_see(self, person: User, obj: Any | None) -> bool:
        return permissions.may_run_the_service(person)

    def may_add(self, person: User) -> bool:
        return permissions.may_run_the_service(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        return permissions.may_run_the_service(person)


class ClinicForm(DeskForm):
    """A clinic, with a logo to upload or to take away."""

    new_logo = forms.FileField(label="Logo (PNG, JPEG or WebP)", required=False)
    drop_logo = forms.BooleanField(label="Take the logo away", required=False)


@admin.register(Clinic)
class ClinicAdmin(ServiceAdmin):
    """A clinic's name, branding and numbers."""

    form = ClinicForm

    list_display = ["name", "phone", "demonstration"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", ("phone", "emergency_number"), "address"]}),
        (
            "On the handout",
            {
                "fields": [
                    "colour",
                    ("new_logo", "drop_logo"),
                    "disclaimer",
                    ("pain_go_on_to", "pain_ease_off_to"),
                ]
            },
        ),
        ("Personal links", {"fields": ["link_days", "demonstration"]}),
    ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "colour":
            kwargs["widget"] = UnfoldAdminColorInputWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def place_of(self, obj: Clinic) -> audit.Place:
        return audit.Place(clinic=obj, patient_id=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        clinic = clinics.make_clinic(clinic=obj, by=by)
        if uploaded := form.cleaned_data.get("new_logo"):
            clinic.logo = add_photo(data=uploaded.read(), clinic=clinic, by=by)
        elif form.cleaned_data.get("drop_logo"):
            clinic.logo = None
        else:
            return clinic
        return clinics.make_clinic(clinic=clinic, by=by)


class PersonForm(DeskForm):
    """A person, with a new password to set."""

    password_1 = forms.CharField(
        label="New password", required=False, strip=False, widget=UnfoldAdminPasswordWidget
    )
    password_2 = forms.CharField(
        label="The same again", required=False, strip=False, widget=UnfoldAdminPasswordWidget
    )

    def clean(self) -> dict[str, Any] | None:
        """Hold the password to the rules of the service."""
        cleaned = super().clean()
        first, second = (self.cleaned_data.get(name, "") for name in ("password_1", "password_2"))
        if first != second:
            self.add_error("password_2", "The two passwords differ.")
        elif first:
            try:
                validate_password(first, self.instance)
            except forms.ValidationError as error:
                self.add_error("password_1", error)
        return cleaned


@admin.register(User)
class PersonAdmin(ServiceAdmin):
    """People who sign in."""

    form = PersonForm
    list_display = ["username", "first_name", "last_name", "is_active", "last_login"]
    search_fields = ["username", "first_name", "last_name"]
    fieldsets = [
        (None, {"fields": ["username", ("first_name", "last_name"), "email", "is_active"]}),
        ("Password", {"fields": [("password_1", "password_2")], "description": "Blank leaves it as it is."}),
    ]

    def rows_of(self, person: User) -> QuerySet[Any]:
        # The user that a clinic's software acts as is no person; its page is the system's.
        return super().rows_of(person).filter(system=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        return clinics.save_person(person=obj, password=form.cleaned_data["password_1"], by=by)


class MembershipForm(DeskForm):
    """A role; a reviewer's with its licence number."""

    def clean(self) -> dict[str, Any] | None:
        """Ask a reviewer for the licence number."""
        cleaned = super().clean()
        role = self.cleaned_data.get("role", self.instance.role)
        if role == Role.REVIEWER and not self.cleaned_data.get("licence_number", "").strip():
            self.add_error("licence_number", LICENCE_NEEDED)
        return cleaned


@admin.register(Membership)
class MembershipAdmin(ServiceAdmin):
    """Who does what where."""

    form = MembershipForm
    list_display = ["person", "clinic", "role", "licence_number"]
    list_filter = ["role", ("clinic", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["person", "clinic"]
    search_fields = ["person__username", "person__last_name", "clinic__name"]
    autocomplete_fields = ["person"]
    fields = [("person", "clinic"), ("role", "licence_number")]

    def get_readonly_fields(self, request: HttpRequest, obj: Any | None = None) -> list[str]:
        return ["person", "clinic", "role"] if obj else []

    def may_delete(self, person: User, obj: Any | None) -> bool:
        return permissions.may_run_the_service(person)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        return clinics.give_role(
            person=obj.person,
            clinic=obj.clinic,
            role=obj.role,
            licence_number=form.cleaned_data["licence_number"],
            by=by,
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        clinics.take_role(membership=obj, by=person_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for membership in queryset:
            clinics.take_role(membership=membership, by=person_of(request))
