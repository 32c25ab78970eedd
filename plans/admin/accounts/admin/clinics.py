"""Clinics, kept by those who run the service; they see no patients here."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _lazy
from unfold.widgets import (
    UnfoldAdminColorInputWidget,
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminTextareaWidget,
)

from plans import audit, permissions
from plans.actions import clinics
from plans.actions.clinic_defaults import LIMITS
from plans.actions.crisis_contact import FIELDS, CrisisContactIncomplete, clean_crisis_contact
from plans.actions.texts import TextRefused
from plans.admin.accounts.clinic_words import (
    disclaimer_fields,
    disclaimers_of,
    initial_of,
    make_fields,
    read_titles,
    title_fields,
)
from plans.admin.base.uploads import PictureForm, PictureInput, PictureUploadAdmin
from plans.admin.words.equipment import equipment_choices
from plans.models import Clinic, FollowUpKind, Role, User
from plans.pictures import LOGO

WORDS: tuple[Any, Any] = (
    _lazy("On the handout, in each language"),
    {"fields": [*disclaimer_fields(), *title_fields()]},
)
NEW_PATIENTS: tuple[Any, Any] = (_lazy("New patients"), {"fields": ["usual_equipment"]})
CRISIS: tuple[Any, Any] = (
    _lazy("Who answers"),
    {
        "fields": [("crisis_contact", "crisis_phone")],
        "description": _lazy(
            "Thoughts of ending one's life are a warning sign that the sheet names only where somebody answers: say "
            "who, at any hour, and on which telephone."
        ),
    },
)
PLANS: tuple[Any, Any] = (
    _lazy("What plans begin with"),
    {"fields": [("review_days", "usual_times_per_day", "usual_days_per_week"), "reasons"]},
)
FOLLOW_UPS: tuple[Any, Any] = (
    _lazy("What is followed up"),
    {
        "fields": ["follow_up_kinds", "silent_days"],
        "description": _lazy(
            "For these reasons a patient comes on the follow-up list. Pain is over the value above which the sheet "
            "says to stop."
        ),
    },
)


DEVICES = ["device_days", "asks_code"]


def number_field(name: str, *, label: Any, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        required=False,
        min_value=LIMITS[name][1],
        max_value=LIMITS[name][2],
        widget=UnfoldAdminIntegerFieldWidget,
    )


class ClinicForm(PictureForm):
    """A clinic, with a logo to upload or to take away."""

    new_logo = forms.FileField(
        label=_lazy("Logo (PNG, JPEG or WebP)"),
        required=False,
        help_text=_lazy("Its version for white paper. Printed 12 mm high: at least 60 dots."),
        widget=PictureInput,
    )
    usual_equipment = forms.MultipleChoiceField(
        label=_lazy("Usual equipment at home"),
        required=False,
        choices=equipment_choices,
        widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("Ticked for a new patient; each can be taken away."),
    )
    drop_logo = forms.BooleanField(label=_lazy("Take the logo away"), required=False)
    picture_field = "new_logo"
    review_days = number_field("review_days", label=_lazy("Review after (days)"))
    usual_times_per_day = number_field("usual_times_per_day", label=_lazy("Times a day"))
    usual_days_per_week = number_field("usual_days_per_week", label=_lazy("Days a week"))
    device_days = number_field(
        "device_days",
        label=_lazy("Remember a patient's device (days)"),
        help_text=_lazy(
            "So long a patient's own device opens the plan without the birth date, if the patient wants it, and never "
            "longer than the link. 0: it always asks. A lower number also ends devices that are remembered now."
        ),
    )
    reasons = forms.CharField(
        label=_lazy("Reasons to choose from"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
        help_text=_lazy(
            "One on a line: offered beside one's own words wherever a finding asks why the plan goes on. Blank: the "
            "service's."
        ),
    )

    follow_up_kinds = forms.MultipleChoiceField(
        label=_lazy("Reasons"),
        required=False,
        choices=FollowUpKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    silent_days = number_field("silent_days", label=_lazy("Nothing was logged for (days)"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(initial_of(self.instance))
        self.initial["reasons"] = "\n".join(self.instance.stock_reasons or ())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.instance.disclaimers = disclaimers_of(self.cleaned_data)
        for name in LIMITS:
            if cleaned is not None and cleaned.get(name) is None:
                cleaned[name] = getattr(Clinic(), name)
        try:
            clean_crisis_contact(Clinic(**{name: self.cleaned_data.get(name, "") for name in FIELDS}))
        except (CrisisContactIncomplete, TextRefused) as error:
            self.add_error(error.attribute, str(error))
        lines = [line for line in self.cleaned_data.get("reasons", "").splitlines() if line.strip()]
        self.instance.stock_reasons = lines or None
        self.instance.titles = {}
        for code, _ in settings.LANGUAGES:
            try:
                titles = read_titles(self.cleaned_data.get(f"titles-{code}", ""))
            except forms.ValidationError as error:
                self.add_error(f"titles-{code}", error)
            else:
                self.instance.titles |= {code: titles} if titles else {}
        return cleaned


ClinicForm.declared_fields.update(make_fields())


@admin.register(Clinic)
class ClinicAdmin(PictureUploadAdmin):
    """A clinic's name, branding and numbers."""

    form = ClinicForm
    picture_bounds = LOGO

    list_display = ["name", "phone", "demonstration"]
    search_fields = ["name"]
    fieldsets = [
        (None, {"fields": ["name", ("phone", "emergency_number"), "address", ("time_zone", "locale")]}),
        (
            _lazy("On the handout"),
            {
                "fields": [
                    "colour",
                    "new_logo",
                    "drop_logo",
                    "disclaimer",
                    ("pain_go_on_to", "pain_ease_off_to"),
                    "week_starts_on",
                ]
            },
        ),
        CRISIS,
        WORDS,
        PLANS,
        FOLLOW_UPS,
        NEW_PATIENTS,
        (_lazy("Personal links"), {"fields": ["link_days", *DEVICES, "demonstration"]}),
    ]

    def rows_of(self, person: User) -> QuerySet[Any]:
        if permissions.may_run_the_service(person):
            return Clinic.objects.all()
        return Clinic.objects.filter(pk__in=permissions.clinics_with(person, Role.LEAD))

    def may_see(self, person: User, obj: Any | None) -> bool:
        return permissions.may_change_settings(person, obj.pk if obj else None)

    def may_add(self, person: User) -> bool:
        return permissions.may_run_the_service(person)

    def may_change(self, person: User, obj: Any | None) -> bool:
        return self.may_see(person, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any | None = None) -> Any:
        """Show a lead where the clinic lies and its own words; the rest is for who runs the service."""
        if permissions.may_run_the_service(request.user):
            return super().get_fieldsets(request, obj)
        return [
            (None, {"fields": [("time_zone", "locale"), "week_starts_on"]}),
            CRISIS,
            NEW_PATIENTS,
            WORDS,
            PLANS,
            FOLLOW_UPS,
            (_lazy("Personal links"), {"fields": DEVICES}),
        ]

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name == "colour":
            kwargs["widget"] = UnfoldAdminColorInputWidget()
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def place_of(self, obj: Clinic) -> audit.Place:
        return audit.Place(clinic=obj, patient_id=None)

    def write(self, *, obj: Any, form: Any, formsets: Sequence[Any], by: User, change: bool) -> Any:
        if not permissions.may_run_the_service(by):
            return clinics.change_settings(
                clinic=obj,
                time_zone=obj.time_zone,
                locale=obj.locale,
                week_starts_on=obj.week_starts_on,
                disclaimers=obj.disclaimers,
                titles=obj.titles,
                stock_reasons=obj.stock_reasons,
                review_days=obj.review_days,
                usual_times_per_day=obj.usual_times_per_day,
                usual_days_per_week=obj.usual_days_per_week,
                usual_equipment=obj.usual_equipment,
                crisis_contact=obj.crisis_contact,
                crisis_phone=obj.crisis_phone,
                device_days=obj.device_days,
                asks_code=obj.asks_code,
                follow_up_kinds=obj.follow_up_kinds,
                silent_days=obj.silent_days,
                by=by,
            )
        if form.cleaned_data.get("drop_logo"):
            obj.logo = None
        return clinics.make_clinic(clinic=obj, new_logo=form.uploaded(), by=by)
