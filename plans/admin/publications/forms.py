"""The formats that a therapist chooses when publishing: whose copy, paper, type size, ink."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from plans.handout.formats import Copy, Format, Ink, Paper, Size
from plans.models import Patient, Publication

COPIES = {
    Copy.PATIENT: _lazy("Patient's copy"),
    Copy.CLINICIAN: _lazy("Clinician's copy"),
    Copy.SUMMARY: _lazy("Fridge summary"),
}


class FormatsForm(forms.Form):
    """The patient's copy always; the rest as ticked."""

    paper = forms.ChoiceField(
        choices=[(paper.value, paper.value) for paper in Paper], widget=forms.RadioSelect, required=False
    )
    large = forms.BooleanField(label=_lazy("Large print (18 pt)"), required=False)
    grey = forms.BooleanField(label=_lazy("Grey, saves ink"), required=False)
    summary = forms.BooleanField(label=_lazy("One page for the fridge"), required=False)
    clinician = forms.BooleanField(label=_lazy("Clinician's copy, with findings and reasons"), required=False)

    def formats(self) -> list[Format]:
        chosen = self.cleaned_data if self.is_bound and self.is_valid() else self.initial
        paper = Paper(chosen.get("paper") or Paper.A4)
        size = Size.LARGE if chosen.get("large") else Size.NORMAL
        ink = Ink.GREY if chosen.get("grey") else Ink.COLOUR
        found = [Format(paper=paper, size=size, ink=ink)]
        if chosen.get("summary"):
            found.append(Format(copy=Copy.SUMMARY, paper=paper, size=size, ink=ink))
        if chosen.get("clinician"):
            found.append(Format(copy=Copy.CLINICIAN, paper=paper, ink=ink))
        return found


def preset(patient: Patient, last: Publication | None) -> dict[str, Any]:
    if last is None:
        return {"paper": Paper.A4.value, "large": patient.large_print, "clinician": True}
    return as_choices([Format.from_key(key) for key in last.formats])


def as_choices(formats: Iterable[Format]) -> dict[str, Any]:
    formats = list(formats)
    first = formats[0]
    copies = {form.copy for form in formats}
    return {
        "paper": first.paper.value,
        "large": first.size is Size.LARGE,
        "grey": first.ink is Ink.GREY,
        "summary": Copy.SUMMARY in copies,
        "clinician": Copy.CLINICIAN in copies,
    }


def in_words(form: Format) -> str:
    words = [str(COPIES[form.copy]), form.paper.value]
    if form.size is Size.LARGE:
        words.append(_("large print"))
    if form.ink is Ink.GREY:
        words.append(_("grey"))
    return ", ".join(words)
