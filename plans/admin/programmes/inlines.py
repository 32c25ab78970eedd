"""Exercises with their doses as form rows, of a plan or of a protocol; every error at its own field."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, ClassVar, cast
from uuid import UUID

from django import forms
from django.forms import BaseInlineFormSet, ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.items import MAX_ITEMS
from plans.admin.base.dose_fields import SPANS, DoseSpans
from plans.admin.base.fields import SwitchField, choice_field
from plans.admin.base.inlines import DeskInline
from plans.admin.base.requests import person_of, read_uuid, state_of
from plans.admin.base.thumbnails import thumbnail_address
from plans.admin.words.dose_line import dose_line
from plans.admin.words.findings import in_words
from plans.dose import Dose, Frequency, Side
from plans.models import Clinic, ExerciseRevision, User
from plans.queries.easier import easier_names
from plans.queries.exercises import Chosen
from plans.queries.library_snapshot import LibrarySnapshot

BULK_FIELDS = ("sets", "repetitions", "duration", "hold", "rest", "side", "times_per_day", "days_per_week")
"""What can be set for several rows at once."""
FIELDS = {dose_field: field for field, dose_field in SPANS.items()}
SIDES = [("", "-"), *((side.value, side.value) for side in Side)]
NOT_OFFERED = _lazy("This exercise is not offered. Remove it and choose another.")


class DoseRowForm(DoseSpans, ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """An exercise with its dose, notes and place in the order. A row names the exercise by a revision's id."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    revision = forms.UUIDField(widget=forms.HiddenInput)
    # A row that comes to the page later has no object to read from.
    offers_easier = SwitchField(required=False, initial=True)
    words: ClassVar[tuple[str, ...]] = ()
    """The fields that are seldom used."""
    take: Callable[[ExerciseRevision], None]
    """Lets the row's object name what was chosen: each kind of row says how. The metaclass of forms bars ABC."""

    def __init__(
        self,
        *args: Any,
        chosen: Mapping[UUID, Chosen],
        stored: frozenset[UUID],
        easier: Callable[[], Mapping[UUID, str]],
        frequency: Callable[[], Frequency],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.chosen_revisions, self.stored, self.easier_names = chosen, stored, easier
        self.frequency, self.dose = frequency, Dose()
        choice_field(self, "side").choices = SIDES
        self.fields["order"].required = False
        self.initial["key"] = self.instance.pk

    def show(self, revision_id: UUID, dose: Dose) -> None:
        self.dose = dose
        self.initial["revision"] = revision_id
        self.initial.update({field: getattr(dose, name) for field, name in SPANS.items()})
        self.initial.update(side=dose.side or "", load=dose.load, until=dose.until)

    @property
    def chosen(self) -> Chosen | None:
        named = read_uuid(str(self["revision"].value()))
        return self.chosen_revisions.get(named) if named else None

    @property
    def picture(self) -> str:
        """Where the exercise's small picture is; blank without any."""
        return thumbnail_address(self.chosen.revision, self.chosen.pictures) if self.chosen else ""

    @property
    def dose_in_words(self) -> str:
        """The dose in one line, with how often the whole programme is done where the row does not say otherwise."""
        limb = self.chosen.revision.limb if self.chosen else ""
        return dose_line(self.dose.with_frequency(self.frequency()), limb=limb)

    @property
    def own_words(self) -> list[str]:
        """What the therapist wrote beside the dose, as it stands in the form."""
        return [str(words) for name in ("note", "extra_caution") if (words := self[name].value())]

    @property
    def easier_name(self) -> str:
        """The exercise that the sheet offers to those who cannot do this one; blank where there is none."""
        return self.easier_names().get(self.chosen.revision.pk, "") if self.chosen else ""

    @property
    def has_words(self) -> bool:
        return any(self[name].value() or self[name].errors for name in self.words)

    def has_changed(self) -> bool:
        """A new row counts once it names an exercise: a number that was skipped is no row."""
        if self.is_bound and self.instance._state.adding:
            return bool(self.data.get(self.add_prefix("revision")))
        return super().has_changed()

    def clean_revision(self) -> UUID:
        revision_id: UUID = self.cleaned_data["revision"]
        chosen = self.chosen_revisions.get(revision_id)
        if chosen is None or not (revision_id in self.stored or chosen.is_offered):
            raise forms.ValidationError(NOT_OFFERED)
        self.take(chosen.revision)
        return revision_id

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.instance._state.adding and self.cleaned_data.get("key"):
            self.instance.pk = self.cleaned_data["key"]
        dose = self.dose = self._dose()
        self.instance.dose = dose
        for problem in dose.problems():
            name = problem.field.removesuffix("_min").removesuffix("_max")
            field = FIELDS.get(name, name)
            if field not in self.errors:
                self.add_error(field, in_words(problem.message))
        return cleaned

    def _dose(self) -> Dose:
        spans = {name: self.cleaned_data.get(field) for field, name in SPANS.items()}
        side = self.cleaned_data.get("side")
        return Dose(
            **spans,
            side=Side(side) if side else None,
            load=self.cleaned_data.get("load") or "",
            until=self.cleaned_data.get("until"),
        )


class StoredRowField(forms.UUIDField):
    """Which of a formset's rows it is, found among those that were read; Django asks the database for each of them."""

    def __init__(self, formset: "DoseRowFormSet", *, initial: Any) -> None:
        super().__init__(initial=initial, required=False, widget=forms.HiddenInput)
        self._formset = formset

    def validate(self, value: UUID | None) -> None:
        if value and value not in self._formset.stored_rows:
            words = forms.ModelChoiceField.default_error_messages["invalid_choice"]
            raise forms.ValidationError(words, code="invalid_choice")


class DoseRowFormSet(BaseInlineFormSet, ABC):  # type: ignore[type-arg]  # not subscriptable at run time
    """Exercises with their doses; what all rows need of the library is read once."""

    person: User
    library: LibrarySnapshot
    offer_page: ClassVar[str]
    """The name of the page that gives the exercises to choose from."""
    row_page: ClassVar[str]
    """The name of the page that gives a row of one of them."""
    offered_for: ClassVar[str]
    """The form's field that says for whom."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(index),
            "chosen": self.chosen,
            "stored": self.stored,
            "easier": lambda: self.easier,
            "frequency": lambda: self.instance.frequency,
        }

    @property
    @abstractmethod
    def audience(self) -> tuple[Clinic | None, str]:
        """The clinic and the language whose texts count."""

    @property
    @abstractmethod
    def stored(self) -> frozenset[UUID]:
        """The revisions that the stored rows name."""

    @cached_property
    def stored_rows(self) -> frozenset[UUID]:
        return frozenset(row.pk for row in self.get_queryset())

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["id"] = StoredRowField(self, initial=form.fields["id"].initial)

    @cached_property
    def chosen(self) -> Mapping[UUID, Chosen]:
        clinic, language = self.audience
        if clinic is None:
            return {}
        found = self.library.chosen(self.stored | self._posted(), clinic, language)
        own = (None, clinic.pk)
        return {key: row for key, row in found.items() if row.revision.exercise.clinic_id in own}

    @cached_property
    def easier(self) -> Mapping[UUID, str]:
        return self._easier_than(self.chosen)

    def _easier_than(self, chosen: Mapping[UUID, Chosen]) -> Mapping[UUID, str]:
        clinic, language = self.audience
        revisions = [row.revision for row in chosen.values()]
        return easier_names(revisions, clinic=clinic, language=language) if clinic else {}

    def new_row(self, index: int, chosen: Mapping[UUID, Chosen], *, of: Any = None) -> DoseRowForm:
        """Return a row for a page that is open: empty, or of a stored row that somebody else has added."""
        make = cast("Callable[..., DoseRowForm]", self.form)
        row = make(
            auto_id=self.auto_id,
            prefix=self.add_prefix(index),
            empty_permitted=True,
            use_required_attribute=False,
            chosen=chosen,
            stored=frozenset(),
            instance=of,
            easier=lambda: self._easier_than(chosen),
            frequency=lambda: self.instance.frequency,
        )
        self.add_fields(row, index)
        return row

    @property
    def bulk_fields(self) -> list[Any]:
        return [self.empty_form[name] for name in BULK_FIELDS]

    sides = SIDES

    @property
    def in_order(self) -> list[Any]:
        rows: list[Any] = list(self.forms)
        return sorted(rows, key=lambda form: int_or(form["order"].value(), len(rows) + 1))

    def _posted(self) -> frozenset[UUID]:
        named = [value for name, value in self.data.items() if name.endswith("-revision")]
        return frozenset(filter(None, map(read_uuid, named)))


class DoseRowInline(DeskInline):
    """The rows on a page, of the person who asks for it."""

    template = "desk/plan/items.html"
    max_num = MAX_ITEMS

    def get_formset(self, request: HttpRequest, obj: Any | None = None, **kwargs: Any) -> Any:
        formset = cast("type[DoseRowFormSet]", super().get_formset(request, obj, **kwargs))
        formset.person, formset.library = person_of(request), state_of(request).library
        return formset


def int_or(value: Any, otherwise: int) -> int:
    text = str(value)
    return int(text) if text.isdecimal() and int(text) else otherwise
