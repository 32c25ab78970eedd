"""The plan's own fields."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans import permissions
from plans.actions.draft_log import ChangedMeanwhile, check_number
from plans.actions.phases import NoSuchPhase, clean_phases
from plans.actions.plan_dates import latest_day
from plans.admin.base.fields import check_day, choice_field, uncut
from plans.admin.base.requests import read_uuid
from plans.admin.plans.item_forms import audience
from plans.admin.programmes.forms import ProgrammeForm
from plans.contraindications import ReviewState
from plans.models import Leaflet, Plan
from plans.queries.leaflets import ChosenLeaflet, leaflets_for
from plans.queries.library_snapshot import LibrarySnapshot


class PlanForm(ProgrammeForm):
    """A plan: for whom, why, how long, how often."""

    leaflets = forms.MultipleChoiceField(
        label=_lazy("Leaflets, a page each"), required=False, widget=forms.CheckboxSelectMultiple
    )
    follows = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    library: ClassVar[LibrarySnapshot]
    new_id: UUID | None = None
    """The id that a new plan is to have; its address names it."""

    class Meta:
        model = Plan
        fields = ["patient", "title", "goals", "start_on", "review_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "patient" not in self.fields:
            return
        uncut(self, "title", "goals", "note")
        if not self.instance._state.adding:
            self.fields["patient"].disabled = True
        clinic, language = audience(self.instance, self.person)
        self.fill(clinic=clinic, language=language)
        self.initial["follows"] = self.instance.follows
        self._offer_leaflets()

    @property
    def seen_number(self) -> int:
        """The draft's number when the form was shown."""
        number = str(self.data.get("seen", "")).partition("-")[0]
        return int(number) if number.isdecimal() else 0

    def say_overtaken(self) -> str:
        """Name who changed what, where the draft's log knows."""
        try:
            check_number(self.instance, self.seen_number)
        except ChangedMeanwhile as error:
            return str(error)
        return super().say_overtaken()

    def _offer_leaflets(self) -> None:
        plan = self._plan_of_patient()
        self.offered = leaflets_for(plan, library=self.library) if plan else ()
        choice_field(self, "leaflets").choices = [
            (str(one.leaflet.pk), _leaflet_label(one)) for one in self.offered
        ]
        if not self.instance._state.adding:
            held = self.instance.leaflets.values_list("pk", flat=True)
            self.initial["leaflets"] = [str(pk) for pk in held]

    def _plan_of_patient(self) -> Plan | None:
        """The plan, or of a new one as much as is known of it: its patient, as chosen on the page."""
        plan: Plan = self.instance
        if plan.patient_id:
            return plan
        chosen = read_uuid(str(self.data.get("patient") or self.initial.get("patient")))
        patients = permissions.patients_of(self.person).select_related("clinic")
        patient = patients.filter(pk=chosen).first() if chosen else None
        return Plan(patient=patient) if patient else None

    @property
    def ticked(self) -> tuple[ChosenLeaflet, ...]:
        """The leaflets as they stand in the form, saved or not."""
        ids = set(self["leaflets"].value() or ())
        return tuple(one for one in self.offered if str(one.leaflet.pk) in ids)

    def chosen_leaflets(self) -> list[Leaflet]:
        return [one.leaflet for one in self.ticked]

    def clean_start_on(self) -> date | None:
        return self._in_reach("start_on", _("The start"))

    def clean_review_on(self) -> date | None:
        return self._in_reach("review_on", _("The review"))

    def _in_reach(self, field: str, what: str) -> date | None:
        day: date | None = self.cleaned_data[field]
        check_day(day, latest=latest_day(), what=what)
        return day

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        start, review = self.cleaned_data.get("start_on"), self.cleaned_data.get("review_on")
        if start and review and review < start:
            self.add_error("review_on", _("The review cannot be before the start."))
        self._take_phases()
        return cleaned

    def _take_phases(self) -> None:
        try:
            self.instance.follows = clean_phases(self.cleaned_data.get("follows", ""))
        except NoSuchPhase as error:
            self.add_error("follows", str(error))


def _leaflet_label(one: ChosenLeaflet) -> str:
    if one.leaflet.retired_on is not None:
        return _("%(title)s (retired)") % {"title": one.title}
    match one.state:
        case ReviewState.MISSING:
            return _("%(title)s (not in the patient's language)") % {"title": one.title}
        case ReviewState.NEEDS_REVIEW:
            return _("%(title)s (not approved)") % {"title": one.title}
    return one.title
