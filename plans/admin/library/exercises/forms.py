"""The form of an exercise: facts, default dose and safe range, and the text in each language."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.base.dose_fields import SPANS, SafeSpans
from plans.admin.base.fields import choice_field
from plans.admin.library.exercises.easier_field import EasierField, easier_field
from plans.admin.library.exercises.figure_editor import editor_context, poses_of, problems_of
from plans.admin.library.exercises.photo_fields import PhotoFields
from plans.admin.library.exercises.text_fields import TextFields
from plans.admin.library.forms import NOT_CHOSEN, preset_clinic
from plans.admin.words.findings import in_words
from plans.contraindications import MovementSide
from plans.dose import Dose, Limb, Side, Span
from plans.drawer import FigureFileError, PoseError
from plans.exceptions import PlansError
from plans.libraryfiles import ExerciseData, Help, Place
from plans.libraryfiles.vocabulary import EXERCISE_LEVELS, Equipment, Kind, Position, Region, Target
from plans.models import Exercise, ExerciseRevision, Movement, Role
from plans.models.base import choices_of
from plans.permissions import clinics_with, entries_of

CODE = {
    "rows": 26,
    "wrap": "off",
    "spellcheck": "false",
    "autocapitalize": "off",
    "autocomplete": "off",
    "aria-autocomplete": "list",
    "aria-controls": "figure-words",
    "aria-haspopup": "listbox",
    "aria-describedby": "figure-keys",
}
TAKEN = _lazy("The clinic has an exercise with this code.")


def helps_of(revision: ExerciseRevision) -> tuple[Help, ...]:
    rows = revision.helps.select_related("condition").order_by("condition__code")
    return tuple(Help(condition=row.condition.code, source=row.source) for row in rows)


class ExerciseForm(EasierField, TextFields, SafeSpans, PhotoFields):
    """An exercise; saving it makes a new revision that waits for review."""

    kind = forms.ChoiceField(choices=[NOT_CHOSEN, *choices_of(Kind)])
    position = forms.ChoiceField(choices=[NOT_CHOSEN, *choices_of(Position)])
    region = forms.ChoiceField(choices=[NOT_CHOSEN, *choices_of(Region)], required=False)
    level = forms.TypedChoiceField(
        choices=[NOT_CHOSEN, *((str(one), str(one)) for one in EXERCISE_LEVELS)],
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_lazy("1 is for nearly everybody, 3 for the strong."),
    )
    targets = forms.MultipleChoiceField(choices=choices_of(Target), widget=forms.CheckboxSelectMultiple)
    movements = forms.MultipleChoiceField(
        label=_lazy("Movements: what it asks of the body"), widget=forms.CheckboxSelectMultiple
    )
    equipment = forms.MultipleChoiceField(
        choices=choices_of(Equipment), required=False, widget=forms.CheckboxSelectMultiple
    )
    one_sided = forms.BooleanField(label=_lazy("Works one side at a time"), required=False)
    limb = forms.ChoiceField(
        label=_lazy("What works on a side"),
        choices=[("", _lazy("the side")), *((limb.value, f"one {limb.value}") for limb in Limb)],
        required=False,
        help_text=_lazy("The sheet says: each side, each leg, each arm."),
    )
    side = forms.ChoiceField(choices=[("", "-"), *choices_of(Side)], required=False)
    easier = easier_field()
    source = forms.CharField(max_length=160)
    safe_source = forms.CharField(label=_lazy("Source of the safe range"), max_length=160)
    figure = forms.CharField(
        label=_lazy("Figure (poses as YAML)"), required=False, widget=forms.Textarea(attrs=CODE)
    )
    copied: ClassVar[Exercise | None] = None
    figure_refusal: ClassVar[PlansError | None] = None

    class Meta:
        model = Exercise
        fields = ["code", "clinic"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.base = self._base()
        movements = entries_of(self.person, Movement).order_by("name")
        choice_field(self, "movements").choices = [(movement.code, movement.name) for movement in movements]
        preset_clinic(self, self.person)
        self._offer_easier()
        self.add_text_fields(self.base)
        self._fill()

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        clinic = self.cleaned_data.get("clinic") or self.initial.get("clinic")
        if self.instance._state.adding and Exercise.objects.filter(clinic=clinic, code=code).exists():
            raise forms.ValidationError(TAKEN)
        return code

    def clean_figure(self) -> str:
        """Return the poses as the newest revision has them, where only ends of lines differ."""
        text = poses_of(self.cleaned_data["figure"])
        kept = self.base.figure if self.base else ""
        return kept if poses_of(kept) == text else text

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        self.check_texts()
        if self.cleaned_data.get("limb") and not self.cleaned_data.get("one_sided"):
            self.add_error("limb", _("This exercise works both sides at once."))
        self.check_rights()
        if self.figure_refusal is not None:
            self.add_refusal(self.figure_refusal)
        for problem in self.dose().problems():
            name = problem.field.removesuffix("_min").removesuffix("_max")
            field = next((field for field, dose_field in SPANS.items() if dose_field == name), name)
            if field not in self.errors:
                self.add_error(field, in_words(problem.message))
        for field in SPANS:
            span, safe = self.cleaned_data.get(field), self.cleaned_data.get(f"safe_{field}")
            if span and safe and not safe.holds(span):
                self.add_error(
                    field, _("%(span)s is outside the safe range %(safe)s.") % {"span": span, "safe": safe}
                )
        return cleaned

    def add_refusal(self, error: PlansError) -> None:
        """Show what is wrong with the poses, by line, at the poses."""
        if isinstance(error, (FigureFileError, PoseError)):
            lines = [
                _("Line %(line)s: %(words)s") % {"line": problem.line, "words": problem.words}
                for problem in problems_of(error)
            ]
            self.add_error("figure", "\n".join(lines) or str(error))
        else:
            super().add_refusal(error)

    @property
    def figure_editor(self) -> dict[str, Any]:
        return editor_context()

    @property
    def span_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SPANS]

    @property
    def safe_fields(self) -> list[forms.BoundField]:
        return [self[f"safe_{name}"] for name in SPANS]

    def dose(self) -> Dose:
        spans: dict[str, Any] = {name: self.cleaned_data.get(field) for field, name in SPANS.items()}
        side = self.cleaned_data.get("side")
        return Dose(**spans, side=Side(side) if side else None)

    def data_of(self) -> ExerciseData:
        said, base = self.cleaned_data, self.base
        safe = {name: said[f"safe_{field}"] for field, name in SPANS.items() if said.get(f"safe_{field}")}
        return ExerciseData(
            code=said["code"],
            place=Place("desk", 1),
            kind=Kind(said["kind"]),
            position=Position(said["position"]),
            targets=tuple(Target(target) for target in said["targets"]),
            movements=tuple(sorted(said["movements"])),
            equipment=tuple(Equipment(thing) for thing in said["equipment"]),
            one_sided=said["one_sided"],
            limb=Limb(said["limb"]) if said["limb"] else None,
            movement_sides=self._sides(),
            dose=self.dose(),
            safe=safe,
            safe_source=said["safe_source"],
            source=said["source"],
            source_note=base.source_note if base else "",
            disagreement=base.disagreement if base else None,
            alternative_to=None,
            region=Region(said["region"]) if said["region"] else None,
            level=said["level"],
            helps=helps_of(base) if base else (),
            figure=said["code"] if said["figure"].strip() else "",
            texts=self.texts(),
        )

    def _sides(self) -> dict[str, MovementSide]:
        """Keep what the library told of a movement's side while the exercise still asks for it on one side."""
        told = self.base.movement_sides if self.base and self.cleaned_data["one_sided"] else {}
        asked = set(self.cleaned_data["movements"])
        return {code: MovementSide(side) for code, side in told.items() if code in asked}

    def _base(self) -> ExerciseRevision | None:
        exercise = self.copied if self.instance._state.adding else self.instance
        if exercise is None:
            return None
        return exercise.revisions.filter(newest=True).prefetch_related("texts", "movements").first()

    def _offer_easier(self) -> None:
        adding = self.instance._state.adding
        shown = self.copied if adding else self.instance
        clinics = clinics_with(self.person, Role.LIBRARY_ADMIN) if adding else [self.instance.clinic_id]
        self.offer_easier(clinics, held=shown.easier if shown else None)

    def _fill(self) -> None:
        base = self.base
        if base is None:
            return
        self.fill_rights()
        dose = base.dose
        for field, name in SPANS.items():
            self.initial[field] = getattr(dose, name)
            if name in base.safe:
                self.initial[f"safe_{field}"] = Span(*base.safe[name])
        self.initial.update(
            kind=base.kind,
            position=base.position,
            targets=base.targets,
            region=base.region,
            level=base.level or "",
            movements=[movement.code for movement in base.movements.all()],
            equipment=base.equipment,
            one_sided=base.one_sided,
            limb=base.limb,
            side=dose.side or "",
            source=base.source,
            safe_source=base.safe_source,
            figure=base.figure,
        )
        if self.instance._state.adding and self.copied:
            self.initial["code"] = f"{self.copied.code}-own"
