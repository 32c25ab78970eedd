"""The form of a rule: condition, movements or the whole plan, window, evidence, the patient's sentences."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.actions.rules import COLUMNS
from plans.admin.base.fields import DayInput, choice_field
from plans.admin.base.forms import DeskForm
from plans.admin.library.forms import NOT_CHOSEN, preset_clinic
from plans.contraindications import Level as EngineLevel
from plans.contraindications import Rule as EngineRule
from plans.contraindications import window_problem
from plans.libraryfiles import Place, RuleData
from plans.libraryfiles.vocabulary import LIMITS, Anchor, Evidence, Level
from plans.models import Condition, Movement, Rule, RuleRevision
from plans.models.base import choices_of
from plans.permissions import entries_of
from plans.queries.rules import shared_or_of

TAKEN = _lazy("The clinic or the shared library has a rule with this code.")


class RuleForm(DeskForm):
    """A rule; saving it makes a new version that waits for review."""

    condition = forms.ChoiceField()
    level = forms.ChoiceField(choices=[NOT_CHOSEN, *choices_of(Level)])
    whole_plan = forms.BooleanField(
        label=_lazy("Speaks of the whole plan, whatever the exercises"), required=False
    )
    movements = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    anchor = forms.ChoiceField(
        label=_lazy("Days count from"),
        required=False,
        choices=[("", _lazy("no window")), *choices_of(Anchor)],
    )
    from_day = forms.IntegerField(
        label=_lazy("From day"), required=False, help_text=_lazy("This day is inside.")
    )
    to_day = forms.IntegerField(
        label=_lazy("To day"), required=False, help_text=_lazy("This day is outside.")
    )
    until_cleared = forms.BooleanField(label=_lazy("Holds until a clinician clears it"), required=False)
    check_first = forms.BooleanField(
        label=_lazy("To check first each day: its sentence stands above all exercises"), required=False
    )
    rationale = forms.CharField(label=_lazy("Why"), max_length=LIMITS["rationale"])
    evidence = forms.ChoiceField(choices=[NOT_CHOSEN, *choices_of(Evidence)])
    source = forms.CharField(max_length=LIMITS["source"])
    counter_evidence = forms.CharField(
        label=_lazy("What speaks against it"), required=False, max_length=LIMITS["counter_evidence"]
    )
    review_on = forms.DateField(label=_lazy("To be looked at again on"), widget=DayInput)

    class Meta:
        model = Rule
        fields = ["code", "clinic"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        conditions = entries_of(self.person, Condition).order_by("name")
        movements = entries_of(self.person, Movement).order_by("name")
        choice_field(self, "condition").choices = [NOT_CHOSEN, *((row.code, row.name) for row in conditions)]
        choice_field(self, "movements").choices = all_movements = [(row.code, row.name) for row in movements]
        self.movement_count = len(all_movements)
        for code, name in settings.LANGUAGES:
            label = _("Sentence for the patient, %(name)s") % {"name": name}
            self.fields[f"sentence-{code}"] = forms.CharField(
                label=label, required=False, max_length=LIMITS["sentence"]
            )
        preset_clinic(self, self.person)
        self._fill()

    @property
    def sentences(self) -> list[forms.BoundField]:
        return [self[f"sentence-{code}"] for code, _ in settings.LANGUAGES]

    def clean_code(self) -> str:
        """One code in a clinic's own rules and the shared ones: reasons name a rule by it."""
        code: str = self.cleaned_data["code"]
        clinic = self.cleaned_data.get("clinic") or self.initial.get("clinic")
        if self.instance._state.adding and Rule.objects.filter(shared_or_of(clinic), code=code).exists():
            raise forms.ValidationError(TAKEN)
        return code

    def clean_review_on(self) -> Any:
        day = self.cleaned_data["review_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is past."))
        return day

    def clean(self) -> dict[str, Any] | None:
        """A rule that could match nothing, or everything by name, is an error here."""
        cleaned = super().clean()
        self._check_reach()
        self._check_window()
        self._check_first()
        # A stop that begins on a day of its own is told to the patient ahead of it.
        is_printed = self.cleaned_data.get("level") != Level.STOP or self.cleaned_data.get("anchor")
        if is_printed and not self.cleaned_data.get("sentence-en", "").strip():
            self.add_error("sentence-en", _("What shall the patient read when the therapist goes on?"))
        return cleaned

    def data_of(self) -> RuleData:
        said = self.cleaned_data
        return RuleData(
            code=said["code"],
            place=Place("desk", 1),
            condition=said["condition"],
            movements=() if said["whole_plan"] else tuple(sorted(said["movements"])),
            whole_plan=said["whole_plan"],
            level=Level(said["level"]),
            anchor=self._anchor(),
            from_day=said["from_day"],
            to_day=said["to_day"],
            until_cleared=said["until_cleared"],
            check_first=said["check_first"],
            rationale=said["rationale"],
            evidence=Evidence(said["evidence"]),
            source=said["source"],
            counter_evidence=said["counter_evidence"],
            review_on=said["review_on"],
            sentences={
                code: words
                for code, _ in settings.LANGUAGES
                if (words := said.get(f"sentence-{code}", "").strip())
            },
        )

    def engine_rule(self) -> EngineRule:
        data = self.data_of()
        names = ("code", "condition", "whole_plan", "from_day", "to_day", "until_cleared", "check_first")
        words = ("rationale", "evidence", "source", "counter_evidence")
        return EngineRule(
            **{name: getattr(data, name) for name in (*names, *words)},
            version=0,
            level=EngineLevel(data.level),
            movements=frozenset(data.movements),
            anchor=data.anchor,
            sentence=data.sentences.get("en", ""),
        )

    def _check_reach(self) -> None:
        movements, whole = self.cleaned_data.get("movements"), self.cleaned_data.get("whole_plan")
        if not movements and not whole:
            self.add_error("movements", _("Name movements, or let it speak of the whole plan."))
        elif whole and movements:
            self.add_error("movements", _("It speaks of the whole plan: name no movements."))
        elif movements and len(movements) == self.movement_count:
            self.add_error("movements", _("All movements are named: let it speak of the whole plan."))

    def _check_first(self) -> None:
        said = self.cleaned_data
        of_whole_plan = (
            said.get("whole_plan") and said.get("level") == Level.CAUTION and not said.get("anchor")
        )
        if said.get("check_first") and not of_whole_plan:
            words = _("What to check first each day is a caution for the whole plan without a window.")
            self.add_error("check_first", words)

    def _check_window(self) -> None:
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("to_day")
        if not self.cleaned_data.get("anchor") and (first is not None or last is not None):
            self.add_error("anchor", _("From which date do the days count?"))
        if first is not None and last is not None and first >= last:
            self.add_error("to_day", _("The window ends before it begins."))
        elif problem := window_problem(self._anchor(), first, last):
            self.add_error("to_day", f"{problem[0].upper()}{problem[1:]}.")

    def _anchor(self) -> Anchor | None:
        anchor = self.cleaned_data.get("anchor")
        return Anchor(anchor) if anchor else None

    def _fill(self) -> None:
        if self.instance._state.adding:
            return
        revision: RuleRevision | None = self.instance.revisions.filter(newest=True).first()
        if revision is None:
            return
        for name in COLUMNS:
            self.initial[name] = getattr(revision, name)
        self.initial["condition"] = revision.condition.code
        self.initial["movements"] = [movement.code for movement in revision.movements.all()]
        for sentence in revision.sentences.all():
            self.initial[f"sentence-{sentence.language}"] = sentence.words
