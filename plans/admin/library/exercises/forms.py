"""The form of an exercise: facts, default dose and safe range, and the text in each language."""

from typing import Any, ClassVar

from django import forms

from plans.admin.base.dose_fields import SPANS, SafeSpans
from plans.admin.base.fields import choice_field, row_field
from plans.admin.base.uploads import PictureForm, PictureInput
from plans.admin.library.exercises.text_fields import TextFields
from plans.dose import Dose, Side, Span
from plans.libraryfiles import ExerciseData, Place
from plans.libraryfiles.vocabulary import Equipment, Kind, Position, Target
from plans.models import Clinic, Exercise, ExerciseRevision, Movement, Picture, PictureBody, Role, User
from plans.permissions import clinics_with, entries_of

TAKEN = "The clinic has an exercise with this code."


NOT_CHOSEN = ("", "---------")
"""A list that presets its first word would let a fact be claimed that nobody chose, such as the best evidence."""


def choices_of(words: Any) -> list[tuple[str, str]]:
    """Give a word list as choices."""
    return [(one.value, one.value.replace("_", " ")) for one in words]


class ExerciseForm(TextFields, SafeSpans, PictureForm):
    """An exercise; saving it makes a new revision that waits for review."""

    kind = forms.ChoiceField(choices=[NOT_CHOSEN, *choices_of(Kind)])
    position = forms.ChoiceField(choices=[NOT_CHOSEN, *choices_of(Position)])
    targets = forms.MultipleChoiceField(choices=choices_of(Target), widget=forms.CheckboxSelectMultiple)
    movements = forms.MultipleChoiceField(
        label="Movements: what it asks of the body", widget=forms.CheckboxSelectMultiple
    )
    equipment = forms.MultipleChoiceField(
        choices=choices_of(Equipment), required=False, widget=forms.CheckboxSelectMultiple
    )
    one_sided = forms.BooleanField(label="Works one side at a time", required=False)
    side = forms.ChoiceField(choices=[("", "-"), *choices_of(Side)], required=False)
    source = forms.CharField(max_length=160)
    safe_source = forms.CharField(label="Source of the safe range", max_length=160)
    figure = forms.CharField(label="Figure (poses as YAML)", required=False, widget=forms.Textarea)
    new_photo = forms.FileField(
        label="Photograph, takes the figure's place",
        required=False,
        help_text="JPEG up to 50 megapixels, PNG or WebP up to 16; HEIC where the service can read it. "
        "At least 400 x 300 dots.",
        widget=PictureInput,
    )
    drop_photo = forms.BooleanField(label="Take the photograph away", required=False)
    person: User
    copied: ClassVar[Exercise | None] = None
    picture_field = "new_photo"

    class Meta:
        model = Exercise
        fields = ["code", "clinic"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = self._base()
        movements = entries_of(self.person, Movement).order_by("name")
        choice_field(self, "movements").choices = [(one.code, one.name) for one in movements]
        self._preset_clinic()
        if not self.instance._state.adding:
            self.fields["code"].disabled = True
        self.add_text_fields(self.base)
        self._fill()

    def clean_code(self) -> str:
        """One code in a clinic's own library."""
        code: str = self.cleaned_data["code"]
        clinic = self.cleaned_data.get("clinic") or self.initial.get("clinic")
        if self.instance._state.adding and Exercise.objects.filter(clinic=clinic, code=code).exists():
            raise forms.ValidationError(TAKEN)
        return code

    def clean(self) -> dict[str, Any] | None:
        """Hold the dose to what is possible and to its own safe range, and the texts to their lengths."""
        cleaned = super().clean()
        self.check_texts()
        for problem in self.dose().problems():
            name = problem.field.removesuffix("_min").removesuffix("_max")
            field = next((field for field, dose_field in SPANS.items() if dose_field == name), name)
            if field not in self.errors:
                self.add_error(field, problem.message)
        for field in SPANS:
            span, safe = self.cleaned_data.get(field), self.cleaned_data.get(f"safe_{field}")
            if span and safe and not safe.holds(span):
                self.add_error(field, f"{span} is outside the safe range {safe}.")
        return cleaned

    @property
    def span_fields(self) -> list[forms.BoundField]:
        """The fields of the default dose."""
        return [self[name] for name in SPANS]

    @property
    def safe_fields(self) -> list[forms.BoundField]:
        """The fields of the safe range."""
        return [self[f"safe_{name}"] for name in SPANS]

    def dose(self) -> Dose:
        """Give the default dose."""
        spans: dict[str, Any] = {name: self.cleaned_data.get(field) for field, name in SPANS.items()}
        side = self.cleaned_data.get("side")
        return Dose(**spans, side=Side(side) if side else None)

    def kept_photo(self) -> Picture | None:
        """Give the photograph that stays."""
        if self.base is None or getattr(self, "cleaned_data", {}).get("drop_photo"):
            return None
        row = self.base.pictures.filter(body=PictureBody.PHOTO).select_related("picture").first()
        return row.picture if row else None

    def data_of(self) -> ExerciseData:
        """Give the exercise as the library's action takes it."""
        said, base = self.cleaned_data, self.base
        safe = {name: said[f"safe_{field}"] for field, name in SPANS.items() if said.get(f"safe_{field}")}
        return ExerciseData(
            code=said["code"],
            place=Place("desk", 1),
            kind=Kind(said["kind"]),
            position=Position(said["position"]),
            targets=tuple(Target(one) for one in said["targets"]),
            movements=tuple(sorted(said["movements"])),
            equipment=tuple(Equipment(one) for one in said["equipment"]),
            one_sided=said["one_sided"],
            dose=self.dose(),
            safe=safe,
            safe_source=said["safe_source"],
            source=said["source"],
            source_note=base.source_note if base else "",
            disagreement=base.disagreement if base else None,
            alternative_to=None,
            figure=said["code"] if said["figure"].strip() else "",
            texts=self.texts(),
        )

    def _base(self) -> ExerciseRevision | None:
        """Give the revision that the form starts from: the newest, or that of the exercise to copy."""
        exercise = self.copied if self.instance._state.adding else self.instance
        if exercise is None:
            return None
        return exercise.revisions.filter(newest=True).prefetch_related("texts", "movements").first()

    def _preset_clinic(self) -> None:
        field = row_field(self, "clinic")
        kept = Clinic.objects.filter(pk__in=clinics_with(self.person, Role.LIBRARY_ADMIN))
        field.queryset, field.required = kept, True
        only = self.instance.clinic_id if not self.instance._state.adding else None
        if only is None and len(kept) == 1:
            only = kept[0].pk
        if only:
            self.initial["clinic"], field.disabled, field.widget = only, True, forms.HiddenInput()

    def _fill(self) -> None:
        base = self.base
        if base is None:
            return
        dose = base.dose
        for field, name in SPANS.items():
            self.initial[field] = getattr(dose, name)
            if name in base.safe:
                self.initial[f"safe_{field}"] = Span(*base.safe[name])
        self.initial.update(
            kind=base.kind,
            position=base.position,
            targets=base.targets,
            movements=[movement.code for movement in base.movements.all()],
            equipment=base.equipment,
            one_sided=base.one_sided,
            side=dose.side or "",
            source=base.source,
            safe_source=base.safe_source,
            figure=base.figure,
        )
        if self.instance._state.adding and self.copied:
            self.initial["code"] = f"{self.copied.code}-own"
