"""The ranges of a dose as form fields, for a plan's rows and for the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _lazy

from plans.admin.base.fields import MinutesField, SpanField
from plans.dose import LIMITS

SPANS = {
    "sets": "sets",
    "repetitions": "repetitions",
    "duration": "duration_seconds",
    "hold": "hold_seconds",
    "out": "out_seconds",
    "back": "back_seconds",
    "rest": "rest_seconds",
    "times_per_day": "times_per_day",
    "days_per_week": "days_per_week",
}
"""The form's fields and the fields of a dose that they hold."""


_SECONDS_A_STEP = {"rest_seconds": 5}


def steps(dose_field: str) -> dict[str, str]:
    """Return what the buttons beside a number go by: its ends, and how far one of them goes."""
    limit, unit = LIMITS[dose_field], 60 if dose_field == "duration_seconds" else 1
    return {
        "data-least": str(max(limit.low // unit, min(limit.low, 1))),
        "data-most": str(limit.high // unit),
        "data-step": str(_SECONDS_A_STEP.get(dose_field, 1)),
    }


THERE = _lazy("How long a movement takes to where it is held; the sheet says how fast")
BACK = _lazy("How long it takes back to the start; the sheet says how fast")


class DoseSpans(forms.Form):
    """How much and how often."""

    sets = SpanField(label=_lazy("Sets"))
    repetitions = SpanField(label=_lazy("Repetitions"))
    duration = MinutesField(label=_lazy("Time"), unit="min")
    hold = SpanField(label=_lazy("Hold"), unit="s")
    out = SpanField(label=_lazy("Time there"), unit="s", title=THERE)
    back = SpanField(label=_lazy("Time back"), unit="s", title=BACK)
    rest = SpanField(label=_lazy("Rest"), unit="s")
    times_per_day = SpanField(label=_lazy("Times a day"), example=_lazy("as plan"))
    days_per_week = SpanField(label=_lazy("Days a week"), example=_lazy("as plan"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, dose_field in SPANS.items():
            self.fields[name].widget.attrs.update(steps(dose_field))


class SafeSpans(DoseSpans):
    """The default dose, and the range that is safe for the exercise."""

    safe_sets = SpanField(label=_lazy("Sets"))
    safe_repetitions = SpanField(label=_lazy("Repetitions"))
    safe_duration = MinutesField(label=_lazy("Time"), unit="min")
    safe_hold = SpanField(label=_lazy("Hold"), unit="s")
    safe_out = SpanField(label=_lazy("Time there"), unit="s")
    safe_back = SpanField(label=_lazy("Time back"), unit="s")
    safe_rest = SpanField(label=_lazy("Rest"), unit="s")
    safe_times_per_day = SpanField(label=_lazy("Times a day"))
    safe_days_per_week = SpanField(label=_lazy("Days a week"))
