"""The protocol's form: its own fields, and its exercises as rows."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.protocols import MAX_CRITERIA
from plans.admin.base.fields import ShortInput, row_field
from plans.admin.programmes.forms import ProgrammeForm
from plans.admin.programmes.inlines import DoseRowForm, DoseRowFormSet
from plans.models import Clinic, ExerciseRevision, Protocol, ProtocolItem, User
from plans.permissions import PROTOCOL_WRITERS, TREATS, clinics_with
from plans.queries.exercises import offered_revisions

LANGUAGE = "en"


class ProtocolForm(ProgrammeForm):
    """A protocol: of which clinic, for what, how often."""

    class Meta:
        model = Protocol
        fields = [
            "clinic",
            "title",
            "condition",
            "phase",
            "window_anchor",
            "window_from_day",
            "window_to_day",
            "next",
            "guidance",
            "goals",
            "note",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clinics = clinics_written(self.person)
        others = Protocol.objects.filter(clinic__in=clinics, retired_on=None).exclude(pk=self.instance.pk)
        row_field(self, "next").queryset = others
        for code, name in settings.LANGUAGES:
            self.fields[f"go-on-{code}"] = forms.CharField(
                label=_("Go on when (%(name)s)") % {"name": name}, required=False, max_length=MAX_CRITERIA
            )
            self.initial[f"go-on-{code}"] = self.instance.go_on_when.get(code, "")
        field = row_field(self, "clinic")
        field.queryset = clinics
        only = clinics[0].pk if len(clinics) == 1 else None
        if not self.instance._state.adding:
            only = self.instance.clinic_id
        if only:
            self.initial["clinic"], field.disabled, field.widget = only, True, forms.HiddenInput()
        self.fill(clinic=audience(self.instance, self.person), language=LANGUAGE)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = {code: self.cleaned_data.get(f"go-on-{code}", "") for code, _ in settings.LANGUAGES}
        self.instance.go_on_when = {code: words for code, words in said.items() if words}
        return cleaned

    @property
    def criteria(self) -> list[forms.BoundField]:
        return [self[f"go-on-{code}"] for code, _ in settings.LANGUAGES]


class ProtocolItemForm(DoseRowForm):
    """An exercise of a protocol; the row names the revision that plans of the clinic take."""

    words = ("note", "extra_caution", "load", "out", "back")

    class Meta:
        model = ProtocolItem
        fields = ["order", "side", "load", "note", "extra_caution", "offers_easier"]
        labels = {"note": _lazy("Own note"), "extra_caution": _lazy("Extra caution")}
        widgets = {
            "order": forms.HiddenInput,
            "side": forms.Select(attrs={"class": "desk-input"}),
            "load": ShortInput,
            "note": ShortInput,
            "extra_caution": ShortInput,
        }

    def __init__(self, *args: Any, offered: Mapping[UUID, UUID] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("times_per_day", "days_per_week"):
            self.fields[name].widget.attrs["placeholder"] = _("as above")
        if offered and self.instance.exercise_id:
            self.show(offered[self.instance.exercise_id], self.instance.dose)

    def take(self, revision: ExerciseRevision) -> None:
        self.instance.exercise = revision.exercise


class ProtocolItemFormSet(DoseRowFormSet):
    """A protocol's exercises."""

    offer_page = "admin:plans_protocol_offer"
    row_page = "admin:plans_protocol_row"
    offered_for = "clinic"

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {**super().get_form_kwargs(index), "offered": self.offered}

    @property
    def audience(self) -> tuple[Clinic | None, str]:
        return audience(self.instance, self.person), LANGUAGE

    @cached_property
    def offered(self) -> dict[UUID, UUID]:
        held = [item.exercise_id for item in self.get_queryset()]
        clinic, _ = self.audience
        rows = offered_revisions([clinic.pk] if clinic else ()).filter(exercise__in=held)
        return dict(rows.values_list("exercise_id", "pk"))

    @cached_property
    def stored(self) -> frozenset[UUID]:
        # Any revision of a stored exercise: a newer one may have come since the form was shown.
        held = [item.exercise_id for item in self.get_queryset()]
        return frozenset(ExerciseRevision.objects.filter(exercise__in=held).values_list("pk", flat=True))


def audience(protocol: Protocol, person: User) -> Clinic | None:
    """Return the clinic whose exercises and therapies are offered: the protocol's, or the person's until it has one."""
    return protocol.clinic if protocol.clinic_id else clinics_written(person).first()


def clinics_written(person: User) -> Any:
    return Clinic.objects.filter(pk__in=clinics_with(person, *PROTOCOL_WRITERS, *TREATS))
