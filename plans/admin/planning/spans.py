"""The ranges of a dose as form fields, for a plan's rows and for the library."""

from django import forms

from plans.admin.fields import MinutesField, SpanField

SPANS = {
    "sets": "sets",
    "repetitions": "repetitions",
    "duration": "duration_seconds",
    "hold": "hold_seconds",
    "rest": "rest_seconds",
    "times_per_day": "times_per_day",
    "days_per_week": "days_per_week",
}
"""The form's fields and the fields of a dose that they hold."""


class DoseSpans(forms.Form):
    """How much and how often."""

    sets = SpanField(label="Sets", example="2-3")
    repetitions = SpanField(label="Repetitions", example="8-10")
    duration = MinutesField(label="Time", unit="min", example="10")
    hold = SpanField(label="Hold", unit="s", example="20-30")
    rest = SpanField(label="Rest", unit="s", example="60")
    times_per_day = SpanField(label="Times a day", example="as plan")
    days_per_week = SpanField(label="Days a week", example="as plan")


class SafeSpans(DoseSpans):
    """The default dose, and the range that is safe for the exercise."""

    safe_sets = SpanField(label="Sets", example="1-3")
    safe_repetitions = SpanField(label="Repetitions", example="5-15")
    safe_duration = MinutesField(label="Time", unit="min", example="5-30")
    safe_hold = SpanField(label="Hold", unit="s", example="5-30")
    safe_rest = SpanField(label="Rest", unit="s", example="0-90")
    safe_times_per_day = SpanField(label="Times a day", example="1-3")
    safe_days_per_week = SpanField(label="Days a week", example="1-7")
