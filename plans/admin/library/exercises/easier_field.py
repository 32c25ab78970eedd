"""The easier exercise as a choice: of all that the clinic has approved, by name."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.base.fields import choice_field
from plans.admin.base.forms import DeskForm
from plans.models import Exercise, ExerciseInUse
from plans.queries.protocols import names_of

NOT_OFFERED = _lazy("Choose another exercise, one that the clinic has approved.")


class EasierField(DeskForm):
    """What sheets offer to those who cannot do the exercise. One that is named stays a choice, retired or not."""

    def offer_easier(self, clinics: Collection[UUID], *, held: Exercise | None) -> None:
        in_use = ExerciseInUse.objects.filter(clinic__in=clinics, exercise=OuterRef("pk"))
        offered = Q(Exists(in_use), retired_on=None)
        if held:
            offered |= Q(pk=held.pk)
        rows = Exercise.objects.filter(offered).exclude(pk=self.instance.pk).annotate(approved=Exists(in_use))
        self.easier_rows = {str(row.pk): row for row in rows}
        names = names_of([row.pk for row in rows], clinics=clinics)
        named = [(key, _label(row, names.get(row.pk, row.code))) for key, row in self.easier_rows.items()]
        choice_field(self, "easier").choices = [
            ("", "none"),
            *sorted(named, key=lambda one: one[1].casefold()),
        ]
        self.initial["easier"] = str(held.pk) if held else ""

    def chosen_easier(self) -> Exercise | None:
        return self.easier_rows.get(self.cleaned_data["easier"])


def easier_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Easier exercise"),
        required=False,
        help_text=_("New sheets offer it to those who cannot do this one, as soon as you save."),
        error_messages={"invalid_choice": NOT_OFFERED},
    )


def _label(row: Any, name: str) -> str:
    notes = [row.code]
    if row.clinic_id:
        notes.append(_("the clinic's own"))
    if row.retired_on:
        notes.append("retired")
    elif not row.approved:
        notes.append(_("not approved"))
    return f"{name} ({', '.join(notes)})"
