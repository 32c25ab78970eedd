"""The ranges of a dose as form fields, for a plan's rows and for the library."""

from django import forms

from plans.admin.base.fields import MinutesField, SpanField

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
