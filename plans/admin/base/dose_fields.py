"""The ranges of a dose as form fields, for a plan's rows and for the library."""

from typing import Any

from django import forms

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


THERE = "How long a movement takes to where it is held; the sheet says how fast"
BACK = "How long it takes back to the start; the sheet says how fast"


class DoseSpans(forms.Form):
    """How much and how often."""

    sets = SpanField(label="Sets")
    repetitions = SpanField(label="Repetitions")
    duration = MinutesField(label="Time", unit="min")
    hold = SpanField(label="Hold", unit="s")
    out = SpanField(label="Time there", unit="s", title=THERE)
    back = SpanField(label="Time back", unit="s", title=BACK)
    rest = SpanField(label="Rest", unit="s")
    times_per_day = SpanField(label="Times a day", example="as plan")
    days_per_week = SpanField(label="Days a week", example="as plan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, dose_field in SPANS.items():
            self.fields[name].widget.attrs.update(steps(dose_field))


class SafeSpans(DoseSpans):
    """The default dose, and the range that is safe for the exercise."""

    safe_sets = SpanField(label="Sets")
    safe_repetitions = SpanField(label="Repetitions")
    safe_duration = MinutesField(label="Time", unit="min")
    safe_hold = SpanField(label="Hold", unit="s")
    safe_out = SpanField(label="Time there", unit="s")
    safe_back = SpanField(label="Time back", unit="s")
    safe_rest = SpanField(label="Rest", unit="s")
    safe_times_per_day = SpanField(label="Times a day")
    safe_days_per_week = SpanField(label="Days a week")
